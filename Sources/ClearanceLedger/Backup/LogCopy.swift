import ClearanceEvents
import ClearanceStore

/// Writes entries that exist already into a new log, byte for byte, in chunks of its own.
struct LogCopy {
    /// Bytes of one commit.
    private static let commitBytes = 16 << 20

    private let log: EventLog
    private var chunks: [(first: UInt64, bytes: [UInt8])] = []
    private var chunkBytes = 0
    private var entries = ByteWriter(capacity: LedgerLimits.chunkBytes)
    private var ends: [UInt32] = []
    private var first: UInt64
    /// The position that the next entry gets.
    private(set) var next: UInt64

    /// Begins behind the last entry of a log.
    init(_ log: EventLog) throws(LedgerError) {
        self.log = log
        next = try log.reader().lastPosition() + 1
        first = next
    }

    /// Adds an entry; durable after ``finish()``.
    @available(*, noasync)
    mutating func add(_ entry: Span<UInt8>) throws(LedgerError) {
        let size = Chunk.size(count: ends.count + 1, bytes: entries.count + entry.count)
        if size > LedgerLimits.chunkBytes, !ends.isEmpty { seal() }
        entries.write(raw: entry)
        ends.append(UInt32(entries.count))
        next += 1
        if chunkBytes >= LogCopy.commitBytes { try commit() }
    }

    /// Writes what is left.
    @available(*, noasync)
    mutating func finish() throws(LedgerError) {
        if !ends.isEmpty { seal() }
        try commit()
    }

    private mutating func seal() {
        var body = ByteWriter(capacity: Chunk.size(count: ends.count, bytes: entries.count))
        body.write(first)
        body.write(UInt32(ends.count))
        for end in ends { body.write(end) }
        body.write(raw: entries.bytes)
        var chunk = ByteWriter(capacity: body.count + 8)
        chunk.write(Chunk.magic)
        chunk.write(crc32c(body.bytes.span))
        chunk.write(raw: body.bytes)
        chunks.append((first, chunk.bytes))
        chunkBytes += chunk.count
        first += UInt64(ends.count)
        entries.clear()
        ends.removeAll(keepingCapacity: true)
    }

    @available(*, noasync)
    private mutating func commit() throws(LedgerError) {
        guard !chunks.isEmpty else { return }
        try log.append(chunks)
        chunks.removeAll()
        chunkBytes = 0
    }
}

extension EventLog {
    /// Opens the log of a ledger that was just made, to fill it.
    static func filling(
        _ directory: String, _ options: LedgerOptions
    ) throws(LedgerError) -> EventLog {
        var store = StoreOptions()
        store.mapSize = options.logMapSize
        return try EventLog(directory: directory + "/log", options: store)
    }

    /// Releases the files.
    func close() { environment.close() }

    /// Appends whole chunks in one durable commit.
    @available(*, noasync)
    func append(_ whole: [(first: UInt64, bytes: [UInt8])]) throws(LedgerError) {
        do {
            var transaction = try environment.beginWrite()
            for chunk in whole {
                let bytes = chunk.bytes
                try transaction.putAppend(in: chunks, key: chunk.first, value: bytes.span)
            }
            try transaction.commit()
        } catch { throw LedgerError(error) }
    }
}
