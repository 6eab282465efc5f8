public import ClearanceEvents

/// One fact of a procedure as the row keeps it: what was said, when, and of which numbers.
public struct ProcedureStep: Sendable, Equatable {
    /// A quantity said of a line.
    public struct LineQuantity: Sendable, Equatable {
        public let gnum: Int
        public let qty: FixedDecimal
        public let unit: String
    }

    /// The sums of a tax bill.
    public struct TaxSums: Sendable, Equatable {
        public var customsTax: FixedDecimal
        public var valueAddedTax: FixedDecimal
        public var consumptionTax: FixedDecimal
    }

    public var kind: StepKind
    /// When it happened, microseconds since 1970 UTC.
    public var time: Int64
    /// The high half of the event's natural key: how a fact is found again in the log.
    public var ref: UInt64
    /// The subject of a cancel request, return or tax bill; empty when it is said of the list.
    public var own = ""
    /// `AGENT/COPNO` of the list.
    public var cop = ""
    public var pre = ""
    public var invt = ""
    /// Further words: status, inspection parts, payment book number.
    public var words: [String] = []
    public var lines: [LineQuantity] = []
    public var sums: TaxSums?
    public var paper: ListPaper?
    /// Import or export, where a receipt's message tells it.
    public var direction = Direction.unknown
    /// Whether the fact came as a customs receipt (it has a `returnStatus`).
    public var isReceipt = false

    /// Which way the goods go.
    public enum Direction: UInt8, Sendable {
        case unknown = 0
        case `import` = 1
        case export = 2
    }

    init(kind: StepKind, time: Int64, ref: UInt64) {
        self.kind = kind
        self.time = time
        self.ref = ref
    }

    /// The place in the procedure: by time, then by what comes first in the procedure.
    static func precedes(_ left: ProcedureStep, _ right: ProcedureStep) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.kind != right.kind { return left.kind.rawValue < right.kind.rawValue }
        return left.ref < right.ref
    }
}

extension ProcedureStep {
    private static let hasOwn: UInt8 = 1
    private static let hasCop: UInt8 = 2
    private static let hasPre: UInt8 = 4
    private static let hasInvt: UInt8 = 8
    private static let hasWords: UInt8 = 16
    private static let hasLines: UInt8 = 32
    private static let hasSums: UInt8 = 64
    private static let hasPaper: UInt8 = 128

    func encode(into writer: inout ByteWriter) {
        let mask =
            (own.isEmpty ? 0 : Self.hasOwn) | (cop.isEmpty ? 0 : Self.hasCop)
            | (pre.isEmpty ? 0 : Self.hasPre) | (invt.isEmpty ? 0 : Self.hasInvt)
            | (words.isEmpty ? 0 : Self.hasWords) | (lines.isEmpty ? 0 : Self.hasLines)
            | (sums == nil ? 0 : Self.hasSums) | (paper == nil ? 0 : Self.hasPaper)
        writer.write(kind.rawValue)
        writer.write(mask)
        writer.write(direction.rawValue | (isReceipt ? 4 : 0))
        writer.write(time)
        writer.write(ref)
        for text in [own, cop, pre, invt] where !text.isEmpty { writer.write(text: text) }
        if !words.isEmpty {
            writer.writeVarint(UInt64(words.count))
            for word in words { writer.write(text: word) }
        }
        if !lines.isEmpty {
            writer.writeVarint(UInt64(lines.count))
            for line in lines {
                writer.writeSigned(Int64(line.gnum))
                writer.writeSigned(line.qty.units)
                writer.write(text: line.unit)
            }
        }
        if let sums {
            for value in [sums.customsTax, sums.valueAddedTax, sums.consumptionTax] {
                writer.writeSigned(value.units)
            }
        }
        paper?.encode(into: &writer)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        guard let kind = StepKind(rawValue: try reader.byte()) else {
            throw DecodingError(offset: reader.offset, expected: "a kind of step")
        }
        let mask = try reader.byte()
        let flags = try reader.byte()
        self.init(kind: kind, time: try reader.int64(), ref: try reader.uint64())
        guard flags < 8, let direction = Direction(rawValue: flags & 3) else {
            throw DecodingError(offset: reader.offset, expected: "the flags of a step")
        }
        self.direction = direction
        isReceipt = flags & 4 != 0
        if mask & Self.hasOwn != 0 { own = try reader.text() }
        if mask & Self.hasCop != 0 { cop = try reader.text() }
        if mask & Self.hasPre != 0 { pre = try reader.text() }
        if mask & Self.hasInvt != 0 { invt = try reader.text() }
        if mask & Self.hasWords != 0 {
            for _ in 0..<(try reader.varint()) { words.append(try reader.text()) }
        }
        if mask & Self.hasLines != 0 {
            for _ in 0..<(try reader.varint()) {
                lines.append(
                    LineQuantity(
                        gnum: Int(try reader.signed()),
                        qty: FixedDecimal(units: try reader.signed()),
                        unit: try reader.text()))
            }
        }
        if mask & Self.hasSums != 0 {
            sums = TaxSums(
                customsTax: FixedDecimal(units: try reader.signed()),
                valueAddedTax: FixedDecimal(units: try reader.signed()),
                consumptionTax: FixedDecimal(units: try reader.signed()))
        }
        if mask & Self.hasPaper != 0 { paper = try ListPaper(from: &reader) }
    }
}
