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
/// that callers can encode on their own threads. Cost: one walk over the event and two keyed hashes
/// of it; a walk for each section besides, and one more for the marks if it has any.
public struct EntryEncoder: Sendable {
    let indexKey: SipKey

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
        guard let definition = given.type.definition else { throw EntryEncoder.unknownType }
        guard given.withheld.isEmpty else {
            throw EncodingRefusal(
                code: "withheld", path: "data",
                message: "an event whose personal parts could not be read is another event")
        }
        let room = try EntryRoom(given)
        guard given.subject == PersonSubject.open else {
            return try write(given, definition, room, into: &writer, sealer: &sealer)
        }
        var event = given
        event.subject = PersonSubject.filled(event.subject, from: event.data, key: indexKey)
        return try write(event, definition, EntryRoom(event), into: &writer, sealer: &sealer)
    }

    /// Appends header and body of an event whose sections could not all be read, under the identity
    /// that its entry has; answers where they end. For verification without keys.
    public func encodeClearPart(
        of event: Event, identity: EntryIdentity, into writer: inout ByteWriter
    ) throws(EncodingRefusal) -> Int {
        guard let definition = event.type.definition else { throw EntryEncoder.unknownType }
        let start = writer.count
        _ = writeClearPart(event, definition, try EntryRoom(event), known: identity, into: &writer)
        return writer.count - start
    }

    private static let unknownType = EncodingRefusal(
        code: "unknownType", path: "type", message: "the vocabulary has no such type")

    private func write<Sealer: SectionSealer>(
        _ event: Event, _ definition: EventDefinition, _ room: EntryRoom,
        into writer: inout ByteWriter, sealer: inout Sealer
    ) throws(EncodingRefusal) -> EntryIdentity {
        let start = writer.count
        let clear = writeClearPart(event, definition, room, known: nil, into: &writer)
        writer.write(UInt8(clear.sections.nonzeroBitCount))
        for section in [Section.buyer, .consignee] where clear.sections & section.bit != 0 {
            write(
                section, of: event.data, room, under: clear.identity, from: start,
                into: &writer, sealer: &sealer)
        }
        writeMarks(event.data, atMost: clear.marked, into: &writer)
        if let extras = event.rare?.values.extras, !extras.isEmpty {
            writer.write(raw: EntryEncoder.bytes(ofExtras: extras))
        }
        guard writer.count - start <= EventLimits.entryBytes else {
            writer.truncate(to: start)
            throw EntryRoom.tooLargeEntry
        }
        return clear.identity
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
