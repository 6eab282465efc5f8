import ClearanceEvents

/// What a declaration list (清单) says that the three papers are checked against.
struct ListFacts: PaperFacts {
    var platform: NameToken = Tokens.none
    var enterprise: NameToken = Tokens.none
    var number: NameToken = Tokens.none
    var carrier: NameToken = Tokens.none
    var waybill: NameToken = Tokens.none
    var buyer = PersonMarks()
    var lines: [LineFacts]?
    /// `LOGISTICSCODE/LOGISTICSNO`, to be shown.
    var waybillText: [UInt8] = []

    var line: NameToken { Tokens.none }

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.write(platform)
        writer.write(enterprise)
        writer.write(number)
        writer.write(carrier)
        writer.write(waybill)
        buyer.encode(into: &writer)
        writer.write(lines: lines)
        writer.write(counted: waybillText.span)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        platform = try reader.uint64()
        enterprise = try reader.uint64()
        number = try reader.uint64()
        carrier = try reader.uint64()
        waybill = try reader.uint64()
        buyer = try PersonMarks(from: &reader)
        lines = try reader.lines()
        waybillText = try reader.byteArray()
    }
}

extension ByteWriter {
    /// A presence byte and, where there is a value, a zigzag varint.
    mutating func write(optional value: Int64?) {
        write(UInt8(value == nil ? 0 : 1))
        if let value { writeSigned(value) }
    }

    /// Zero for no list, else the count + 1 and the lines.
    mutating func write(lines: [LineFacts]?) {
        writeVarint(lines.map { UInt64($0.count) + 1 } ?? 0)
        for line in lines ?? [] { line.encode(into: &self) }
    }
}

extension ByteReader {
    @_lifetime(self: copy self)
    mutating func optionalInteger() throws(DecodingError) -> Int64? {
        try byte() == 0 ? nil : try signed()
    }

    @_lifetime(self: copy self)
    mutating func lines() throws(DecodingError) -> [LineFacts]? {
        let count = try varint()
        guard count > 0 else { return nil }
        guard count - 1 <= UInt64(remaining) else {
            throw DecodingError(offset: offset, expected: "lines within the bytes")
        }
        var lines: [LineFacts] = []
        for _ in 1..<count { lines.append(try LineFacts(from: &self)) }
        return lines
    }
}
