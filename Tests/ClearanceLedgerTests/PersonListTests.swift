import ClearanceEvents
import Testing

@testable import ClearanceLedger

@Suite("Persons who are named several at once")
struct PersonListTests {
    private static let late = CivilDay("2037-01-01")
    private let directory = TemporaryDirectory()
    private let ledger: Ledger
    private let one: String
    private let other: String

    init() throws {
        ledger = try directory.open(.sealed)
        one = PersonSubject.named(idNumber: People.one, key: ledger.indexKey)
        other = PersonSubject.named(idNumber: People.other, key: ledger.indexKey)
    }

    private func party(
        _ subject: String, _ name: String, _ more: [String: String] = [:]
    ) throws -> DataValue {
        var party = DataRecord(try #require(Catalogue.current.layouts["party"]))
        party["subject"] = .text(subject)
        party["role"] = .text("driver")
        party["share"] = .text("50")
        party["name"] = .text(name)
        for (name, text) in more { party[name] = .text(text) }
        return .record(party)
    }

    private func penalty(_ number: Int, _ parties: [DataValue]) -> Event {
        var event = Event(
            "record.penalty", subject: "case:customs/\(number)", time: Toy.time(number),
            source: Toy.source, id: "penalty-\(number)")
        event.data["agency"] = .text("customs")
        event.data["decisionNo"] = .text("CF-\(number)")
        event.data["kind"] = .text("fine")
        event.data["law"] = .text("L15")
        event.data["decidedOn"] = .text("2026-01-01")
        event.data["reason"] = .text("PRIVATE-REASON-\(number)")
        event.data["parties"] = .list(parties)
        return event
    }

    private func erase() throws -> [UInt64] {
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: PersonListTests.late, recordedAt: .input)
        switch outcome {
        case .erased(let report): return report.positions
        case .unknown: return []
        case .retained:
            Issue.record("\(outcome)")
            return []
        }
    }

    @Test("The lists that name persons are the parties of a penalty and of a case")
    func places() {
        let types = Catalogue.current.types.filter {
            PersonPlaces.ofTypes[$0.code]?.hasLists == true
        }
        #expect(types.map(\.name).sorted() == ["record.case", "record.penalty"])
    }

    @Test("A party is erased with what is sealed about the whole list; the figures stay")
    func parties() throws {
        let events = [
            penalty(1, [try party(other, "PRIVATE-TWO"), try party(one, "PRIVATE-ONE")]),
            penalty(2, [try party(other, "PRIVATE-TWO")]),
            penalty(3, [try party("enterprise:46019600E1", "PRIVATE-FIRM")]),
        ]
        _ = try ledger.append(events, recordedAt: .input)
        #expect(try erase() == [1])
        let erased = try #require(try ledger.event(at: 1))
        #expect(erased.reading(of: "reason") == .withheld(.erased))
        guard case .list(let parties)? = erased.data["parties"] else {
            Issue.record("\(erased.data)")
            return
        }
        #expect(parties.count == 2)
        for case .record(let party) in parties {
            #expect(party["name"] == nil && party.text("share") == "50")
        }
        #expect(try ledger.event(at: 2) == events[1] && ledger.event(at: 3) == events[2])
        #expect(try directory.holding("PRIVATE-ONE") == [])
        #expect(try erase() == [])
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("A party is known by the number that stands beside a name, in any spelling")
    func numbers() throws {
        let strange = "person:" + String(repeating: "0", count: 32)
        _ = try ledger.append(
            [
                penalty(1, [try party(strange, "PRIVATE-ONE", ["idNumber": " \(People.one) "])]),
                penalty(2, [try party(strange, "PRIVATE-TWO", ["idNumber": People.other])]),
                penalty(3, [try party(strange, People.one)]),
            ], recordedAt: .input)
        #expect(try erase() == [1, 3])
        #expect(try directory.holding(People.one) == [])
        try ledger.close()
    }

    @Test("What is about the person is the person's; a firm that the person belongs to is not")
    func subjects() throws {
        var risk = Event(
            "risk.collected", subject: "risk:1", time: Toy.time(1), source: Toy.source, id: "r-1")
        risk.data["about"] = .list([.text("order:E/1"), .text(one)])
        risk.data["note"] = .text("PRIVATE-NOTE")
        var paid = Event(
            "record.penaltyPaid", subject: "case:customs/9", time: Toy.time(2),
            source: Toy.source, id: "paid")
        paid.data["decisionNo"] = .text("CF-9")
        paid.data["party"] = .text(one)
        paid.data["reason"] = .text("PRIVATE-REASON")
        var firm = Event(
            "record.enterprise", subject: "enterprise:46019600E1", time: Toy.time(3),
            source: Toy.source, id: "firm")
        firm.data["name"] = .text("A firm")
        firm.data["legalRepresentative"] = .text("PRIVATE-REPRESENTATIVE")
        var relation = DataRecord(try #require(Catalogue.current.layouts["relation"]))
        relation["kind"] = .text("shareholder")
        relation["subject"] = .text(one)
        firm.data["relations"] = .list([.record(relation)])
        let outcomes = try ledger.append([risk, paid, firm], recordedAt: .input)
        #expect(outcomes.allSatisfy { $0.position != nil }, "\(outcomes)")
        #expect(try erase() == [1, 2])
        #expect(try ledger.event(at: 3) == firm)
        try ledger.close()
    }

    @Test("What stands before the paper that only a name and telephone tell is found too")
    func before() throws {
        var receipt = Event(
            "waybill.accepted", subject: Toy.waybill(1, of: 1, at: 0).subject,
            time: Toy.time(1), source: Toy.source, id: "w-c")
        receipt.data["logisticsCode"] = .text("L")
        receipt.data["logisticsNo"] = .text("1")
        receipt.data["returnStatus"] = .text("2")
        receipt.data["returnInfo"] = .text("PRIVATE-WORDS")
        let parcel = People.waybill(
            1, of: 1, to: "PRIVATE-NAME-ONE", telephone: "13800000001", at: 2)
        let others = People.waybill(
            2, of: 1, to: "PRIVATE-NAME-TWO", telephone: "13900000002", at: 3)
        _ = try ledger.append(
            [receipt, parcel, others, People.order(1, at: 4)], recordedAt: .input)
        #expect(try erase() == [1, 2, 4])
        try ledger.close()
    }
}
