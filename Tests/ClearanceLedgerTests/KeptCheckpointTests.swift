import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// Signed checkpoints in copies of a ledger, and with changed bits.
@Suite("Kept checkpoints")
struct KeptCheckpointTests {
    private let directory = TemporaryDirectory()
    private let signer: KeySigner

    init() throws {
        signer = try #require(
            KeySigner(name: "example.test/log", seed: [UInt8](repeating: 3, count: 32)))
    }

    private var options: LedgerOptions {
        var options = TemporaryDirectory.options()
        options.signers = [signer]
        options.origin = "example.test/log"
        return options
    }

    private func file(_ directory: TemporaryDirectory) -> URL {
        URL(fileURLWithPath: directory.path + "/log/tree/checkpoints")
    }

    private func orders(_ numbers: Range<Int>) -> [Event] {
        numbers.map { Toy.order($0, at: $0) }
    }

    /// A ledger that signed at 0, 30, 60 and, closing, at 100.
    private func filled(backUp folder: TemporaryDirectory? = nil) throws {
        let ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.checkpoint()
        for range in [0..<30, 30..<60] {
            _ = try ledger.append(orders(range), recordedAt: .input)
            _ = try ledger.checkpoint()
        }
        _ = try ledger.append(orders(60..<100), recordedAt: .input)
        if let folder { _ = try ledger.backUp(to: folder.path) }
        try ledger.close()
        #expect(try sizes(directory) == [0, 30, 60, 100])
    }

    private func sizes(_ directory: TemporaryDirectory) throws -> [UInt64] {
        let reader = try Ledger.openReader(directory.path, options: options)
        defer { try? reader.close() }
        return try reader.checkpoints().map(\.checkpoint.size)
    }

    @Test("A restored ledger has those up to its end, to the byte, and signs on from them")
    func restored() throws {
        let folder = TemporaryDirectory()
        try filled(backUp: folder)
        let whole = try Data(contentsOf: file(directory))
        for (end, known) in [
            (0, [0]), (29, [0]), (30, [0, 30]), (59, [0, 30]), (60, [0, 30, 60]),
            (100, [0, 30, 60]),
        ] as [(UInt64, [UInt64])] {
            let target = TemporaryDirectory()
            let report = try Ledger.restore(
                from: folder.path, to: target.path, until: .position(end), options: options)
            #expect(report.position == end && report.checkpoints == known.count)
            #expect(try sizes(target) == known)
            #expect(whole.starts(with: try Data(contentsOf: file(target))))
            #expect(try Ledger.verify(target.path, options: options).isIntact)
            let ledger = try Ledger.open(target.path, options: options)
            _ = try ledger.append(orders(200..<207), recordedAt: .input)
            try ledger.close()
            #expect(try sizes(target) == known + [end + 7])
            #expect(try Ledger.verify(target.path, options: options).isIntact)
        }
    }

    @Test("A changed bit of the shipped file is refused by its name")
    func damagedBackup() throws {
        let folder = TemporaryDirectory()
        try filled(backUp: folder)
        let shipped = URL(fileURLWithPath: folder.path + "/checkpoints")
        let sound = try Data(contentsOf: shipped)
        for byte in stride(from: 0, to: sound.count, by: 7) {
            var image = sound
            image[byte] ^= 1
            try image.write(to: shipped)
            let error = #expect(throws: LedgerError.self) {
                try Ledger.restore(
                    from: folder.path, to: TemporaryDirectory().path, options: options)
            }
            #expect(error?.code == .damaged && error?.what.contains("checkpoints") == true)
        }
        try sound.write(to: shipped)
    }

    @Test(
        "A changed bit of the ledger's own file is named and keeps nothing else from being shipped")
    func damagedLedger() throws {
        let folder = TemporaryDirectory()
        try filled(backUp: folder)
        let sound = try Data(contentsOf: file(directory))
        let starts = sound.indices.filter { sound[$0...].starts(with: Data("note ".utf8)) }
        #expect(starts.count == 4)
        // The last note was signed behind what was shipped; the others the folder has.
        for (number, start) in starts.enumerated() {
            var changed = sound
            changed[start + 40] ^= 1
            try changed.write(to: file(directory))
            let copy = TemporaryDirectory()
            try FileManager.default.copyItem(atPath: folder.path, toPath: copy.path)
            let reader = try Ledger.openReader(directory.path, options: options)
            // As long as it is not repaired, every run says so.
            for _ in 1...2 {
                let report = try reader.backUp(to: copy.path)
                #expect(report.damage.map(\.file) == ["log/tree/checkpoints"])
                #expect(report.position == 100)
            }
            try reader.close()
            let target = TemporaryDirectory()
            let report = try Ledger.restore(from: copy.path, to: target.path, options: options)
            #expect(report.position == 100)
            #expect(try sizes(target) == (number == 3 ? [0, 30, 60] : [0, 30, 60, 100]))
            #expect(try Ledger.verify(target.path, options: options).isIntact)
        }
    }

    @Test("A ledger's file that was put back to an older state takes no shipped note away")
    func olderLedger() throws {
        let folder = TemporaryDirectory()
        try filled(backUp: folder)
        let sound = try Data(contentsOf: file(directory))
        let starts = sound.indices.filter { sound[$0...].starts(with: Data("note ".utf8)) }
        let shipped = URL(fileURLWithPath: folder.path + "/checkpoints")
        let before = try Data(contentsOf: shipped)
        try sound.prefix(upTo: starts[1]).write(to: file(directory))
        let reader = try Ledger.openReader(directory.path, options: options)
        #expect(try reader.backUp(to: folder.path).damage.isEmpty)
        #expect(try Data(contentsOf: shipped) == before)
        // What is newer comes behind what was shipped, as it was signed.
        try sound.write(to: file(directory))
        #expect(try reader.backUp(to: folder.path).damage.isEmpty)
        #expect(try Data(contentsOf: shipped) == sound)
        try reader.close()
    }

    @Test("Shipped notes that cannot be read for the moment are not written over")
    func unreadableFolder() throws {
        let folder = TemporaryDirectory()
        try filled(backUp: folder)
        let shipped = URL(fileURLWithPath: folder.path + "/checkpoints")
        try FileManager.default.removeItem(at: shipped)
        try FileManager.default.createDirectory(at: shipped, withIntermediateDirectories: false)
        let reader = try Ledger.openReader(directory.path, options: options)
        #expect(throws: LedgerError.self) { try reader.backUp(to: folder.path) }
        try reader.close()
    }

    @Test("Checkpoints that are gone, or lie damaged where nothing was shipped, stop no back-up")
    func firstBackup() throws {
        try filled()
        let sound = try Data(contentsOf: file(directory))
        for image in [Data("note 9 what is this".utf8) + sound, Data()] {
            if image.isEmpty {
                try FileManager.default.removeItem(at: file(directory))
            } else {
                try image.write(to: file(directory))
            }
            let (folder, target) = (TemporaryDirectory(), TemporaryDirectory())
            let reader = try Ledger.openReader(directory.path, options: options)
            let report = try reader.backUp(to: folder.path)
            try reader.close()
            #expect(report.shipped == 1...100 && report.damage.isEmpty == image.isEmpty)
            _ = try Ledger.restore(from: folder.path, to: target.path, options: options)
            #expect(try sizes(target).count == (image.isEmpty ? 0 : 3))
        }
    }

    @Test("A repaired ledger has those that hold for what is kept")
    func repaired() throws {
        try filled()
        let whole = TemporaryDirectory()
        let report = try Ledger.repair(directory.path, to: whole.path, options: options)
        #expect(report.checkpoints == 4)
        #expect(try Data(contentsOf: file(whole)) == Data(contentsOf: file(directory)))
        // The entries of the second commit are damaged: positions 31 to 60.
        let data = URL(fileURLWithPath: directory.path + "/log/epoch-000001/data.mdb")
        var bytes = try Data(contentsOf: data)
        var from = bytes.startIndex
        while let place = bytes.range(of: Data("order:E/47".utf8), in: from..<bytes.endIndex) {
            bytes[place.lowerBound] ^= 1
            from = place.upperBound
        }
        try bytes.write(to: data)
        for later in [false, true] {
            let target = TemporaryDirectory()
            let report = try Ledger.repair(
                directory.path, to: target.path, appendingLater: later, options: options)
            #expect(report.kept == 30 && report.checkpoints == 2)
            #expect(try sizes(target) == [0, 30])
            #expect(try Ledger.verify(target.path, options: options).isIntact)
            let ledger = try Ledger.open(target.path, options: options)
            try ledger.close()
            #expect(try sizes(target) == [0, 30] + [report.position].filter { $0 > 30 })
        }
    }

    @Test("A repair leaves a changed checkpoint out, and names it")
    func repairedFile() throws {
        try filled()
        let sound = try Data(contentsOf: file(directory))
        let starts = sound.indices.filter { sound[$0...].starts(with: Data("note ".utf8)) }
        #expect(starts.count == 4)
        for (place, start) in starts.enumerated() {
            for byte in [start, start + 5, start + 9, start + 40] {
                var image = sound
                image[byte] ^= 1
                try image.write(to: file(directory))
                let target = TemporaryDirectory()
                let report = try Ledger.repair(
                    directory.path, to: target.path, options: options)
                #expect(report.damage.contains { $0.file == "log/tree/checkpoints" })
                var known: [UInt64] = [0, 30, 60, 100]
                known.remove(at: place)
                #expect(try sizes(target) == known && report.isComplete, "byte \(byte)")
            }
        }
    }

    @Test("Any bit that is flipped in the file is damage, also where it looks like a torn end")
    func flipped() throws {
        try filled()
        let sound = try Data(contentsOf: file(directory))
        let kept = CheckpointFile(folder: directory.path + "/log/tree")
        for bit in 0..<(sound.count * 8) {
            var image = sound
            image[bit / 8] ^= 1 << UInt8(bit % 8)
            try image.write(to: file(directory))
            let error = #expect(throws: LedgerError.self, "bit \(bit)") { try kept.read() }
            #expect(error?.code == .damaged)
        }
        for bit in [3, 42, 77, sound.count * 8 - 300, sound.count * 8 - 1] {
            var image = sound
            image[bit / 8] ^= 1 << UInt8(bit % 8)
            try image.write(to: file(directory))
            let report = try Ledger.verify(directory.path, options: options)
            #expect(report.damage.map(\.file) == ["log/tree/checkpoints"], "bit \(bit)")
        }
        // What a crash leaves is a torn end all the same.
        for cut in [1, 2, 20, 100] {
            try sound.dropLast(cut).write(to: file(directory))
            #expect(try kept.read().checkpoints.map(\.checkpoint.size) == [0, 30, 60])
            try (sound.dropLast(cut) + Data(count: cut)).write(to: file(directory))
            #expect(try kept.read().checkpoints.map(\.checkpoint.size) == [0, 30, 60])
        }
    }
}
