import CLMDB
import Glibc
import Synchronization

extension Environment {
    /// Begins the write transaction, waiting for any other writer to end.
    ///
    /// Begin, write and commit on one thread. Beginning a second one on the same thread traps,
    /// as it would wait for itself for ever.
    ///
    /// - Throws: `.closed`, `.readOnly`, `.writingEnded` after a failed flush.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public func beginWrite() throws(StoreError) -> WriteTransaction {
        try WriteTransaction(self)
    }

    /// Waits for the writer's turn and begins; the caller's thread owns the turn until it ends.
    func beginWriteRaw() throws(StoreError) -> OpaquePointer {
        guard !options.readOnly else {
            throw StoreError(.readOnly, "begin a write", path: directory)
        }
        let me = pthread_self()
        let (owner, ended) = state.withLock { ($0.writer, $0.writingEnded) }
        precondition(owner != me, "this thread already has a write transaction")
        if ended { throw writingEndedError() }
        let transaction = unsafe try beginRaw("begin a write", 0)
        state.withLock { $0.writer = me }
        return unsafe transaction
    }

    /// Gives up the writer's turn; must come before liblmdb's own lock is let go.
    func endWrite() {
        state.withLock { $0.writer = nil }
    }

    /// Takes the writer's turn once and gives it back.
    ///
    /// A writer that is killed after its meta page was written, and before readers were told,
    /// leaves readers at the commit before, as long as any process keeps the lock file open. The
    /// next one to take the turn tells them; before that, what the last commit is cannot be asked.
    func settleLastCommit() throws(StoreError) {
        let transaction = unsafe try beginRaw("take the writer's turn", 0)
        unsafe mdb_txn_abort(transaction)
        leave()
    }

    /// Begins a raw transaction and counts it; whoever ends it calls `leave`.
    func beginRaw(_ what: String, _ flags: UInt32) throws(StoreError) -> OpaquePointer {
        try enter(what)
        do throws(StoreError) {
            try checkUnchanged(what)
        } catch {
            leave()
            throw error
        }
        var begun: OpaquePointer?
        let result = unsafe mdb_txn_begin(pointer, nil, flags, &begun)
        guard result == 0, let transaction = unsafe begun else {
            leave()
            throw failure(what, result)
        }
        return unsafe transaction
    }
}
