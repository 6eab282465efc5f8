import ClearanceEvents
import ClearanceStore
import Synchronization

/// Keeps the tables of the projections up with the log, in commits that carry their checkpoint.
final class Projector: Sendable {
    private let log: EventLog
    private let state: StateEnvironment?
    let schema: StateSchema
    private let tables: [Table]
    private let thread: WriterThread?
    private let vault: Vault
    private let isAwake = Atomic<Bool>(false)

    init(
        log: EventLog, state: StateEnvironment?, groups: [GroupDefinition], vault: Vault
    ) throws(LedgerError) {
        self.log = log
        self.vault = vault
        schema = StateSchema(groups)
        var found = state
        var tables: [Table] = []
        do {
            for name in schema.names {
                if let state { tables.append(try state.environment.table(name)) }
            }
        } catch {
            // A ledger that was written before a projection was added has no table for it. Its
            // next writer makes the state anew; a reader answers from the log until then.
            guard error.code == .notFound, state?.environment.options.readOnly == true else {
                throw LedgerError(error)
            }
            (found, tables) = (nil, [])
        }
        self.state = found
        do {
            let writes = found.map { !$0.environment.options.readOnly } ?? false
            thread = writes ? try WriterThread() : nil
        } catch { throw LedgerError(error) }
        self.tables = tables
    }

    func stop() { thread?.close() }

    /// Starts catching up in the background unless that is under way.
    func wake() {
        guard let thread, !isAwake.exchange(true, ordering: .acquiringAndReleasing) else { return }
        // A task would hold the projector, and with it the files, until the pool had a thread free.
        thread.submit { [weak self] in
            self?.isAwake.store(false, ordering: .releasing)
            try? self?.catchUpHere()
        }
    }

    /// Brings the live tables up to the log's end and waits for it.
    @available(*, noasync)
    func catchUp() throws(LedgerError) {
        try onThread { () throws(LedgerError) in try self.catchUpHere() }
    }

    /// Throws the live tables away and makes them anew from the log.
    @available(*, noasync)
    func rebuild() throws(LedgerError) {
        try onThread { () throws(LedgerError) in
            try self.buildInBulk(through: try self.log.reader().lastPosition())
        }
    }

    @available(*, noasync)
    private func onThread(_ body: @Sendable () throws(LedgerError) -> Void) throws(LedgerError) {
        guard let thread else { return }
        guard try thread.runUnlessClosed(body) != nil else { throw Writer.closed }
    }

    /// The position that the live tables answer for; 0 when they are of another version, or of
    /// another log than the one they lie beside.
    func checkpoint() throws(LedgerError) -> UInt64 {
        let said = try said()
        // The log is read behind what the tables say, and so is not behind them.
        return try position(said, in: try log.reader())
    }

    /// The position of a checkpoint; 0 when there is none, or it is not of the log.
    private func position(
        _ said: StateCheckpoint?, in reader: LogReader
    ) throws(LedgerError) -> UInt64 {
        guard let said, try said.fits(reader) else { return 0 }
        return said.position
    }

    private static let checkpointName = "checkpoint"

    /// What the live tables say they are; nil when they say nothing that this version wrote.
    private func said() throws(LedgerError) -> StateCheckpoint? {
        guard let state else { return nil }
        return said(try state.value(state.meta, Projector.checkpointName))
    }

    private func said(_ bytes: [UInt8]?) -> StateCheckpoint? {
        guard let bytes, let said = try? StateCheckpoint(bytes),
            said.isOf(signature: schema.signature)
        else { return nil }
        return said
    }

    private func catchUpHere() throws(LedgerError) {
        let reader = try log.reader()
        let end = try reader.lastPosition()
        var reached = try position(said(), in: reader)
        guard reached != end else { return }
        if reached == 0 || (end - reached) > reached / UInt64(LedgerLimits.bulkShare) {
            return try buildInBulk(through: end)
        }
        while reached < end {
            let next = min(end, reached + UInt64(LedgerLimits.projectionBatch))
            let tables = try live()
            var updater = StateUpdater(
                reader: reader, schema: schema, overlay: tables,
                corrections: try corrections(of: tables))
            try updater.update(from: reached + 1, through: next)
            try write(
                updater.overlay.changes,
                StateCheckpoint(position: next, of: reader, signature: schema.signature))
            reached = next
        }
    }

    private func buildInBulk(through end: UInt64) throws(LedgerError) {
        var result = try BulkBuilder(log: log, schema: schema, horizon: .all)
            .build(through: end, keepingPostings: true)
        guard let state else { return }
        let checkpoint = try StateCheckpoint(
            position: end, of: try log.reader(), signature: schema.signature)
        do {
            var transaction = try state.environment.beginWrite()
            for (index, table) in tables.enumerated() {
                try transaction.drop(table)
                let built = result.tables[index]
                result.tables[index] = SortedTable()
                for entry in 0..<built.count {
                    let (key, value) = try built.withEntry(entry) { (key, value) in
                        (Array(copying: key), Array(copying: value))
                    }
                    try transaction.putAppend(in: table, key: key.span, value: value.span)
                }
            }
            try put(checkpoint, in: &transaction, of: state)
            try transaction.commit()
        } catch { throw LedgerError(error) }
    }

