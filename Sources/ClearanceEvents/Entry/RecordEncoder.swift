/// Writes the part of a record that one section holds.
///
/// A record that spans sections is written once in each, with only that section's fields; the
/// reader merges them by place (`specs/encoding.md`, sections). What a personal field or an unknown
/// member holds is written whole, whatever its shape, so that nothing is ever lost.
enum RecordEncoder {
    /// Whether the section has anything of this record.
    static func hasContent(_ record: DataRecord, section: Section) -> Bool {
        record.members.contains { holds($0, of: record.layout, section: section) }
    }

    static func encode(_ record: DataRecord, section: Section, into writer: inout ByteWriter) {
        encode(record, part: section, into: &writer)
    }

    /// Writes the members of one section; all members when `part` is nil.
    private static func encode(
        _ record: DataRecord, part: Section?, into writer: inout ByteWriter
    ) {
        for member in record.members {
            if let part, !holds(member, of: record.layout, section: part) { continue }
            if member.number == 0 {
                writer.writeVarint(UInt64(wire(of: member.value).rawValue))
                writer.write(text: member.name)
            } else {
                writer.writeVarint(
                    UInt64(member.number) << 3 | UInt64(wire(of: member.value).rawValue))
            }
            let isShared =
                member.number != 0 && record.layout.traits(member.number).section == .body
            encode(member.value, part: isShared ? part : nil, into: &writer)
        }
    }

    private static func holds(
        _ member: DataRecord.Member, of layout: RecordLayout, section: Section
    ) -> Bool {
        guard member.number != 0 else { return section == .body }
        let own = layout.traits(member.number).section
        switch member.value {
        case .record(let inner) where own == .body:
            return section == .body || hasContent(inner, section: section)
        case .list(let items) where own == .body:
            return section == .body
                || items.contains {
                    if case .record(let inner) = $0 {
                        hasContent(inner, section: section)
                    } else {
                        false
                    }
                }
        default: return own == section
        }
    }

    private static func wire(of value: DataValue) -> EntryFormat.Wire {
        switch value {
        case .text: .text
        case .number: .number
        case .bool(let flag): flag ? .yes : .no
        case .null: .null
        case .record: .record
        case .list: .list
        }
    }

    private static func encode(
        _ value: DataValue, part: Section?, into writer: inout ByteWriter
    ) {
        switch value {
        case .text(let text), .number(let text): writer.write(text: text)
        case .bool, .null: break
        case .record(let record):
            writer.writeCounted { encode(record, part: part, into: &$0) }
        case .list(let items):
            writer.writeCounted { writer in
                writer.writeVarint(UInt64(items.count))
                for item in items {
                    writer.write(wire(of: item).rawValue)
                    encode(item, part: part, into: &writer)
                }
            }
        }
    }
}
