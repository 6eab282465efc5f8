// Papers 单证 and their receipts.

extension EventType {
    /// 电子订单暂存: `order.drafted`.
    public static let orderDrafted = EventType(code: 0x0101)
    /// 电子订单申报: `order.submitted`.
    public static let orderSubmitted = EventType(code: 0x0102)
    /// 电子订单变更: `order.amended`.
    public static let orderAmended = EventType(code: 0x0103)
    /// 电子订单撤回: `order.withdrawn`.
    public static let orderWithdrawn = EventType(code: 0x0104)
    /// 电子订单入库: `order.accepted`.
    public static let orderAccepted = EventType(code: 0x0105)
    /// 电子订单退单: `order.rejected`.
    public static let orderRejected = EventType(code: 0x0106)
    /// 支付凭证暂存: `payment.drafted`.
    public static let paymentDrafted = EventType(code: 0x0201)
    /// 支付凭证申报: `payment.submitted`.
    public static let paymentSubmitted = EventType(code: 0x0202)
    /// 支付凭证变更: `payment.amended`.
    public static let paymentAmended = EventType(code: 0x0203)
    /// 支付凭证撤回: `payment.withdrawn`.
    public static let paymentWithdrawn = EventType(code: 0x0204)
    /// 支付凭证入库: `payment.accepted`.
    public static let paymentAccepted = EventType(code: 0x0205)
    /// 支付凭证退单: `payment.rejected`.
    public static let paymentRejected = EventType(code: 0x0206)
    /// 支付退款: `payment.refunded`.
    public static let paymentRefunded = EventType(code: 0x0207)
    /// 支付原始数据: `payment.evidence`.
    public static let paymentEvidence = EventType(code: 0x0208)
    /// 运单暂存: `waybill.drafted`.
    public static let waybillDrafted = EventType(code: 0x0301)
    /// 运单申报: `waybill.submitted`.
    public static let waybillSubmitted = EventType(code: 0x0302)
    /// 运单变更: `waybill.amended`.
    public static let waybillAmended = EventType(code: 0x0303)
    /// 运单撤回: `waybill.withdrawn`.
    public static let waybillWithdrawn = EventType(code: 0x0304)
    /// 运单入库: `waybill.accepted`.
    public static let waybillAccepted = EventType(code: 0x0305)
    /// 运单退单: `waybill.rejected`.
    public static let waybillRejected = EventType(code: 0x0306)
    /// 收款单暂存: `proceeds.drafted`.
    public static let proceedsDrafted = EventType(code: 0x0401)
    /// 收款单申报: `proceeds.submitted`.
    public static let proceedsSubmitted = EventType(code: 0x0402)
    /// 收款单变更: `proceeds.amended`.
    public static let proceedsAmended = EventType(code: 0x0403)
    /// 收款单撤回: `proceeds.withdrawn`.
    public static let proceedsWithdrawn = EventType(code: 0x0404)
    /// 收款单入库: `proceeds.accepted`.
    public static let proceedsAccepted = EventType(code: 0x0405)
    /// 收款单退单: `proceeds.rejected`.
    public static let proceedsRejected = EventType(code: 0x0406)
    /// 处理中回执: `receipt.progress`.
    public static let receiptProgress = EventType(code: 0x1101)
    /// 异常回执: `receipt.failed`.
    public static let receiptFailed = EventType(code: 0x1102)
}
