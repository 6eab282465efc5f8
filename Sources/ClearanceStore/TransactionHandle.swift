import CLMDB

/// A transaction as the reads see it: opaque outside this room, made by the transactions alone.
@safe public struct TransactionHandle {
    let pointer: OpaquePointer
    let environment: UInt64

    init(_ pointer: OpaquePointer, environment: UInt64) {
        unsafe self.pointer = unsafe pointer
        self.environment = environment
    }
}

/// A key and its value inside the map, valid until the transaction ends or writes.
@unsafe @usableFromInline struct EntryPointers {
    @usableFromInline let key: UnsafeBufferPointer<UInt8>
    @usableFromInline let value: UnsafeBufferPointer<UInt8>

    init(_ key: MDB_val, _ value: MDB_val) {
        unsafe self.key = unsafe key.bytes
        unsafe self.value = unsafe value.bytes
    }
}

/// Where a cursor goes.
@usableFromInline enum Seek {
    case first, last, next, previous
}

extension MDB_val {
    @inline(__always)
    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        // liblmdb takes a mutable pointer and does not write through it.
        unsafe self.init(
            mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }

    @inline(__always)
    var bytes: UnsafeBufferPointer<UInt8> {
        unsafe UnsafeBufferPointer(
            start: mv_data?.assumingMemoryBound(to: UInt8.self), count: mv_size)
    }
}

extension TransactionHandle {
    /// The value of one key, or nil.
    @usableFromInline
    func lookup(
        _ table: Table, _ key: Span<UInt8>
    ) throws(StoreError) -> UnsafeBufferPointer<UInt8>? {
        table.check(environment: environment)
        Table.check(keyBytes: key.count)
        var value = unsafe MDB_val()
        let result = unsafe key.withUnsafeBufferPointer { bytes in
            var key = unsafe MDB_val(bytes)
            return unsafe mdb_get(pointer, table.handle, &key, &value)
        }
        if result == 0 { return unsafe value.bytes }
        if result == MDB_NOTFOUND { return nil }
        throw failure("look up a key", result)
    }

    /// How many entries the table has.
    func count(_ table: Table) throws(StoreError) -> Int {
        table.check(environment: environment)
        var stat = MDB_stat()
        let result = unsafe mdb_stat(pointer, table.handle, &stat)
        guard result == 0 else { throw failure("count a table", result) }
        return Int(stat.ms_entries)
    }

    var transactionID: UInt64 { UInt64(unsafe mdb_txn_id(pointer)) }

    func failure(_ what: String, _ result: Int32) -> StoreError {
        .lmdb(what, path: EnvironmentRegistry.directory(of: environment), result: result)
    }
}
