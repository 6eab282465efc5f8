/// One thing said in both languages.
public struct MatchText: Sendable, Equatable {
    public let zh: String
    public let en: String

    init(_ zh: String, _ en: String) {
        self.zh = zh
        self.en = en
    }
}

/// What outcomes, codes and rules mean, in Chinese and English.
public enum MatchTexts {
    /// The text of an outcome.
    public static func text(of outcome: MatchOutcome) -> MatchText {
        switch outcome {
        case .identity: MatchText("单证身份存疑", "which paper is meant is not clear")
        case .void: MatchText("订单无效", "the order is void")
        case .missing: MatchText("逾期缺单", "a paper is missing and its deadline has passed")
        case .waiting: MatchText("等待单证", "a paper is awaited")
        case .amountMismatch: MatchText("金额不一致", "the amounts differ")
        case .partyMismatch: MatchText("当事人不一致", "the parties differ")
        case .itemMismatch: MatchText("商品不一致", "the goods differ")
        case .contactMismatch: MatchText("联系方式不一致", "telephone or address differ")
        case .ruleMismatch: MatchText("单证引用不一致", "a reference or a sum does not hold")
        case .matched: MatchText("三单一致", "the papers match")
        }
    }

    /// The text of a rule.
    public static func text(of rule: MatchRuleSet) -> MatchText {
        switch rule {
        case .identity: MatchText("每个单号只有一份内容", "one number has one content")
        case .void: MatchText("订单有效，裁定未过时", "the order is live and no decision is stale")
        case .deadline: MatchText("单证在期限内到齐", "the papers are there in time")
        case .papersMeet: MatchText("订单、支付单、运单、清单互相对应", "the papers name each other")
        case .orderTotal:
            MatchText("实际支付 = 货值 + 运费 + 税款 − 抵扣", "paid = goods + freight + tax − discount")
        case .amount: MatchText("订单金额等于支付金额", "the payments equal the order")
        case .paymentReference:
            MatchText("订单所列支付编号存在", "the payment that the order names is there")
        case .payer: MatchText("订购人即支付人", "the buyer is the payer")
        case .listBuyer: MatchText("清单订购人即订单订购人", "the list's buyer is the order's")
        case .consignee: MatchText("收货人与运单一致", "the consignee is the waybill's")
        case .listItems: MatchText("清单商品与订单逐项一致", "list and order have the same lines")
        default: MatchText("三单比对一致", "the papers match")
        }
    }

    /// The text of a kind or code.
    public static func text(of code: MatchCode) -> MatchText {
        let text = texts[Int(code.rawValue)]
        return MatchText(text.zh, text.en)
    }

    /// In the order of ``MatchCode``.
    private static let texts: [(zh: String, en: String)] = [
        ("同一单号内容冲突", "one number with two contents"),
        ("运单号六个月内重复使用", "waybill number used again within six months"),
        ("可对应多个订单", "the paper could belong to several orders"),
        ("裁定引用的单证不存在", "a decision names a paper that is not there"),
        ("订单已撤回", "the order was withdrawn"),
        ("订单被退单或裁定不予通过", "rejected by customs or by a decision"),
        ("款项已全部退还", "all money was given back"),
        ("已被合并取代", "superseded by another order"),
        ("裁定后证据有变", "the evidence changed after the decision"),
        ("逾期缺订单", "an order is missing"),
        ("逾期缺支付单", "the payment is missing"),
        ("逾期缺运单", "the waybill is missing"),
        ("订单没有商品", "the order has no items"),
        ("等待单证", "a paper is awaited"),
        ("等待同一支付的其他订单", "another order of the payment is awaited"),
        ("等待支付单", "the payment is awaited"),
        ("等待运单", "the waybill is awaited"),
        ("等待收款单", "the proceeds are awaited"),
        ("等待商品明细", "the items are awaited"),
        ("已部分支付", "paid in part"),
        ("分期未付清", "instalments are still due"),
        ("币制不一致", "the currencies differ"),
        ("口径差异", "the difference is a discount, freight or tax taken in or out"),
        ("支付多于订单", "more was paid than ordered"),
        ("支付少于订单", "less was paid than ordered"),
        ("合并支付的分摊不等于总额", "the shares of a payment do not add up"),
        ("订购人与支付人不一致", "buyer and payer differ"),
        ("清单与订单的订购人不一致", "the buyers of list and order differ"),
        ("收货人不一致", "the consignees differ"),
        ("商品项数不一致", "the number of lines differs"),
        ("商品数量或单位不一致", "quantity or unit differ"),
        ("商品不一致", "the goods differ"),
        ("电话不一致", "the telephones differ"),
        ("地址不一致", "the addresses differ"),
        ("实际支付不等于各项之和", "what was paid is not the sum of its parts"),
        ("支付编号不对应", "the order names another payment"),
        ("清单运单号不对应", "the list names another waybill"),
        ("清单电商企业不对应", "the list names another enterprise"),
        ("人工确认", "matched by hand"),
        ("逾期到齐", "matched with a late paper"),
        ("容差内一致", "matched within the tolerance"),
        ("多单合并一致", "matched as a group"),
        ("完全一致", "matched exactly"),
        ("差额在容差内", "the difference is within the tolerance"),
        ("支付逾期", "the payment is late"),
        ("运单逾期", "the waybill is late"),
        ("拆分支付", "paid in several payments"),
        ("合并支付", "one payment for several orders"),
        ("合并支付未列明各单金额", "the payment does not say how much is for each order"),
        ("多个包裹", "sent in several parcels"),
        ("部分退款", "a part was given back"),
        ("人工裁定", "decided by hand"),
        ("海关校验代码与结论相左", "customs' check code says otherwise"),
        ("支付单没有订单", "a payment without an order"),
        ("运单没有订单", "a waybill without an order"),
        ("收款单没有订单", "proceeds without an order"),
        ("清单没有订单", "a list without an order"),
    ]
}
