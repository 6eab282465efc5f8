import ClearanceEvents
import ClearanceStore
import Synchronization

/// The one writer of a ledger: its thread, its lock, and what it knows of the log.
final class Writer: Sendable {
    /// What only the writer's thread touches.
    struct State: Sendable {
        var keys: NaturalKeyIndex
        var position: UInt64
        var recorded: Int64
        /// Why writing ended; nil while it goes on.
        var ended: String?
    }

    let thread: WriterThread
    private let log: EventLog
    private let lock: FileLock
    private let head: HeadSlots
    private let vault: Vault
    let state: Mutex<State>

    init(
        directory: String, log: EventLog, state: StateEnvironment, lock: FileLock,
        vault: Vault, keysInMemory: Int
    ) throws(LedgerError) {
        self.log = log
        self.lock = lock
        self.vault = vault
        let reader = try log.reader()
        let position = try reader.lastPosition()
        var recorded: Int64 = .min
        do {
            thread = try WriterThread()
            head = try HeadSlots(directory + "/head")
            if position > 0 {
                recorded = try reader.withEntry(position) { (bytes) throws(StoreError) in
                    (try? EventView(bytes).recordedTime) ?? .min
                }
            }
        } catch { throw LedgerError(error) }
        if let seen = head.head, seen.position > position {
            throw LedgerError(
                .damaged, "the log ends at \(position), below its head at \(seen.position)")
        }
        self.state = Mutex(
            State(
                keys: try NaturalKeyIndex(state: state, log: reader, limit: keysInMemory),
                position: position, recorded: recorded))
    }

    /// What an append after ``close(at:)`` answers.
    static let closed = LedgerError(.ended, "the ledger was closed")

    /// Gives every event of a batch its outcome and commits what is new. On the writer's thread.
    @available(*, noasync)
    func append(
        _ batch: EncodedBatch, recorded: RecordedTime
    ) throws(LedgerError) -> [AppendOutcome] {
        let result: Result<[AppendOutcome], LedgerError> = state.withLock { state in
            do throws(LedgerError) {
                return .success(try append(batch, recorded: recorded, state: &state))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    @available(*, noasync)
    private func append(
        _ batch: EncodedBatch, recorded: RecordedTime, state: inout State
    ) throws(LedgerError) -> [AppendOutcome] {
        if let reason = state.ended { throw LedgerError(.ended, reason) }
        let plan = try BatchPlan(batch, keys: state.keys, position: state.position)
        guard !plan.fresh.isEmpty else { return plan.outcomes }
        var chosen = plan.chosen(of: batch)
        var last = state.recorded
        chosen.stampRecorded(recorded, after: &last)
        do throws(LedgerError) {
            var slots = vault.slotTurn()
            slots.give(&chosen, runs: [0..<chosen.count])
            try vault.write(slots)
            try log.append(chosen, first: state.position + 1)
        } catch {
            // Before the flush nothing was acknowledged and the commit is not there; after a
            // failed flush nobody knows, so writing ends until the tail was read again.
            if error.store?.code != .mapFull && error.store?.code != .diskFull {
                state.ended = "a commit failed: \(error)"
            }
            throw error
        }
        state.recorded = last
        for (offset, identity) in chosen.identities.enumerated() {
            state.keys.add(
                identity.naturalKey, position: state.position + 1 + UInt64(offset),
                content: identity.content)
        }
        state.position += UInt64(chosen.count)
        try state.keys.spillIfFull(through: state.position)
        return plan.outcomes
    }

    /// Writes the head. The lock stays until ``release()``: the state is yet to be closed.
    @available(*, noasync)
    func close(at position: UInt64, root: [UInt8]?) throws(LedgerError) {
        thread.close()
        state.withLock {
            $0.keys.release()
            $0.ended = "the ledger was closed"
        }
        let unknownRoot = [UInt8](repeating: 0, count: HeadSlots.rootBytes)
        try writeHead(position: position, root: root ?? unknownRoot)
    }

    /// Writes the head, unless it says the same or more already.
    func writeHead(position: UInt64, root: [UInt8]) throws(LedgerError) {
        if let known = head.head, known.position > position { return }
        if head.head?.position == position, head.head?.root == root { return }
        do { try head.write(position: position, root: root) } catch { throw LedgerError(error) }
    }

    /// Gives the lock back; nothing of the directory may be written afterwards.
    func release() { lock.release() }
}
