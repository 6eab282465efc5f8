import CLMDB

/// An open cursor; whoever opens it closes it before the transaction ends.
@unsafe @usableFromInline struct RawCursor {
    let pointer: OpaquePointer
    let handle: TransactionHandle

    /// Goes to the first or last entry, or one step on; nil at the end.
    @usableFromInline
    func move(_ seek: Seek) throws(StoreError) -> EntryPointers? {
        let operation =
            switch seek {
            case .first: MDB_FIRST
            case .last: MDB_LAST
            case .next: MDB_NEXT
            case .previous: MDB_PREV
            }
        var key = unsafe MDB_val()
        var value = unsafe MDB_val()
        let result = unsafe mdb_cursor_get(pointer, &key, &value, operation)
        if result == 0 { return unsafe EntryPointers(key, value) }
        if result == MDB_NOTFOUND { return nil }
        throw unsafe handle.failure("move a cursor", result)
    }

    /// Goes to the least key at or above `key`.
    @usableFromInline
    func ceiling(_ key: Span<UInt8>) throws(StoreError) -> EntryPointers? {
        Table.check(keyBytes: key.count)
        var value = unsafe MDB_val()
        var found = unsafe MDB_val()
        let result = unsafe key.withUnsafeBufferPointer { bytes in
            unsafe found = MDB_val(bytes)
            return unsafe mdb_cursor_get(pointer, &found, &value, MDB_SET_RANGE)
        }
        if result == 0 { return unsafe EntryPointers(found, value) }
        if result == MDB_NOTFOUND { return nil }
        throw unsafe handle.failure("seek a key", result)
    }

    /// Goes to the greatest key at or below `key`.
    @usableFromInline
    func floor(_ key: Span<UInt8>) throws(StoreError) -> EntryPointers? {
        guard let entry = unsafe try ceiling(key) else { return unsafe try move(.last) }
        let equal = unsafe key.withUnsafeBufferPointer { bytes in
            unsafe bytes.elementsEqual(entry.key)
        }
        return equal ? unsafe entry : unsafe try move(.previous)
    }

    @usableFromInline
    func close() {
        unsafe mdb_cursor_close(pointer)
    }
}

extension TransactionHandle {
    @usableFromInline
    func openCursor(_ table: Table) throws(StoreError) -> RawCursor {
        table.check(environment: environment)
        var opened: OpaquePointer?
        let result = unsafe mdb_cursor_open(pointer, table.handle, &opened)
        guard result == 0, let cursor = unsafe opened else {
            throw failure("open a cursor", result)
        }
        return unsafe RawCursor(pointer: cursor, handle: self)
    }
}
