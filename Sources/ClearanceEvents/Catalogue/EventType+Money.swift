// Refunds and settlement.

extension EventType {
    /// 退税申报: `refund.claimed`.
    public static let refundClaimed = EventType(code: 0x0A01)
    /// 退税受理: `refund.accepted`.
    public static let refundAccepted = EventType(code: 0x0A02)
    /// 暂不办理: `refund.suspended`.
    public static let refundSuspended = EventType(code: 0x0A03)
    /// 退税撤回: `refund.withdrawn`.
    public static let refundWithdrawn = EventType(code: 0x0A04)
    /// 退税办结: `refund.paid`.
    public static let refundPaid = EventType(code: 0x0A05)
    /// 不予退税: `refund.denied`.
    public static let refundDenied = EventType(code: 0x0A06)
    /// 追回退税: `refund.recovered`.
    public static let refundRecovered = EventType(code: 0x0A07)
    /// 核算: `refund.accounted`.
    public static let refundAccounted = EventType(code: 0x0A08)
    /// 免税: `refund.exempted`.
    public static let refundExempted = EventType(code: 0x0A09)
    /// 视同内销征税: `refund.taxed`.
    public static let refundTaxed = EventType(code: 0x0A0A)
    /// 税单生成: `settle.taxAssessed`.
    public static let settleTaxAssessed = EventType(code: 0x0B01)
    /// 税单汇总: `settle.taxSummarised`.
    public static let settleTaxSummarised = EventType(code: 0x0B02)
    /// 税单作废: `settle.taxVoided`.
    public static let settleTaxVoided = EventType(code: 0x0B03)
    /// 税款缴纳: `settle.taxPaid`.
    public static let settleTaxPaid = EventType(code: 0x0B04)
    /// 税款追缴: `settle.taxRecovered`.
    public static let settleTaxRecovered = EventType(code: 0x0B05)
    /// 税款退还: `settle.taxRefunded`.
    public static let settleTaxRefunded = EventType(code: 0x0B06)
    /// 担保设立: `settle.guaranteeOpened`.
    public static let settleGuaranteeOpened = EventType(code: 0x0B07)
    /// 担保变更: `settle.guaranteeChanged`.
    public static let settleGuaranteeChanged = EventType(code: 0x0B08)
    /// 担保解除: `settle.guaranteeClosed`.
    public static let settleGuaranteeClosed = EventType(code: 0x0B09)
    /// 收结汇: `settle.forex`.
    public static let settleForex = EventType(code: 0x0B0A)
    /// 退汇: `settle.forexReturned`.
    public static let settleForexReturned = EventType(code: 0x0B0B)
    /// 轧差结算: `settle.netting`.
    public static let settleNetting = EventType(code: 0x0B0C)
}
