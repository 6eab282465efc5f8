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
        let log = try EventLog(
            directory: directory + "/log",
            options: EpochOptions(
                mapSize: options.logMapSize, epochBytes: options.epochBytes,
                durability: .twoFlushes, readOnly: false))
        try log.settle(nil)
        return log
    }

    /// Appends whole chunks in one durable commit, to the next epoch when the live one is full.
    @available(*, noasync)
    func append(_ whole: [(first: UInt64, bytes: [UInt8])]) throws(LedgerError) {
        guard let first = whole.first?.first else { return }
        var live = try self.live()
        let used = try storing { () throws(StoreError) in
            try live.files.environment.mapUsedBytes
        }
        if let limit = options.epochBytes, first > live.first, used >= limit {
            live = try roll(after: first - 1)
        }
        do {
            try put(whole, into: live)
        } catch {
            // An epoch of its own would not have more room either.
            guard error.code == .mapFull, first > live.first else { throw LedgerError(error) }
            let next = try roll(after: first - 1)
            try storing { () throws(StoreError) in try put(whole, into: next) }
        }
    }

    @available(*, noasync)
    private func put(
        _ whole: [(first: UInt64, bytes: [UInt8])], into epoch: Epoch
    ) throws(StoreError) {
        var transaction = try epoch.files.environment.beginWrite()
        for chunk in whole {
            let bytes = chunk.bytes
            try transaction.putAppend(in: epoch.chunks, key: chunk.first, value: bytes.span)
        }
        try transaction.commit()
    }
}
