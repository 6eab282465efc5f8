import ClearanceEvents
import ClearanceStore
import Synchronization

/// The one writer of a ledger: its thread, its lock, and what it knows of the log.
final class Writer: Sendable {
    /// What only the writer's thread touches.
    struct State: Sendable {
        var position: UInt64
        var recorded: Int64
        /// Why writing ended; nil while it goes on.
        var ended: String?
    }

    let thread: WriterThread
    private let log: EventLog
    private let lock: FileLock
    private let head: HeadSlots
    let index: FactIndex
    let state: Mutex<State>

    init(
        directory: String, log: EventLog, lock: FileLock, indexKey: SipKey, fields: HeadFields,
        keysInMemory: Int
    ) throws(LedgerError) {
        self.log = log
        self.lock = lock
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
        index = try FactIndex(
            directory: directory + "/state/" + FactIndex.directoryName, log: log,
            indexKey: indexKey, fields: fields, limit: keysInMemory)
        self.state = Mutex(State(position: position, recorded: recorded))
    }

    /// What an append after ``close(at:)`` answers.
    static let closed = LedgerError(.ended, "the ledger was closed")

    /// Gives every event of a batch its outcome and commits what is new. On the writer's thread.
    @available(*, noasync)
    func append(
        _ batch: EncodedBatch, _ conditions: [ConditionKey], recorded: RecordedTime
    ) throws(LedgerError) -> [AppendOutcome] {
        let result: Result<[AppendOutcome], LedgerError> = state.withLock { state in
            do throws(LedgerError) {
                return .success(try append(batch, conditions, recorded: recorded, state: &state))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    @available(*, noasync)
    private func append(
        _ batch: EncodedBatch, _ conditions: [ConditionKey], recorded: RecordedTime,
        state: inout State
    ) throws(LedgerError) -> [AppendOutcome] {
        if let reason = state.ended { throw LedgerError(.ended, reason) }
        let commit = try index.plan(after: state.position)
        let plan = try commit.admit(batch, conditions)
        guard plan.count > 0 else { return plan.told }
        var chosen = plan.chosen(of: batch)
        var last = state.recorded
        chosen.stampRecorded(recorded, after: &last)
        do throws(LedgerError) {
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
        state.position += UInt64(chosen.count)
        index.add(commit, durable: true)
        return plan.told
    }

    /// Writes the head. The lock stays until ``release()``: the state is yet to be closed.
    @available(*, noasync)
    func close(at position: UInt64) throws(LedgerError) {
        thread.close()
        state.withLock {
            $0.ended = "the ledger was closed"
        }
        try index.close()
        do {
            let unknownRoot = [UInt8](repeating: 0, count: HeadSlots.rootBytes)
            if head.head?.position != position {
                try head.write(position: position, root: unknownRoot)
            }
        } catch { throw LedgerError(error) }
    }

    /// Gives the lock back; nothing of the directory may be written afterwards.
    func release() { lock.release() }
}

extension RequestPlan {
    /// The entries that will be written, as a batch of their own.
    func chosen(of batch: EncodedBatch) -> EncodedBatch {
        if count == batch.count { return batch }
        var chosen = EncodedBatch()
        for index in runs.joined() {
            let range = batch.start(of: index)..<batch.end(of: index)
            chosen.add(
                batch.bytes.span.extracting(range), batch.identities[index], of: .none)
        }
        return chosen
    }
}

extension EncodedBatch {
    /// Fills in recorded times that never fall below the entry before.
    mutating func stampRecorded(_ recorded: RecordedTime, after last: inout Int64) {
        var times: [Int64] = []
        times.reserveCapacity(count)
        for index in 0..<count {
            switch recorded {
            case .at(let instant): last = max(last, instant.microseconds)
            case .input: last = max(last, time(of: index))
            }
            times.append(last)
        }
        stamp { times[$0] }
    }
}
