import CLMDB
import Glibc

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

    /// The number of the last commit that any process made. Cost: a few loads, no reader slot.
    ///
    /// - Throws: `.closed`.
    public func lastCommit() throws(StoreError) -> UInt64 {
        try enter("read the last commit")
        defer { leave() }
        return unsafe Self.lastTransaction(of: pointer)
    }

    /// How many pages were freed after a commit and cannot be used again while a reader looks at
    /// it: what that reader costs. At most `limit` free records are looked at.
    ///
    /// - Throws: `.closed`, `.readersFull`.
    public func pagesHeld(
        since transaction: UInt64, limit: Int = 100_000
    ) throws(StoreError) -> Int {
        let reader = try beginRead()
        let free = Table(handle: 0, environment: id)
        var pages = 0
        var seen = 0
        // The free list is a table of its own: commit (native word) to the count and numbers of
        // the pages that it freed.
        try reader.forEachReversed(in: free) { (key, value) in
            guard key.count == 8, value.count >= 8, seen < limit else { return false }
            guard Self.native(key) > transaction else { return false }
            pages += Int(truncatingIfNeeded: Self.native(value))
            seen += 1
            return true
        }
        return pages
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

extension Environment {
    static func lastTransaction(of pointer: OpaquePointer) -> UInt64 {
        var info = unsafe MDB_envinfo()
        unsafe mdb_env_info(pointer, &info)
        return UInt64(unsafe info.me_last_txnid)
    }

    /// The machine's own word at the start of lent bytes.
    private static func native(_ bytes: Span<UInt8>) -> UInt64 {
        let big = BigEndian.uint64(bytes)
        return UInt32(bigEndian: 1) == 1 ? big : big.byteSwapped
    }

    /// Whether the reader table can be written, or made: it cannot on a medium, or in a folder,
    /// that this user may only read.
    static func canLock(_ directory: String) -> Bool {
        // By name: opening and closing the file would drop this process' own locks on it.
        let path = directory + "/lock.mdb"
        let name = Files.exists(path) ? path : directory
        return unsafe faccessat(AT_FDCWD, name, R_OK | W_OK, AT_EACCESS) == 0
    }

    /// Refuses to go on when somebody writes beside a reader that has no slot: its pages could be
    /// written again while it looks at them.
    func checkUnchanged(_ what: String) throws(StoreError) {
        guard isUnlocked, unsafe Self.lastTransaction(of: pointer) != openedAt else { return }
        throw StoreError(
            .invalid, "\(what): the files change under a reader without a slot",
            path: directory)
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
