import ClearanceStore
import Synchronization

/// Brings the hash tree up to the log, on a thread of its own; the writer only says how far the
/// log reaches and goes on.
final class TreeIntegrator: Sendable {
    private let work: TreeWork
    private let thread: WakingThread
    /// Held while a checkpoint is signed: each is compared with the one before it.
    private let turn = Mutex<Void>(())

    /// Starts the thread. The tree is validated, and brought up to `position`, on it.
    init(log: EventLog, folder: String, through position: UInt64) throws(LedgerError) {
        let work = TreeWork(log: log, folder: folder)
        self.work = work
        thread = try storing { () throws(StoreError) in
            try WakingThread(resting: ProofLimits.restNanoseconds) { work.run() }
        }
        wake(through: position)
    }

    deinit { stop() }

    /// Ends the thread as it is. Harmless twice.
    func stop() { thread.stop() }

    /// Says that the log is durable up to a position. Cost: 0.1 µs, and a system call when the
    /// thread sleeps; never waits for the tree.
    func wake(through position: UInt64) {
        if work.note(position) { thread.wake() }
    }

    /// How far the tree is.
    var status: IntegrationStatus { work.status }

    /// Waits until the tree has reached a position of the log.
    ///
    /// Throws what keeps it from doing so; `ended` when the ledger is closed meanwhile.
    @available(*, noasync)
    func wait(for position: UInt64) throws(LedgerError) {
        work.retry()
        wake(through: position)
        thread.wake()
        thread.wait { work.reached(position) }
        let status = work.status
        if let failure = work.failure { throw failure }
        guard status.position >= position else {
            throw LedgerError(.ended, "the ledger was closed")
        }
    }

    /// Runs what signs or keeps a checkpoint, one caller at a time.
    func signing<R: Sendable>(
        _ body: () throws(LedgerError) -> R
    ) throws(LedgerError) -> R {
        try turn.withLock { (_) throws(LedgerError) -> R in try body() }
    }

    /// Flushes the hash files. The root of the tree as it stands, with its size.
    func flush() throws(LedgerError) -> (size: UInt64, root: Hash256) { try work.flush() }

    /// Catches up, flushes and ends the thread. The root at `position`; nil when the tree could not
    /// be brought there, which no reader depends on: it is made anew.
    @available(*, noasync)
    func close(at position: UInt64) -> Hash256? {
        defer { thread.stop() }
        do throws(LedgerError) {
            try wait(for: position)
            let (size, root) = try work.flush()
            return size == position ? root : nil
        } catch {
            return nil
        }
    }
}

/// How far the tree of a ledger is behind its log.
public struct IntegrationStatus: Sendable, Equatable {
    /// The last position that is in the tree.
    public let position: UInt64
    /// Durable entries that are not in the tree yet.
    public let lag: UInt64
    /// For how long the oldest of them that was noted has been waiting; 0 when none does.
    public let seconds: Double
    /// Why the tree goes no further; nil while it does. Never holds personal data.
    public let failure: String?
}
