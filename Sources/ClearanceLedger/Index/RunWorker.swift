import ClearanceEvents
import ClearanceStore
import Synchronization

/// Writes full tables as runs and merges runs, on a thread of its own beside the writer.
///
/// A table that comes while a merge is under way is written first, between two steps of the merge:
/// the writer never waits for a merge.
final class RunWorker: Sendable {
    private let store: RunStore
    private let source: FactSource
    private let limit: Int
    private let thread: WriterThread
    private let inbox = Mutex<FrozenTables?>(nil)
    private let failure = Mutex<LedgerError?>(nil)
    /// Merges end early when it is above 0: somebody waits, or the ledger is closed.
    private let hurry = Atomic<Int>(0)

    init(store: RunStore, source: FactSource, limit: Int) throws(LedgerError) {
        self.store = store
        self.source = source
        self.limit = limit
        thread = try storing { () throws(StoreError) in try WriterThread() }
    }

    /// Ends merges and the thread; tables that were handed over are written first.
    func close() {
        hurry.add(1, ordering: .releasing)
        thread.close()
    }

    /// Hands tables over; they are searched in memory until ``RunStore`` has them.
    func write(_ tables: FrozenTables) {
        inbox.withLock { $0 = tables }
        tidy()
    }

    /// Has the filters of the runs read from the disk ahead of the lookups; tables that are handed
    /// over meanwhile are written first, and nobody waits for it.
    func warm() {
        thread.submit {
            let runs = self.store.current
            for run in runs.facts + runs.heads {
                let goesOn = run.file.warm {
                    self.writeInbox()
                    return self.hurry.load(ordering: .acquiring) == 0
                }
                guard goesOn else { return }
            }
        }
    }

    /// Writes what was handed over, and merges what there is to merge.
    func tidy() {
        thread.submit {
            self.writeInbox()
            while self.hurry.load(ordering: .acquiring) == 0, self.mergeOnce() {}
        }
    }

    /// Waits until what was handed over is written.
    ///
    /// Throws what kept it from being written.
    @available(*, noasync)
    func drain() throws(LedgerError) {
        hurry.add(1, ordering: .releasing)
        defer { hurry.subtract(1, ordering: .releasing) }
        guard thread.runUnlessClosed({ self.writeInbox() }) != nil else { throw Writer.closed }
        tidy()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Waits until everything that is due is written and merged.
    @available(*, noasync)
    func finish() { thread.run {} }

    /// Makes the run in a file anew from the log, as it is not what was written.
    @available(*, noasync)
    func rebuild(_ path: String) throws(LedgerError) {
        hurry.add(1, ordering: .releasing)
        defer { hurry.subtract(1, ordering: .releasing) }
        let ran: Void? = try thread.runUnlessClosed { () throws(LedgerError) in
            try self.rebuildHere(path)
        }
        if ran == nil { throw Writer.closed }
    }

    private func rebuildHere(_ path: String) throws(LedgerError) {
        let runs = store.current
        guard let run = (runs.facts + runs.heads).first(where: { $0.file.path == path }) else {
            return
        }
        let rebuild = RunRebuild(store: store, source: source, limit: limit)
        let made = try rebuild.runs(run.line.kind, covering: run.line.covered)
        try storing { () throws(StoreError) in try store.replace([run], with: made) }
    }

    /// Writes the tables that were handed over; a failure is kept and they stay.
    private func writeInbox() {
        guard let tables = inbox.withLock({ $0 }) else { return }
        do throws(StoreError) {
            let facts = try store.write(
                tables.facts.sorted(), .facts, covering: tables.covered, mark: tables.mark)
            let heads = try headsRun(of: tables, beside: facts)
            try store.replace([], with: [facts, heads])
            // As soon as the runs are known the next tables may be handed over.
            inbox.withLock { if $0?.covered == tables.covered { $0 = nil } }
            failure.withLock { $0 = nil }
        } catch {
            failure.withLock { $0 = LedgerError(error) }
        }
    }

    /// Writes the heads; the run of the same facts is of no use when that fails.
    private func headsRun(
        of tables: FrozenTables, beside facts: IndexRun
    ) throws(StoreError) -> IndexRun {
        do throws(StoreError) {
            return try store.write(
                tables.heads.sorted(), .heads, covering: tables.covered, mark: tables.mark)
        } catch {
            store.remove([facts])
            throw error
        }
    }

    /// Merges the runs of one kind that are due; false when none are, or it failed or was ended.
    private func mergeOnce() -> Bool {
        for kind in RunKind.allCases {
            let runs = store.current[kind]
            guard let due = RunWorker.due(runs.map { $0.level(base: max(1, limit / 32)) }) else {
                continue
            }
            return merge(Array(runs[due]))
        }
        return false
    }

    private func merge(_ runs: [IndexRun]) -> Bool {
        do throws(StoreError) {
            let merged = try store.merge(runs) { () throws(StoreError) in
                self.writeInbox()
                return self.hurry.load(ordering: .acquiring) == 0
            }
            guard let merged else { return false }
            try store.replace(runs, with: [merged])
            return true
        } catch {
            // What is missing is only room on the disk, or a run that a lookup will make anew.
            if error.code == .corrupted { try? rebuildHere(error.path) }
            return false
        }
    }

    /// Which neighbouring runs are merged: four of one size class with nothing larger between
    /// them, of the smallest such class; smaller ones between them are taken along. Nil: none.
    static func due(_ levels: [Int]) -> Range<Int>? {
        for level in Set(levels).sorted() {
            var same: [Int] = []
            for (index, other) in levels.enumerated() {
                if other > level { same.removeAll() }
                if other == level { same.append(index) }
                if same.count == RunStore.fanIn { return same[0]..<(index + 1) }
            }
        }
        return nil
    }
}
