import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

/// The list of epochs is small, and all entries can be found without it.
@Suite struct LostEpochListTests {
    private static let options = TemporaryDirectory.options(key: nil)

    /// A ledger of two closed epochs of ten entries, the second moved to `archive`, and a live one
    /// of ten.
    private func filled(_ directory: TemporaryDirectory, archive: String?) throws {
        let ledger = try Ledger.open(directory.path, options: Self.options)
        for run in 0..<3 {
            _ = try ledger.append(
                (run * 10..<run * 10 + 10).map { Toy.order($0, at: $0) }, recordedAt: .input)
            if run < 2 { try ledger.endEpoch() }
        }
        try ledger.closeEpochs()
        if let archive { try ledger.moveEpoch(2, to: archive) }
        try ledger.close()
    }

    /// A copy that `repair` made of a ledger, and what it says.
    private func repaired(
        _ directory: TemporaryDirectory, _ check: (RepairReport, Ledger) throws -> Void
    ) throws {
        let target = directory.path + "-repaired"
        defer { try? FileManager.default.removeItem(atPath: target) }
        let report = try Ledger.repair(directory.path, to: target, options: Self.options)
        let reader = try Ledger.openReader(target, options: Self.options)
        try check(report, reader)
        try reader.close()
    }

    @Test("Nothing is lost with the list of epochs", arguments: ["bit", "cut", "gone"])
    func kept(_ way: String) throws {
        let directory = TemporaryDirectory()
        let archive = directory.path + "-archive"
        defer { try? FileManager.default.removeItem(atPath: archive) }
        try FileManager.default.createDirectory(
            atPath: archive, withIntermediateDirectories: true)
        // Only a line of the list says where a moved epoch lies.
        try filled(directory, archive: way == "bit" ? archive : nil)
        let list = URL(fileURLWithPath: directory.path + "/log/epochs")
        var bytes = try Data(contentsOf: list)
        switch way {
        case "bit":
            bytes[bytes.count - 2] ^= 1
            try bytes.write(to: list)
        case "cut": try bytes.prefix(40).write(to: list)
        default: try FileManager.default.removeItem(at: list)
        }
        let verified = try Ledger.verify(directory.path, options: Self.options)
        #expect(verified.entries == 30 && !verified.isIntact)
        #expect(verified.damage.map(\.file) == ["log/epochs"])
        #expect(verified.damage.map(\.position) == [0])
        try repaired(directory) { report, reader in
            #expect(report.kept == 30 && report.lost.isEmpty)
            #expect(report.root == verified.root)
            let positions = try reader.events(limit: 100).map(\.position)
            #expect(positions == Array(1...30))
        }
    }

    @Test("Of two forms of an epoch the one is read that is what its record says")
    func forms() throws {
        let directory = TemporaryDirectory()
        try filled(directory, archive: nil)
        let log = directory.path + "/log/"
        // As a crash leaves it before the list names the closed form, which was damaged since.
        try FileManager.default.copyItem(
            atPath: log + "epoch-000001.closed", toPath: log + "epoch-000001")
        let data = log + "epoch-000001.closed/data.mdb"
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: data)
        var bytes = try Data(contentsOf: URL(fileURLWithPath: data))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(fileURLWithPath: data))
        try FileManager.default.removeItem(atPath: log + "epochs")
        try repaired(directory) { report, _ in #expect(report.kept == 30) }
    }

    @Test("What is gone with the list is told as lost")
    func lost() throws {
        let directory = TemporaryDirectory()
        try filled(directory, archive: nil)
        let log = directory.path + "/log/"
        try FileManager.default.removeItem(atPath: log + "epoch-000003")
        try FileManager.default.removeItem(atPath: log + "epochs")
        let verified = try Ledger.verify(directory.path, options: Self.options)
        #expect(verified.entries == 20 && verified.damage.contains { $0.file == "head" })
        try repaired(directory) { report, _ in
            #expect(report.kept == 20)
            #expect(report.lost.contains { $0.contains(21) && $0.contains(30) })
        }
    }
}
