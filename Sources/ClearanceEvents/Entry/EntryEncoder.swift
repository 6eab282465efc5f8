/// Why an event cannot become an entry although its form is sound.
public struct EncodingRefusal: Error, Sendable, Equatable, CustomStringConvertible {
    /// The stable code used in rejects and outcomes.
    public let code: String
    /// Which part of the event is meant. Never holds a value.
    public let path: String
    /// The reason in English.
    public let message: String

    public init(code: String, path: String, message: String) {
        self.code = code
        self.path = path
        self.message = message
    }

    public var description: String { "\(code) at \(path): \(message)" }
}

/// Writes events as entries (`specs/encoding.md`).
///
/// The recorded time is written as zero and filled in by the ledger's writer at a fixed offset, so
/// that callers can encode on their own threads. Cost: one pass over the event, one keyed hash.
public struct EntryEncoder: Sendable {
    private let indexKey: SipKey

    /// An encoder whose marks are made under `indexKey`.
    public init(indexKey: SipKey) { self.indexKey = indexKey }

    /// Appends the entry of `event` to `writer`, its sections in clear; on refusal nothing is
    /// appended.
    public func encode(
        _ event: Event, into writer: inout ByteWriter
    ) throws(EncodingRefusal) -> EntryIdentity {
        var sealer = ClearSections()
        return try encode(event, into: &writer, sealer: &sealer)
    }

    /// Appends the entry of `event` to `writer`, its sections as `sealer` makes them; on refusal
    /// nothing is appended, but sections may have been sealed.
    public func encode<Sealer: SectionSealer>(
        _ given: Event, into writer: inout ByteWriter, sealer: inout Sealer
    ) throws(EncodingRefusal) -> EntryIdentity {
        guard let definition = given.type.definition else {
            throw EncodingRefusal(
                code: "unknownType", path: "type", message: "the vocabulary has no such type")
        }
        guard given.withheld.isEmpty else {
            throw EncodingRefusal(
                code: "withheld", path: "data",
                message: "an event whose personal parts could not be read is another event")
        }
        try checkAttributes(given)
        guard !given.data.isDeeper(than: EventLimits.depth),
            !given.extras.isDeeper(than: EventLimits.depth)
        else {
            throw EncodingRefusal(
                code: "tooDeep", path: "data", message: "more than \(EventLimits.depth) levels")
        }
        guard given.subject == PersonSubject.open else {
            return try write(given, definition: definition, into: &writer, sealer: &sealer)
        }
        var event = given
        event.subject = PersonSubject.filled(event.subject, from: event.data, key: indexKey)
        return try write(event, definition: definition, into: &writer, sealer: &sealer)
    }

    /// Appends header and body of an event whose sections could not all be read, under the identity
    /// that its entry has; answers where they end. For verification without keys.
    public func encodeClearPart(
        of event: Event, identity: EntryIdentity, into writer: inout ByteWriter
    ) throws(EncodingRefusal) -> Int {
        guard let definition = event.type.definition else {
            throw EncodingRefusal(
                code: "unknownType", path: "type", message: "the vocabulary has no such type")
        }
        let start = writer.count
        writeHeader(event, definition: definition, identity: identity, into: &writer)
        write(event.data, section: .body, into: &writer)
        return writer.count - start
    }

    private func write<Sealer: SectionSealer>(
        _ event: Event, definition: EventDefinition, into writer: inout ByteWriter,
        sealer: inout Sealer
    ) throws(EncodingRefusal) -> EntryIdentity {
        let identity = EntryIdentity(
            naturalKey: NaturalKey.of(event), content: ContentMark.of(event, key: indexKey))
        let start = writer.count
        writeHeader(event, definition: definition, identity: identity, into: &writer)
        write(event.data, section: .body, into: &writer)
        writeSections(event.data, of: identity, from: start, into: &writer, sealer: &sealer)
        writeMarks(event.data, into: &writer)
        if !event.extras.isEmpty {
            let before = writer.count
            write(event.extras, section: nil, into: &writer)
            guard writer.count - before <= EventLimits.extraBytes else {
                writer.truncate(to: start)
                throw EncodingRefusal(
                    code: "tooLarge", path: "extensions",
                    message: "unknown attributes exceed \(EventLimits.extraBytes) bytes")
            }
        }
        guard writer.count - start <= EventLimits.entryBytes else {
            writer.truncate(to: start)
            throw EncodingRefusal(
                code: "tooLarge", path: "data",
                message: "the entry exceeds \(EventLimits.entryBytes) bytes")
        }
        return identity
    }

    private func checkAttributes(_ event: Event) throws(EncodingRefusal) {
        guard EntryFormat.isWritable(event.time) else {
            throw EncodingRefusal(
                code: "malformedTime", path: "time",
                message: "not within the years 0001 to 9999, or an offset beyond 18 hours")
        }
        try check(event.source, "source")
        try check(event.id, "id")
        try check(event.subject, "subject")
        try check(event.actor, "actor")
        try check(event.actorRole, "actorrole")
        try check(event.onBehalfOf, "onbehalfof")
        try check(event.sequence, "sequence")
        try check(event.signer, "signer")
        try check(event.corrects?.source, "corrects.source")
        try check(event.corrects?.id, "corrects.id")
    }

