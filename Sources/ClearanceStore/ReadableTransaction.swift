/// What can be read through a `ReadTransaction`, a `WriteTransaction` or a `Snapshot`.
///
/// Bytes are lent: a span points into the map and ends with the closure that received it.
/// Nothing can be written to a transaction while it lends, as writing needs it exclusively.
public protocol ReadableTransaction: ~Copyable {
    /// Gives this room the transaction for one read; traps when it may not be used now.
    func beginAccess() -> TransactionHandle

    /// Ends one read.
    func endAccess()
}

extension ReadableTransaction where Self: ~Copyable {
    /// Lends the value of `key` to `body`; nil when there is none.
    ///
    /// A failure of the caller's own travels in `R`, so that one error type is thrown here.
    ///
    /// - Throws: `.corrupted`, `.io`, or what `body` throws.
    /// - Complexity: O(log n) in the entries; no allocation.
    @inlinable
    public func withValue<R>(
        in table: Table, key: Span<UInt8>,
        _ body: (Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        let handle = beginAccess()
        defer { endAccess() }
        guard let value = unsafe try handle.lookup(table, key) else { return nil }
        return try body(unsafe Span(_unsafeElements: value))
    }

    /// A copy of the value of `key`; nil when there is none.
    ///
    /// - Throws: `.corrupted`, `.io`.
    public func value(in table: Table, key: Span<UInt8>) throws(StoreError) -> [UInt8]? {
        let handle = beginAccess()
        defer { endAccess() }
        guard let value = unsafe try handle.lookup(table, key) else { return nil }
        return unsafe [UInt8](value)
    }

    /// Whether the table has the key.
    ///
    /// - Throws: `.corrupted`, `.io`.
    @inlinable
    public func contains(in table: Table, key: Span<UInt8>) throws(StoreError) -> Bool {
        let handle = beginAccess()
        defer { endAccess() }
        return unsafe try handle.lookup(table, key) != nil
    }

    /// How many entries the table has. O(1).
    ///
    /// - Throws: `.corrupted`, `.io`.
    public func count(of table: Table) throws(StoreError) -> Int {
        let handle = beginAccess()
        defer { endAccess() }
        return try handle.count(table)
    }

    /// The number of the commit that a reader sees, or that a writer is about to make.
    public var transactionID: UInt64 {
        let handle = beginAccess()
        defer { endAccess() }
        return handle.transactionID
    }
}
