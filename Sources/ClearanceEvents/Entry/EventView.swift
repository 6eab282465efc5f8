/// An event as it lies in the log: lazy, over lent bytes, without a copy.
///
/// What folds, the matcher and verification read. Valid only while the bytes are lent; it cannot be
/// stored. Fields are found by a scan over the fields before them, about 2 ns each.
public struct EventView: ~Escapable, Copyable {
    /// The whole entry, as hashed.
    public let bytes: Span<UInt8>
    private let bodyStart: Int
    private let bodyEnd: Int

    /// A view of an entry, its header checked; the body is checked as it is read.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) throws(DecodingError) {
        guard bytes.count >= EntryFormat.headerCount, bytes[0] == EntryFormat.version else {
            throw DecodingError(offset: 0, expected: "an entry of format \(EntryFormat.version)")
        }
        self.bytes = bytes
        var reader = ByteReader(bytes)
        _ = try reader.raw(EntryFormat.headerCount)
        let flags = EventView.flags(bytes)
        guard flags & ~EntryFormat.knownFlags == 0 else {
            throw DecodingError(offset: EntryFormat.flagsOffset, expected: "known flags")
        }
        for _ in 0..<(3 + (flags & 31).nonzeroBitCount) { _ = try reader.counted() }
        if flags & EntryFormat.hasCorrection != 0 {
            _ = try reader.byte()
            _ = try reader.counted()
            _ = try reader.counted()
        }
        let count = try reader.length()
        bodyStart = reader.offset
        bodyEnd = bodyStart + count
        guard EntryFormat.isWritable(instant) else {
            throw DecodingError(offset: EntryFormat.timeOffset, expected: "a time")
        }
    }

    /// Where the parts of an entry lie, as its first view found them.
    public struct Shape: Sendable {
        let bodyStart: Int
        let bodyEnd: Int
    }

    /// The shape of this entry: with it the same bytes are viewed again without another scan.
    public var shape: Shape { Shape(bodyStart: bodyStart, bodyEnd: bodyEnd) }

    /// A view of an entry that was viewed before. Traps when the shape is not of these bytes' size.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>, shape: Shape) {
        precondition(shape.bodyEnd <= bytes.count, "the shape of another entry")
        self.bytes = bytes
        bodyStart = shape.bodyStart
        bodyEnd = shape.bodyEnd
    }

    /// The event's type.
    public var type: EventType { EventType(code: UInt16(little(EntryFormat.typeOffset, 2))) }

    /// The version of the payload's layout.
    public var layoutVersion: UInt8 { bytes[EntryFormat.layoutOffset] }

    /// When it happened, as the event says; microseconds since 1970 UTC.
    public var time: Int64 { Int64(bitPattern: little(EntryFormat.timeOffset, 8)) }

    /// When it happened, with the offset that was given.
    public var instant: Instant {
        Instant(
            microseconds: time,
            offsetMinutes: Int16(
                bitPattern: UInt16(little(EntryFormat.offsetOffset, 2))))
    }

    /// When it was recorded; microseconds since 1970 UTC. No fold may read it.
    public var recordedTime: Int64 { Int64(bitPattern: little(EntryFormat.recordedOffset, 8)) }

    /// Which fact this is, and which content it gives.
    public var identity: EntryIdentity {
        EntryIdentity(
            naturalKey: Digest16(
                high: little(EntryFormat.identityOffset, 8),
                low: little(EntryFormat.identityOffset + 8, 8)),
            content: Digest16(
                high: little(EntryFormat.contentOffset, 8),
                low: little(EntryFormat.contentOffset + 8, 8)))
    }

    /// The place of the event in canonical order: (time, natural key, content).
    public var order: CanonicalOrder { CanonicalOrder(time: time, identity: identity) }

    /// The event's `source`.
    public var source: Span<UInt8> { @_lifetime(copy self) get { headerText(0) } }
    /// The event's `id`.
    public var id: Span<UInt8> { @_lifetime(copy self) get { headerText(1) } }
    /// The event's subject.
    public var subject: Span<UInt8> { @_lifetime(copy self) get { headerText(2) } }
    /// The event's actor; empty when there is none.
    public var actor: Span<UInt8> {
        @_lifetime(copy self) get { optionalText(EntryFormat.hasActor) }
    }

    /// The event's type definition; nil for a type that this version does not know.
    public var definition: EventDefinition? { type.definition }

    /// Whether the event corrects another.
    public var isCorrection: Bool { EventView.flags(bytes) & EntryFormat.hasCorrection != 0 }

    /// The clear body: codes, decimals, dates.
    public var data: RecordView {
        @_lifetime(copy self) get { RecordView(bytes.extracting(bodyStart..<bodyEnd)) }
    }

    /// The bytes behind the body: sections, marks, extras.
    var trailer: Span<UInt8> {
        @_lifetime(copy self) get { bytes.extracting(bodyEnd..<bytes.count) }
    }

    /// Digest of (source, id): what corrections name.
    public var envelopeKey: Digest16 { LinkKey.envelope(source: source, id: id) }

    /// The (source, id) that this event corrects and how; nil when it corrects none.
    public var correction: (target: Digest16, reason: Correction.Reason)? {
        guard isCorrection, var reader = try? headerReader(skipping: 3 + optionalCount),
            let raw = try? reader.byte(), let reason = Correction.Reason(rawValue: raw),
            let source = try? reader.counted(), let id = try? reader.counted()
        else { return nil }
        return (LinkKey.envelope(source: source, id: id), reason)
    }

    /// The mark of a field; nil when the field is absent or has no mark.
    public func mark(_ field: FieldRef) -> Digest16? {
        // The first mark of a field is that of its text; the folded one stands behind it.
        var found: Digest16?
        forEachMark { number, _, mark in
            if number == field.number { found = mark }
            return number != field.number
        }
        return found
    }

    /// The mark of a field's folded form, which equals that of every other spelling; nil when the
    /// field is absent or has no mark.
    public func foldedMark(_ field: FieldRef) -> Digest16? {
        var found: Digest16?
        forEachMark { number, way, mark in
            if number == field.number, found == nil || way == .folded { found = mark }
            return number <= field.number
        }
        return found
    }

    /// Whether an entry corrects another, told without reading more than its flags.
    public static func isCorrection(_ entry: Span<UInt8>) -> Bool {
        entry.count >= EntryFormat.headerCount
            && flags(entry) & EntryFormat.hasCorrection != 0
    }

    static func flags(_ bytes: Span<UInt8>) -> UInt16 {
        UInt16(bytes[EntryFormat.flagsOffset]) | UInt16(bytes[EntryFormat.flagsOffset + 1]) << 8
    }

    private var optionalCount: Int { Int((EventView.flags(bytes) & 31).nonzeroBitCount) }

    @_lifetime(copy self)
    private func headerReader(skipping count: Int) throws(DecodingError) -> ByteReader {
        var reader = ByteReader(bytes)
        _ = try reader.raw(EntryFormat.headerCount)
        for _ in 0..<count { _ = try reader.counted() }
        return reader
    }

    @_lifetime(copy self)
    private func headerText(_ index: Int) -> Span<UInt8> {
        guard var reader = try? headerReader(skipping: index), let text = try? reader.counted()
        else { return bytes.extracting(0..<0) }
        return text
    }

    @_lifetime(copy self)
    private func optionalText(_ flag: UInt16) -> Span<UInt8> {
        let flags = EventView.flags(bytes)
        guard flags & flag != 0 else { return bytes.extracting(0..<0) }
        return headerText(3 + Int((flags & (flag - 1)).nonzeroBitCount))
    }

    /// The header is longer than its last number by eight bytes and more, so that every number is
    /// read as eight bytes of one run: a single load.
    private func little(_ offset: Int, _ width: Int) -> UInt64 {
        let run = bytes.extracting(offset..<(offset + 8))
        var value: UInt64 = 0
        for index in 0..<8 { value |= UInt64(run[index]) << UInt64(8 * index) }
        return width < 8 ? value & (1 << UInt64(8 * width) - 1) : value
    }
}

/// The place of an event among those of its key: by time, then by what it is.
public struct CanonicalOrder: Sendable, Hashable, Comparable {
    public let time: Int64
    public let identity: EntryIdentity

    public init(time: Int64, identity: EntryIdentity) {
        self.time = time
        self.identity = identity
    }

    public static func < (left: CanonicalOrder, right: CanonicalOrder) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.identity.naturalKey != right.identity.naturalKey {
            return left.identity.naturalKey < right.identity.naturalKey
        }
        return left.identity.content < right.identity.content
    }
}
