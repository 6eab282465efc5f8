import CLMDB

extension WriteTransaction {
    /// Puts a value, replacing any other of the key.
    ///
    /// - Throws: `.mapFull`; `.io`. After either the transaction can only be dropped.
    public mutating func put(
        in table: Table, key: Span<UInt8>, value: Span<UInt8>
    ) throws(StoreError) {
        let result = store(table, key, value, 0)
        guard result == 0 else { throw handle.failure("put a value", result) }
    }

    /// Puts a value whose key is above all others of the table; fills pages to the brim.
    ///
    /// - Throws: `.keyOrder` when the key is not above the last, and nothing was changed; as `put`.
    public mutating func putAppend(
        in table: Table, key: Span<UInt8>, value: Span<UInt8>
    ) throws(StoreError) {
        let result = store(table, key, value, UInt32(MDB_APPEND))
        guard result == 0 else { throw appendFailure(result) }
    }

    /// Puts a value at a big-endian number above all others, which `fill` appends straight to the
    /// page: one copy, and no zeros written first.
    ///
    /// Traps unless `fill` appends exactly `count` bytes: what is left of a page may be old memory.
    ///
    /// - Throws: `.keyOrder` when the key is not above the last; as `put`.
    public mutating func putAppendFilled(
        in table: Table, key: UInt64, count: Int, _ fill: (inout OutputSpan<UInt8>) -> Void
    ) throws(StoreError) {
        let bytes = BigEndian.array(key)
        var room = unsafe UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
        let flags = UInt32(MDB_RESERVE | MDB_APPEND)
        let result = unsafe reserve(table, bytes.span, count, flags, &room)
        guard result == 0 else { throw appendFailure(result) }
        var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
        fill(&output)
        let filled = unsafe output.finalize(for: room)
        precondition(filled == count, "a reserved value is filled to its last byte")
    }

    /// Deletes a key; false when it was not there.
    ///
    /// - Throws: `.mapFull` (deleting copies pages), `.io`.
    @discardableResult
    public mutating func delete(in table: Table, key: Span<UInt8>) throws(StoreError) -> Bool {
        table.check(environment: handle.environment)
        Table.check(keyBytes: key.count)
        let result = unsafe key.withUnsafeBufferPointer { bytes in
            var key = unsafe MDB_val(bytes)
            return unsafe mdb_del(handle.pointer, table.handle, &key, nil)
        }
        if result == MDB_NOTFOUND { return false }
        guard result == 0 else { throw handle.failure("delete a key", result) }
        return true
    }

    /// Empties a table; the table itself stays.
    ///
    /// - Throws: `.mapFull`, `.io`.
    public mutating func drop(_ table: Table) throws(StoreError) {
        table.check(environment: handle.environment)
        let result = unsafe mdb_drop(handle.pointer, table.handle, 0)
        guard result == 0 else { throw handle.failure("empty a table", result) }
    }

    private func store(
        _ table: Table, _ key: Span<UInt8>, _ value: Span<UInt8>, _ flags: UInt32
    ) -> Int32 {
        table.check(environment: handle.environment)
        Table.check(keyBytes: key.count)
        precondition(value.count <= Table.maxValueBytes, "a value has less than 4 GiB")
        return unsafe key.withUnsafeBufferPointer { keyBytes in
            unsafe value.withUnsafeBufferPointer { valueBytes in
                var key = unsafe MDB_val(keyBytes)
                var value = unsafe MDB_val(valueBytes)
                return unsafe mdb_put(handle.pointer, table.handle, &key, &value, flags)
            }
        }
    }

    /// Room for a value in its page, with whatever the page holds.
    private func reserve(
        _ table: Table, _ key: Span<UInt8>, _ count: Int, _ flags: UInt32,
        _ room: inout UnsafeMutableBufferPointer<UInt8>
    ) -> Int32 {
        table.check(environment: handle.environment)
        Table.check(keyBytes: key.count)
        precondition(0...Table.maxValueBytes ~= count, "a value has less than 4 GiB")
        var value = unsafe MDB_val(mv_size: count, mv_data: nil)
        let result = unsafe key.withUnsafeBufferPointer { bytes in
            var key = unsafe MDB_val(bytes)
            return unsafe mdb_put(handle.pointer, table.handle, &key, &value, flags)
        }
        if result == 0, let data = unsafe value.mv_data {
            unsafe room = UnsafeMutableBufferPointer(
                start: data.assumingMemoryBound(to: UInt8.self), count: count)
        }
        return result
    }

    private func appendFailure(_ result: Int32) -> StoreError {
        guard result == MDB_KEYEXIST else { return handle.failure("append a value", result) }
        return StoreError(
            .keyOrder, "append a key that is not above the last",
            path: EnvironmentRegistry.directory(of: handle.environment), underlying: result)
    }
}
