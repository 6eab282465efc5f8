import ClearanceEvents
import ClearanceStore
import Synchronization

/// Which facts are in the log, and where everything that conditions can name was last spoken of.
///
/// Newest in memory, older in sorted runs in `state/index/`; no random key enters a tree while a
/// caller waits. It is a hint: what it says is looked up in the log before it is believed, and all
/// of it can be made anew from the log. Source: `specs/exactly-once.md`.
final class FactIndex: Sendable {
    /// How an index is made and how much of it is held in memory.
    struct Settings: Sendable {
        let indexKey: SipKey
        let fields: HeadFields
        /// Records of each kind that become a run.
        let limit: Int
    }

    /// What the writer's turn works with.
    struct Core: Sendable {
        var facts = PrefixTable()
        var heads = PrefixTable()
        var frozen: FrozenTables?
        /// Tables that were written as runs: their memory serves the next ones.
        var spare: FrozenTables?
        var isHandedOver = false
        var runs = RunStore.Runs()
        var version = -1
        /// Everything up to here is in runs or tables.
        var covered: UInt64 = 0
        /// The last position that is in runs or frozen tables.
        var frozenEnd: UInt64 = 0
        /// The identity of the last covered entry.
        var last: EntryIdentity?
        /// The last position that survives a loss of power.
        var durable: UInt64 = 0
        /// How many facts and heads the tables hold when they are next handed over.
        var nextSpill: Int
        var work = PlanWork()
        /// Reads the log while one commit is planned; kept longer, it would pin its pages.
        var reader: LogReader?
    }

    /// Where the runs lie in `state/`.
    static let directoryName = "index"

    let source: FactSource
    let store: RunStore
    let worker: RunWorker
    let limit: Int
    let core: Mutex<Core>

    /// Opens the index of a log; makes what is missing or damaged anew.
    ///
    /// Cost: what stands behind the last run is read, at most ``LedgerOptions/keysInMemory``
    /// entries after a clean close or a death of the process, about 250 ns each.
    init(directory: String, log: EventLog, _ settings: Settings) throws(LedgerError) {
        let (fields, limit) = (settings.fields, settings.limit)
        precondition(limit > 0, "an index has room for a key")
        let seed = IndexSeed(indexKey: settings.indexKey, references: fields.names)
        source = FactSource(log: log, seed: seed, fields: fields)
        self.limit = limit
        let reader = try log.reader()
        let end = try reader.lastPosition()
        store = try RunStore(directory: directory, seed: seed, end: end) {
            position throws(LedgerError) in try reader.identity(at: position)
        }
        let rebuild = RunRebuild(store: store, source: source, limit: limit)
        var covered = store.current.end
        // What does not fit the tables becomes runs at once.
        while end - covered > UInt64(limit) { covered += UInt64(limit) }
        try rebuild.fill(through: covered)
        worker = try RunWorker(store: store, source: source, limit: limit)
        var core = Core(nextSpill: limit)
        if covered < end {
            let tables = [core.facts, core.heads]
            let source = self.source
            let tail = (covered + 1)...end
            _ = try Parallel.map([0, 1]) { which throws(LedgerError) in
                try source.read(
                    tail, facts: which == 0 ? tables[0] : nil, heads: which == 1 ? tables[1] : nil)
            }
        }
        core.covered = end
        core.frozenEnd = covered
        core.durable = end
        core.last = end == 0 ? nil : try reader.identity(at: end)
        self.core = Mutex(core)
        worker.warm()
        worker.tidy()
    }

    deinit { worker.close() }

    /// The position of the entry that says the same about the same fact; nil when none does.
    func position(of identity: EntryIdentity) throws(LedgerError) -> UInt64? {
        try locked { core throws(LedgerError) in
            defer { core.reader = nil }
            return try self.exactly(identity, in: &core, through: core.covered).same
        }
    }

    /// Says that everything up to a position survives a loss of power.
    func durable(through position: UInt64) {
        core.withLock { core in
            core.durable = max(core.durable, position)
            self.handOver(&core)
        }
    }

    /// Writes what is in memory as a run, so that the next opening need not read it, and ends the
    /// thread. Only what is durable is written.
    @available(*, noasync)
    func close() {
        try? worker.drain()
        let tables = core.withLock { core -> FrozenTables? in
            self.refresh(&core)
            self.undo(&core, toFresh: 0, changes: 0)
            core.reader = nil
            let few = max(1, self.limit / FactIndex.smallShare)
            guard core.frozen == nil, core.facts.count >= few, core.durable >= core.covered
            else { return nil }
            return self.freeze(&core)
        }
        if let tables {
            worker.write(tables)
            try? worker.drain()
        }
        worker.close()
    }

    /// Ends the thread as it is; the next opening reads what no run has. Harmless after a closing.
    func abandon() {
        core.withLock { $0.reader = nil }
        worker.close()
    }

    /// A tail that is shorter than this share of a full table is read again rather than written:
    /// many short runs would cost every later lookup.
    static let smallShare = 32

    /// Runs `body` with the core, in the writer's turn.
    func locked<R: Sendable>(
        _ body: (inout Core) throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        let result: Result<R, LedgerError> = core.withLock { core in
            do throws(LedgerError) {
                return .success(try body(&core))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
