import ClearanceEvents
import ClearanceStore
import Foundation
import Synchronization
import Testing

@testable import ClearanceLedger

/// Tables that are full after every few events, handed over at every moment of the worker's day.
@Suite("Tables handed over to the index's thread")
struct HandOverTests {
    private static let seeds: ClosedRange<UInt64> =
        ProcessInfo.processInfo.environment["CLEARANCE_LONG"] == nil ? 1...3 : 1...60

    private static func options(_ limit: Int, _ level: Durability) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.keysInMemory = limit
        options.durability = level
        return options
    }

    /// Lets some time pass: none, a turn of the scheduler, or about what a run takes to be written.
    private static func pause(_ random: inout SeededGenerator) {
        switch random.next() % 4 {
        case 0: sched_yield()
        case 1: usleep(UInt32(random.next() % 200))
        case 2: usleep(UInt32(random.next() % 3_000))
        default: break
        }
    }

    @Test("are written, however they meet its sleep, and every key answers as a dictionary does")
    func stress() async throws {
        for seed in Self.seeds { try await onThread { try Self.stress(seed) } }
    }

    private static func stress(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let directory = TemporaryDirectory()
        let limit = [1, 2, 5][Int(seed / 3 % 3)]
        let level = Durability.allCases[Int(seed) % Durability.allCases.count]
        let options = options(limit, level)
        var ledger: Ledger? = try Ledger.open(directory.path, options: options)
        var model = FactModel()
        let story = "seed \(seed), limit \(limit), \(level)"
        for round in 1...3 {
            for _ in 1...30 {
                let orders = (0...Int(random.next() % 6)).map { _ in
                    (Int(random.next() % 1_000), Int(random.next() % 2) + 1)
                }
                let expected = orders.map { model.outcome($0.0, paid: $0.1) }
                let outcomes = try ledger?.append(
                    orders.map { Toy.order($0.0, paid: "\($0.1)") }, recordedAt: .input)
                #expect(outcomes == expected, "\(story), round \(round)")
                pause(&random)
            }
            try expectWritten(#require(ledger), "\(story), round \(round)")
            if round % 2 == 0 { try ledger?.close() }
            ledger = nil
            ledger = try Ledger.open(directory.path, options: options)
        }
        let all = model.all
        #expect(
            try ledger?.append(
                all.map { Toy.order($0.order, paid: "\($0.paid)") }, recordedAt: .input)
                == all.map { .alreadyAppended(position: $0.position) }, "\(story)")
        try ledger?.close()
    }

    /// Nothing wakes the thread any more: what was handed over has to be in runs all the same.
    private static func expectWritten(_ ledger: Ledger, _ story: String) throws {
        let index = try ledger.writing().index
        index.worker.finish()
        let end = index.store.current.end
        index.core.withLock { core in
            guard core.isHandedOver, let frozen = core.frozen else { return }
            #expect(end >= frozen.covered.upperBound, "\(story): \(frozen.covered) is missing")
        }
        #expect(end <= (try ledger.position()), "\(story)")
    }

    @Test("are written before the thread ends, when the ledger is let go without closing")
    func dropped() async throws {
        try await onThread {
            let directory = TemporaryDirectory()
            let options = Self.options(3, .twoFlushes)
            for round in 0..<40 {
                let ledger = try Ledger.open(directory.path, options: options)
                #expect(try ledger.position() == UInt64(round * 4))
                let numbers = (round * 4)..<(round * 4 + 4)
                _ = try ledger.append(numbers.map { Toy.order($0) }, recordedAt: .input)
            }
            let ledger = try Ledger.open(directory.path, options: options)
            #expect(try ledger.writing().index.store.current.end == 160)
            #expect(
                try ledger.append((0..<160).map { Toy.order($0) }, recordedAt: .input)
                    == (1...160).map { .alreadyAppended(position: $0) })
            try ledger.close()
        }
    }

    @Test("are written also when they come at the very moment at which those before are done")
    func atOnce() async throws { try await onThread { try Self.atOnce() } }

    private static func atOnce() throws {
        let directory = TemporaryDirectory()
        let count: UInt64 = 150
        let ledger = try Ledger.open(directory.path, options: options(100, .none))
        let source = try ledger.writing().index.source
        // Flushes cost nothing in memory, so that the moment comes often.
        let memory = "/dev/shm/clearance-test-" + UUID().uuidString
        let isThere = FileManager.default.isWritableFile(atPath: "/dev/shm")
        let place = isThere ? memory : directory.path + "/runs"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let store = try RunStore(
            directory: place, seed: source.seed, end: .max
        ) { _ in nil }
        let worker = try RunWorker(store: store, source: source, limit: 1_000)
        var next = tables(1, source)
        for position in 1...count as ClosedRange<UInt64> {
            var (seen, looks) = (store.version, 0)
            worker.write(next)
            next = tables(position + 1, source)
            // As a busy writer sees it: no waiting, the next come as soon as these are known.
            while looks < 2_000_000 {
                looks += 1
                guard store.version != seen else { continue }
                seen = store.version
                if store.current.end >= position { break }
            }
            guard store.current.end < position else { continue }
            worker.finish()
            #expect(store.current.end >= position, "tables of position \(position) are lost")
        }
        worker.finish()
        let runs = store.current
        for kind in RunKind.allCases {
            #expect(runs[kind].reduce(0) { $0 + UInt64($1.file.header.count) } == count)
            #expect(RunRebuild.gaps(runs[kind].map(\.line.covered), through: count) == [])
        }
        worker.close()
        try ledger.close()
    }

    /// Full tables of one entry.
    private static func tables(_ position: UInt64, _ source: FactSource) -> FrozenTables {
        let key = Digest16(high: position, low: ~position)
        let identity = EntryIdentity(naturalKey: key, content: key)
        let (facts, heads) = (PrefixTable(room: 1), PrefixTable(room: 1))
        facts.add(source.record(of: identity, at: position))
        _ = heads.put(source.record(ofHead: key, at: position))
        return FrozenTables(
            facts: facts, heads: heads, covered: position...position, mark: identity)
    }
}
