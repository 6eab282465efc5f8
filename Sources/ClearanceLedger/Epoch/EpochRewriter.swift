import ClearanceEvents
import ClearanceStore

/// Rewrites an epoch that nobody writes any more: the same entries, in full chunks, in an
/// environment that never held anything else.
struct EpochRewriter {
    /// Bytes of entries that one commit takes in: memory that is held, and far below LMDB's list of
    /// changed pages.
    private static let commitBytes = 64 << 20

    private let target: Environment
    private let table: Table
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    /// The positions of the first entry that waits, and of the one that comes next.
    private var first: UInt64
    private var next: UInt64

    private init(_ target: Environment, first: UInt64) throws(StoreError) {
        self.target = target
        table = try target.table("chunks")
        self.first = first
        next = first
    }

    /// Writes the entries of an ended epoch into a new directory, whole and flushed when it
    /// returns.
    ///
    /// Throws `corrupted` at the first chunk whose place or checksum is wrong: what is damaged is
    /// not made to look sound. Cost: one reading and one writing of the epoch.
    @available(*, noasync)
    static func rewrite(_ epoch: Epoch, to directory: String) throws(StoreError) {
        let source = epoch.files.environment
        // The same entries without what lone commits left behind; a tree of its own besides.
        let room = try source.mapUsedBytes * 9 / 8 + (1 << 20)
        let target = try Environment(
            directory: directory, format: EventLog.format,
            options: StoreOptions(
                mapSize: room / 65_536 * 65_536, maxTables: 1, durability: .unsynced))
        defer { target.close() }
        var rewriter = try EpochRewriter(target, first: epoch.first)
        try rewriter.run(try Snapshot(source), epoch.chunks, last: epoch.line.last)
        try target.sync()
        try Files.syncDirectory(directory)
    }

    @available(*, noasync)
    private mutating func run(
        _ snapshot: Snapshot, _ chunks: Table, last: UInt64?
    ) throws(StoreError) {
        var isEnd = false
        while !isEnd {
            isEnd = true
            let start = next
            try snapshot.forEach(in: chunks, from: start) { (key, value) throws(StoreError) in
                isEnd = bytes.count < EpochRewriter.commitBytes
                if isEnd { try take(key, value) }
                return isEnd
            }
            try commit(whole: isEnd)
        }
        guard next - 1 == last else {
            throw StoreError(.corrupted, "rewrite an epoch that ends at position \(next - 1)")
        }
    }

    private mutating func take(_ key: UInt64, _ value: Span<UInt8>) throws(StoreError) {
        let chunk = try ChunkView(value)
        guard key == next, chunk.first == next, chunk.isIntact else {
            throw StoreError(.corrupted, "rewrite a chunk at position \(next)")
        }
        for index in 0..<chunk.count {
            bytes.append(copying: try chunk.entry(index))
            ends.append(bytes.count)
        }
        next += UInt64(chunk.count)
    }

    /// Commits what waits, but for a last chunk that is not full, unless it is the end.
    @available(*, noasync)
    private mutating func commit(whole: Bool) throws(StoreError) {
        let batch = EncodedBatch(bytes: bytes, ends: ends)
        var packer = ChunkPacker([
            ChosenEntries(batch: batch, runs: [0..<batch.count], recorded: nil)
        ])
        var transaction = try target.beginWrite()
        var done = 0
        var unused = Int64.min
        while let size = packer.measure(), size.isFull || whole {
            let position = first + UInt64(done)
            try transaction.putAppendFilled(in: table, key: position, count: size.bytes) {
                packer.pack(size, first: position, recorded: &unused, into: &$0)
            }
            done += size.entries
        }
        try transaction.commit()
        first += UInt64(done)
        let start = batch.start(of: done)
        bytes = Array(bytes[start...])
        ends = ends[done...].map { $0 - start }
    }
}
