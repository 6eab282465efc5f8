import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation
import Seeded
import Testing

@Suite struct BackupTests {
    private static let key = [UInt8](repeating: 7, count: 16)

    /// The root of the first entries of a ledger.
    private static func root(_ ledger: Ledger, through end: UInt64) throws -> String {
        var tree = MerkleTree()
        if end > 0 {
            try ledger.forEachEntry(through: end) { _, view in
                tree.add(leaf: view.bytes)
                return true
            }
        }
        return tree.root.hexadecimal
    }

    private static func orders(_ numbers: Range<Int>) -> [Event] {
        numbers.map { Toy.order($0, at: $0) }
    }

    private func restore(
        _ folder: TemporaryDirectory, _ target: TemporaryDirectory, _ point: RestorePoint = .end
    ) throws -> RestoreReport {
        try Ledger.restore(
            from: folder.path, to: target.path, until: point,
            options: TemporaryDirectory.options(key: Self.key))
    }

    @Test(
        "What was shipped in several runs is restored whole, verified, and appended to again",
        arguments: [nil, 60_000])
    func runs(epochBytes: Int?) throws {
        let (source, folder, target) = (
            TemporaryDirectory(), TemporaryDirectory(), TemporaryDirectory()
        )
        var options = TemporaryDirectory.options(key: Self.key)
        if let epochBytes { options.epochBytes = epochBytes }
        let ledger = try Ledger.open(source.path, options: options)
        #expect(try ledger.backUp(to: folder.path).shipped == nil)
        var shipped: [ClosedRange<UInt64>] = []
        for run in 0..<3 {
            _ = try ledger.append(Self.orders(run * 40..<run * 40 + 40), recordedAt: .input)
            let report = try ledger.backUp(to: folder.path)
            shipped.append(try #require(report.shipped))
            #expect(report.root == (try Self.root(ledger, through: report.position)))
        }
        #expect(shipped == [1...40, 41...80, 81...120])
        #expect(try ledger.backUp(to: folder.path).shipped == nil)
        let report = try restore(folder, target)
        #expect(report.position == 120)
        #expect(report.root == (try Self.root(ledger, through: 120)))
        #expect(try Ledger.verify(target.path, options: options).root == report.root)
        let restored = try target.open()
        #expect(try restored.view().digest() == ledger.view().digest())
        let outcomes = try restored.append(Self.orders(119..<121), recordedAt: .input)
        #expect(outcomes == [.alreadyAppended(position: 120), .appended(position: 121)])
        try restored.close()
        try ledger.close()
    }

    @Test("Restored to any position or time, the root is the one that the ledger had there")
    func anyPosition() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        for run in 0..<5 {
            _ = try ledger.append(Self.orders(run * 50..<run * 50 + 50), recordedAt: .input)
            _ = try ledger.backUp(to: folder.path)
        }
        var generator = SeededGenerator(seed: 4)
        let some = (0..<25).map { _ in UInt64.random(in: 1...250, using: &generator) }
        for position in some + [0, 1, 50, 51, 250] {
            let target = TemporaryDirectory()
            let report = try restore(folder, target, .position(position))
            #expect(report.position == position)
            #expect(report.root == (try Self.root(ledger, through: position)), "\(position)")
            // The event at a position happened, and was recorded, in the minute before it.
            let byTime = TemporaryDirectory()
            let time = Toy.time(Int(position) - 1)
            let timed = try restore(folder, byTime, .recorded(time))
            #expect(timed.position == position && timed.root == report.root, "\(position)")
        }
        #expect(throws: LedgerError.self) {
            try restore(folder, TemporaryDirectory(), .position(251))
        }
        try ledger.close()
    }

    @Test("Shipped while another task appends, every run is a state that the ledger had")
    func underLoad() async throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        let appending = Task {
            for number in 0..<150 {
                _ = try await ledger.append(
                    Self.orders(number * 4..<number * 4 + 4), recordedAt: .input)
            }
        }
        var reports: [BackupReport] = []
        while reports.last?.position != 600 {
            reports.append(try ledger.backUp(to: folder.path))
            // The pool has two threads; the other one may be waiting too.
            await Task.yield()
        }
        try await appending.value
        for report in reports {
            #expect(report.root == (try Self.root(ledger, through: report.position)))
        }
        let target = TemporaryDirectory()
        let restored = try await Task { try Self.restoreBlocking(folder.path, target.path) }.value
        #expect(restored.root == reports.last?.root)
        try Self.close(ledger)
    }

    private static func restoreBlocking(
        _ folder: String, _ target: String
    ) throws -> RestoreReport {
        try Ledger.restore(
            from: folder, to: target, options: TemporaryDirectory.options(key: key))
    }

    private static func close(_ ledger: Ledger) throws { try ledger.close() }

    @Test("A segment that is missing, cut, longer or changed is refused by its name")
    func damagedSegments() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        for run in 0..<3 {
            // As much as stays a segment of its own.
            var orders = Self.orders(run * 18..<run * 18 + 18)
            for index in orders.indices {
                orders[index].data["note"] = .text(String(repeating: "n", count: 60_000))
            }
            _ = try ledger.append(orders, recordedAt: .input)
            _ = try ledger.backUp(to: folder.path)
        }
        try ledger.close()
        let segments = folder.path + "/segments/"
        let name = try #require(
            FileManager.default.contentsOfDirectory(atPath: segments).sorted().dropFirst().first)
        let url = URL(fileURLWithPath: segments + name)
        let sound = try Data(contentsOf: url)
        var generator = SeededGenerator(seed: 9)
        var images: [Data?] = [nil, sound.dropLast(), sound + Data([0]), Data()]
        for _ in 0..<60 {
            var image = sound
            image[Int.random(in: 0..<sound.count, using: &generator)] ^= 4
            images.append(image)
        }
        for image in images {
            try? FileManager.default.removeItem(at: url)
            try image?.write(to: url)
            let target = TemporaryDirectory()
            let error = #expect(throws: LedgerError.self) { try restore(folder, target) }
            #expect(error?.code == .damaged && error?.what.contains(name) == true)
            #expect(!FileManager.default.fileExists(atPath: target.path))
        }
        try sound.write(to: url)
        #expect(try restore(folder, TemporaryDirectory()).position == 54)
    }

    @Test("Many runs that find little leave one segment, which holds all of it")
    func manyRuns() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        for run in 0..<20 {
            _ = try ledger.append(Self.orders(run * 3..<run * 3 + 3), recordedAt: .input)
            let end = UInt64(run * 3 + 3)
            let report = try ledger.backUp(to: folder.path)
            #expect(report.shipped == (end - 2)...end && report.segments == 1)
            let names = try FileManager.default.contentsOfDirectory(
                atPath: folder.path + "/segments")
            #expect(names.count == 1)
        }
        for end in [1, 31, 60] as [UInt64] {
            let report = try restore(folder, TemporaryDirectory(), .position(end))
            #expect(report.root == (try Self.root(ledger, through: end)))
        }
        try ledger.close()
    }

    @Test("Every changed byte of the manifest is damage, and so is a changed name of the ledger")
    func damagedManifest() throws {
        let (source, folder) = (TemporaryDirectory(), TemporaryDirectory())
        let ledger = try source.open()
        _ = try ledger.append(Self.orders(0..<9), recordedAt: .input)
        _ = try ledger.backUp(to: folder.path)
        try ledger.close()
        for name in ["manifest", "origin"] {
            let url = URL(fileURLWithPath: folder.path + "/" + name)
            let sound = try Data(contentsOf: url)
            for byte in sound.indices {
                var image = sound
                image[byte] ^= 1
                try image.write(to: url)
                #expect(throws: LedgerError.self, "\(name), byte \(byte)") {
                    try restore(folder, TemporaryDirectory())
                }
            }
            try sound.write(to: url)
        }
    }

    @Test("The folder of another ledger, or of a longer one, is refused and stays as it was")
    func otherLedger() throws {
        let (first, second, folder) = (
            TemporaryDirectory(), TemporaryDirectory(), TemporaryDirectory()
        )
        let (one, two) = (try first.open(), try second.open())
        _ = try one.append(Self.orders(0..<9), recordedAt: .input)
        _ = try two.append(Self.orders(20..<25), recordedAt: .input)
        _ = try one.backUp(to: folder.path)
        #expect(throws: LedgerError.self) { try two.backUp(to: folder.path) }
        _ = try two.append(Self.orders(30..<45), recordedAt: .input)
        #expect(throws: LedgerError.self) { try two.backUp(to: folder.path) }
        #expect(try restore(folder, TemporaryDirectory()).position == 9)
        try one.close()
        try two.close()
    }

    @Test("No key is in the folder; copied to another one, they make a ledger whole again")
    func keys() throws {
        let (source, folder, keys, target) = (
            TemporaryDirectory(), TemporaryDirectory(), TemporaryDirectory(),
            TemporaryDirectory()
        )
        let options = TemporaryDirectory.options(key: nil)
        let ledger = try Ledger.open(source.path, options: options)
        _ = try ledger.append(Self.orders(0..<9), recordedAt: .input)
        _ = try ledger.backUp(to: folder.path, keysTo: keys.path)
        try ledger.close()
        let key = try Data(contentsOf: URL(fileURLWithPath: source.path + "/keys/index.key"))
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            let bytes = try? Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path))
            #expect(bytes?.range(of: key) == nil, "\(path)")
        }
        _ = try Ledger.restore(
            from: folder.path, to: target.path, keysFrom: keys.path, options: options)
        #expect(try Ledger.verify(target.path, options: options).isIntact)
        // Without them the restored ledger has no key at all, rather than a wrong one.
        let bare = TemporaryDirectory()
        _ = try Ledger.restore(from: folder.path, to: bare.path, options: options)
        #expect(!FileManager.default.fileExists(atPath: bare.path + "/keys/index.key"))
    }
}
