/// The fixed offsets and limits of an entry (`specs/encoding.md`).
enum EntryFormat {
    /// The first byte of every entry of this format.
    static let version: UInt8 = 2

    static let layoutOffset = 1
    static let typeOffset = 2
    static let timeOffset = 4
    static let recordedOffset = 12
    static let offsetOffset = 20
    static let flagsOffset = 22
    static let identityOffset = 24
    static let contentOffset = 40
    /// Where the counted strings begin.
    static let headerCount = 56

    /// Which optional header texts follow, in this order.
    static let hasActor: UInt16 = 1
    static let hasActorRole: UInt16 = 2
    static let hasOnBehalfOf: UInt16 = 4
    static let hasSequence: UInt16 = 8
    static let hasSigner: UInt16 = 16
    static let hasCorrection: UInt16 = 32
    static let hasExtras: UInt16 = 64
    static let knownFlags: UInt16 = 127

    /// Whether RFC 3339 can write the instant: a local year from 0001 to 9999, an offset of at
    /// most 18 hours.
    static func isWritable(_ time: Instant) -> Bool {
        guard time.offsetMinutes.magnitude <= 18 * 60 else { return false }
        let (local, isBeyond) = time.microseconds.addingReportingOverflow(
            Int64(time.offsetMinutes) * 60_000_000)
        return !isBeyond && (-62_135_596_800_000_000...253_402_300_799_999_999).contains(local)
    }

    typealias Wire = DataKind
}

/// The fixed places in an entry that the ledger's writer needs.
public enum EntryLayout {
    /// Where the event's own time stands: 8 bytes, little-endian microseconds.
    public static let timeOffset = EntryFormat.timeOffset
    /// Where the recorded time stands, written as zero by the encoder.
    public static let recordedOffset = EntryFormat.recordedOffset

    /// Natural key and content mark of an entry's bytes; nil when they are too few for a header.
    public static func identity(of entry: Span<UInt8>) -> EntryIdentity? {
        guard entry.count >= EntryFormat.headerCount else { return nil }
        return EntryIdentity(
            naturalKey: Digest16(
                high: entry.word(at: EntryFormat.identityOffset),
                low: entry.word(at: EntryFormat.identityOffset + 8)),
            content: Digest16(
                high: entry.word(at: EntryFormat.contentOffset),
                low: entry.word(at: EntryFormat.contentOffset + 8)))
    }
}

/// The named limits of events, each with its reason.
public enum EventLimits {
    /// An entry's greatest size: a document without bound is split into numbered parts instead.
    public static let entryBytes = 65_535
    /// Unknown attributes and members together: they are a courtesy, not a second payload.
    public static let extraBytes = 4_096
    /// Records inside records: the deepest layout has three; the rest is room for unknown ones.
    public static let depth = 6
    /// A part of a subject, after encoding: two parts and the scheme fit an LMDB key.
    public static let subjectPartBytes = 128
    /// `source`, `id` and the other envelope texts.
    public static let attributeBytes = 512
}
