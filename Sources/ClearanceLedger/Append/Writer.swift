import ClearanceEvents
import ClearanceStore
import Synchronization

/// The one writer of a ledger: its queue, its lock, and what it knows of the log.
final class Writer: Sendable {
    /// What only the holder of the writer's turn touches.
    struct State: Sendable {
        var position: UInt64
        var recorded: Int64
        /// Answers that wait for the flush of the next commit, or for one of their own.
        var unflushed: [(request: AppendRequest, answer: AppendRequest.Answer)] = []
        /// Why writing ended; nil while it goes on.
        var ended: String?
    }

    let log: EventLog
    let index: FactIndex
    let state: Mutex<State>
    let queue: AppendQueue
    /// Woken after each commit; nil when projections are brought up on demand.
    let projector: Projector?
    let vault: Vault
    /// Told how far the log is durable.
    let tree: TreeIntegrator
    private let lock: FileLock
    private let head: HeadSlots
    let observer: LedgerObserver

    init(
        directory: String, log: EventLog, lock: FileLock, vault: Vault, tree: TreeIntegrator,
        projector: Projector?, observer: LedgerObserver, index settings: FactIndex.Settings
    ) throws(LedgerError) {
        self.log = log
        self.lock = lock
        self.vault = vault
        self.tree = tree
        self.projector = projector
        self.observer = observer
        let reader = try log.reader()
        let position = try reader.lastPosition()
        var recorded: Int64 = .min
        do {
            head = try HeadSlots(directory + "/head")
            if position > 0 {
                recorded = try reader.withEntry(position) { (bytes) throws(StoreError) in
                    (try? EventView(bytes).recordedTime) ?? .min
                }
            }
        } catch { throw LedgerError(error) }
        observer.opened(position: position, isReader: false)
        if position > head.head?.position ?? 0 {
            observer.recovered(position: position, head: head.head?.position ?? 0)
        }
        index = try FactIndex(
            directory: directory + "/state/" + FactIndex.directoryName, log: log, settings)
        self.state = Mutex(State(position: position, recorded: recorded))
        let turn = WriterTurn()
        queue = AppendQueue {
            turn.writer?.round($0)
        } idle: {
            try? log.lengthen()
        }
        turn.set(self)
        let queue = self.queue
        try storing { () throws(StoreError) in try queue.start() }
    }

    deinit { queue.close() }

    /// What an append after ``close()`` answers.
    static let closed = LedgerError(.ended, "the ledger was closed")

    /// Gives every event of a batch its outcome, once what is new is as durable as was chosen.
    ///
    /// Within the writer's turn it is a commit of its own.
    @available(*, noasync)
    func append(
        _ batch: EncodedBatch, _ conditions: [ConditionKey], recorded: RecordedTime
    ) throws(LedgerError) -> [AppendOutcome] {
        let request = AppendRequest(.entries(batch, conditions, recorded))
        if queue.isTurn {
            round([request], alone: true)
        } else if !queue.submitBlocking(request) {
            throw Writer.closed
        }
        return try request.wait()
    }

    /// The same for a task, which is suspended meanwhile.
    func append(
        _ batch: EncodedBatch, _ conditions: [ConditionKey], recorded: RecordedTime
    ) async throws(LedgerError) -> [AppendOutcome] {
        let request = AppendRequest(.entries(batch, conditions, recorded))
        return try await request.answer { self.queue.submit($0) }
    }

    /// Refuses what changes files once writing has ended, and ends it when the folder is gone.
    func checkWriting() throws(LedgerError) {
        let reason = state.withLock { state in
            checkPlace(&state)
            return state.ended
        }
        if let reason { throw LedgerError(.ended, reason) }
    }

    /// Ends writing when the ledger's folder was moved or replaced: the next file would be made
    /// beside the log, or in another ledger that stands in its place. Cost: under a microsecond.
    func checkPlace(_ state: inout State) {
        guard state.ended == nil, !lock.isInPlace else { return }
        end("the ledger's folder was moved or replaced: \(lock.path)", &state)
    }

    /// Runs something in the writer's turn, on this thread or the writer's, and waits for it.
    ///
    /// Throws `ended` when writing has, and ends it when `body` throws that.
    @available(*, noasync)
    func inTurn<R: Sendable>(
        _ body: @escaping @Sendable () throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        if queue.isTurn { return try body() }
        // It escapes: whoever led may hold the request a moment longer than its answer.
        let made = TurnResult<R>()
        let request = AppendRequest(
            .turn(
                AppendRequest.Turn {
                    let result = Result { () throws(LedgerError) in
                        try self.checkWriting()
                        return try body()
                    }
                    if case .failure(let error) = result, error.code == .ended {
                        self.state.withLock { if $0.ended == nil { self.end("\(error)", &$0) } }
                    }
                    made.value.withLock { $0 = result }
                }))
        guard queue.submitBlocking(request) else { throw Writer.closed }
        _ = try request.wait()
        guard let result = made.value.withLock({ $0 }) else { throw Writer.closed }
        return try result.get()
    }

    /// Answers what waits, takes no more and makes everything durable. The lock stays until
    /// ``release()``: the state is yet to be closed.
    ///
    /// - Returns: the last position; nil when a failure ended writing and nobody knows it.
    @available(*, noasync)
    func close() throws(LedgerError) -> UInt64? {
        queue.close()
        let certain = state.withLock { state -> UInt64? in
            checkPlace(&state)
            defer { state.ended = "the ledger was closed" }
            return state.ended == nil ? state.position : nil
        }
        guard let certain else {
            // The next opening reads what no run has.
            index.abandon()
            return nil
        }
        // It writes what is known to be durable, and lets go of the log in any case.
        defer { index.close() }
        try log.sync()
        index.durable(through: certain)
        vault.note(certain, now: true)
        try log.trim()
        try log.settle(vault)
        return certain
    }

    /// Writes the head, unless it says the same or more already. Zeros: the root is not known.
    func writeHead(position: UInt64, root: [UInt8]?) throws(LedgerError) {
        let root = root ?? [UInt8](repeating: 0, count: HeadSlots.rootBytes)
        if let known = head.head {
            if known.position > position { return }
            if known.position == position && known.root == root { return }
        }
        do { try head.write(position: position, root: root) } catch { throw LedgerError(error) }
    }

    /// Answers what waits, takes no more and ends the threads; for a ledger that was not closed.
    func abandon() {
        queue.close()
        index.abandon()
    }

    /// Gives the lock back; nothing of the directory may be written afterwards.
    func release() { lock.release() }
}

/// What something that ran in the writer's turn came to.
private final class TurnResult<R: Sendable>: Sendable {
    let value = Mutex<Result<R, LedgerError>?>(nil)
}
