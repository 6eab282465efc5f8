/// Reads records back from the sections of an entry and merges them.
enum RecordDecoder {
    static func decode(
        _ bytes: Span<UInt8>, layout: RecordLayout
    ) throws(DecodingError) -> DataRecord {
        var builder = RecordBuilder(layout)
        try members(bytes, into: &builder, depth: 0)
        return builder.finish()
    }

    private static func members(
        _ bytes: Span<UInt8>, into builder: inout RecordBuilder, depth: Int
    ) throws(DecodingError) {
        try check(depth)
        let fieldCount = builder.layout.fields.count
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let tag = try reader.varint()
            guard let kind = DataKind(rawValue: UInt8(tag & 7)), tag >> 3 <= 0xFFFF else {
                throw DecodingError(offset: reader.offset, expected: "a field tag")
            }
            let number = UInt16(tag >> 3)
            guard Int(number) <= fieldCount else {
                throw DecodingError(
                    offset: reader.offset, expected: "a field of \(builder.layout.name)")
            }
            let name = number == 0 ? try text(&reader) : Span()
            try member(&reader, kind, number: number, name: name, into: &builder, depth: depth)
        }
    }

    /// One member; its name says which it is when the number is 0.
    private static func member(
        _ reader: inout ByteReader, _ kind: DataKind, number: UInt16, name: Span<UInt8>,
        into builder: inout RecordBuilder, depth: Int
    ) throws(DecodingError) {
        var isNew: Bool
        switch kind {
        case .record:
            let bytes = try reader.counted()
            isNew =
                number == 0
                ? builder.beginRecord(name: name) : builder.beginRecord(number: number)
            if isNew {
                try members(bytes, into: &builder, depth: depth + 1)
                builder.endRecord()
            }
        case .list:
            let bytes = try reader.counted()
            isNew =
                number == 0 ? builder.beginList(name: name) : builder.beginList(number: number)
            if isNew {
                try items(bytes, into: &builder, depth: depth + 1)
                builder.endList()
            }
        default:
            let text = kind.isText ? try text(&reader) : Span()
            isNew =
                number == 0
                ? builder.add(kind, text, name: name) : builder.add(kind, text, number: number)
        }
        if !isNew { throw DecodingError(offset: reader.offset, expected: "each member once") }
    }

    private static func items(
        _ bytes: Span<UInt8>, into builder: inout RecordBuilder, depth: Int
    ) throws(DecodingError) {
        try check(depth)
        var reader = ByteReader(bytes)
        let count = try reader.varint()
        guard count <= UInt64(bytes.count) else {
            throw DecodingError(offset: reader.offset, expected: "a list within the bytes")
        }
        for _ in 0..<count {
            guard let kind = DataKind(rawValue: try reader.byte()) else {
                throw DecodingError(offset: reader.offset, expected: "a wire type")
            }
            switch kind {
            case .record:
                let inner = try reader.counted()
                builder.beginRecord()
                try members(inner, into: &builder, depth: depth + 1)
                builder.endRecord()
            case .list:
                let inner = try reader.counted()
                builder.beginList()
                try items(inner, into: &builder, depth: depth + 1)
                builder.endList()
            default: builder.addItem(kind, kind.isText ? try text(&reader) : Span())
            }
        }
        guard reader.isAtEnd else {
            throw DecodingError(offset: reader.offset, expected: "the end of the list")
        }
    }

    private static func check(_ depth: Int) throws(DecodingError) {
        guard depth < EventLimits.depth else {
            throw DecodingError(offset: 0, expected: "at most \(EventLimits.depth) levels")
        }
    }

    /// The bytes of a counted text; refuses what is not UTF-8.
    @_lifetime(copy reader)
    private static func text(_ reader: inout ByteReader) throws(DecodingError) -> Span<UInt8> {
        let start = reader.offset
        let bytes = try reader.counted()
        guard (try? UTF8Span(validating: bytes)) != nil else {
            throw DecodingError(offset: start, expected: "UTF-8 text")
        }
        return bytes
    }
}
