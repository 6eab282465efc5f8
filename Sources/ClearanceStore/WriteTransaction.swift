import CLMDB
import Glibc
import Synchronization

/// The one write transaction: all of it is committed, or none.
///
/// It begins and ends on one thread. Going out of scope without `commit` undoes it. Writing needs
/// it exclusively (`mutating`), so the compiler refuses to write while bytes of it are lent.
@safe public struct WriteTransaction: ~Copyable, ReadableTransaction {
    @usableFromInline let handle: TransactionHandle
    private let environment: Environment
    private let thread: pthread_t
    private var open = true

    init(_ environment: Environment) throws(StoreError) {
        let pointer = unsafe try environment.beginWriteRaw()
        self.environment = environment
        self.handle = unsafe TransactionHandle(pointer, environment: environment.id)
        self.thread = pthread_self()
    }

    deinit {
        guard open, environment.process.isThis else { return }
        precondition(thread == pthread_self(), "a write transaction ends on its own thread")
        environment.endWrite()
        unsafe mdb_txn_abort(handle.pointer)
        environment.leave()
    }

    /// Makes everything written durable (as the environment's durability says) and visible.
    ///
    /// The transaction is used up, also when this throws: then nothing of it is there.
    ///
    /// - Throws: `.mapFull`, `.diskFull`: nothing was kept and a later attempt may do. `.io`: the
    ///   device failed, and writing ends until the environment is reopened.
    /// - Complexity: two device flushes with `.full`, about 135 µs on a fast disk.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public consuming func commit() throws(StoreError) {
        try finish()
    }

    /// Commits, for this room's own synchronous use.
    consuming func finish() throws(StoreError) {
        guard environment.process.isThis else {
            open = false
            throw StoreError(.forked, "commit", path: environment.directory)
        }
        precondition(thread == pthread_self(), "a write transaction ends on its own thread")
        open = false
        // Before the commit, which lets the next writer in.
        environment.endWrite()
        guard let metas = environment.metas else {
            preconditionFailure("who writes has mapped the meta pages")
        }
        let meta = unsafe MetaGuard(
            environment.pointer, transaction: handle.pointer, metas: metas)
        errno = 0
        var result = unsafe mdb_txn_commit(handle.pointer)
        // Where room ends inside a write, less of it is written and no call fails; liblmdb makes an
        // error of its own of that.
        if result == EIO && errno == 0 { result = ENOSPC }
        defer { environment.leave() }
        guard result == 0 else {
            // Where space runs out, in a write or a flush, or a spoiled transaction is refused,
            // nothing refers to its pages, and the next one writes all of its own. Any other
            // failure is the device's, and the kernel tells so only once.
            let harmless = [MDB_MAP_FULL, MDB_BAD_TXN, ENOSPC, EDQUOT, ENOMEM]
            let page = meta.restore()
            if page != .untouched {
                environment.endWriting()
                let what = page == .restored ? "write a meta page" : "put a meta page back"
                throw StoreError(
                    .writingEnded, what, path: environment.directory, underlying: result)
            }
            var isCertain = true
            if environment.options.durability == .allButLast {
                isCertain = unsafe MetaGuard.renew(environment.pointer)
            }
            if !harmless.contains(result) || !isCertain { environment.endWriting() }
            throw environment.failure("commit", result)
        }
    }

    /// See `ReadableTransaction`.
    @inlinable
    public func beginAccess() -> TransactionHandle { handle }

    /// See `ReadableTransaction`.
    @inlinable
    public func endAccess() {}
}

extension Environment {
    func endWriting() {
        state.withLock { $0.writingEnded = true }
    }
}
