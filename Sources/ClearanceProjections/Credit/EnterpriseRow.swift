public import ClearanceEvents

/// What was recorded of one enterprise: registrations, grades, penalties, counts, lists.
///
/// Kept as facts in canonical order; answers are derived for a day. The name of an enterprise is
/// public; the name of its legal representative is not and never comes here.
public struct EnterpriseRow: FoldRow {
    public internal(set) var registrations: [Registration] = []
    public internal(set) var grades: [GradeRecord] = []
    public internal(set) var penalties: [PenaltyRecord] = []
    public internal(set) var changes: [PenaltyChange] = []
    public internal(set) var counts: [CountRecord] = []
    public internal(set) var repairs: [RepairRecord] = []
    public internal(set) var listings: [ListingRecord] = []
    public internal(set) var credentials: [CredentialRecord] = []

    public init() {}

    public func encode(into writer: inout ByteWriter) {
        RowCoding.write(registrations, into: &writer)
        RowCoding.write(grades, into: &writer)
        RowCoding.write(penalties, into: &writer)
        RowCoding.write(changes, into: &writer)
        RowCoding.write(counts, into: &writer)
        RowCoding.write(repairs, into: &writer)
        RowCoding.write(listings, into: &writer)
        RowCoding.write(credentials, into: &writer)
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(DecodingError) {
        registrations = try RowCoding.read(&reader)
        grades = try RowCoding.read(&reader)
        penalties = try RowCoding.read(&reader)
        changes = try RowCoding.read(&reader)
        counts = try RowCoding.read(&reader)
        repairs = try RowCoding.read(&reader)
        listings = try RowCoding.read(&reader)
        credentials = try RowCoding.read(&reader)
    }
}

/// A part of a row that writes and reads itself.
protocol RowPart: Sendable, Equatable {
    func encode(into writer: inout ByteWriter)
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError)
}

/// The shapes that row parts are made of.
enum RowCoding {
    static func write<Part: RowPart>(_ parts: [Part], into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(parts.count))
        for part in parts { part.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    static func read<Part: RowPart>(_ reader: inout ByteReader) throws(DecodingError) -> [Part] {
        var parts: [Part] = []
        for _ in 0..<(try reader.varint()) { parts.append(try Part(from: &reader)) }
        return parts
    }

    static func write(_ texts: [String], into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(texts.count))
        for text in texts { writer.write(text: text) }
    }

    @_lifetime(reader: copy reader)
    static func texts(_ reader: inout ByteReader) throws(DecodingError) -> [String] {
        var texts: [String] = []
        for _ in 0..<(try reader.varint()) { texts.append(try reader.text()) }
        return texts
    }

    static func write(_ day: CivilDay?, into writer: inout ByteWriter) {
        writer.write(UInt8(day == nil ? 0 : 1))
        if let day { writer.writeSigned(Int64(day.number)) }
    }

    @_lifetime(reader: copy reader)
    static func day(_ reader: inout ByteReader) throws(DecodingError) -> CivilDay? {
        try reader.byte() == 0 ? nil : CivilDay(number: Int(try reader.signed()))
    }

    static func write(_ value: FixedDecimal?, into writer: inout ByteWriter) {
        writer.write(UInt8(value == nil ? 0 : 1))
        if let value { writer.writeSigned(value.units) }
    }

    @_lifetime(reader: copy reader)
    static func decimal(_ reader: inout ByteReader) throws(DecodingError) -> FixedDecimal? {
        try reader.byte() == 0 ? nil : FixedDecimal(units: try reader.signed())
    }
}
