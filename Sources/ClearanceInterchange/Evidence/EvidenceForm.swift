/// One member of an upload of payment data, as the announcement writes it.
struct EvidenceField: Sendable {
    /// What its value has to be.
    enum Kind: Sendable {
        /// Text of so many characters.
        case text(ClosedRange<Int>)
        /// A decimal of 14 + 5 digits, as a JSON number or a string.
        case amount
        /// Milliseconds since 1970, as a JSON number or a string.
        case moment
        /// Another record, or a list of such.
        case record
        case list
    }

    let name: String
    let isMandatory: Bool
    let kind: Kind
    /// The values that the announcement lists; empty when it lists none.
    var codes: [String] = []
}

/// The objects of an upload of payment data.
/// Source: the attachments of announcements 2018/165 and 2018/179, `specs/payment-evidence.md`.
enum EvidenceForm {
    static let head = "payExchangeInfoHead"
    /// As samples and live systems write it; the announcement's table lacks the `s`.
    static let lists = "payExchangeInfoLists"
    static let olderLists = "payExchangeInfoList"

    static let root = [
        EvidenceField(name: "sessionID", isMandatory: true, kind: .text(1...64)),
        EvidenceField(name: head, isMandatory: true, kind: .record),
        EvidenceField(name: lists, isMandatory: true, kind: .list),
        EvidenceField(name: "serviceTime", isMandatory: true, kind: .moment),
        EvidenceField(name: "certNo", isMandatory: true, kind: .text(1...64)),
        EvidenceField(name: "signValue", isMandatory: true, kind: .text(1...4_096)),
    ]

    static let payment = [
        EvidenceField(name: "guid", isMandatory: true, kind: .text(1...36)),
        EvidenceField(name: "initalRequest", isMandatory: true, kind: .text(1...8_000)),
        EvidenceField(name: "initalResponse", isMandatory: true, kind: .text(1...8_000)),
        EvidenceField(name: "ebpCode", isMandatory: true, kind: .text(1...18)),
        EvidenceField(name: "payCode", isMandatory: true, kind: .text(1...18)),
        EvidenceField(name: "payTransactionId", isMandatory: true, kind: .text(1...60)),
        EvidenceField(name: "totalAmount", isMandatory: true, kind: .amount),
        EvidenceField(name: "currency", isMandatory: true, kind: .text(1...4)),
        EvidenceField(
            name: "verDept", isMandatory: true, kind: .text(1...1), codes: ["1", "2", "3"]),
        EvidenceField(
            name: "payType", isMandatory: false, kind: .text(1...1),
            codes: ["1", "2", "3", "4"]),
        EvidenceField(name: "tradingTime", isMandatory: true, kind: .text(1...14)),
        EvidenceField(name: "note", isMandatory: false, kind: .text(1...1_000)),
    ]

    static let order = [
        EvidenceField(name: "orderNo", isMandatory: true, kind: .text(1...60)),
        EvidenceField(name: "goodsInfo", isMandatory: true, kind: .list),
        EvidenceField(name: "recpAccount", isMandatory: true, kind: .text(1...60)),
        EvidenceField(name: "recpCode", isMandatory: false, kind: .text(1...18)),
        EvidenceField(name: "recpName", isMandatory: true, kind: .text(1...100)),
    ]

    static let goods = [
        EvidenceField(name: "gname", isMandatory: true, kind: .text(1...250)),
        EvidenceField(name: "itemLink", isMandatory: true, kind: .text(1...3_000)),
    ]
}
