public import ClearanceEvents

/// An entry on, or removal from, a list 名单.
public struct ListingRecord: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// Which list.
    public internal(set) var list: String = ""
    /// add or remove.
    public internal(set) var action: String = ""
    /// The roles that it binds; empty for all.
    public internal(set) var roles: [String] = []
    /// Who lists.
    public internal(set) var authority: String = ""
    /// First day.
    public internal(set) var validFrom: CivilDay?
    /// Last day; nil while open.
    public internal(set) var validTo: CivilDay?

    init() {}
}

extension ListingRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: list)
        writer.write(text: action)
        RowCoding.write(roles, into: &writer)
        writer.write(text: authority)
        RowCoding.write(validFrom, into: &writer)
        RowCoding.write(validTo, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        list = try reader.text()
        action = try reader.text()
        roles = try RowCoding.texts(&reader)
        authority = try reader.text()
        validFrom = try RowCoding.day(&reader)
        validTo = try RowCoding.day(&reader)
    }
}
