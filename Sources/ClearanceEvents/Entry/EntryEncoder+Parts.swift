// The parts of an entry, in their order (`specs/encoding.md`, entry).

extension EntryEncoder {
    /// What the walk over an event's body came to.
    struct ClearPart {
        let identity: EntryIdentity
        /// The sections that have anything of the event, one bit each.
        let sections: UInt8
        /// How many of its members have marks, at most.
        let marked: Int
    }

    /// Writes header and body; the identity is what the event says, unless it is known.
    func writeClearPart(
        _ event: Event, _ definition: EventDefinition, _ room: EntryRoom, known: EntryIdentity?,
        into writer: inout ByteWriter
    ) -> ClearPart {
        var walk = BodyWalk(ContentMark(of: event, key: indexKey))
        let naturalKey = known?.naturalKey ?? NaturalKey.of(event)
        var content = Digest16(high: 0, low: 0)
        writer.fill(room.clear) { writer in
            EntryEncoder.writeHeader(event, definition, naturalKey: naturalKey, into: &writer)
            let body = writer.begin(guess: room.guess)
            walk.take(event.data.cursor, of: event.data.layout, into: &writer)
            writer.end(body)
            content = known?.content ?? walk.mark.finish()
            writer.store(content.high, at: EntryFormat.contentOffset)
            writer.store(content.low, at: EntryFormat.contentOffset + 8)
        }
        return ClearPart(
            identity: EntryIdentity(naturalKey: naturalKey, content: content),
            sections: walk.sections, marked: walk.marked)
    }

    /// Writes everything before the body; the content mark is yet to be made.
    private static func writeHeader(
        _ event: Event, _ definition: EventDefinition, naturalKey: Digest16,
        into room: inout RoomWriter
    ) {
        room.write(EntryFormat.version)
        room.write(definition.layoutVersion)
        room.write(event.type.code)
        room.write(event.time.microseconds)
        room.write(Int64(0))
        room.write(UInt16(bitPattern: event.time.offsetMinutes))
        room.write(event.rare.map { flags(of: $0.values) } ?? 0)
        room.write(naturalKey.high)
        room.write(naturalKey.low)
        room.write(UInt64(0))
        room.write(UInt64(0))
        room.write(counted: event.source.utf8Span.span)
        room.write(counted: event.id.utf8Span.span)
        room.write(counted: event.subject.utf8Span.span)
        if let rare = event.rare { write(rare.values, into: &room) }
    }

    private static func write(_ rare: RareAttributes.Values, into room: inout RoomWriter) {
        if let text = rare.actor { room.write(counted: text.utf8Span.span) }
        if let text = rare.actorRole { room.write(counted: text.utf8Span.span) }
        if let text = rare.onBehalfOf { room.write(counted: text.utf8Span.span) }
        if let text = rare.sequence { room.write(counted: text.utf8Span.span) }
        if let text = rare.signer { room.write(counted: text.utf8Span.span) }
        if let corrects = rare.corrects {
            room.write(corrects.reason.rawValue)
            room.write(counted: corrects.source.utf8Span.span)
            room.write(counted: corrects.id.utf8Span.span)
        }
    }

    private static func flags(of rare: RareAttributes.Values) -> UInt16 {
        (rare.actor == nil ? 0 : EntryFormat.hasActor)
            | (rare.actorRole == nil ? 0 : EntryFormat.hasActorRole)
            | (rare.onBehalfOf == nil ? 0 : EntryFormat.hasOnBehalfOf)
            | (rare.sequence == nil ? 0 : EntryFormat.hasSequence)
            | (rare.signer == nil ? 0 : EntryFormat.hasSigner)
            | (rare.corrects == nil ? 0 : EntryFormat.hasCorrection)
            | (rare.extras.isEmpty ? 0 : EntryFormat.hasExtras)
    }

    /// Writes one section, as the sealer makes it.
    func write<Sealer: SectionSealer>(
        _ section: Section, of data: DataRecord, _ room: EntryRoom, under identity: EntryIdentity,
        from entry: Int, into writer: inout ByteWriter, sealer: inout Sealer
    ) {
        writer.write(section.rawValue)
        writer.write(sealer.suite(of: section))
        let start = writer.beginCounted()
        writer.fill(room.data) { room in
            RecordEncoder.encode(data.cursor, of: data.layout, part: section, into: &room)
        }
        sealer.seal(section, of: identity, from: start + 1, in: &writer)
        let count = writer.count - start - 1
        writer.endCounted(start)
        // A long part was moved by the bytes of its length: only now is its place known.
        sealer.placed(section, at: writer.count - count - entry)
    }

    /// Every non-empty text of a field with a normalisation has its mark, and behind it that of its
    /// folded form where folding changes it.
    func writeMarks(_ data: DataRecord, atMost most: Int, into writer: inout ByteWriter) {
        let start = writer.beginCounted()
        var count = 0
        if most > 0 {
            writer.fill(2 * most * EntryEncoder.markBytes) { room in
                var cursor = data.cursor
                while cursor.next() {
                    guard let way = EntryEncoder.way(of: cursor, in: data.layout) else { continue }
                    write(cursor, way, &room)
                    count += 1
                    guard way == .exact, !Folding.isFolded(cursor.text) else { continue }
                    write(cursor, .folded, &room)
                    count += 1
                }
            }
        }
        writer.endCounted(start, saying: count)
    }

    /// The most bytes of a mark: a field number below 256, its normalisation, the mark.
    private static let markBytes = 2 + 1 + 16

    private func write(
        _ member: DataCursor, _ way: MarkNormalisation, _ room: inout RoomWriter
    ) {
        let mark = Mark.of(member.text, way: way, key: indexKey)
        room.write(varint: UInt64(member.number))
        room.write(way.rawValue)
        room.write(mark.high)
        room.write(mark.low)
    }

    /// How the mark of a member is made; nil for a member without one.
    @inline(__always)
    private static func way(
        of member: DataCursor, in layout: RecordLayout
    ) -> MarkNormalisation? {
        guard member.number != 0, let way = layout.traits(member.number).mark,
            member.kind == .text, !member.text.isEmpty
        else { return nil }
        return way
    }

    /// The unknown attributes as they stand in an entry, their length in front.
    static func bytes(ofExtras extras: DataRecord) -> [UInt8] {
        var writer = ByteWriter()
        let start = writer.beginCounted()
        writer.fill(EntryRoom.room(extras.size)) { room in
            RecordEncoder.encode(extras.cursor, of: extras.layout, part: nil, into: &room)
        }
        writer.endCounted(start)
        return writer.bytes
    }
}
