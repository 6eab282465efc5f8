public import ClearanceEvents

/// A decision of an authority on a grade 信用等级.
public struct GradeRecord: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// Whose grade it is.
    public internal(set) var agency: String = ""
    /// The rule set that it was decided under.
    public internal(set) var scheme: String = ""
    /// The grade code of that set.
    public internal(set) var grade: String = ""
    /// notified, decided, suspended, resumed or revoked.
    public internal(set) var stage: String = ""
    /// Number of the decision; empty when not given.
    public internal(set) var decisionNo: String = ""
    /// Day of the decision.
    public internal(set) var decidedOn: CivilDay?
    /// First day of effect.
    public internal(set) var effectiveFrom: CivilDay?
    /// Last day of effect; nil while open.
    public internal(set) var effectiveTo: CivilDay?

    init() {}
}

extension GradeRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: agency)
        writer.write(text: scheme)
        writer.write(text: grade)
        writer.write(text: stage)
        writer.write(text: decisionNo)
        RowCoding.write(decidedOn, into: &writer)
        RowCoding.write(effectiveFrom, into: &writer)
        RowCoding.write(effectiveTo, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        agency = try reader.text()
        scheme = try reader.text()
        grade = try reader.text()
        stage = try reader.text()
        decisionNo = try reader.text()
        decidedOn = try RowCoding.day(&reader)
        effectiveFrom = try RowCoding.day(&reader)
        effectiveTo = try RowCoding.day(&reader)
    }
}
