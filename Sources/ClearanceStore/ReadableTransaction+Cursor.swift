extension ReadableTransaction where Self: ~Copyable {
    /// Lends every entry in ascending order of keys, until `body` answers false.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func forEach(
        in table: Table,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        unsafe try walk(table, .next, body) { (cursor) throws(StoreError) in
            unsafe try cursor.move(.first)
        }
    }

    /// Lends the entries from the least key at or above `start`, ascending, until `body` answers
    /// false.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func forEach(
        in table: Table, from start: Span<UInt8>,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        unsafe try walk(table, .next, body) { (cursor) throws(StoreError) in
            unsafe try cursor.ceiling(start)
        }
    }

    /// Lends every entry in descending order of keys, until `body` answers false.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func forEachReversed(
        in table: Table,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        unsafe try walk(table, .previous, body) { (cursor) throws(StoreError) in
            unsafe try cursor.move(.last)
        }
    }

    /// Lends the entries from the greatest key at or below `start`, descending, until `body`
    /// answers false.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func forEachReversed(
        in table: Table, from start: Span<UInt8>,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        unsafe try walk(table, .previous, body) { (cursor) throws(StoreError) in
            unsafe try cursor.floor(start)
        }
    }

    /// Lends entry by entry from where `begin` puts a cursor, until `body` answers false.
    @inlinable
    func walk(
        _ table: Table, _ step: Seek,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool,
        from begin: (RawCursor) throws(StoreError) -> EntryPointers?
    ) throws(StoreError) {
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        var entry = unsafe try begin(cursor)
        while let current = unsafe entry {
            guard unsafe try current.lend(to: body) else { return }
            unsafe entry = try cursor.move(step)
        }
    }
}

extension EntryPointers {
    @inlinable
    func lend<R>(
        to body: (Span<UInt8>, Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        try body(unsafe Span(_unsafeElements: key), unsafe Span(_unsafeElements: value))
    }
}
