public import ClearanceEvents

/// A registration 企业备案 and its changes.
public struct Registration: Sendable, Equatable {
    /// When it was said, microseconds since 1970 UTC.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// The subject under which it was said.
    public internal(set) var subject: String = ""
    /// create, change or cancel.
    public internal(set) var action: String = ""
    /// The enterprise's name.
    public internal(set) var name: String = ""
    /// 统一社会信用代码; empty when not given.
    public internal(set) var uscc: String = ""
    /// Ten-digit customs code; empty when not given.
    public internal(set) var customsCode: String = ""
    /// Its roles, as given.
    public internal(set) var roles: [String] = []
    /// Who recorded it.
    public internal(set) var agency: String = ""
    /// Zone; empty when not given.
    public internal(set) var zoneCode: String = ""
    /// Park; empty when not given.
    public internal(set) var parkCode: String = ""
    /// First day of validity.
    public internal(set) var validFrom: CivilDay?
    /// Last day of validity; nil while open.
    public internal(set) var validTo: CivilDay?

    init() {}
}

extension Registration: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: subject)
        writer.write(text: action)
        writer.write(text: name)
        writer.write(text: uscc)
        writer.write(text: customsCode)
        RowCoding.write(roles, into: &writer)
        writer.write(text: agency)
        writer.write(text: zoneCode)
        writer.write(text: parkCode)
        RowCoding.write(validFrom, into: &writer)
        RowCoding.write(validTo, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        subject = try reader.text()
        action = try reader.text()
        name = try reader.text()
        uscc = try reader.text()
        customsCode = try reader.text()
        roles = try RowCoding.texts(&reader)
        agency = try reader.text()
        zoneCode = try reader.text()
        parkCode = try reader.text()
        validFrom = try RowCoding.day(&reader)
        validTo = try RowCoding.day(&reader)
    }
}
