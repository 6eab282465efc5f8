extension RecordDecoder {
    /// The record of which two sections hold parts: members of both, by place.
    static func merged(
        _ left: DataRecord, _ right: DataRecord
    ) throws(DecodingError) -> DataRecord {
        if right.isEmpty { return left }
        if left.isEmpty { return right }
        var writer = SlotWriter()
        _ = try merge(left.cursor, right.cursor, into: &writer)
        return DataRecord(
            left.layout, slots: writer.slots, bytes: writer.bytes, start: 0,
            end: writer.slots.count)
    }

    /// Writes the members of two records in their order; returns how many there are.
    private static func merge(
        _ one: DataCursor, _ other: DataCursor, into writer: inout SlotWriter
    ) throws(DecodingError) -> Int {
        var (left, right) = (one, other)
        var (hasLeft, hasRight) = (left.next(), right.next())
        var count = 0
        while hasLeft || hasRight {
            let takesLeft = hasLeft && (!hasRight || !stands(right, before: left))
            let takesRight = hasRight && (!hasLeft || !stands(left, before: right))
            if takesLeft && takesRight {
                try both(left, right, into: &writer)
            } else {
                copy(takesLeft ? left : right, into: &writer)
            }
            if takesLeft { hasLeft = left.next() }
            if takesRight { hasRight = right.next() }
            count += 1
        }
        return count
    }

    /// Whether a member stands before another: by number, then unknown ones by name.
    private static func stands(_ one: DataCursor, before other: DataCursor) -> Bool {
        if one.number != other.number {
            return other.number == 0 || one.number != 0 && one.number < other.number
        }
        return one.number == 0 && one.name.precedes(other.name)
    }

    private static func copy(_ value: DataCursor, into writer: inout SlotWriter) {
        writer.copy(value, from: value.index, to: value.index + Int(value.slot.size))
    }

    /// Writes one value of which both sections have something.
    private static func both(
        _ left: DataCursor, _ right: DataCursor, into writer: inout SlotWriter
    ) throws(DecodingError) {
        switch (left.kind, right.kind) {
        case (.record, .record):
            let index = writer.open(.record, number: left.number, name: left.name)
            let count = try merge(left.inside, right.inside, into: &writer)
            writer.close(index, count: count)
        case (.list, .list) where left.count == right.count:
            let index = writer.open(.list, number: left.number, name: left.name)
            var (items, others) = (left.inside, right.inside)
            while items.next(), others.next() { try both(items, others, into: &writer) }
            writer.close(index, count: left.count)
        default:
            guard left.kind == right.kind, !left.kind.isContainer,
                left.text.isEqual(to: right.text)
            else { throw DecodingError(offset: 0, expected: "sections that fit together") }
            copy(left, into: &writer)
        }
    }
}
