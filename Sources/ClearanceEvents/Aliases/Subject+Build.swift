// Subjects made of the numbers that documents carry. Each is nil when a number is missing, or is
// longer than 128 bytes once encoded: the document then has no name and is refused.

extension Subject {
    /// A subject of the scheme; nil when a part is nil, empty or too long once encoded.
    public static func of(_ scheme: SubjectScheme, _ parts: String?...) -> Subject? {
        make(scheme, parts, substitute: nil)
    }

    /// An order 订单: by its platform, or by its enterprise when there is no platform (`无`).
    public static func order(
        platform: String?, enterprise: String? = nil, orderNo: String?
    ) -> Subject? {
        let named = platform.map(Nfc.trimmed) ?? ""
        if named.isEmpty || named == "无" {
            return make(.order, [enterprise, orderNo], substitute: 0)
        }
        return make(.order, [named, orderNo], substitute: nil)
    }

    /// A payment 支付单.
    public static func payment(payCode: String?, transactionId: String?) -> Subject? {
        of(.payment, payCode, transactionId)
    }

    /// A waybill 运单.
    public static func waybill(logisticsCode: String?, logisticsNo: String?) -> Subject? {
        of(.waybill, logisticsCode, logisticsNo)
    }

    /// A receipt of proceeds 收款单.
    public static func proceeds(ebcCode: String?, orderNo: String?, payNo: String?) -> Subject? {
        if let payNo, !Nfc.trimmed(payNo).isEmpty { return of(.proceeds, ebcCode, orderNo, payNo) }
        return of(.proceeds, ebcCode, orderNo)
    }

    /// A list 清单, by the first rung of its ladder that holds: declarant and number, pre-entry
    /// number, list number, enterprise and order.
    public static func declaration(
        agentCode: String?, copNo: String?, preNo: String? = nil, invtNo: String? = nil,
        ebcCode: String? = nil, orderNo: String? = nil
    ) -> Subject? {
        of(.declaration, agentCode, copNo) ?? of(.pre, preNo) ?? of(.list, invtNo)
            ?? make(.declaration, [ebcCode, orderNo], substitute: 1)
    }

    /// A paper under its party's own number, else under the number of what it is about, which
    /// `~` tells apart: `cancel:AGENT/~INVTNO`, `summary:AGENT/~SUMNO`, `arrival:OPERATOR/~BILLNO`.
    public static func own(
        _ scheme: SubjectScheme, party: String?, number: String?, other: String?
    ) -> Subject? {
        of(scheme, party, number) ?? make(scheme, [party, other], substitute: 1)
    }

    /// A list by its customs number 清单编号.
    public static func list(_ invtNo: String?) -> Subject? { of(.list, invtNo) }

    /// A request to cancel 撤销申请单.
    public static func cancel(agentCode: String?, copNo: String?) -> Subject? {
        of(.cancel, agentCode, copNo)
    }

    /// A request to return 退货申请单.
    public static func goodsReturn(agentCode: String?, copNo: String?) -> Subject? {
        of(.goodsReturn, agentCode, copNo)
    }

    /// An electronic tax bill 电子税单.
    public static func tax(_ taxNo: String?) -> Subject? { of(.tax, taxNo) }

    /// An enterprise 企业, by social credit code or customs code.
    public static func enterprise(_ code: String?) -> Subject? { of(.enterprise, code) }

    /// A penalty or criminal case 案件.
    public static func criminalCase(agency: String?, number: String?) -> Subject? {
        of(.criminalCase, agency, number)
    }

    /// The subject of `clock.day`: the days of Beijing.
    public static let beijingClock = Subject("clock:beijing")

    /// A subject of two parts that stand for themselves, as nearly all numbers do; nil for parts
    /// that are empty, too long, or would have to be encoded first.
    public static func plain(
        _ scheme: SubjectScheme, _ first: Span<UInt8>, _ second: Span<UInt8>
    ) -> Subject? {
        let limit = 1...EventLimits.subjectPartBytes
        guard limit.contains(first.count), limit.contains(second.count), isPlain(first),
            isPlain(second)
        else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(scheme.rawValue.utf8.count + first.count + second.count + 2)
        bytes.append(copying: scheme.rawValue.utf8Span.span)
        bytes.append(0x3A)
        bytes.append(copying: first)
        bytes.append(0x2F)
        bytes.append(copying: second)
        return Subject(String(decoding: bytes, as: UTF8.self))
    }

    private static func make(
        _ scheme: SubjectScheme, _ parts: [String?], substitute: Int?
    ) -> Subject? {
        precondition(scheme.partCounts.contains(parts.count), "parts of \(scheme.rawValue)")
        var text = scheme.rawValue
        for (index, part) in parts.enumerated() {
            guard let part, let encoded = encoded(part) else { return nil }
            text += index == 0 ? ":" : "/"
            if substitute == index { text += "~" }
            text += encoded
        }
        return Subject(text)
    }

    /// A part in NFC, trimmed and percent-encoded; nil when it is empty or longer than 128 bytes.
    public static func encoded(_ part: String) -> String? {
        let normal = Nfc.normalised(Nfc.trimmed(part))
        guard !normal.isEmpty else { return nil }
        if isPlain(normal.utf8Span.span) {
            return normal.utf8.count <= EventLimits.subjectPartBytes ? normal : nil
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(normal.utf8.count)
        for (index, byte) in normal.utf8.enumerated() {
            if isFree(byte) && !(index == 0 && byte == 0x7E) {
                bytes.append(byte)
            } else {
                bytes.append(0x25)
                bytes.append(upperHexDigit(byte >> 4))
                bytes.append(upperHexDigit(byte & 15))
            }
        }
        guard bytes.count <= EventLimits.subjectPartBytes else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Most numbers need no encoding: they are told apart before anything is copied.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where !isFree(bytes[index]) { return false }
        return bytes[0] != 0x7E
    }

    /// Whether a byte stands for itself: printable ASCII but `%`, `/`, `:` and `@`.
    private static func isFree(_ byte: UInt8) -> Bool {
        byte > 0x20 && byte < 0x7F && byte != 0x25 && byte != 0x2F && byte != 0x3A
            && byte != 0x40
    }

    private static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x37 + value
    }
}
