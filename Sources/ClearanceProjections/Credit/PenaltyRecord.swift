public import ClearanceEvents

/// A penalty decision 行政处罚 with its parties.
public struct PenaltyRecord: Sendable, Equatable {
    /// One party and its share.
    public struct Party: Sendable, Equatable {
        public internal(set) var subject = ""
        public internal(set) var role = ""
        public internal(set) var amount: FixedDecimal?
        public internal(set) var share: FixedDecimal?
        /// `none`, `negligent`, `intentional`; empty when it was not said.
        public internal(set) var intent = ""
    }

    /// When it was said, microseconds since 1970 UTC.
    public internal(set) var time: Int64 = 0
    /// The fact in the log.
    public internal(set) var ref: UInt64 = 0
    /// `case:AGENCY/NO`.
    public internal(set) var subject = ""
    public internal(set) var agency = ""
    public internal(set) var decisionNo = ""
    /// warning, fine, confiscation, suspension or revocation.
    public internal(set) var kind = ""
    public internal(set) var law = ""
    public internal(set) var category = ""
    public internal(set) var procedure = ""
    public internal(set) var isSelfDisclosed = false
    /// The day that counts: neither the offence nor the service (Order 237 art. 29).
    public internal(set) var decidedOn: CivilDay?
    public internal(set) var effectiveOn: CivilDay?
    public internal(set) var dueOn: CivilDay?
    /// The fine of the whole decision.
    public internal(set) var amount: FixedDecimal?
    public internal(set) var parties: [Party] = []

    init() {}
}

extension PenaltyRecord: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(time)
        writer.write(ref)
        for text in [subject, agency, decisionNo, kind, law, category, procedure] {
            writer.write(text: text)
        }
        writer.write(UInt8(isSelfDisclosed ? 1 : 0))
        for day in [decidedOn, effectiveOn, dueOn] { RowCoding.write(day, into: &writer) }
        RowCoding.write(amount, into: &writer)
        RowCoding.write(parties, into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        time = try reader.signed()
        ref = try reader.uint64()
        subject = try reader.text()
        agency = try reader.text()
        decisionNo = try reader.text()
        kind = try reader.text()
        law = try reader.text()
        category = try reader.text()
        procedure = try reader.text()
        isSelfDisclosed = try reader.byte() != 0
        decidedOn = try RowCoding.day(&reader)
        effectiveOn = try RowCoding.day(&reader)
        dueOn = try RowCoding.day(&reader)
        amount = try RowCoding.decimal(&reader)
        parties = try RowCoding.read(&reader)
    }
}

extension PenaltyRecord.Party: RowPart {
    func encode(into writer: inout ByteWriter) {
        writer.write(text: subject)
        writer.write(text: role)
        RowCoding.write(amount, into: &writer)
        RowCoding.write(share, into: &writer)
        writer.write(text: intent)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        subject = try reader.text()
        role = try reader.text()
        amount = try RowCoding.decimal(&reader)
        share = try RowCoding.decimal(&reader)
        intent = try reader.text()
    }
}
