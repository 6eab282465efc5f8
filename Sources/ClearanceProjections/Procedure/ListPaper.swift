public import ClearanceEvents

/// What the row keeps of one version of a list paper: codes, amounts and lines, nothing personal.
public struct ListPaper: Sendable, Equatable {
    /// The codes of the head, in the order in which rows hold them.
    public enum Code: UInt8, Sendable, CaseIterable {
        case form, direction, mode, customs, port, country, currency
        case orderNo, ebp, ebc, agent, area, logistics, waybill, guarantor
        case site, bill, book, owner

        /// The field of CEB621/603 that it is.
        public var field: String {
            switch self {
            case .form: "form"
            case .direction: "ieFlag"
            case .mode: "tradeMode"
            case .customs: "customsCode"
            case .port: "portCode"
            case .country: "country"
            case .currency: "currency"
            case .orderNo: "orderNo"
            case .ebp: "ebpCode"
            case .ebc: "ebcCode"
            case .agent: "agentCode"
            case .area: "areaCode"
            case .logistics: "logisticsCode"
            case .waybill: "logisticsNo"
            case .guarantor: "assureCode"
            case .site: "loctNo"
            case .bill: "billNo"
            case .book: "emsNo"
            case .owner: "ownerCode"
            }
        }
    }

    /// One line of the list.
    public struct Line: Sendable, Equatable {
        public var gnum: Int
        /// Ten-digit HS code, as given.
        public var gcode = ""
        public var country = ""
        public var currency = ""
        /// Quantity in the declared unit; nil when absent or no decimal.
        public var qty: FixedDecimal?
        public var unit = ""
        /// Quantity in the statutory unit.
        public var qty1: FixedDecimal?
        public var unit1 = ""
        public var totalPrice: FixedDecimal?
    }

    /// `appTime`, microseconds since 1970: what decides the live version.
    public var appTime: Int64 = 0
    /// The codes by their numbers; most papers have most of them.
    private var codes = [String](repeating: "", count: Code.allCases.count)
    public var lines: [Line] = []

    /// A code of the head; empty when it is absent.
    public internal(set) subscript(code: Code) -> String {
        get { codes[Int(code.rawValue)] }
        set { codes[Int(code.rawValue)] = newValue }
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(appTime)
        writer.writeVarint(UInt64(codes.count { !$0.isEmpty }))
        for (number, text) in codes.enumerated() where !text.isEmpty {
            writer.write(UInt8(number))
            writer.write(text: text)
        }
        writer.writeVarint(UInt64(lines.count))
        for line in lines { line.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        appTime = try reader.signed()
        for _ in 0..<(try reader.varint()) {
            guard let code = Code(rawValue: try reader.byte()) else {
                throw DecodingError(offset: reader.offset, expected: "a code of a list paper")
            }
            codes[Int(code.rawValue)] = try reader.text()
        }
        for _ in 0..<(try reader.varint()) { lines.append(try Line(from: &reader)) }
    }

    init() {}
}

extension ListPaper.Line {
    func encode(into writer: inout ByteWriter) {
        writer.writeSigned(Int64(gnum))
        for text in [gcode, country, currency, unit, unit1] { writer.write(text: text) }
        for value in [qty, qty1, totalPrice] {
            writer.write(UInt8(value == nil ? 0 : 1))
            if let value { writer.writeSigned(value.units) }
        }
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        gnum = Int(try reader.signed())
        gcode = try reader.text()
        country = try reader.text()
        currency = try reader.text()
        unit = try reader.text()
        unit1 = try reader.text()
        qty = try Self.decimal(&reader)
        qty1 = try Self.decimal(&reader)
        totalPrice = try Self.decimal(&reader)
    }

    init(gnum: Int) { self.gnum = gnum }

    @_lifetime(reader: copy reader)
    private static func decimal(
        _ reader: inout ByteReader
    ) throws(DecodingError) -> FixedDecimal? {
        try reader.byte() == 0 ? nil : FixedDecimal(units: try reader.signed())
    }
}
