public import ClearanceEvents

/// What became of a penalty: changed, revoked or paid.
public struct PenaltyChange: Sendable, Equatable {
    /// When it was said.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// changed, revoked or paid.
    public internal(set) var kind: String = ""
    /// The case; empty when not given.
    public internal(set) var subject: String = ""
    /// Which decision.
    public internal(set) var decisionNo: String = ""
    /// Which party; empty for the whole decision.
    public internal(set) var party: String = ""
    /// The changed fine.
    public internal(set) var newAmount: FixedDecimal?
    /// The amount paid.
    public internal(set) var amount: FixedDecimal?
    /// The day of the change or payment.
    public internal(set) var on: CivilDay?

    init() {}
}

extension PenaltyChange: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        writer.write(text: kind)
        writer.write(text: subject)
        writer.write(text: decisionNo)
        writer.write(text: party)
        RowCoding.write(newAmount, into: &writer)
        RowCoding.write(amount, into: &writer)
        RowCoding.write(on, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        kind = try reader.text()
        subject = try reader.text()
        decisionNo = try reader.text()
        party = try reader.text()
        newAmount = try RowCoding.decimal(&reader)
        amount = try RowCoding.decimal(&reader)
        on = try RowCoding.day(&reader)
    }
}
