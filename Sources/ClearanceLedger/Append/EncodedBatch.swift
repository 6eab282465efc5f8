import ClearanceEvents

/// Events as entries, encoded on the caller's thread, ready for the writer.
///
/// Bounded by ``LedgerLimits``. The recorded time is filled in by the writer.
public struct EncodedBatch: Sendable {
    var bytes: [UInt8] = []
    private var ends: [Int] = []
    private(set) var identities: [EntryIdentity] = []
    /// The keys of sealed sections.
    var seals = EntrySeals()

    /// A batch without entries.
    public init() {}

    /// How many entries the batch holds.
    public var count: Int { ends.count }

    /// The bytes of all entries.
    public var byteCount: Int { bytes.count }

    func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
    func end(of index: Int) -> Int { ends[index] }

    func byteCount(of range: Range<Int>) -> Int {
        range.isEmpty ? 0 : ends[range.upperBound - 1] - start(of: range.lowerBound)
    }

    /// Adds an entry.
    mutating func add(_ entry: Span<UInt8>, _ identity: EntryIdentity) {
        bytes.append(copying: entry)
        ends.append(bytes.count)
        identities.append(identity)
    }

    /// Adds all entries of another batch behind the own ones.
    public mutating func append(_ other: EncodedBatch) {
        if count == 0 {
            self = other
            return
        }
        let base = bytes.count
        seals.append(other.seals, first: count)
        bytes.append(contentsOf: other.bytes)
        for end in other.ends { ends.append(base + end) }
        identities.append(contentsOf: other.identities)
    }

    /// Fills the recorded time of every entry in.
    mutating func stamp(_ recorded: (Int) -> Int64) {
        for index in 0..<count {
            let value = UInt64(bitPattern: recorded(index))
            let base = start(of: index) + EntryLayout.recordedOffset
            for byte in 0..<8 {
                bytes[base + byte] = UInt8(truncatingIfNeeded: value >> (8 * byte))
            }
        }
    }

    /// The event's own time of an entry.
    func time(of index: Int) -> Int64 {
        let base = start(of: index) + EntryLayout.timeOffset
        return Int64(
            bitPattern: (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[base + $1]) << (8 * $1) })
    }

    /// The end of the chunk that starts at entry `start`: as many entries as fit it, at least one.
    func chunkEnd(from start: Int) -> Int {
        var end = start + 1
        while end < count,
            Chunk.size(count: end + 1 - start, bytes: byteCount(of: start..<(end + 1)))
                <= LedgerLimits.chunkBytes
        {
            end += 1
        }
        return end
    }
}
