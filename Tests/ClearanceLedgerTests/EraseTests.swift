import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite struct EraseTests {
    /// A day on which no rule keeps anything of the little trade of January 2026.
    private static let late = CivilDay(year: 2037, month: 1, day: 1)
    /// Persons one and two trade: 1 order, 2 its receipt, 3 its parcel, 4 another's order to one,
    /// 5 another's order, 6 a payment.
    private var trade: [Event] {
        var payment = Toy.payment(1, of: 1, at: 3, "10")
        payment.data["payerIdNumber"] = .text(People.one)
        payment.data["payerName"] = .text("PRIVATE-NAME-ONE")
        return [
            People.order(1, consignee: "PRIVATE-NAME-ONE", at: 1), People.receipt(of: 1, at: 2),
            People.waybill(1, of: 1, to: "PRIVATE-NAME-ONE", telephone: "13800000001", at: 3),
            People.order(
                2, id: People.other, name: "PRIVATE-NAME-TWO", telephone: "13900000002",
                consignee: "PRIVATE-NAME-ONE", at: 4),
            People.order(
                3, id: People.other, name: "PRIVATE-NAME-TWO", telephone: "13900000002", at: 5),
            payment,
        ]
    }

    private func report(_ outcome: ErasureOutcome) throws -> ErasureReport {
        guard case .erased(let report) = outcome else {
            Issue.record("\(outcome)")
            throw CancellationError()
        }
        return report
    }

    @Test("A person's sections are erased, nobody else's, and the receipt says where")
    func erases() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(trade, recordedAt: .input)
        let report = try report(
            try ledger.erase(
                idNumber: People.one, asOf: EraseTests.late, recordedAt: .at(Toy.time(99))))
        #expect(report.positions == [1, 2, 3, 6])
        #expect(report.sections == 6 && report.retained == 0 && report.receipts == [7])
        let erased = try (1...6).map { try ledger.event(at: UInt64($0)) }
        #expect(erased[0]?.reading(of: "buyerName") == .withheld(.erased))
        #expect(erased[0]?.reading(of: "consigneeAddress") == .withheld(.erased))
        #expect(erased[0]?.reading(of: "orderNo") == .text("1"))
        #expect(erased[1]?.reading(of: "returnInfo") == .withheld(.erased))
        #expect(erased[2]?.reading(of: "goodsInfo") == .withheld(.erased))
        #expect(erased[3] == trade[3] && erased[4] == trade[4])
        let receipt = try #require(try ledger.event(at: 7))
        #expect(receipt.type.name == "ledger.erased" && receipt.subject == report.subject)
        #expect(receipt.data["positions"] == .list([.text("1-3"), .text("6")]))
        #expect(receipt.data["count"] == .number("6"))
        #expect(receipt.data.text("on") == "2037-01-01" && receipt.time == Toy.time(99))
        #expect(receipt.data.text("signature") == nil)
        #expect(
            try ledger.erase(
                idNumber: People.one, asOf: EraseTests.late, recordedAt: .input
            ).isUnknown)
        #expect(ledger.scheduledErasures.isEmpty)
        try ledger.close()
    }

    @Test("After an erasure no file of the ledger holds the text or the keys")
    func gone() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(trade, recordedAt: .input)
        _ = try ledger.project()
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: true)
        var keys: [[UInt8]] = []
        for slot in [UInt64(1), 2, 3, 4, 5, 9] {
            guard case .key(let key) = try slots.state(of: slot) else {
                Issue.record("slot \(slot) holds no key")
                continue
            }
            keys.append(key)
            #expect(try directory.holding(key) == ["keys/slots"], "slot \(slot)")
        }
        let rejects = directory.path + ".rejects"
        defer { try? FileManager.default.removeItem(atPath: rejects) }
        try FileManager.default.createDirectory(
            atPath: rejects, withIntermediateDirectories: true)
        let lines = [
            #"{"raw":"\#(People.one)"}"#, #"{"raw":"13900000002"}"#, #"{"raw":"13800000001 x"}"#,
            #"{"raw":"harmless"}"#,
        ]
        let file = rejects + "/000001.ndjson"
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: file))
        // As a run leaves it that was killed while it wrote the file anew.
        try Data((lines[0] + "\n").utf8).write(to: URL(filePath: file + ".new"))
        let report = try report(
            try ledger.erase(idNumber: People.one, asOf: EraseTests.late, recordedAt: .input))
        #expect(report.rejectsDropped == 2)
        #expect(try FileManager.default.contentsOfDirectory(atPath: rejects).count == 1)
        #expect(
            try String(contentsOfFile: file, encoding: .utf8)
                == lines[1] + "\n" + lines[3] + "\n")
        for round in ["open", "closed"] {
            for text in [
                People.one, "PRIVATE-NAME-ONE", "PRIVATE-NOTE-1", "PRIVATE-WORDS", "13800000001",
                "PRIVATE-ADDRESS", "PRIVATE-GOODS", "PRIVATE",
            ] {
                #expect(try directory.holding(text) == [], "\(text), \(round)")
            }
            for key in keys { #expect(try directory.holding(key) == [], "\(round)") }
            if round == "open" { try ledger.close() }
        }
    }

    @Test("The log, its root, its digest and its verification stay")
    func proofs() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(trade, recordedAt: .input)
        var before: [[UInt8]] = []
        try ledger.forEachEntry { _, view in
            before.append(Array(copying: view.bytes))
            return true
        }
        let digest = try ledger.replay(until: 6).digest
        _ = try ledger.erase(idNumber: People.one, asOf: EraseTests.late, recordedAt: .input)
        var after: [[UInt8]] = []
        try ledger.forEachEntry(through: 6) { _, view in
            after.append(Array(copying: view.bytes))
            return true
        }
        #expect(before == after)
        #expect(try ledger.replay(until: 6).digest == digest)
        let report = try ledger.verify()
        #expect(report.isIntact && report.entries == 7, "\(report.damage)")
        try ledger.close()
    }

    @Test("What was erased is known and stays erased when its input comes again")
    func again() throws {
        let directory = TemporaryDirectory()
        var ledger = try directory.open(.sealed)
        _ = try ledger.append(trade, recordedAt: .input)
        _ = try ledger.erase(idNumber: People.one, asOf: EraseTests.late, recordedAt: .input)
        let expected: [AppendOutcome] = [
            .alreadyAppendedErased(position: 1), .alreadyAppendedErased(position: 2),
            .alreadyAppendedErased(position: 3), .alreadyAppended(position: 4),
            .alreadyAppended(position: 5), .alreadyAppendedErased(position: 6),
        ]
        #expect(try ledger.append(trade, recordedAt: .input) == expected)
        try ledger.close()
        ledger = try directory.open(.sealed)
        #expect(try ledger.append(trade, recordedAt: .input) == expected)
        #expect(try ledger.event(at: 1)?.withheld.buyer == .erased)
        // The same fact with other content is another entry, whatever became of the first.
        var other = trade[0]
        other.data["acturalPaid"] = .text("11.00")
        #expect(
            try ledger.append([other], recordedAt: .input)
                == [.conflict(position: 8, with: 1, field: "data.acturalPaid")])
        try ledger.close()
    }

    @Test("A ledger in clear, a reader and an unknown person are told apart")
    func refused() throws {
        let clear = TemporaryDirectory()
        var ledger = try clear.open(.clear)
        _ = try ledger.append(trade, recordedAt: .input)
        var error = #expect(throws: LedgerError.self) {
            try ledger.erase(idNumber: People.one, recordedAt: .input)
        }
        #expect(error?.code == .unsealed)
        try ledger.close()
        let directory = TemporaryDirectory()
        ledger = try directory.open(.sealed)
        _ = try ledger.append(trade, recordedAt: .input)
        #expect(
            try ledger.erase(
                idNumber: "11010119000103001X", asOf: EraseTests.late, recordedAt: .input
            )
            .isUnknown)
        #expect(try ledger.position() == 6)
        try ledger.close()
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true))
        error = #expect(throws: LedgerError.self) {
            try reader.erase(idNumber: People.one, recordedAt: .input)
        }
        #expect(error?.code == .readOnly)
        try reader.close()
    }

    @Test("The identity number is known in every spelling of it", arguments: [" ", "wide", "15"])
    func spellings(_ way: String) throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        let long = "110101190001020001"
        var stored = People.order(1, id: way == "15" ? "110101000102000" : long)
        if way == "wide" { stored.data["buyerIdNumber"] = .text("１１０１０１１９０００１０２０００１") }
        _ = try ledger.append([stored], recordedAt: .input)
        let asked = way == "15" ? try #require(EraseTests.widened) : " \(long) "
        let outcome = try ledger.erase(
            idNumber: asked, asOf: EraseTests.late, recordedAt: .input)
        #expect(try report(outcome).positions == [1])
        try ledger.close()
    }

    /// The 18 characters of the 15-digit number, by its check character.
    private static var widened: String? {
        (Array("0123456789X").map { "11010119000102000" + String($0) }).first {
            IdCardNumber.isWellFormed($0.utf8Span.span)
        }
    }

    @Test("A refused request is erased with the person whom it names")
    func refusedRequest() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        let inner = People.order(9)
        let (batch, _) = Ledger.encode(
            [inner][...],
            by: EntryMaker(
                indexKey: ledger.indexKey, fields: ledger.headFields, sealing: .clear))
        let refusal = Event.refusal(
            of: inner, batch.identities[0], entry: batch.bytes, code: "toldNo")
        _ = try ledger.append([refusal, trade[3]], recordedAt: .input)
        #expect(try directory.holding("PRIVATE-NOTE-9") == [])
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: EraseTests.late, recordedAt: .input)
        #expect(try report(outcome).positions == [1])
        #expect(try ledger.event(at: 1)?.reading(of: "content") == .withheld(.erased))
        try ledger.close()
    }
}

extension ErasureOutcome {
    /// Whether nothing was there to erase.
    fileprivate var isUnknown: Bool {
        if case .unknown = self { true } else { false }
    }
}
