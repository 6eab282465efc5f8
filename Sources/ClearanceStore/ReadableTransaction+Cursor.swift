extension ReadableTransaction where Self: ~Copyable {
    /// Lends every entry in ascending order of keys, until `body` answers false.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    @inlinable
    public func forEach(
        in table: Table,
        _ body: (_ key: Span<UInt8>, _ value: Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        var entry = unsafe try cursor.move(.first)
        while let current = unsafe entry {
            guard unsafe try current.lend(to: body) else { return }
            unsafe entry = try cursor.move(.next)
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
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        var entry = unsafe try cursor.ceiling(start)
        while let current = unsafe entry {
            guard unsafe try current.lend(to: body) else { return }
            unsafe entry = try cursor.move(.next)
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
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        var entry = unsafe try cursor.move(.last)
        while let current = unsafe entry {
            guard unsafe try current.lend(to: body) else { return }
            unsafe entry = try cursor.move(.previous)
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
        let handle = beginAccess()
        defer { endAccess() }
        let cursor = unsafe try handle.openCursor(table)
        defer { unsafe cursor.close() }
        var entry = unsafe try cursor.floor(start)
        while let current = unsafe entry {
            guard unsafe try current.lend(to: body) else { return }
            unsafe entry = try cursor.move(.previous)
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
