public import ClearanceEvents

/// A count that an authority reported 统计指标.
public struct CountRecord: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// What was counted.
    public internal(set) var what: String = ""
    /// The calendar year that was counted.
    public internal(set) var year: Int64 = 0
    /// The count.
    public internal(set) var value: FixedDecimal?
    /// Who reported it.
    public internal(set) var by: String = ""

    init() {}
}

extension CountRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: what)
        writer.writeSigned(year)
        RowCoding.write(value, into: &writer)
        writer.write(text: by)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        what = try reader.text()
        year = try reader.signed()
        value = try RowCoding.decimal(&reader)
        by = try reader.text()
    }
}
