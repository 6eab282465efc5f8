import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// Whose the section of a consignee is, also where it has an address and no name.
@Suite struct ConsigneeErasureTests {
    private static let late = CivilDay(year: 2037, month: 1, day: 1)

    /// An order of a person to a consignee with a telephone and an address.
    private func order(
        _ number: Int, by person: Int, to consignee: Int, at minute: Int
    ) -> Event {
        var event = People.order(
            number, id: person == 1 ? People.one : People.other, name: "PRIVATE-NAME-\(person)",
            telephone: "1380000000\(person)", consignee: "PRIVATE-NAME-\(consignee)", at: minute)
        event.data["consigneeTelephone"] = .text("1380000000\(consignee)")
        event.data["consigneeAddress"] = .text("PRIVATE-ADDRESS-\(consignee)")
        return event
    }

    /// The customs list of an order, which has an address and nobody's name beside it.
    private func list(
        of number: Int, by person: Int, to address: String, at minute: Int
    ) -> Event {
        var event = Event(
            "declare.submitted", subject: "declaration:A/\(number)", time: Toy.time(minute),
            source: Toy.source, id: "l-\(number)")
        event.data["orderNo"] = .text("\(number)")
        event.data["ebpCode"] = .text("E")
        event.data["buyerIdNumber"] = .text(person == 1 ? People.one : People.other)
        event.data["buyerName"] = .text("PRIVATE-NAME-\(person)")
        event.data["buyerTelephone"] = .text("1380000000\(person)")
        event.data["consigneeAddress"] = .text(address)
        return event
    }

    private func erase(_ number: String, in ledger: Ledger) throws -> [UInt64] {
        let outcome = try ledger.erase(
            idNumber: number, asOf: ConsigneeErasureTests.late, recordedAt: .input)
        switch outcome {
        case .erased(let report), .unknown(let report), .retained(_, _, let report):
            return report.positions
        }
    }

    private func section(_ position: UInt64, in ledger: Ledger) throws -> FieldReading? {
        try ledger.event(at: position)?.reading(of: "consigneeAddress")
    }

    @Test("The address on a person's list goes with the person")
    func ownList() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(
            [
                // Before the order that tells whose the address is.
                list(of: 1, by: 1, to: "PRIVATE-ADDRESS-1", at: 1),
                order(1, by: 1, to: 1, at: 2), order(2, by: 2, to: 2, at: 3),
                list(of: 2, by: 2, to: "PRIVATE-ADDRESS-2", at: 4),
            ], recordedAt: .input)
        #expect(try erase(People.one, in: ledger) == [1, 2])
        #expect(try section(1, in: ledger) == .withheld(.erased))
        #expect(try section(2, in: ledger) == .withheld(.erased))
        #expect(try section(4, in: ledger) == .text("PRIVATE-ADDRESS-2"))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("An address that no other name stands beside goes too; another's stays")
    func unknownAddress() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(
            [
                list(of: 1, by: 1, to: "PRIVATE-ADDRESS-8", at: 1),
                list(of: 3, by: 1, to: "PRIVATE-ADDRESS-2", at: 2),
                order(2, by: 2, to: 2, at: 3),
            ], recordedAt: .input)
        #expect(try erase(People.one, in: ledger) == [1, 2])
        #expect(try section(1, in: ledger) == .withheld(.erased))
        #expect(try section(2, in: ledger) == .text("PRIVATE-ADDRESS-2"))
        #expect(try ledger.event(at: 2)?.reading(of: "buyerName") == .withheld(.erased))
        try ledger.close()
    }

    @Test("Of what another sent to the person the consignee's section goes, and only that")
    func gift() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        let trade = [
            order(1, by: 1, to: 1, at: 1), order(2, by: 2, to: 1, at: 2),
            list(of: 2, by: 2, to: "PRIVATE-ADDRESS-1", at: 3), order(3, by: 2, to: 2, at: 4),
            // The same house, another parcel: the other's own.
            list(of: 3, by: 2, to: "PRIVATE-ADDRESS-1", at: 5),
        ]
        _ = try ledger.append(trade, recordedAt: .input)
        #expect(try erase(People.one, in: ledger) == [1, 2, 3])
        for position in [UInt64(1), 2, 3] {
            #expect(try section(position, in: ledger) == .withheld(.erased))
        }
        let left = try #require(try ledger.event(at: 2))
        #expect(left.reading(of: "buyerName") == .text("PRIVATE-NAME-2"))
        #expect(left.withheld.buyer == nil)
        #expect(try ledger.event(at: 4) == trade[3] && ledger.event(at: 5) == trade[4])
        #expect(try erase(People.one, in: ledger).isEmpty)
        #expect(try ledger.verify().isIntact)
        // What is left of the entries is the other's, who may ask too.
        #expect(try erase(People.other, in: ledger) == [2, 3, 4, 5])
        #expect(try ledger.event(at: 2)?.withheld.buyer == .erased)
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("A consignee of the same name alone, or at the same telephone alone, may be another")
    func likeness() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        var name = order(2, by: 2, to: 1, at: 2)
        name.data["consigneeTelephone"] = .text("13800000009")
        var telephone = order(3, by: 2, to: 1, at: 3)
        telephone.data["consignee"] = .text("PRIVATE-NAME-9")
        _ = try ledger.append(
            [order(1, by: 1, to: 1, at: 1), name, telephone], recordedAt: .input)
        #expect(try erase(People.one, in: ledger) == [1])
        try ledger.close()
    }

    @Test("Refused lines go by what is the person's, not by what stands beside it")
    func rejects() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(
            [order(1, by: 1, to: 2, at: 1), order(2, by: 2, to: 1, at: 2)], recordedAt: .input)
        let rejects = directory.path + ".rejects"
        defer { try? FileManager.default.removeItem(atPath: rejects) }
        try FileManager.default.createDirectory(
            atPath: rejects, withIntermediateDirectories: true)
        let lines = [
            #"{"raw":"\#(People.one)"}"#, #"{"raw":"\#(People.other)"}"#,
            #"{"raw":"13800000001"}"#, #"{"raw":"13800000002"}"#,
            #"{"raw":"PRIVATE-ADDRESS-1"}"#, #"{"raw":"PRIVATE-ADDRESS-2"}"#,
        ]
        let file = rejects + "/000001.ndjson"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
        #expect(try erase(People.one, in: ledger) == [1, 2])
        let left = [lines[1], lines[3], lines[5]]
        #expect(
            try String(contentsOfFile: file, encoding: .utf8)
                == left.joined(separator: "\n") + "\n")
        try ledger.close()
    }
}
