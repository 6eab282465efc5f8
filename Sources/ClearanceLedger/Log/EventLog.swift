import ClearanceEvents
import ClearanceStore

/// The log's environment: chunks of entries under the position of their first entry.
final class EventLog: Sendable {
    /// Raised when chunks or tables change in a way that older code cannot read.
    static let format: UInt32 = 1

    let environment: Environment
    let chunks: Table

    init(directory: String, options: StoreOptions) throws(LedgerError) {
        environment = try storing { () throws(StoreError) in
            var options = options
            options.pageCheck = PageCheck(
                growingTable: "chunks", effort: .bounded(pages: LedgerLimits.openingPages))
            return try Environment(
                directory: directory, format: EventLog.format, options: options)
        }
        let environment = self.environment
        chunks = try storing { () throws(StoreError) in try environment.table("chunks") }
    }

    /// A reader at the log's newest commit.
    func reader() throws(LedgerError) -> LogReader {
        let (environment, chunks) = (self.environment, self.chunks)
        return LogReader(
            snapshot: try storing { () throws(StoreError) in try Snapshot(environment) },
            chunks: chunks)
    }

    /// Appends the chosen entries of a batch in one durable commit.
    @available(*, noasync)
    func append(_ batch: borrowing EncodedBatch, first: UInt64) throws(LedgerError) {
        do {
            var transaction = try environment.beginWrite()
            var position = first
            var start = 0
            while start < batch.count {
                let end = batch.chunkEnd(from: start)
                let chunk = Chunk.encode(batch, start..<end, first: position)
                try transaction.putAppend(in: chunks, key: position, value: chunk.span)
                position += UInt64(end - start)
                start = end
            }
            try transaction.commit()
        } catch {
            throw LedgerError(error)
        }
    }
}

/// Reads entries of one snapshot of the log. For one thread at a time.
final class LogReader: Sendable {
    let snapshot: Snapshot
    private let chunks: Table

    init(snapshot: Snapshot, chunks: Table) {
        self.snapshot = snapshot
        self.chunks = chunks
    }

    /// Moves to the newest commit.
    func refresh() throws(LedgerError) {
        try storing { () throws(StoreError) in try snapshot.refresh() }
    }

    /// The position of the last entry; 0 for an empty log.
    func lastPosition() throws(LedgerError) -> UInt64 {
        try storing { () throws(StoreError) in
            try snapshot.withLast(in: chunks) { (_, value) throws(StoreError) in
                let chunk = try ChunkView(value)
                return chunk.first + UInt64(chunk.count) - 1
            } ?? 0
        }
    }

    /// Lends one entry's bytes. Cost: one tree descent, about a microsecond.
    func withEntry<R>(
        _ position: UInt64, _ body: (Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        let found = try snapshot.withFloor(in: chunks, key: position) {
            (_, value) throws(StoreError) -> R? in
            let chunk = try ChunkView(value)
            guard position >= chunk.first, position < chunk.first + UInt64(chunk.count) else {
                return nil
            }
            return try body(try chunk.entry(Int(position - chunk.first)))
        }
        guard let result = found ?? nil else {
            throw StoreError(.notFound, "read position \(position)")
        }
        return result
    }

    /// Lends entries in the order of their positions until `body` says no.
    func forEach(
        from start: UInt64, through end: UInt64,
        _ body: (UInt64, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        guard start <= end else { return }
        let firstKey = try snapshot.withFloor(in: chunks, key: start) { (key, _) in key } ?? start
        try snapshot.forEach(in: chunks, from: firstKey) { (_, value) throws(StoreError) in
            let chunk = try ChunkView(value)
            for index in 0..<chunk.count {
                let position = chunk.first + UInt64(index)
                if position < start { continue }
                guard position <= end else { return false }
                guard try body(position, try chunk.entry(index)) else { return false }
            }
            return true
        }
    }

    /// Lends whole chunks, for verification.
    func forEachChunk(
        _ body: (UInt64, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        try snapshot.forEach(in: chunks, from: 0, body)
    }
}
