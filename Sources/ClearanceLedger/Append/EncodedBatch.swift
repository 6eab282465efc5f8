import ClearanceEvents

/// Events as entries, encoded on the caller's thread, ready for the writer.
///
/// Bounded by ``LedgerLimits``. The recorded time is filled in by the writer.
public struct EncodedBatch: Sendable {
    var bytes: [UInt8] = []
    /// Where each entry ends.
    private(set) var ends: [Int] = []
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
}
