extension ReadableTransaction where Self: ~Copyable {
    /// Lends the entry with the greatest key; nil for an empty table.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func withLast<R>(
        in table: Table,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        guard let entry = unsafe try cursor.move(.last) else { return nil }
        return unsafe try entry.lend(to: body)
    }

    /// Lends the entry with the greatest key at or below `key`; nil when all keys are above.
    ///
    /// This is how the chunk that holds a position is found, when chunks are keyed by their first
    /// position.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    /// - Complexity: O(log n), and one small allocation for the cursor.
    @inlinable
    public func withFloor<R>(
        in table: Table, key: Span<UInt8>,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        guard let entry = unsafe try cursor.floor(key) else { return nil }
        return unsafe try entry.lend(to: body)
    }
}
