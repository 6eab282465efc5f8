// Positions are the commonest keys: big-endian, so that the order of bytes is theirs. These
// forms encode on the stack.

extension ReadableTransaction where Self: ~Copyable {
    /// Lends the value at a big-endian number; nil when there is none.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func withValue<R>(
        in table: Table, key: UInt64,
        _ body: (Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        try BigEndian.withBytes(of: key) { (bytes) throws(StoreError) in
            try withValue(in: table, key: bytes, body)
        }
    }

    /// Lends the entry with the greatest number at or below `key`; nil when all are above.
    ///
    /// - Throws: `.corrupted` also for a key that is not 8 bytes long; what `body` throws.
    @inlinable
    public func withFloor<R>(
        in table: Table, key: UInt64,
        _ body: (_ key: UInt64, _ value: Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        try BigEndian.withBytes(of: key) { (bytes) throws(StoreError) in
            try withFloor(in: table, key: bytes) { (found, value) throws(StoreError) in
                try body(BigEndian.key(found), value)
            }
        }
    }

    /// Lends the entries from the number `start` on, ascending, until `body` answers false.
    ///
    /// - Throws: `.corrupted` also for a key that is not 8 bytes long; what `body` throws.
    @inlinable
    public func forEach(
        in table: Table, from start: UInt64,
        _ body: (_ key: UInt64, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        try BigEndian.withBytes(of: start) { (bytes) throws(StoreError) in
            try forEach(in: table, from: bytes) { (found, value) throws(StoreError) in
                try body(BigEndian.key(found), value)
            }
        }
    }
}

extension WriteTransaction {
    /// Puts a value at a big-endian number above all others of the table.
    ///
    /// - Throws: `.keyOrder`, and as `put`.
    @inlinable
    public mutating func putAppend(
        in table: Table, key: UInt64, value: Span<UInt8>
    ) throws(StoreError) {
        let bytes = BigEndian.array(key)
        try putAppend(in: table, key: bytes.span, value: value)
    }
}

extension BigEndian {
    /// A stored key as a number; a key of another length is damage, not a programmer's error.
    @usableFromInline
    static func key(_ bytes: Span<UInt8>) throws(StoreError) -> UInt64 {
        guard bytes.count == 8 else {
            throw StoreError(.corrupted, "read a key of \(bytes.count) bytes as a number")
        }
        return uint64(bytes)
    }
}
