import CLMDB
import Glibc
import Synchronization

/// A named table of one environment: ordered byte keys with byte values.
///
/// A small value to be kept and copied; it carries no text and no reference.
public struct Table: Sendable, Hashable {
    /// 511 bytes: what a key of this LMDB can have at most.
    public static let maxKeyBytes = 511

    /// 4 GiB less one: what a value can have at most.
    public static let maxValueBytes = Int(UInt32.max)

    @usableFromInline let handle: UInt32
    @usableFromInline let environment: UInt64

    init(handle: UInt32, environment: UInt64) {
        self.handle = handle
        self.environment = environment
    }

    /// Traps on what only a programmer can get wrong.
    @inline(__always)
    func check(environment other: UInt64) {
        precondition(environment == other, "a table of another environment")
    }

    @inline(__always)
    static func check(keyBytes: Int) {
        precondition(keyBytes > 0 && keyBytes <= maxKeyBytes, "a key has 1 to 511 bytes")
    }
}

extension Environment {
    /// The table of that name, made when absent unless the environment is read-only.
    ///
    /// Open every table once after opening the environment and keep the value; making one takes
    /// the writer's turn. Calling this for a table not yet opened while this thread holds a write
    /// transaction traps.
    ///
    /// - Throws: `.notFound` for an absent table of a read-only environment, `.tablesFull`,
    ///   `.closed`.
    public func table(_ name: String) throws(StoreError) -> Table {
        precondition(!name.isEmpty && name != Environment.formatTable, "a reserved table name")
        return try openTable(name)
    }

    func openTable(_ name: String) throws(StoreError) -> Table {
        try enter("open table \(name)")
        defer { leave() }
        // Before waiting for anything: this thread may hold the writer's turn.
        let (known, writer) = state.withLock { ($0.tables[name], $0.writer) }
        if let known { return known }
        precondition(writer != pthread_self(), "open tables before the write transaction")
        // liblmdb forbids opening two tables at once.
        return try tableLock.withLock { (_) throws(StoreError) in
            if let known = state.withLock({ $0.tables[name] }) { return known }
            let table = Table(handle: try findOrMake(name), environment: id)
            state.withLock { $0.tables[name] = table }
            return table
        }
    }

    private func findOrMake(_ name: String) throws(StoreError) -> MDB_dbi {
        if let handle = try openHandle(name, flags: UInt32(MDB_RDONLY), create: false) {
            return handle
        }
        if !options.readOnly, let handle = try openHandle(name, flags: 0, create: true) {
            return handle
        }
        throw StoreError(.notFound, "open table \(name)", path: directory)
    }

    /// Opens the handle inside a transaction of its own, whose commit makes it everyone's.
    func openHandle(
        _ name: String, flags: UInt32, create: Bool
    ) throws(StoreError) -> MDB_dbi? {
        let what = "open table \(name)"
        var begun: OpaquePointer?
        var result = unsafe mdb_txn_begin(pointer, nil, flags, &begun)
        guard result == 0, let transaction = unsafe begun else { throw failure(what, result) }
        var handle: MDB_dbi = 0
        result = unsafe mdb_dbi_open(transaction, name, create ? UInt32(MDB_CREATE) : 0, &handle)
        guard result == 0 else {
            unsafe mdb_txn_abort(transaction)
            if result == MDB_NOTFOUND && !create { return nil }
            throw failure(what, result)
        }
        result = unsafe mdb_txn_commit(transaction)
        guard result == 0 else { throw failure(what, result) }
        return handle
    }
}
