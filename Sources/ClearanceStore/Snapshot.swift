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
    private var kept: KeptEntry?

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
        kept = nil
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

    /// Moves on to the last commit unless bytes of this one are lent; false when they are.
    ///
    /// - Throws: as `refresh`.
    @discardableResult
    public func refreshIfIdle() throws(StoreError) -> Bool {
        take()
        let isIdle = depth == 1
        endAccess()
        if isIdle { try refresh() }
        return isIdle
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

    /// Lends the entry with the greatest number at or below `key`, and remembers it: as long as
    /// `body` finds what it wants in the entry remembered, nothing is looked up.
    ///
    /// `check` sees each entry once, before it is remembered; one that it refuses is not lent.
    /// `body` answers nil when the entry does not hold what is wanted. For numbers that are asked
    /// for in runs, as those of entries in one chunk are.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `check` or `body` throws.
    public func withKeptFloor<R>(
        in table: Table, key: UInt64, check: (Span<UInt8>) throws(StoreError) -> Void,
        _ body: (Span<UInt8>) throws(StoreError) -> R?
    ) throws(StoreError) -> R? {
        let handle = beginAccess()
        defer { endAccess() }
        if let kept, kept.table == table, kept.key <= key,
            let found = try body(unsafe Span(_unsafeElements: kept.value))
        {
            return found
        }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        let bytes = BigEndian.array(key)
        guard let entry = unsafe try cursor.floor(bytes.span) else { return nil }
        let number = try BigEndian.key(unsafe Span(_unsafeElements: entry.key))
        // What is kept was looked at, and `body` found nothing in it.
        if let kept, kept.table == table, kept.key == number { return nil }
        let value = unsafe Span(_unsafeElements: entry.value)
        try check(value)
        kept = unsafe KeptEntry(table: table, key: number, value: entry.value)
        return try body(value)
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

/// An entry of the commit that a snapshot looks at; its bytes stay where they are until `reset`.
@safe private struct KeptEntry {
    let table: Table
    let key: UInt64
    let value: UnsafeBufferPointer<UInt8>

    init(table: Table, key: UInt64, value: UnsafeBufferPointer<UInt8>) {
        self.table = table
        self.key = key
        unsafe self.value = value
    }
}
