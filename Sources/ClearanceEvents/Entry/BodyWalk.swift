/// The one walk over an event's data: writes the body, feeds the content mark, and notes what else
/// the entry will need.
///
/// What a section holds is only fed here; it is written behind the body, for the few events that
/// have a section (`specs/encoding.md`, sections).
struct BodyWalk {
    private(set) var mark: ContentMark
    /// The sections other than the body that have anything of the event, one bit each.
    private(set) var sections: UInt8 = 0
    /// How many members may have marks, those of records inside counted in.
    private(set) var marked = 0

    init(_ mark: ContentMark) { self.mark = mark }

    /// Takes in all members of a record, in their order.
    mutating func take(
        _ given: DataCursor, of layout: RecordLayout, into room: inout RoomWriter
    ) {
        var cursor = given
        while cursor.next() {
            let number = cursor.number
            guard number != 0 else {
                // An unknown member may be anybody's name or number.
                sections |= Section.buyer.bit
                mark.feed(unknown: cursor)
                continue
            }
            let traits = layout.traits(number)
            if traits.mark != nil { marked += 1 }
            guard traits.section == .body else {
                sections |= traits.section.bit
                guard !traits.isTransport else { continue }
                mark.feed(member: cursor, traits.form, inner: layout.inner(number))
                continue
            }
            let tag = UInt64(number) << 3 | UInt64(cursor.kind.rawValue)
            guard !cursor.kind.isText else {
                room.write(tag: tag, counted: cursor.text)
                if !traits.isTransport { mark.feed(number, cursor.text, traits.form) }
                continue
            }
            // What is not compared is walked over all the same, as it may hold sections.
            let before = mark
            mark.begin(number)
            room.write(varint: tag)
            take(value: cursor, traits.form, inner: layout.inner(number), into: &room)
            if traits.isTransport { mark = before }
        }
        mark.end()
    }

    private mutating func take(
        value cursor: DataCursor, _ form: FieldTraits.Form, inner: RecordLayout,
        into room: inout RoomWriter
    ) {
        switch cursor.kind {
        case .text, .number:
            room.write(counted: cursor.text)
            mark.feed(item: cursor.text, form)
        case .yes, .no, .null: mark.feed(cursor.kind)
        case .record:
            let part = room.begin(guess: cursor.guess)
            take(cursor.inside, of: inner, into: &room)
            room.end(part)
        case .list:
            let part = room.begin(guess: cursor.guess)
            room.write(varint: UInt64(cursor.count))
            mark.begin(list: cursor.count)
            var items = cursor.inside
            while items.next() {
                room.write(items.kind.rawValue)
                take(value: items, form, inner: inner, into: &room)
            }
            room.end(part)
        }
    }
}
