import ClearanceEvents
import ClearanceLedger
import Foundation
import Seeded
import Testing

@Suite struct RepairTests {
    private static let options = TemporaryDirectory.options(key: nil)
    private static let entries: UInt64 = 120

    /// A closed ledger of twelve commits of ten entries.
    private func filled() throws -> TemporaryDirectory {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: Self.options)
        for run in 0..<12 {
            _ = try ledger.append(
                (run * 10..<run * 10 + 10).map { Toy.order($0, at: $0) }, recordedAt: .input)
        }
        try ledger.close()
        return directory
    }

    /// The data file of the log that holds entries, wherever the layout puts it.
    private func dataFile(_ directory: TemporaryDirectory) throws -> URL {
        let log = directory.path + "/log"
        let paths = try #require(FileManager.default.subpaths(atPath: log))
        let path = try #require(paths.first { $0.hasSuffix("data.mdb") })
        return URL(fileURLWithPath: log + "/" + path)
    }

    private func fingerprints(_ directory: String) throws -> [String: Data] {
        var found: [String: Data] = [:]
        for path in try #require(FileManager.default.subpaths(atPath: directory)) {
            found[path] = try? Data(contentsOf: URL(fileURLWithPath: directory + "/" + path))
        }
        return found
    }

    /// Changes a byte of every copy of a text in the data file: older pages have some too.
    private func damage(_ directory: TemporaryDirectory, _ text: String) throws {
        let url = try dataFile(directory)
        var bytes = try Data(contentsOf: url)
        var from = bytes.startIndex
        while let place = bytes.range(of: Data(text.utf8), in: from..<bytes.endIndex) {
            bytes[place.lowerBound] ^= 1
            from = place.upperBound
        }
        #expect(from > bytes.startIndex)
        try bytes.write(to: url)
    }

    private func entries(_ directory: String) throws -> [[UInt8]] {
        let reader = try Ledger.openReader(directory, options: Self.options)
        var entries: [[UInt8]] = []
        try reader.forEachEntry { _, view in
            entries.append(view.bytes.indices.map { view.bytes[$0] })
            return true
        }
        try reader.close()
        return entries
    }

    @Test("A sound ledger is copied whole, and its files are the same before and after")
    func sound() throws {
        let (directory, target) = (try filled(), TemporaryDirectory())
        let before = try fingerprints(directory.path)
        let report = try Ledger.repair(
            directory.path, to: target.path, options: Self.options)
        #expect(report.isComplete && report.kept == Self.entries && report.damage.isEmpty)
        #expect(try fingerprints(directory.path) == before)
        #expect(try entries(target.path) == entries(directory.path))
        let verified = try Ledger.verify(target.path, options: Self.options)
        #expect(verified.isIntact && verified.root == report.root)
    }

    @Test(
        "With a bad chunk, what is before it keeps its positions and what is behind is listed",
        arguments: [false, true])
    func badChunk(appendingLater: Bool) throws {
        let (directory, target) = (try filled(), TemporaryDirectory())
        let whole = try entries(directory.path)
        // Entry 55 stands at position 56, in the chunk of positions 51 to 60.
        try damage(directory, "order:E/55")
        let before = try fingerprints(directory.path)
        let verified = try Ledger.verify(directory.path, options: Self.options)
        #expect(verified.firstBad == 51)
        #expect(verified.intact == [1...50, 61...120])
        let report = try Ledger.repair(
            directory.path, to: target.path, appendingLater: appendingLater,
            options: Self.options)
        #expect(try fingerprints(directory.path) == before)
        #expect(report.kept == 50 && report.unknownFrom == nil && !report.isComplete)
        #expect(report.later == [.init(old: 61...120, first: appendingLater ? 51 : nil)])
        #expect(report.lost == [appendingLater ? 51...60 : 51...120])
        let expected = whole[..<50] + (appendingLater ? whole[60...] : [])
        #expect(try entries(target.path) == Array(expected))
        #expect(report.position == UInt64(expected.count))
        let after = try Ledger.verify(target.path, options: Self.options)
        #expect(after.isIntact && after.root == report.root)
        // The new ledger knows what it has, so what was lost can be fed again.
        let ledger = try Ledger.open(target.path, options: Self.options)
        let outcomes = try ledger.append(
            [Toy.order(3, at: 3), Toy.order(55, at: 55)], recordedAt: .input)
        #expect(outcomes.first == .alreadyAppended(position: 4))
        #expect(outcomes.last == .appended(position: report.position + 1))
        try ledger.close()
    }

    @Test("With a bad last chunk, the end is told as unknown only where no head tells it")
    func badEnd() throws {
        let (directory, known, unknown) = (
            try filled(), TemporaryDirectory(), TemporaryDirectory()
        )
        try damage(directory, "order:E/119")
        let first = try Ledger.repair(directory.path, to: known.path, options: Self.options)
        #expect(first.kept == 110 && first.lost == [111...120])
        try FileManager.default.removeItem(atPath: directory.path + "/head")
        let second = try Ledger.repair(directory.path, to: unknown.path, options: Self.options)
        #expect(second.kept == 110 && second.lost.isEmpty && second.unknownFrom == 111)
    }

    @Test("With random bytes of the data file changed, what is kept is a prefix of what was")
    func randomDamage() throws {
        let directory = try filled()
        let whole = try entries(directory.path)
        let url = try dataFile(directory)
        let sound = try Data(contentsOf: url)
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<60 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...20, using: &generator) {
                bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            try bytes.write(to: url)
            let target = TemporaryDirectory()
            let report = try Ledger.repair(
                directory.path, to: target.path, appendingLater: true, options: Self.options)
            let found = try entries(target.path)
            let kept = Int(report.kept)
            #expect(Array(found[..<kept]) == Array(whole[..<kept]), "seed \(seed)")
            #expect(found[kept...].allSatisfy { whole.contains($0) }, "seed \(seed)")
            #expect(report.isComplete == false || found == whole, "seed \(seed)")
        }
    }

    @Test("Cut short, a ledger is repaired up to where its pages reach, without a crash")
    func cut() throws {
        let directory = try filled()
        let whole = try entries(directory.path)
        let url = try dataFile(directory)
        let sound = try Data(contentsOf: url)
        for size in [0, 100, 4_096, 8_192, 20_000, sound.count / 2, sound.count - 1] {
            try sound.prefix(size).write(to: url)
            let target = TemporaryDirectory()
            let report = try Ledger.repair(
                directory.path, to: target.path, options: Self.options)
            #expect(!report.isComplete)
            #expect(try entries(target.path) == Array(whole.prefix(Int(report.kept))))
        }
    }

    @Test("A ledger that is held, and a target that is there, are refused")
    func refused() throws {
        let (directory, target) = (try filled(), TemporaryDirectory())
        let ledger = try Ledger.open(directory.path, options: Self.options)
        #expect(throws: LedgerError.self) {
            try Ledger.repair(directory.path, to: target.path, options: Self.options)
        }
        try ledger.close()
        try FileManager.default.createDirectory(
            atPath: target.path, withIntermediateDirectories: true)
        #expect(throws: LedgerError.self) {
            try Ledger.repair(directory.path, to: target.path, options: Self.options)
        }
    }
}
