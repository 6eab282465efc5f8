/// Reads records back from the sections of an entry and merges them.
enum RecordDecoder {
    static func decode(
        _ bytes: Span<UInt8>, layout: RecordLayout, depth: Int = 0
    ) throws(DecodingError) -> DataRecord {
        guard depth < EventLimits.depth else {
            throw DecodingError(offset: 0, expected: "at most \(EventLimits.depth) levels")
        }
        var reader = ByteReader(bytes)
        var record = DataRecord(layout)
        while !reader.isAtEnd {
            let tag = try reader.varint()
            guard let wire = EntryFormat.Wire(rawValue: UInt8(tag & 7)), tag >> 3 <= 0xFFFF else {
                throw DecodingError(offset: reader.offset, expected: "a field tag")
            }
            let number = UInt16(tag >> 3)
            guard Int(number) <= layout.fields.count else {
                throw DecodingError(offset: reader.offset, expected: "a field of \(layout.name)")
            }
            let name = number == 0 ? try reader.text() : nil
            let inner = number == 0 ? nil : layout.element(of: number)
            let value = try value(&reader, wire: wire, layout: inner, depth: depth)
            let isNew =
                name.map { record.add(value, name: $0) } ?? record.add(value, number: number)
            guard isNew else {
                throw DecodingError(offset: reader.offset, expected: "each member once")
            }
        }
        return record
    }

    /// Adds to `record` what another section holds of it.
    static func merge(_ part: DataRecord, into record: inout DataRecord) throws(DecodingError) {
        for member in part.members {
            guard let present = record[member.name] else {
                record.insert(member.value, name: member.name)
                continue
            }
            record[member.name] = try merged(present, member.value)
        }
    }

    private static func merged(
        _ left: DataValue, _ right: DataValue
    ) throws(DecodingError) -> DataValue {
        switch (left, right) {
        case (.record(var into), .record(let part)):
            try merge(part, into: &into)
            return .record(into)
        case (.list(let into), .list(let part)) where into.count == part.count:
            var result: [DataValue] = []
            for (first, second) in zip(into, part) { result.append(try merged(first, second)) }
            return .list(result)
        default:
            if left == right { return left }
            throw DecodingError(offset: 0, expected: "sections that fit together")
        }
    }

    private static func value(
        _ reader: inout ByteReader, wire: EntryFormat.Wire, layout: RecordLayout?, depth: Int
    ) throws(DecodingError) -> DataValue {
        switch wire {
        case .text: return .text(try reader.text())
        case .number: return .number(try reader.text())
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .null: return .null
        case .record:
            let bytes = try reader.counted()
            return .record(
                try decode(bytes, layout: layout ?? Catalogue.extras, depth: depth + 1))
        case .list:
            let bytes = try reader.counted()
            return .list(try list(bytes, layout: layout, depth: depth + 1))
        }
    }

    private static func list(
        _ bytes: Span<UInt8>, layout: RecordLayout?, depth: Int
    ) throws(DecodingError) -> [DataValue] {
        guard depth < EventLimits.depth else {
            throw DecodingError(offset: 0, expected: "at most \(EventLimits.depth) levels")
        }
        var reader = ByteReader(bytes)
        let count = try reader.varint()
        guard count <= UInt64(bytes.count) else {
            throw DecodingError(offset: reader.offset, expected: "a list within the bytes")
        }
        var items: [DataValue] = []
        for _ in 0..<count {
            guard let wire = EntryFormat.Wire(rawValue: try reader.byte()) else {
                throw DecodingError(offset: reader.offset, expected: "a wire type")
            }
            items.append(try value(&reader, wire: wire, layout: layout, depth: depth))
        }
        guard reader.isAtEnd else {
            throw DecodingError(offset: reader.offset, expected: "the end of the list")
        }
        return items
    }
}
