import CLMDB

/// A consistent view of the last commit, ended when it goes out of scope.
///
/// It may move between threads and is used by one at a time.
@safe public struct ReadTransaction: ~Copyable, ReadableTransaction {
    @usableFromInline let handle: TransactionHandle
    private let environment: Environment

    init(_ environment: Environment, _ pointer: OpaquePointer) {
        self.environment = environment
        self.handle = unsafe TransactionHandle(pointer, environment: environment.id)
    }

    deinit {
        guard environment.process.isThis else { return }
        unsafe mdb_txn_abort(handle.pointer)
        environment.leave()
    }

    /// See `ReadableTransaction`.
    @inlinable
    public func beginAccess() -> TransactionHandle { handle }

    /// See `ReadableTransaction`.
    @inlinable
    public func endAccess() {}
}

extension Environment {
    /// Runs `body` with a consistent view of the last commit.
    ///
    /// - Throws: `.closed`, `.readersFull`, or what `body` throws.
    /// - Complexity: about a tenth of a microsecond to begin and end, besides the body.
    @inlinable
    public func read<R>(
        _ body: (borrowing ReadTransaction) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        let transaction = try beginRead()
        return try body(transaction)
    }

    /// Begins a read transaction; it ends when the value goes out of scope.
    ///
    /// While it lives, pages freed by later commits cannot be used again: keep it short.
    ///
    /// - Throws: `.closed`, `.readersFull`.
    public func beginRead() throws(StoreError) -> ReadTransaction {
        unsafe ReadTransaction(self, try beginRaw("begin a read", UInt32(MDB_RDONLY)))
    }
}
