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
            case .proceeds:
                .proceeds(
                    ebcCode: text("ebcCode"), orderNo: text("orderNo"), payNo: text("payNo"))
            case .declaration:
                .declaration(
                    agentCode: text("agentCode"), copNo: text("copNo"), preNo: text("preNo"),
                    invtNo: text("invtNo"), ebcCode: text("ebcCode"), orderNo: text("orderNo"))
            case .cancel: own(.cancel, by: "agentCode", else: "invtNo")
            case .goodsReturn: own(.goodsReturn, by: "agentCode", else: "invtNo")
            case .tallySheet: own(.goodsReturn, by: "operatorCode", else: "invtNo")
            case .arrival: own(.arrival, by: "operatorCode", else: "billNo")
            case .departure: own(.departure, by: "logisticsCode", else: "billNo")
            case .manifest: own(.manifest, by: "agentCode", else: "billNo")
            case .summary: own(.summary, by: "agentCode", else: "sumNo")
            case .tax: .tax(text("taxNo"))
            case .message: .of(.message, text("oriCopMsgId")) ?? .of(.message, text("guid"))
            }
        return subject?.text
    }

    /// A paper of one party under its own number, else under the number of what it is about.
    private func own(_ scheme: SubjectScheme, by party: String, else other: String) -> Subject? {
        .own(
            scheme, party: text(party), number: text("copNo") ?? text("coElNo"),
            other: text(other))
    }
}
