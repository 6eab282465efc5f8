/// Writes the part of a record that one section holds.
///
/// A record that spans sections is written once in each, with only that section's fields; the
/// reader merges them by place (`specs/encoding.md`, sections). What a personal field or an unknown
/// member holds is written whole, whatever its shape, so that nothing is ever lost. An unknown
/// member may be anybody's name or number and belongs to the buyer's section.
enum RecordEncoder {
    /// The sections other than the body that have anything of these members, one bit each.
    static func sections(_ given: DataCursor, of layout: RecordLayout) -> UInt8 {
        var found: UInt8 = 0
        var cursor = given
        while cursor.next() {
            guard cursor.number != 0 else {
                found |= Section.buyer.bit
                continue
            }
            let traits = layout.traits(cursor.number)
            if traits.section != .body {
                found |= traits.section.bit
            } else if cursor.kind.isContainer {
                found |= inside(cursor, of: layout.inner(cursor.number))
            }
        }
        return found
    }

    /// The sections of a record, or of the records of a list.
    private static func inside(_ value: DataCursor, of layout: RecordLayout) -> UInt8 {
        if value.kind == .record { return sections(value.inside, of: layout) }
        var found: UInt8 = 0
        var items = value.inside
        while items.next() {
            if items.kind == .record { found |= sections(items.inside, of: layout) }
        }
        return found
    }

    /// Writes the members of one section; all members when `part` is nil.
    static func encode(
        _ given: DataCursor, of layout: RecordLayout, part: Section?,
        into writer: inout ByteWriter
    ) {
        var cursor = given
        while cursor.next() {
            let number = cursor.number
            if number == 0 {
                if let part, part != .buyer { continue }
                writer.writeVarint(UInt64(cursor.kind.rawValue))
                writer.write(counted: cursor.name)
                value(cursor, part: nil, inner: Catalogue.extras, into: &writer)
                continue
            }
            let traits = layout.traits(number)
            let isShared = traits.section == .body
            if let part, traits.section != part {
                guard isShared, cursor.kind.isContainer,
                    inside(cursor, of: layout.inner(number)) & part.bit != 0
                else { continue }
            }
            let tag = UInt64(number) << 3 | UInt64(cursor.kind.rawValue)
            if cursor.kind.isText {
                writer.write(tag: tag, counted: cursor.text)
            } else {
                writer.writeVarint(tag)
                value(
                    cursor, part: isShared ? part : nil, inner: layout.inner(number),
                    into: &writer)
            }
        }
    }

    /// Writes what stands behind a tag.
    private static func value(
        _ cursor: DataCursor, part: Section?, inner: RecordLayout, into writer: inout ByteWriter
    ) {
        switch cursor.kind {
        case .text, .number: writer.write(counted: cursor.text)
        case .yes, .no, .null: break
        case .record:
            let start = writer.beginCounted()
            encode(cursor.inside, of: inner, part: part, into: &writer)
            writer.endCounted(start)
        case .list:
            let start = writer.beginCounted()
            writer.writeVarint(UInt64(cursor.count))
            var items = cursor.inside
            while items.next() {
                writer.write(items.kind.rawValue)
                value(items, part: part, inner: inner, into: &writer)
            }
            writer.endCounted(start)
        }
    }
}
