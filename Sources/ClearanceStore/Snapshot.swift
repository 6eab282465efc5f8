import CLMDB
import Glibc
import Synchronization

/// A read transaction that an object keeps, for many lookups without beginning one for each.
///
/// It keeps looking at one commit until `refresh`. While it is active it pins the pages of that
/// commit: `reset` it when idle. One thread uses it at a time; a second one at the same moment
/// traps.
//
// @unchecked Sendable: every use first takes `owner`, which only one thread can hold, and the
// other variables are touched by the owner alone.
@safe public final class Snapshot: ReadableTransaction, @unchecked Sendable {
    private let environment: Environment
    private let handle: TransactionHandle
    private let owner = Atomic<UInt>(0)
    private var depth = 0
    private var active = true

    /// Takes a snapshot of the last commit.
    ///
    /// - Throws: `.closed`, `.readersFull`.
    public init(_ environment: Environment) throws(StoreError) {
        self.environment = environment
        let pointer = unsafe try environment.beginRaw("take a snapshot", UInt32(MDB_RDONLY))
        self.handle = unsafe TransactionHandle(pointer, environment: environment.id)
    }

    deinit {
        // In a forked child this would free the slot of the parent.
        guard environment.process.isThis else { return }
        unsafe mdb_txn_abort(handle.pointer)
        environment.leave()
    }

    /// Lets the commit go but keeps the reader slot; reading before `refresh` traps.
    public func reset() {
        take()
        defer { endAccess() }
        precondition(depth == 1, "reset while the snapshot lends bytes")
        guard active else { return }
        unsafe mdb_txn_reset(handle.pointer)
        active = false
    }

    /// Moves on to the last commit. Cheaper than a new transaction: the reader slot is kept.
    ///
    /// - Throws: `.closed` when the environment was closed meanwhile; `.io`.
    public func refresh() throws(StoreError) {
        reset()
        take()
        defer { endAccess() }
        try environment.enter("refresh a snapshot")
        defer { environment.leave() }
        try environment.checkUnchanged("refresh a snapshot")
        let result = unsafe mdb_txn_renew(handle.pointer)
        guard result == 0 else { throw handle.failure("refresh a snapshot", result) }
        active = true
    }

    /// See `ReadableTransaction`.
    public func beginAccess() -> TransactionHandle {
        take()
        precondition(active, "a snapshot was read after reset")
        precondition(environment.process.isThis, "a snapshot was read in a forked child")
        return handle
    }

    /// See `ReadableTransaction`.
    public func endAccess() {
        depth -= 1
        if depth == 0 { owner.store(0, ordering: .releasing) }
    }

    private func take() {
        let me = UInt(pthread_self())
        // Only this thread ever stores its own number, so a relaxed load can find it only here.
        if owner.load(ordering: .relaxed) == me {
            depth += 1
            return
        }
        let (taken, _) = owner.compareExchange(
            expected: 0, desired: me, ordering: .acquiring)
        precondition(taken, "a snapshot was used by two threads at once")
        depth = 1
    }
}