    private func check(_ text: String?, _ path: String) throws(EncodingRefusal) {
        guard let text, text.utf8.count > EventLimits.attributeBytes else { return }
        throw EncodingRefusal(
            code: "tooLarge", path: path,
            message: "longer than \(EventLimits.attributeBytes) bytes")
    }

    private func writeHeader(
        _ event: Event, definition: EventDefinition, identity: EntryIdentity,
        into writer: inout ByteWriter
    ) {
        writer.write(EntryFormat.version)
        writer.write(definition.layoutVersion)
        writer.write(event.type.code)
        writer.write(event.time.microseconds)
        writer.write(Int64(0))
        writer.write(UInt16(bitPattern: event.time.offsetMinutes))
        writer.write(flags(of: event))
        writer.write(identity.naturalKey.high)
        writer.write(identity.naturalKey.low)
        writer.write(identity.content.high)
        writer.write(identity.content.low)
        writer.write(text: event.source)
        writer.write(text: event.id)
        writer.write(text: event.subject)
        if let text = event.actor { writer.write(text: text) }
        if let text = event.actorRole { writer.write(text: text) }
        if let text = event.onBehalfOf { writer.write(text: text) }
        if let text = event.sequence { writer.write(text: text) }
        if let text = event.signer { writer.write(text: text) }
        if let corrects = event.corrects {
            writer.write(corrects.reason.rawValue)
            writer.write(text: corrects.source)
            writer.write(text: corrects.id)
        }
    }

    private func flags(of event: Event) -> UInt16 {
        (event.actor == nil ? 0 : EntryFormat.hasActor)
            | (event.actorRole == nil ? 0 : EntryFormat.hasActorRole)
            | (event.onBehalfOf == nil ? 0 : EntryFormat.hasOnBehalfOf)
            | (event.sequence == nil ? 0 : EntryFormat.hasSequence)
            | (event.signer == nil ? 0 : EntryFormat.hasSigner)
            | (event.corrects == nil ? 0 : EntryFormat.hasCorrection)
            | (event.extras.isEmpty ? 0 : EntryFormat.hasExtras)
    }

    private func writeSections<Sealer: SectionSealer>(
        _ data: DataRecord, of identity: EntryIdentity, from entry: Int,
        into writer: inout ByteWriter, sealer: inout Sealer
    ) {
        let found = RecordEncoder.sections(data.cursor, of: data.layout)
        writer.write(UInt8(found.nonzeroBitCount))
        for section in [Section.buyer, .consignee] where found & section.bit != 0 {
            writer.write(section.rawValue)
            writer.write(sealer.suite(of: section))
            let start = writer.beginCounted()
            RecordEncoder.encode(data.cursor, of: data.layout, part: section, into: &writer)
            sealer.seal(section, of: identity, from: start + 1, in: &writer)
            let count = writer.count - start - 1
            writer.endCounted(start)
            // A long part was moved by the bytes of its length: only now is its place known.
            sealer.placed(section, at: writer.count - count - entry)
        }
    }

    private func write(
        _ data: DataRecord, section: Section?, into writer: inout ByteWriter
    ) {
        let start = writer.beginCounted()
        RecordEncoder.encode(data.cursor, of: data.layout, part: section, into: &writer)
        writer.endCounted(start)
    }

    /// Every non-empty text of a field with a normalisation has its mark, and behind it that of its
    /// folded form where folding changes it.
    private func writeMarks(_ data: DataRecord, into writer: inout ByteWriter) {
        var count = 0
        var cursor = data.cursor
        while cursor.next() {
            guard let way = EntryEncoder.way(of: cursor, in: data.layout) else { continue }
            count += way == .exact && !Folding.isFolded(cursor.text) ? 2 : 1
        }
        writer.writeVarint(UInt64(count))
        cursor = data.cursor
        while count > 0, cursor.next() {
            guard let way = EntryEncoder.way(of: cursor, in: data.layout) else { continue }
            write(Mark.of(cursor.text, way: way, key: indexKey), way, of: cursor.number, &writer)
            count -= 1
            guard way == .exact, !Folding.isFolded(cursor.text) else { continue }
            let folded = Mark.of(cursor.text, way: .folded, key: indexKey)
            write(folded, .folded, of: cursor.number, &writer)
            count -= 1
        }
    }

    private func write(
        _ mark: Digest16, _ way: MarkNormalisation, of number: UInt16, _ writer: inout ByteWriter
    ) {
        writer.writeVarint(UInt64(number))
        writer.write(way.rawValue)
        writer.write(mark.high)
        writer.write(mark.low)
    }

    /// How the mark of a member is made; nil for a member without one.
    private static func way(
        of member: DataCursor, in layout: RecordLayout
    ) -> MarkNormalisation? {
        guard member.number != 0, member.kind == .text, !member.text.isEmpty else { return nil }
        return layout.traits(member.number).mark
    }
}

/// What tells an entry from every other: which fact it is, and which content it gives it.
public struct EntryIdentity: Sendable, Hashable {
    /// Digest of (type, subject, marker).
    public let naturalKey: Digest16
    /// Digest of the canonical values.
    public let content: Digest16

    public init(naturalKey: Digest16, content: Digest16) {
        self.naturalKey = naturalKey
        self.content = content
    }
}
