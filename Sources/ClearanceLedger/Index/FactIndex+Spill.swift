import ClearanceEvents
import ClearanceStore
import Synchronization

extension FactIndex {
    /// How many times the usual number of keys wait in memory before the writer waits for the
    /// disk: it has stopped taking runs for a long time, or is full.
    static let patience = 4

    /// Takes notice of runs that the worker wrote.
    func refresh(_ core: inout Core) {
        let version = store.version
        guard version != core.version else { return }
        core.version = version
        core.runs = store.current
        if let frozen = core.frozen, core.runs.end >= frozen.covered.upperBound {
            core.spare = frozen
            core.frozen = nil
            core.isHandedOver = false
        }
    }

    /// Makes the tables a frozen pair and begins new ones.
    func freeze(_ core: inout Core) -> FrozenTables? {
        guard let mark = core.last, core.covered > core.frozenEnd else { return nil }
        let tables = FrozenTables(
            facts: core.facts, heads: core.heads,
            covered: (core.frozenEnd + 1)...core.covered, mark: mark)
        core.frozen = tables
        core.frozenEnd = core.covered
        core.facts = core.spare?.facts ?? PrefixTable(room: min(limit, tables.facts.count))
        core.heads = core.spare?.heads ?? PrefixTable(room: min(limit, tables.heads.count))
        if core.spare != nil {
            core.facts.removeAll()
            core.heads.removeAll()
        }
        core.spare = nil
        core.nextSpill = limit
        return tables
    }

    /// Freezes full tables, when those before them are written.
    func spillIfFull(_ core: inout Core) {
        let count = max(core.facts.count, core.heads.count)
        guard count >= core.nextSpill else { return }
        refresh(&core)
        if core.frozen == nil {
            _ = freeze(&core)
            handOver(&core)
        } else {
            // The worker is behind, or failed: another attempt a little later.
            core.nextSpill = count + limit / FactIndex.patience + 1
            if core.isHandedOver { worker.tidy() }
        }
    }

    /// Hands frozen tables to the worker once they cover only what survives a loss of power: a run
    /// never knows more than the log.
    func handOver(_ core: inout Core) {
        guard let frozen = core.frozen, !core.isHandedOver,
            core.durable >= frozen.covered.upperBound
        else { return }
        core.isHandedOver = true
        worker.write(frozen)
    }

    /// Waits for the worker when far too much is in memory.
    ///
    /// Throws what keeps the worker from writing.
    @available(*, noasync)
    func waitForRoom() throws(LedgerError) {
        let isOver = core.withLock { core in
            self.refresh(&core)
            return core.isHandedOver
                && max(core.facts.count, core.heads.count) >= self.limit * FactIndex.patience
        }
        guard isOver else { return }
        try worker.drain()
        core.withLock { core in
            self.refresh(&core)
            core.nextSpill = self.limit
            self.spillIfFull(&core)
        }
    }
}
