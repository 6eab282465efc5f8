internal import ClearanceEvents

extension CEBShape {
    /// The subject by the message's ladder; nil when no rung has its numbers.
    func subject() -> String? {
        let subject: Subject? =
            switch message.subject {
            case .order:
                .order(
                    platform: text("ebpCode"), enterprise: text("ebcCode"),
                    orderNo: text("orderNo"))
            case .payment:
                .payment(payCode: text("payCode"), transactionId: text("payTransactionId"))
            case .waybill:
                .waybill(logisticsCode: text("logisticsCode"), logisticsNo: text("logisticsNo"))
            case .declaration:
                .declaration(
                    agentCode: text("agentCode"), copNo: text("copNo"), preNo: text("preNo"),
                    invtNo: text("invtNo"), ebcCode: text("ebcCode"), orderNo: text("orderNo"))
            }
        return subject?.text
    }
}
