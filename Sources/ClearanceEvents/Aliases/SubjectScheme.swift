/// The kinds of things that events speak about: the word before the colon of a subject.
///
/// Source: `specs/aliases.md`, subjects.
public enum SubjectScheme: String, Sendable, CaseIterable {
    case order, payment, waybill, proceeds, declaration, pre, list, cancel
    case goodsReturn = "return"
    case customsEntry, summary, manifest, arrival, departure, bonded, gatepass, transit, tax
    case guarantee, book, refund, settlement, goods, lot, enterprise, person, site, zone
    case criminalCase = "case"
    case risk, campaign, ruleset, clock, bill, package, ledger, message

    private static let table = WordTable(allCases.map(\.rawValue))

    /// The scheme with these bytes as its word; nil when there is none.
    init?(_ word: Span<UInt8>) {
        let number = Int(SubjectScheme.table.number(of: word))
        guard number != 0 else { return nil }
        self = SubjectScheme.allCases[number - 1]
    }

    /// How many parts stand behind the colon.
    public var partCounts: ClosedRange<Int> {
        switch self {
        case .order, .payment, .waybill, .declaration, .cancel, .goodsReturn, .summary, .manifest,
            .arrival, .departure, .settlement, .lot, .criminalCase:
            2...2
        case .proceeds: 2...3
        default: 1...1
        }
    }

    /// The part that may begin with an unencoded `~`, which says that another name stands in for
    /// the usual one; nil for schemes without such a form.
    var substitutePart: Int? {
        switch self {
        case .order: 0
        case .declaration, .cancel, .goodsReturn, .summary, .manifest, .arrival, .departure: 1
        default: nil
        }
    }

    /// The Chinese name.
    public var chinese: String {
        switch self {
        case .order: "订单"
        case .payment: "支付单"
        case .waybill: "运单"
        case .proceeds: "收款单"
        case .declaration, .pre, .list: "清单"
        case .cancel: "撤销申请单"
        case .goodsReturn: "退货申请单"
        case .customsEntry: "报关单"
        case .summary: "汇总申请单"
        case .manifest: "清单总分单"
        case .arrival: "运抵单"
        case .departure: "离境单"
        case .bonded: "核注清单"
        case .gatepass: "核放单"
        case .transit: "转关单"
        case .tax: "电子税单"
        case .guarantee: "担保"
        case .book: "账册"
        case .refund: "退税申报"
        case .settlement: "结算"
        case .goods: "商品备案"
        case .lot: "批次"
        case .enterprise: "企业"
        case .person: "个人"
        case .site: "场所"
        case .zone: "区域"
        case .criminalCase: "案件"
        case .risk: "风险"
        case .campaign: "抽查"
        case .ruleset: "规则集"
        case .clock: "时钟"
        case .bill: "提运单"
        case .package: "包裹"
        case .ledger: "账本"
        case .message: "报文"
        }
    }
}
