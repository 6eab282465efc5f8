import ClearanceEvents
import ClearanceStore
import Synchronization

/// Reads entries of one commit of the log, over all its epochs. For one thread at a time.
final class LogReader: Sendable {
    /// An epoch and, once it was asked for, a snapshot of it.
    private struct Place: Sendable {
        let epoch: EpochPlace
        var snapshot: Snapshot?
    }

    private let log: EventLog
    /// The live epoch is the last, and always has its snapshot.
    private let places: Mutex<[Place]>

    init(_ log: EventLog) throws(LedgerError) {
        self.log = log
        places = Mutex(try LogReader.places(of: log))
    }

    private static func places(of log: EventLog) throws(LedgerError) -> [Place] {
        var places = try log.places().map { Place(epoch: $0) }
        let live = try storing { () throws(StoreError) in
            try places[places.count - 1].epoch.opened().files.environment
        }
        places[places.count - 1].snapshot = try storing { () throws(StoreError) in
            try Snapshot(live)
        }
        return places
    }

    /// The position of the last entry; 0 for an empty log.
    func lastPosition() throws(LedgerError) -> UInt64 {
        try storing { () throws(StoreError) in
            let (epoch, snapshot) = try place(of: .max)
            return try epoch.lastPosition(in: snapshot)
        }
    }

    /// Flushes the file of the newest epoch: then the commit that is read survives a loss of power.
    ///
    /// For a process that only reads. The system tells a failed flush to each open file by itself,
    /// so none of the writer's is missed.
    func flush() throws(StoreError) {
        let (epoch, _) = try place(of: .max)
        do throws(StoreError) {
            try ByteFile(epoch.files.directory + "/" + ClosingRecord.dataName, .read).sync()
        } catch {
            // An epoch that has ended was flushed, and may have another place by now; what knows no
            // flush is a disk that nobody writes.
            guard [.notFound, .invalid, .readOnly].contains(error.code) else { throw error }
        }
    }

    /// Lends one entry's bytes. Cost: one tree descent, about a microsecond, and the checksum of
    /// its chunk, at most 2.5 more; a few nanoseconds in the chunk of the one lent before.
    ///
    /// Throws `notFound` behind the end, `corrupted` when the chunk is not what was written.
    func withEntry<R>(
        _ position: UInt64, _ body: (Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        guard let result = try found(position, body) else {
            throw StoreError(.notFound, "read position \(position)")
        }
        return result
    }

    /// What the entry at a position is; nil when this commit does not reach it.
    ///
    /// Cost: a few nanoseconds when it stands in the chunk of the one asked for before.
    func identity(at position: UInt64) throws(LedgerError) -> EntryIdentity? {
        try storing { () throws(StoreError) in
            try found(position) { (bytes) throws(StoreError) in
                guard let identity = EntryLayout.identity(of: bytes) else {
                    throw StoreError(.corrupted, "read an entry without its header")
                }
                return identity
            }
        }
    }

    /// Lends entries in the order of their positions until `body` says no; each chunk's checksum
    /// is looked at first.
    func forEach(
        from start: UInt64, through end: UInt64,
        _ body: (UInt64, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        guard start <= end else { return }
        try forEachChunk(from: start) { (_, value) throws(StoreError) in
            guard try ChunkView(value).first <= end else { return false }
            let chunk = try LogReader.intact(value)
            let from = max(start, chunk.first)
            guard from <= chunk.last else { return true }
            for position in from...min(end, chunk.last) {
                let entry = try chunk.entry(Int(position - chunk.first))
                guard try body(position, entry) else { return false }
            }
            return chunk.last < end
        }
    }

    /// Lends whole chunks from the one that holds `start` on, until `body` says no.
    ///
    /// What is appended meanwhile is not lent. The commit that is looked at is given back whenever
    /// the time of ``LedgerOptions/readMilliseconds`` is used up, and the next stretch goes on
    /// behind the last chunk of this one: chunks never change, so nothing is lost or seen twice.
    func forEachChunk(
        from start: UInt64, _ body: (UInt64, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        let lines = places.withLock { $0.map(\.epoch.line) }
        let (live, newest) = try place(of: .max)
        let end = try live.lastPosition(in: newest)
        var goesOn = true
        for line in lines where goesOn {
            if let last = line.last, last < start { continue }
            let (epoch, snapshot) = try place(of: max(line.first, start))
            let key = try snapshot.withFloor(in: epoch.chunks, key: start) { (key, _) in key }
            var next: UInt64? = key ?? epoch.first
            while let from = next, goesOn, from <= end {
                next = nil
                var stretch = Stretch(log.options.readNanoseconds)
                try snapshot.forEach(in: epoch.chunks, from: from) {
                    (key, value) throws(StoreError) in
                    guard key <= end else { return false }
                    goesOn = try body(key, value)
                    guard goesOn, stretch.isOver(after: value.count) else { return goesOn }
                    next = key + 1
                    return false
                }
                if next != nil { try snapshot.refreshIfIdle() }
            }
        }
    }

    /// How long a scan may look at one commit.
    private struct Stretch {
        private let end: UInt64
        private var unseen = 0

        init(_ nanoseconds: UInt64) { end = MonotonicTime.nanoseconds() &+ nanoseconds }

        /// Whether the time is used up; the clock is looked at about once in 64 KiB, as it costs
        /// as much as reading a small chunk.
        mutating func isOver(after bytes: Int) -> Bool {
            unseen += bytes + 2_048
            guard unseen >= LedgerLimits.chunkBytes else { return false }
            unseen = 0
            return MonotonicTime.nanoseconds() >= end
        }
    }

    /// A chunk whose structure and checksum are right.
    @_lifetime(copy value)
    private static func intact(_ value: Span<UInt8>) throws(StoreError) -> ChunkView {
        let chunk = try ChunkView(value)
        guard chunk.isIntact else {
            throw StoreError(.corrupted, "read a chunk at \(chunk.first) of another checksum")
        }
        return chunk
    }

    /// What `body` makes of the entry at a position; nil when there is none. The checksum of a
    /// chunk is looked at when it is come to, so that neighbours in it cost nothing more.
    private func found<R>(
        _ position: UInt64, _ body: (Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R? {
        guard position > 0 else { return nil }
        let (epoch, snapshot) = try place(of: position)
        return try snapshot.withKeptFloor(in: epoch.chunks, key: position) {
            (value) throws(StoreError) in
            _ = try LogReader.intact(value)
        } _: { (value) throws(StoreError) -> R? in
            let chunk = try ChunkView(value)
            guard position >= chunk.first, position <= chunk.last else { return nil }
            return try body(try chunk.entry(Int(position - chunk.first)))
        }
    }

    /// The epoch that holds a position, or would, with its snapshot.
    private func place(of position: UInt64) throws(StoreError) -> (Epoch, Snapshot) {
        let result: Result<(Epoch, Snapshot), StoreError> = places.withLock { places in
            var index = places.count - 1
            while index > 0, position < places[index].epoch.line.first { index -= 1 }
            do throws(StoreError) {
                let epoch = try places[index].epoch.opened()
                if let snapshot = places[index].snapshot { return .success((epoch, snapshot)) }
                let snapshot = try Snapshot(epoch.files.environment)
                places[index].snapshot = snapshot
                return .success((epoch, snapshot))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
