public import ClearanceEvents

/// A licence or certificate 资质.
public struct CredentialRecord: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// Which kind.
    public internal(set) var kind: String = ""
    /// Its number.
    public internal(set) var number: String = ""
    /// Who issued it.
    public internal(set) var issuer: String = ""
    /// First day.
    public internal(set) var validFrom: CivilDay?
    /// Last day; nil while open.
    public internal(set) var validTo: CivilDay?

    init() {}
}

extension CredentialRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: kind)
        writer.write(text: number)
        writer.write(text: issuer)
        RowCoding.write(validFrom, into: &writer)
        RowCoding.write(validTo, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        kind = try reader.text()
        number = try reader.text()
        issuer = try reader.text()
        validFrom = try RowCoding.day(&reader)
        validTo = try RowCoding.day(&reader)
    }
}