    private func write(
        _ changes: [[[UInt8]: [UInt8]?]], _ checkpoint: StateCheckpoint
    ) throws(LedgerError) {
        guard let state else { return }
        do {
            var transaction = try state.environment.beginWrite()
            for (index, table) in tables.enumerated() {
                for key in changes[index].keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                    if let value = changes[index][key] ?? nil {
                        try transaction.put(in: table, key: key.span, value: value.span)
                    } else {
                        try transaction.delete(in: table, key: key.span)
                    }
                }
            }
            try put(checkpoint, in: &transaction, of: state)
            try transaction.commit()
        } catch { throw LedgerError(error) }
    }

    private func put(
        _ checkpoint: StateCheckpoint, in transaction: inout WriteTransaction,
        of state: StateEnvironment
    ) throws(StoreError) {
        try transaction.put(
            in: state.meta, key: Array(Projector.checkpointName.utf8).span,
            value: checkpoint.bytes.span)
    }

    /// The live tables as they are now.
    private func live() throws(LedgerError) -> OverlayState {
        guard let state else { return OverlayState(.empty, tables: schema.names.count) }
        do {
            return OverlayState(
                .disk(try Snapshot(state.environment), tables), tables: schema.names.count)
        } catch { throw LedgerError(error) }
    }

    /// The corrections of the commit that the tables are of.
    private func corrections(of tables: OverlayState) throws(LedgerError) -> Corrections {
        var corrections = Corrections()
        do {
            try tables.forEach(StateSchema.meta, from: [Corrections.prefix]) {
                (key, value) throws(StoreError) in
                guard key.count == 17, key[0] == Corrections.prefix else { return false }
                do throws(DecodingError) {
                    try corrections.load(
                        value, target: Digest16(bytes: key.extracting(1..<17)))
                } catch { throw StoreError(.corrupted, "stored corrections: \(error)") }
                return true
            }
        } catch { throw LedgerError(error) }
        return corrections
    }
}

extension Projector {
    /// The tables at the log's end: the live ones, with what they lack added in memory.
    func current() throws(LedgerError) -> LedgerView {
        // Each is read before what must be at least as new: the checkpoint, then the tables, as an
        // update of entries that they already have changes nothing, then the log, which no table
        // that is of it is ahead of.
        let said = try said()
        let tables = try live()
        let reader = try log.reader()
        let end = try reader.lastPosition()
        let reached = try position(said, in: reader)
        if reached == 0 || (end - reached) > reached / UInt64(LedgerLimits.bulkShare) {
            return try built(through: end, horizon: .all)
        }
        var updater = StateUpdater(
            reader: reader, schema: schema, overlay: tables,
            corrections: try corrections(of: tables))
        if reached < end { try updater.update(from: reached + 1, through: end) }
        return LedgerView(
            position: end, horizon: .all, schema: schema, reader: reader,
            state: updater.overlay, corrections: updater.corrections, vault: vault)
    }

    /// The live tables alone, at their own checkpoint, which is that of the same commit.
    ///
    /// - Returns: at position 0 when there are none of this version; whether they are of this log.
    func stored() throws(LedgerError) -> (view: LedgerView, fits: Bool) {
        let tables = try live()
        var said: StateCheckpoint?
        if let state, case .disk(let snapshot, _) = tables.base {
            let name = Array(Projector.checkpointName.utf8)
            let bytes = try storing { () throws(StoreError) in
                try snapshot.value(in: state.meta, key: name.span)
            }
            said = self.said(bytes)
        }
        let reader = try log.reader()
        let view = LedgerView(
            position: said?.position ?? 0, horizon: .all, schema: schema, reader: reader,
            state: tables, corrections: try corrections(of: tables), vault: vault)
        return (view, try said?.fits(reader) ?? true)
    }

    /// Tables made anew in memory, as known at a position and as of a time.
    /// Without postings a view answers by rows, totals and digest alone.
    func built(
        through end: UInt64, horizon: Horizon, keepingPostings: Bool = true
    ) throws(LedgerError) -> LedgerView {
        let result = try BulkBuilder(log: log, schema: schema, horizon: horizon)
            .build(through: end, keepingPostings: keepingPostings)
        return LedgerView(
            position: end, horizon: horizon, schema: schema, reader: try log.reader(),
            state: OverlayState(.memory(result.tables), tables: schema.names.count),
            corrections: result.corrections, vault: vault)
    }
}

extension Array where Element == UInt8 {
    /// A copy of lent bytes.
    init(copying span: Span<UInt8>) {
        self.init()
        append(copying: span)
    }
}
