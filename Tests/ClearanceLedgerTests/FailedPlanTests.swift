import ClearanceEvents
import ClearanceStore
import Foundation
import Seeded
import Synchronization
import Testing

@testable import ClearanceLedger

/// Commits that fail, over an index that is written all the time, slowly, or not at all.
@Suite("A commit that fails leaves no trace in the index")
struct FailedPlanTests {
    private let directory = TemporaryDirectory()

    private static let seeds: ClosedRange<UInt64> =
        ProcessInfo.processInfo.environment["CLEARANCE_LONG"] == nil ? 1...4 : 1...24

    /// A full map is what makes commits fail; a file in its place keeps the next epoch from coming.
    private func options(_ limit: Int) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.logMapSize = 3 << 16
        options.epochBytes = 1 << 30
        options.keysInMemory = limit
        options.conditionalReferences = ["orderNo"]
        return options
    }

    @Test("Random histories with failing commits agree with a dictionary", arguments: seeds)
    func model(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let options = options([3, 8, 20, 60][Int(seed % 4)])
        var ledger: Ledger? = try Ledger.open(directory.path, options: options)
        var model = FactModel()
        var history = ["seed \(seed)"]
        var (failed, hidden): (Int, String?) = (0, nil)
        var block: NextEpochBlock?
        let index = IndexFiles.directory(directory.path)
        for step in 1...120 {
            switch random.next() % 8 {
            case 0 where hidden == nil:
                // Until it is back, tables are frozen and wait.
                hidden = index + "-\(step)"
                try FileManager.default.moveItem(atPath: index, toPath: index + "-\(step)")
            case 1, 2:
                if let away = hidden {
                    try FileManager.default.moveItem(atPath: away, toPath: index)
                }
                hidden = nil
            case 3 where hidden == nil:
                if step % 2 == 0 { try ledger?.close() }
                ledger = nil
                ledger = try Ledger.open(directory.path, options: options)
                history.append("opened again at \(model.count)")
            case 4 where block == nil:
                let number = try #require(ledger).epochs().count + 1
                block = NextEpochBlock(directory, number)
                try block?.put()
            case 5:
                try block?.remove()
                block = nil
            default: break
            }
            var after = model
            let orders = (0..<(1 + Int(random.next() % 150))).map { _ in
                (Int(random.next() % 1_500), Int(random.next() % 3) + 1)
            }
            let expected = orders.map { after.outcome($0.0, paid: $0.1) }
            do throws(LedgerError) {
                let outcomes = try ledger?.append(
                    orders.map { Toy.order($0.0, paid: "\($0.1)") }, recordedAt: .input)
                #expect(outcomes == expected, "\(history)")
                model = after
            } catch {
                // No room in the log, or none for the index: typed, and nothing of it is there.
                #expect(error.code == .store, "\(error), \(history)")
                if error.store?.code == .mapFull { failed += 1 }
                history.append("failed behind \(model.count)")
            }
            #expect(try ledger?.position() == model.count, "\(history)")
        }
        #expect(failed > 0, "\(history)")
        if let hidden { try FileManager.default.moveItem(atPath: hidden, toPath: index) }
        try block?.remove()
        for isReopened in [false, true] {
            if isReopened {
                try ledger?.close()
                ledger = try Ledger.open(directory.path, options: options)
            }
            try check(try #require(ledger), model, history)
        }
        try ledger?.close()
    }

    /// Every key, and the last position about every subject and reference.
    private func check(_ ledger: Ledger, _ model: FactModel, _ history: [String]) throws {
        let all = model.all
        #expect(
            try ledger.append(
                all.map { Toy.order($0.order, paid: "\($0.paid)") }, recordedAt: .input)
                == all.map { .alreadyAppended(position: $0.position) }, "\(history)")
        for order in Set(model.all.map(\.order)) {
            for (condition, about) in [
                (AppendCondition.subject("order:E/\(order)"), "order:E/\(order)"),
                (.reference("orderNo", "\(order)"), "orderNo \(order)"),
            ] {
                #expect(
                    try ledger.append(
                        [Toy.order(9_999)], recordedAt: .input, conditions: [condition])
                        == [.conditionFailed(newest: model.head(about), about: 0)],
                    "\(about), \(history)")
            }
        }
    }

    @Test("A failed plan is taken back before the tables that it is in are handed over")
    func handedOver() throws {
        let limit = 10
        let ledger = try Ledger.open(directory.path, options: options(limit))
        let block = NextEpochBlock(directory, 2)
        try block.put()
        let index = try ledger.writing().index
        let place = IndexFiles.directory(directory.path)
        try FileManager.default.moveItem(atPath: place, toPath: place + "-away")
        // These wait for a worker that cannot write, and those behind them in new tables.
        let first = (0..<(limit + 2)).map { Toy.order($0) }
        let second = (limit + 2..<limit + 5).map { Toy.order($0) }
        _ = try ledger.append(first, recordedAt: .input)
        _ = try ledger.append(second, recordedAt: .input)
        index.worker.finish()
        #expect(index.core.withLock { $0.isHandedOver && $0.covered > $0.frozenEnd })
        try FileManager.default.moveItem(atPath: place + "-away", toPath: place)
        let error = #expect(throws: LedgerError.self) {
            try ledger.append((100..<3_000).map { Toy.order($0) }, recordedAt: .input)
        }
        #expect(error?.store?.code == .mapFull)
        #expect(
            try ledger.append(first, recordedAt: .input)
                == (1...limit + 2).map { .alreadyAppended(position: UInt64($0)) })
        index.core.withLock { core in
            let tables = [core.facts, core.heads, core.frozen?.facts, core.frozen?.heads]
            for table in tables.compactMap({ $0 }) {
                #expect(table.sorted().allSatisfy { $0.position <= core.covered })
            }
        }
        try block.remove()
        // Others stand now where the failed ones were to stand.
        let others = (200..<230).map { Toy.order($0) }
        let end = limit + 5
        #expect(
            try ledger.append(others, recordedAt: .input)
                == (1...30).map { .appended(position: UInt64(end + $0)) })
        try ledger.close()
        let again = try Ledger.open(directory.path, options: options(limit))
        #expect(
            try again.append(
                [Toy.order(100)], recordedAt: .input, conditions: [.subject("order:E/100")])
                == [.appended(position: UInt64(end + 31))])
        #expect(
            try again.append(first + second + others, recordedAt: .input)
                == (1...end + 30).map { .alreadyAppended(position: UInt64($0)) })
        try again.close()
    }

    @Test("A failed plan is taken back before closing writes the tables that it is in")
    func closed() throws {
        let limit = 4_000
        let ledger = try Ledger.open(directory.path, options: options(limit))
        let block = NextEpochBlock(directory, 2)
        try block.put()
        let kept = (0..<200).map { Toy.order($0) }
        _ = try ledger.append(kept, recordedAt: .input)
        let index = try ledger.writing().index
        // The same orders with other sums, and more: all of them are planned, none is written.
        let lost =
            (0..<200).map { Toy.order($0, paid: "99") } + (1_000..<3_000).map { Toy.order($0) }
        let error = #expect(throws: LedgerError.self) {
            try ledger.append(lost, recordedAt: .input)
        }
        #expect(error?.store?.code == .mapFull)
        index.core.withLock { #expect($0.work.fresh.count == lost.count && $0.frozen == nil) }
        try ledger.close()
        let place = IndexFiles.directory(directory.path)
        let lines = RunManifest(directory: place).lines
        #expect(lines.map(\.covered) == [1...200, 1...200])
        for line in lines {
            let run = try RunFile(place + "/" + line.file)
            // A fact an order; its subject, and the number by which conditions name it.
            #expect(run.header.count == (line.kind == .facts ? 200 : 400), "\(line.kind)")
        }
        try block.remove()
        let again = try Ledger.open(directory.path, options: options(limit))
        #expect(
            try again.append(
                [Toy.order(9_999)], recordedAt: .input, conditions: [.subject("order:E/7")])
                == [.conditionFailed(newest: 8, about: 0)])
        // A tenth at a time fits an epoch.
        for start in stride(from: 0, to: lost.count, by: 200) {
            let positions = (201 + UInt64(start))...(400 + UInt64(start))
            let expected: [AppendOutcome] = positions.map {
                start == 0
                    ? .conflict(position: $0, with: $0 - 200, field: "data.acturalPaid")
                    : .appended(position: $0)
            }
            let part = Array(lost[start..<(start + 200)])
            #expect(try again.append(part, recordedAt: .input) == expected, "\(start)")
        }
        try again.close()
    }
}
