import ClearanceEvents

/// Events as entries, encoded on the caller's thread, ready for the writer.
///
/// Bounded by ``LedgerLimits``. The recorded time is filled in by the writer.
public struct EncodedBatch: Sendable {
    var bytes: [UInt8] = []
    /// Where each entry ends.
    private(set) var ends: [Int] = []
    private(set) var identities: [EntryIdentity] = []
    /// What each entry is about.
    private(set) var heads = HeadKeys()
    /// The keys of sealed sections.
    var seals = EntrySeals()

    /// A batch without entries.
    public init() {}

    /// Entries that were in a log already, by their ends; nothing is known of them.
    init(bytes: [UInt8], ends: [Int]) {
        self.bytes = bytes
        self.ends = ends
    }

    /// How many entries the batch holds.
    public var count: Int { ends.count }

    /// The bytes of all entries.
    public var byteCount: Int { bytes.count }

    func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
    func end(of index: Int) -> Int { ends[index] }

    /// Adds an entry that was just encoded.
    mutating func add(
        _ entry: Span<UInt8>, _ identity: EntryIdentity, of fields: HeadFields
    ) {
        bytes.append(copying: entry)
        ends.append(bytes.count)
        identities.append(identity)
        do {
            heads.add(try EventView(entry), of: fields)
        } catch {
            preconditionFailure("an entry that was just encoded: \(error)")
        }
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
        heads.append(other.heads)
    }
}
