import ClearanceEvents

/// Events as entries, encoded on the caller's thread, ready for the writer.
///
/// Bounded by ``LedgerLimits``. The recorded time is filled in by the writer.
public struct EncodedBatch: Sendable {
    /// What entries are written with, straight into their place.
    var writer = ByteWriter()
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
        writer.write(raw: bytes)
        self.ends = ends
    }

    /// How many entries the batch holds.
    public var count: Int { ends.count }

    /// The bytes of all entries, one after the other.
    var bytes: [UInt8] { writer.bytes }

    /// The bytes of all entries.
    public var byteCount: Int { writer.count }

    /// Makes room for so many entries of the usual size, so that what is there need not move.
    mutating func reserve(_ entries: Int) {
        writer.reserve(entries * LedgerLimits.usualEntryBytes)
        ends.reserveCapacity(entries)
        identities.reserveCapacity(entries)
        heads.reserve(entries)
    }

    func start(of index: Int) -> Int { index == 0 ? 0 : ends[index - 1] }
    func end(of index: Int) -> Int { ends[index] }

    /// Takes in the entry that was just written behind the last one.
    ///
    /// - Parameter subject: what the entry is about, when it is known; else it is read again.
    mutating func add(
        _ identity: EntryIdentity, about subject: Span<UInt8>?, of fields: HeadFields
    ) {
        identities.append(identity)
        let start = ends.last ?? 0
        ends.append(writer.count)
        if let subject, fields.names.isEmpty { return heads.add(subject) }
        do {
            let bytes = writer.bytes
            let entry = bytes.span.extracting(start..<bytes.count)
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
        let base = writer.count
        seals.append(other.seals, first: count)
        writer.write(raw: other.bytes)
        for end in other.ends { ends.append(base + end) }
        identities.append(contentsOf: other.identities)
        heads.append(other.heads)
    }
}
