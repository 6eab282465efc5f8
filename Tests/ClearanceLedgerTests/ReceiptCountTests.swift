import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// Erasures, the list of them, and their receipts in the log, compared by verification.
@Suite("Receipts and the list of what was erased")
struct ReceiptCountTests {
    private let directory = TemporaryDirectory()
    private let options = TemporaryDirectory.options(toy: true)

    private func verify(_ path: String? = nil) throws -> VerifyReport {
        try Ledger.verify(path ?? directory.path, options: options)
    }

    /// Three orders, of which the first two are erased, and the receipt at 4.
    private func erased(copyingKeysTo copy: String? = nil) throws {
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(
            [People.order(1), People.order(2), People.order(3, id: People.other)],
            recordedAt: .input)
        if let copy {
            try FileManager.default.copyItem(atPath: directory.path + "/keys", toPath: copy)
        }
        _ = try ledger.erase(
            idNumber: People.one, asOf: CivilDay("2037-01-01"), recordedAt: .input)
        try ledger.close()
    }

    @Test("An older copy of the keys is told by the receipts that it forgot")
    func olderKeys() throws {
        let copy = TemporaryDirectory()
        try erased(copyingKeysTo: copy.path)
        var report = try verify()
        #expect(report.isIntact)
        #expect(report.unlistedErasures == 0 && report.unreceiptedErasures == 0)
        try FileManager.default.removeItem(atPath: directory.path + "/keys")
        try FileManager.default.copyItem(atPath: copy.path, toPath: directory.path + "/keys")
        report = try verify()
        #expect(report.isIntact && report.unlistedErasures == 2)
        // Who asks again erases again.
        let ledger = try directory.open(.sealed)
        _ = try ledger.erase(
            idNumber: People.one, asOf: CivilDay("2037-01-01"), recordedAt: .input)
        try ledger.close()
        report = try verify()
        #expect(report.isIntact && report.unlistedErasures == 0)
    }

    @Test("What was erased behind the time to which a log was restored has no receipt")
    func earlierLog() throws {
        let (folder, target) = (TemporaryDirectory(), TemporaryDirectory())
        try erased()
        let ledger = try directory.open(.sealed)
        _ = try ledger.backUp(to: folder.path)
        try ledger.close()
        _ = try Ledger.restore(
            from: folder.path, to: target.path, until: .position(3),
            keysFrom: directory.path + "/keys", options: options)
        let report = try verify(target.path)
        #expect(report.isIntact && report.unreceiptedErasures == 2)
        #expect(report.unlistedErasures == 0)
    }

    @Test("A receipt that was brought from elsewhere is none of this ledger")
    func brought() throws {
        try erased()
        let ledger = try directory.open(.sealed)
        for (origin, run) in [("another.test/ledger", "3"), (ledger.origin, "3-9")] {
            let receipt = ErasureReceipt(
                origin: origin, subject: "person:" + String(repeating: "1", count: 32),
                time: Toy.time(9), on: nil, positions: [run], sections: 1)
            _ = try ledger.append([try receipt.event(signedBy: nil)], recordedAt: .input)
        }
        try ledger.close()
        var report = try verify()
        #expect(report.isIntact && report.unsignedReceipts == 3 && report.unlistedErasures == 0)
        let again = try directory.open(.sealed)
        let receipt = ErasureReceipt(
            origin: again.origin, subject: "person:" + String(repeating: "1", count: 32),
            time: Toy.time(10), on: nil, positions: ["2-3"], sections: 1)
        _ = try again.append([try receipt.event(signedBy: nil)], recordedAt: .input)
        try again.close()
        report = try verify()
        #expect(report.isIntact && report.unlistedErasures == 1)
    }

    @Test(
        "Runs of positions that no receipt can have are none",
        arguments: [
            "", "0", "-", "3-", "-3", "4-3", "1-2-3", "x", "18446744073709551615",
            "1-18446744073709551616",
        ])
    func runs(_ text: String) {
        #expect(ErasureReceipt.run(text) == nil)
        #expect(ErasureReceipt.run("7") == 7...7 && ErasureReceipt.run("9-12") == 9...12)
    }
}
