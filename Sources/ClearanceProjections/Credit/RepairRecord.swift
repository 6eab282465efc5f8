public import ClearanceEvents

/// A step of a credit repair 信用修复.
public struct RepairRecord: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// With which authority.
    public internal(set) var agency: String = ""
    /// applied, accepted, granted, refused or withdrawn.
    public internal(set) var step: String = ""
    /// What is repaired.
    public internal(set) var of: String = ""
    /// The day of the step.
    public internal(set) var on: CivilDay?

    init() {}
}

extension RepairRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: agency)
        writer.write(text: step)
        writer.write(text: of)
        RowCoding.write(on, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        agency = try reader.text()
        step = try reader.text()
        of = try reader.text()
        on = try RowCoding.day(&reader)
    }
}
