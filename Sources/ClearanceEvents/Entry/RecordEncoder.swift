/// Writes the part of a record that one section other than the body holds.
///
/// A record that spans sections is written once in each, with only that section's fields; the
/// reader merges them by place (`specs/encoding.md`, sections). What a personal field or an unknown
/// member holds is written whole, whatever its shape, so that nothing is ever lost. The body is
/// ``BodyWalk``'s.
enum RecordEncoder {
    /// Whether one of these members has anything of a section.
    private static func has(
        _ part: Section, _ given: DataCursor, of layout: RecordLayout
    ) -> Bool {
        var cursor = given
        while cursor.next() {
            guard cursor.number != 0 else {
                if part == .buyer { return true }
                continue
            }
            let traits = layout.traits(cursor.number)
            if traits.section == part { return true }
            if traits.section == .body, cursor.kind.isContainer,
                has(part, inside: cursor, of: layout.inner(cursor.number))
            {
                return true
            }
        }
        return false
    }

    /// Whether a record, or one of those in a list or in lists in it, has anything of a section.
    private static func has(
        _ part: Section, inside value: DataCursor, of layout: RecordLayout
    ) -> Bool {
        if value.kind == .record { return has(part, value.inside, of: layout) }
        var items = value.inside
        while items.next() {
            if items.kind.isContainer, has(part, inside: items, of: layout) { return true }
        }
        return false
    }

    /// Writes the members of one section; all members when `part` is nil.
    static func encode(
        _ given: DataCursor, of layout: RecordLayout, part: Section?, into room: inout RoomWriter
    ) {
        var cursor = given
        while cursor.next() {
            let number = cursor.number
            guard number != 0 else {
                if let part, part != .buyer { continue }
                room.write(varint: UInt64(cursor.kind.rawValue))
                room.write(counted: cursor.name)
                value(cursor, part: nil, inner: Catalogue.extras, into: &room)
                continue
            }
            // A record that spans sections has one part here, everything else is whole.
            var shared: Section?
            if let part {
                let section = layout.traits(number).section
                if section != part {
                    guard section == .body, cursor.kind.isContainer,
                        has(part, inside: cursor, of: layout.inner(number))
                    else { continue }
                    shared = part
                }
            }
            room.write(varint: UInt64(number) << 3 | UInt64(cursor.kind.rawValue))
            value(cursor, part: shared, inner: layout.inner(number), into: &room)
        }
    }

    /// Writes what stands behind a tag.
    private static func value(
        _ cursor: DataCursor, part: Section?, inner: RecordLayout, into room: inout RoomWriter
    ) {
        switch cursor.kind {
        case .text, .number: room.write(counted: cursor.text)
        case .yes, .no, .null: break
        case .record:
            let start = room.begin(guess: cursor.guess)
            encode(cursor.inside, of: inner, part: part, into: &room)
            room.end(start)
        case .list:
            let start = room.begin(guess: cursor.guess)
            room.write(varint: UInt64(cursor.count))
            var items = cursor.inside
            while items.next() {
                room.write(items.kind.rawValue)
                value(items, part: part, inner: inner, into: &room)
            }
            room.end(start)
        }
    }
}
