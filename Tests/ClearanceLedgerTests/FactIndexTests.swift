import ClearanceEvents
import ClearanceStore
import Foundation
import Seeded
import Testing

@testable import ClearanceLedger

@Suite struct FactIndexTests {
    private static func options(_ limit: Int) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.keysInMemory = limit
        options.conditionalReferences = ["orderNo"]
        return options
    }

    /// Seeds of random histories, one for each limit; `CLEARANCE_LONG=1` asks for a score more.
    private static let seeds: ClosedRange<UInt64> =
        ProcessInfo.processInfo.environment["CLEARANCE_LONG"] == nil ? 1...4 : 1...24

    @Test(
        "Random histories agree with a dictionary, over reopenings, losses and damage",
        arguments: seeds)
    func model(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let directory = TemporaryDirectory()
        let options = FactIndexTests.options([20, 50, 150, 400][Int(seed % 4)])
        var ledger: Ledger? = try Ledger.open(directory.path, options: options)
        var model = FactModel()
        var history: [String] = ["seed \(seed)"]
        for _ in 0..<60 {
            let orders = (0..<Int(random.next() % 120)).map { _ in
                (Int(random.next() % 2_000), Int(random.next() % 3) + 1)
            }
            let events = orders.map { Toy.order($0.0, paid: "\($0.1)") }
            let expected = orders.map { model.outcome($0.0, paid: $0.1) }
            let outcomes = try ledger?.append(events, recordedAt: .input)
            #expect(outcomes == expected, "\(history)")
            switch random.next() % 6 {
            case 0:
                try ledger?.close()
                history.append("closed at \(model.count)")
            case 1:
                history.append("dropped at \(model.count)")
            case 2:
                try ledger?.close()
                history.append(try IndexFiles.damage(directory.path, by: &random))
            default: continue
            }
            ledger = nil
            ledger = try Ledger.open(directory.path, options: options)
        }
        for (order, paid, position) in model.all {
            #expect(
                try ledger?.append([Toy.order(order, paid: "\(paid)")], recordedAt: .input)
                    == [.alreadyAppended(position: position)], "\(history)")
        }
        try ledger?.close()
    }

    @Test("What is damaged while the ledger is open is made anew when it is met")
    func damageWhileOpen() throws {
        let directory = TemporaryDirectory()
        let options = FactIndexTests.options(400)
        let events = (1...3_000).map { Toy.order($0, at: $0) }
        let known = (1...3_000).map { AppendOutcome.alreadyAppended(position: UInt64($0)) }
        let first = try Ledger.open(directory.path, options: options)
        _ = try first.append(events, recordedAt: .input)
        try first.close()
        let ledger = try Ledger.open(directory.path, options: options)
        for name in try IndexFiles.runs(directory.path) {
            let path = IndexFiles.directory(directory.path) + "/" + name
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            // In place, so that the mapping sees it: a page of records, and one of the filter.
            for offset in [4_096, 8_192] {
                try file.seek(toOffset: UInt64(offset))
                try file.write(contentsOf: Data(repeating: 0, count: 64))
            }
            try file.close()
        }
        let seventh = try #require(try ledger.log.reader().identity(at: 7))
        #expect(try ledger.writer?.index.position(of: seventh) == 7)
        #expect(try ledger.append(events, recordedAt: .input) == known)
        #expect(throws: Never.self) {
            try ledger.append(
                [Toy.order(9_999)], recordedAt: .input,
                conditions: [.subject("order:E/9999"), .subject("order:E/7", after: 7)])
        }
        try ledger.close()
    }

    @Test("Many runs become few, and leave no file behind")
    func merging() throws {
        let directory = TemporaryDirectory()
        let options = FactIndexTests.options(100)
        let ledger = try Ledger.open(directory.path, options: options)
        for start in stride(from: 0, to: 10_000, by: 100) {
            _ = try ledger.append(
                (start..<(start + 100)).map { Toy.order($0) }, recordedAt: .input)
        }
        try ledger.close()
        let again = try Ledger.open(directory.path, options: options)
        let index = try #require(again.writer?.index)
        index.worker.finish()
        let runs = index.store.current
        #expect(runs.facts.count <= 12 && runs.heads.count <= 12)
        #expect(runs.facts.reduce(0) { $0 + $1.file.header.count } >= 9_900)
        let names = Set((runs.facts + runs.heads).map(\.line.file))
        #expect(Set(try IndexFiles.runs(directory.path)) == names)
        for pair in zip(runs.facts, runs.facts.dropFirst()) {
            #expect(pair.0.line.covered.upperBound + 1 == pair.1.line.covered.lowerBound)
        }
        try again.close()
    }

    @Test("A run that knows more than the log is not believed")
    func beyondTheEnd() throws {
        let directory = TemporaryDirectory()
        let other = TemporaryDirectory()
        let options = FactIndexTests.options(50)
        for (place, numbers) in [(directory, 1...300), (other, 301...900)] {
            let ledger = try Ledger.open(place.path, options: options)
            _ = try ledger.append(numbers.map { Toy.order($0) }, recordedAt: .input)
            try ledger.close()
        }
        // The index of another log, longer than this one.
        let own = IndexFiles.directory(directory.path)
        try FileManager.default.removeItem(atPath: own)
        try FileManager.default.copyItem(
            atPath: IndexFiles.directory(other.path), toPath: own)
        let ledger = try Ledger.open(directory.path, options: options)
        let outcomes = try ledger.append((1...301).map { Toy.order($0) }, recordedAt: .input)
        #expect(
            outcomes == (1...300).map { .alreadyAppended(position: UInt64($0)) }
                + [.appended(position: 301)])
        try ledger.close()
    }

    @Test("Hundreds of contents of one fact are each found again")
    func manyConflicts() throws {
        let directory = TemporaryDirectory()
        let options = FactIndexTests.options(128)
        let ledger = try Ledger.open(directory.path, options: options)
        let events = (1...600).map { Toy.order(1, paid: "\($0)") }
        let outcomes = try ledger.append(events, recordedAt: .input)
        #expect(outcomes[0] == .appended(position: 1))
        for (index, outcome) in outcomes.enumerated().dropFirst() {
            #expect(
                outcome
                    == .conflict(
                        position: UInt64(index + 1), with: 1, field: "data.acturalPaid"))
        }
        try ledger.close()
        let again = try Ledger.open(directory.path, options: options)
        #expect(
            try again.append(events.reversed(), recordedAt: .input)
                == (1...600).reversed().map { .alreadyAppended(position: UInt64($0)) })
        try again.close()
    }

    @Test("Appends go on while the index cannot be written, for a while, and after it can again")
    func unwritable() throws {
        let directory = TemporaryDirectory()
        let limit = 100
        let ledger = try Ledger.open(directory.path, options: FactIndexTests.options(limit))
        let index = IndexFiles.directory(directory.path)
        try FileManager.default.moveItem(atPath: index, toPath: index + "-away")
        var told: LedgerError?
        var next = 1
        while told == nil, next < 20 * limit {
            do throws(LedgerError) {
                _ = try ledger.append(
                    (next..<(next + 50)).map { Toy.order($0) }, recordedAt: .input)
                next += 50
            } catch {
                told = error
            }
        }
        #expect(told?.code == .store)
        // Two heads for each event, so that half of them fill a table.
        #expect(next > FactIndex.patience * limit / 2)
        #expect(try ledger.position() == UInt64(next - 1))
        try FileManager.default.moveItem(atPath: index + "-away", toPath: index)
        #expect(
            try ledger.append((1...next).map { Toy.order($0) }, recordedAt: .input)
                == (1..<next).map { .alreadyAppended(position: UInt64($0)) }
                + [.appended(position: UInt64(next))])
        try ledger.close()
        #expect(try IndexFiles.runs(directory.path).count >= 2)
    }

    @Test("While the manifest cannot be written, attempts leave no file behind")
    func unwritableManifest() throws {
        let directory = TemporaryDirectory()
        let limit = 40
        let ledger = try Ledger.open(directory.path, options: FactIndexTests.options(limit))
        // A folder stands where the next manifest is made.
        let block = IndexFiles.directory(directory.path) + "/manifest.new"
        try FileManager.default.createDirectory(
            atPath: block, withIntermediateDirectories: false)
        let worker = try ledger.writing().index.worker
        var next = 1
        for _ in 0..<8 {
            _ = try ledger.append(
                (next..<(next + 10)).map { Toy.order($0) }, recordedAt: .input)
            next += 10
            worker.finish()
        }
        #expect(throws: LedgerError.self) { try worker.drain() }
        worker.finish()
        #expect(try IndexFiles.runs(directory.path) == [])
        try FileManager.default.removeItem(atPath: block)
        try worker.drain()
        worker.finish()
        // One attempt that could: a run of each kind.
        let runs = try IndexFiles.runs(directory.path)
        #expect(runs.count == 2)
        #expect(
            Set(runs)
                == Set(
                    RunManifest(directory: IndexFiles.directory(directory.path)).lines
                        .map(\.file)))
        #expect(
            try ledger.append((1..<next).map { Toy.order($0) }, recordedAt: .input)
                == (1..<next).map { .alreadyAppended(position: UInt64($0)) })
        try ledger.close()
    }

    @Test("Which runs are merged: four of a size class, with smaller ones between them")
    func due() {
        #expect(RunWorker.due([]) == nil)
        #expect(RunWorker.due([2, 1, 1, 1]) == nil)
        #expect(RunWorker.due([2, 1, 1, 1, 1]) == 1..<5)
        #expect(RunWorker.due([3, 0, 0, 0, 0, 0]) == 1..<5)
        #expect(RunWorker.due([4, 2, 0, 2, 0]) == nil)
        #expect(RunWorker.due([2, 2, 0, 2, 0, 2]) == 0..<6)
        #expect(RunWorker.due([1, 1, 2, 1, 1]) == nil)
        #expect(RunWorker.due([1, 1, 1, 1, 2]) == 0..<4)
        #expect(RunWorker.due([2, 2, 2, 2, 0, 0, 0, 0]) == 4..<8)
    }

    @Test("Gaps are what no run covers")
    func gaps() {
        #expect(RunRebuild.gaps([], through: 0) == [])
        #expect(RunRebuild.gaps([], through: 9) == [1...9])
        #expect(RunRebuild.gaps([1...4, 8...9], through: 9) == [5...7])
        #expect(RunRebuild.gaps([3...4], through: 9) == [1...2, 5...9])
        #expect(RunRebuild.gaps([1...20], through: 9) == [])
    }

    @Test("A manifest that was changed anywhere is empty")
    func manifest() throws {
        let directory = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path, withIntermediateDirectories: true)
        let lines = [
            RunManifest.Line(kind: .facts, number: 3, covered: 1...50),
            RunManifest.Line(kind: .heads, number: 4, covered: 1...50),
        ]
        let manifest = RunManifest(lines)
        try manifest.write(to: directory.path)
        #expect(RunManifest(directory: directory.path) == manifest)
        for place in manifest.bytes.indices {
            var changed = manifest.bytes
            changed[place] ^= 1
            try Data(changed).write(to: URL(fileURLWithPath: directory.path + "/manifest"))
            #expect(RunManifest(directory: directory.path).lines.isEmpty, "byte \(place)")
        }
    }
}
