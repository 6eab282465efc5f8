import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("A back-up that is not what was shipped")
struct BackupDamageTests {
    private static let key = [UInt8](repeating: 7, count: 16)

    /// Orders of 60,000 bytes: some twenty are a segment of their own.
    private static func orders(_ numbers: Range<Int>) -> [Event] {
        numbers.map { number in
            var order = Toy.order(number, at: number)
            order.data["note"] = .text(String(repeating: "n", count: 60_000))
            return order
        }
    }

    private func restore(
        _ folder: TemporaryDirectory, _ target: TemporaryDirectory, _ point: RestorePoint = .end
    ) throws -> RestoreReport {
        try Ledger.restore(
            from: folder.path, to: target.path, until: point,
            options: TemporaryDirectory.options(key: Self.key))
    }

    private func manifest(_ folder: TemporaryDirectory) throws -> BackupManifest {
        try #require(try BackupManifest(directory: folder.path))
    }

    @Test("names the segment of a changed bit, also where checkpoints stand")
    func damagedBehindCheckpoint() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        var options = TemporaryDirectory.options(key: Self.key)
        options.signers = [try #require(KeySigner(newKeyNamed: "example.test/backup"))]
        let ledger = try Ledger.open(source.path, options: options)
        for run in 0..<2 {
            _ = try ledger.append(Self.orders(run * 18..<run * 18 + 18), recordedAt: .input)
            _ = try ledger.checkpoint()
            _ = try ledger.backUp(to: folder.path)
        }
        try ledger.close()
        for segment in try manifest(folder).segments {
            let url = URL(fileURLWithPath: folder.path + "/" + segment.path)
            let sound = try Data(contentsOf: url)
            for byte in stride(from: 0, to: sound.count, by: 70_001) {
                var image = sound
                image[byte] ^= 1
                try image.write(to: url)
                let error = #expect(throws: LedgerError.self) {
                    try restore(folder, TemporaryDirectory())
                }
                #expect(error?.what.contains(segment.path) == true, "byte \(byte)")
            }
            try sound.write(to: url)
        }
        #expect(try restore(folder, TemporaryDirectory()).checkpoints == 2)
        // Where every segment is as it was shipped, a checkpoint of another root is named.
        let other = SignedCheckpoint(
            try SignedNote(
                signing: Checkpoint(origin: ledger.origin, size: 18, root: MerkleTree().root).text,
                by: options.signers))
        let foreign = Array(CheckpointFile.bytes(of: [try #require(other)]))
        var manifest = try manifest(folder)
        manifest.copies.removeAll { $0.name == "checkpoints" }
        manifest.copies.append(
            .init(name: "checkpoints", digest: SHA256Hash.of(foreign.span)))
        try manifest.write(to: folder.path)
        try Data(foreign).write(to: URL(fileURLWithPath: folder.path + "/checkpoints"))
        let error = #expect(throws: LedgerError.self) {
            try restore(folder, TemporaryDirectory())
        }
        #expect(error?.what.contains("the checkpoint at position 18") == true)
    }

    @Test("is told by the next run: segments by name, while small files are shipped again")
    func incomplete() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        for run in 0..<3 {
            _ = try ledger.append(Self.orders(run * 18..<run * 18 + 18), recordedAt: .input)
            #expect(try ledger.backUp(to: folder.path).damage.isEmpty)
        }
        let segments = try manifest(folder).segments
        #expect(segments.count == 3)
        for segment in segments.dropLast() {
            let url = URL(fileURLWithPath: folder.path + "/" + segment.path)
            let sound = try Data(contentsOf: url)
            for image in [nil, sound.dropLast(), sound + Data([0])] {
                try? FileManager.default.removeItem(at: url)
                try image?.write(to: url)
                let report = try ledger.backUp(to: folder.path)
                #expect(report.damage.map(\.file) == [segment.path])
                #expect(report.damage.first?.position == segment.first)
                #expect(report.position == 54)
            }
            try sound.write(to: url)
        }
        for name in ["origin", "config"] {
            let url = URL(fileURLWithPath: folder.path + "/" + name)
            for image in [nil, Data([1])] {
                try? FileManager.default.removeItem(at: url)
                try image?.write(to: url)
                #expect(throws: LedgerError.self) { try restore(folder, TemporaryDirectory()) }
                #expect(try ledger.backUp(to: folder.path).damage.isEmpty)
                #expect(try restore(folder, TemporaryDirectory()).position == 54)
            }
        }
        try ledger.close()
    }

    @Test("is not what ends before the position that is asked for")
    func beyond() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        _ = try ledger.append(Self.orders(0..<9), recordedAt: .input)
        _ = try ledger.backUp(to: folder.path)
        try ledger.close()
        #expect(try restore(folder, TemporaryDirectory(), .position(9)).position == 9)
        for position: UInt64 in [10, 999_999, .max] {
            let error = #expect(throws: LedgerError.self) {
                try restore(folder, TemporaryDirectory(), .position(position))
            }
            #expect(error?.code != .damaged && error?.what.contains("ends at position 9") == true)
        }
    }
}
