internal import ClearanceEvents

extension CEBShape {
    /// The subject by the message's ladder; nil when no rung has its numbers.
    func subject() -> String? {
        if let plain = plainSubject() { return plain.text }
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

    /// The first rung of the ladders that most documents have, when its numbers need no encoding.
    private func plainSubject() -> Subject? {
        switch message.subject {
        // Without a platform this is no subject: `无` is not plain.
        case .order: .plain(.order, bytes(.ebpCode), bytes(.orderNo))
        case .payment: .plain(.payment, bytes(.payCode), bytes(.payTransactionId))
        case .waybill: .plain(.waybill, bytes(.logisticsCode), bytes(.logisticsNo))
        case .declaration: .plain(.declaration, bytes(.agentCode), bytes(.copNo))
        default: nil
        }
    }

    /// A paper of one party under its own number, else under the number of what it is about.
    private func own(_ scheme: SubjectScheme, by party: String, else other: String) -> Subject? {
        .own(
            scheme, party: text(party), number: text("copNo") ?? text("coElNo"),
            other: text(other))
    }
}
