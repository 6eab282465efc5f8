import CLMDB

extension Environment {
    /// One slot of the reader table.
    public struct Reader: Sendable, Hashable {
        /// The process that holds the slot.
        public let process: Int32

        /// The commit that it looks at; nil while it is idle.
        public let transaction: UInt64?

        /// Describes one slot.
        public init(process: Int32, transaction: UInt64?) {
            self.process = process
            self.transaction = transaction
        }
    }

    /// The readers of all processes: an old transaction number here is why a file grows.
    ///
    /// - Throws: `.closed`.
    public func readers() throws(StoreError) -> [Reader] {
        try enter("list readers")
        defer { leave() }
        var text = ""
        let result = unsafe withUnsafeMutablePointer(to: &text) { out in
            unsafe mdb_reader_list(
                pointer,
                { line, context in
                    guard let line = unsafe line, let context = unsafe context else { return 0 }
                    unsafe context.assumingMemoryBound(to: String.self).pointee +=
                        String(cString: line)
                    return 0
                }, out)
        }
        guard result >= 0 else { throw failure("list readers", result) }
        return text.split(separator: "\n").compactMap { Reader(line: $0) }
    }

    /// Frees the reader slots of processes that died; answers how many.
    ///
    /// Done at opening too. Slots of dead processes pin every page freed since.
    ///
    /// - Throws: `.closed`.
    @discardableResult
    public func clearStaleReaders() throws(StoreError) -> Int {
        try enter("clear stale readers")
        defer { leave() }
        var dead: Int32 = 0
        let result = unsafe mdb_reader_check(pointer, &dead)
        guard result == 0 else { throw failure("clear stale readers", result) }
        return Int(dead)
    }
}

extension Environment.Reader {
    /// Parses "pid thread txnid", the only form in which liblmdb tells; its heading is no number.
    init?(line: Substring) {
        let parts = line.split(separator: " ")
        guard parts.count == 3, let process = Int32(parts[0]) else { return nil }
        self.init(process: process, transaction: UInt64(parts[2]))
    }
}
