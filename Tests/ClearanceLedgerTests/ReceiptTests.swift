import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("Receipts of erasures")
struct ReceiptTests {
    private static let late = CivilDay("2037-01-01")
    private let directory = TemporaryDirectory()
    private let signer: KeySigner
    private let other: KeySigner

    init() throws {
        signer = try #require(
            KeySigner(name: "example.test/ledger", seed: [UInt8](repeating: 5, count: 32)))
        other = try #require(
            KeySigner(name: "example.test/ledger", seed: [UInt8](repeating: 6, count: 32)))
    }

    private func open(_ signers: [any CheckpointSigner]) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: true)
        options.signers = signers
        return try Ledger.open(directory.path, options: options)
    }

    /// An order at 1 that is erased, and its receipt at 2.
    private func erased(_ signers: [any CheckpointSigner]) throws -> (Ledger, Event) {
        let ledger = try open(signers)
        _ = try ledger.append([People.order(1)], recordedAt: .input)
        let outcome = try ledger.erase(
            idNumber: People.one, asOf: ReceiptTests.late, recordedAt: .at(Toy.time(7)))
        guard case .erased(let report) = outcome else {
            Issue.record("\(outcome)")
            throw CancellationError()
        }
        #expect(report.receipts == [2] && report.signer == signers.first?.key.name)
        return (ledger, try #require(try ledger.event(at: 2)))
    }

    @Test("The first signer signs what the receipt says of itself")
    func signed() throws {
        let (ledger, event) = try erased([signer])
        let receipt = try #require(ErasureReceipt(event))
        #expect(
            receipt.text == """
                clearance erased 1
                \(ledger.origin)
                \(event.subject)
                \(Toy.time(7).rfc3339)
                2037-01-01
                1
                1

                """)
        #expect(ErasureReceipt.check(event) == .signed(signer.key))
        #expect(ErasureReceipt.check(event, keys: [other.key, signer.key]) == .signed(signer.key))
        #expect(
            ErasureReceipt.check(event, keys: [other.key])
                == .fault("the receipt is signed by another key"))
        try ledger.close()
        let report = try Ledger.verify(directory.path, signers: [signer.key])
        #expect(report.isIntact && report.signedReceipts == 1 && report.unsignedReceipts == 0)
        let strange = try Ledger.verify(directory.path, signers: [other.key])
        #expect(strange.firstBad == 2 && strange.entries == 2)
        #expect(strange.damage.map(\.what).contains("the receipt is signed by another key"))
        #expect(strange.damage.map(\.file).contains("log/tree/checkpoints"))
    }

    @Test("Without a signer the receipt is not signed, and who asks for a key is told")
    func unsigned() throws {
        let (ledger, event) = try erased([])
        #expect(event.data.text("signature") == nil && event.data.text("key") == nil)
        #expect(ErasureReceipt.check(event) == .unsigned)
        try ledger.close()
        let report = try Ledger.verify(directory.path)
        #expect(report.isIntact && report.signedReceipts == 0 && report.unsignedReceipts == 1)
        let asked = try Ledger.verify(directory.path, signers: [signer.key])
        #expect(asked.damage.map(\.what) == ["the receipt is not signed"])
    }

    @Test(
        "A receipt that was changed in any part is found by its own fields",
        arguments: [
            "count", "positions", "on", "at", "name", "hash", "signature", "key", "subject", "time",
            "no signature", "no key",
        ])
    func changed(_ part: String) throws {
        let (ledger, event) = try erased([signer])
        var forged = event
        switch part {
        case "count": forged.data["count"] = .number("2")
        case "positions": forged.data["positions"] = .list([.text("1-2")])
        case "on": forged.data["on"] = nil
        case "at": forged.data["at"] = .text(Toy.time(8).rfc3339)
        case "subject": forged.subject = "person:" + String(repeating: "0", count: 32)
        case "time": forged.time = Toy.time(8)
        case "signature":
            let last = event.data.text("signature")?.last == "0" ? "1" : "0"
            let start = event.data.text("signature")?.dropLast() ?? ""
            forged.data["signature"] = .text(start + last)
        case "key": forged.data["key"] = .text(other.key.description)
        case "no signature": forged.data["signature"] = nil
        case "no key": forged.data["key"] = nil
        default: forged.data[part] = .text("another")
        }
        forged.id = "forged"
        guard case .fault(let what) = ErasureReceipt.check(forged) else {
            Issue.record("\(part) was changed and not found")
            return
        }
        let refusal = EncodingRefusal(code: "brokenReceipt", path: "data", message: what)
        #expect(try ledger.append([forged], recordedAt: .input) == [.rejected(refusal)])
        // Past the door it is an entry that was written so, and what it says is not believed.
        var batch = EncodedBatch()
        let identity = try EntryEncoder(indexKey: ledger.indexKey)
            .encode(forged, into: &batch.writer)
        batch.add(identity, about: forged.subject.utf8Span.span, of: ledger.headFields)
        #expect(try ledger.append(batch, recordedAt: .input) == [.appended(position: 3)])
        try ledger.close()
        let report = try Ledger.verify(directory.path)
        #expect(report.firstBad == 3 && report.damage.count == 1 && report.entries == 3)
        #expect(report.signedReceipts == 1)
    }

    @Test("A signer that fails, or signs wrongly, ends it before anything is overwritten")
    func failing() throws {
        for signer in [
            BadSigner(key: other.key, answer: nil), BadSigner(key: other.key, answer: []),
        ] {
            let ledger = try open([signer])
            _ = try ledger.append([People.order(1)], recordedAt: .input)
            let error = #expect(throws: LedgerError.self) {
                try ledger.erase(
                    idNumber: People.one, asOf: ReceiptTests.late, recordedAt: .input)
            }
            #expect(error?.code == .signing)
            #expect(try ledger.event(at: 1)?.withheld.isEmpty == true)
            #expect(try ledger.position() == 1)
            // Closing wants a checkpoint of the same signer.
            #expect(throws: LedgerError.self) { try ledger.close() }
        }
    }

    @Test("A closing that fails leaves no second copy of the epoch")
    func closing() throws {
        let ledger = try open([BadSigner(key: other.key, answer: nil)])
        _ = try ledger.append([Toy.order(1, at: 1)], recordedAt: .input)
        try ledger.endEpoch()
        #expect(throws: LedgerError.self) { try ledger.closeEpochs() }
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path + "/log")
            .filter { $0.hasPrefix("epoch-") }.sorted()
        #expect(names == ["epoch-000001", "epoch-000002"])
        #expect(throws: LedgerError.self) { try ledger.close() }
    }

    /// Fails, or answers always the same.
    private struct BadSigner: CheckpointSigner {
        let key: NoteKey
        let answer: [UInt8]?

        func sign(_ text: [UInt8]) throws -> [UInt8] {
            guard let answer else { throw CancellationError() }
            return answer
        }
    }
}
