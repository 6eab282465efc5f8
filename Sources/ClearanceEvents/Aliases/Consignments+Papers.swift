// The four papers, payments' refunds and evidence.

extension Consignments {
    private static let orderNo = Catalogue.field("order.orderNo")
    private static let orderReceiptNo = Catalogue.field("receipt.orderNo")

    static func order(_ event: EventView, into sink: inout LinkSink) {
        let isReceipt = event.type.code & 0xFF > 4
        let number = event.data.text(isReceipt ? orderReceiptNo : orderNo)
        if let key = LinkScan.key(orderSpace, number) {
            bind(key, isJoined: !isReceipt, into: &sink)
        } else {
            tie(subject: event.subject, mode: isReceipt ? .about : .own, into: &sink)
        }
    }

    private static let payCode = Catalogue.field("payment.payCode")
    private static let transaction = Catalogue.field("payment.payTransactionId")
    private static let paymentOrderNo = Catalogue.field("payment.orderNo")
    private static let paymentOrders = Catalogue.field("payment.orders")
    private static let partOrderNo = Catalogue.field("paymentOrder.orderNo")
    private static let receiptPayCode = Catalogue.field("receipt.payCode")
    private static let receiptTransaction = Catalogue.field("receipt.payTransactionId")
    private static let refundPayCode = Catalogue.field("paymentRefund.payCode")
    private static let refundTransaction = Catalogue.field("paymentRefund.payTransactionId")
    private static let refundOrderNo = Catalogue.field("paymentRefund.orderNo")
    private static let refundOf = Catalogue.field("paymentRefund.of")
    private static let evidencePayCode = Catalogue.field("paymentEvidence.payCode")
    private static let evidenceTransaction = Catalogue.field("paymentEvidence.payTransactionId")
    private static let evidenceOrders = Catalogue.field("paymentEvidence.orders")
    private static let evidenceOrderNo = Catalogue.field("evidenceOrder.orderNo")

    static func payment(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        let data = event.data
        switch index {
        case 5, 6:
            concerns(LinkScan.key(orderSpace, data.text(orderReceiptNo)), into: &sink)
            payment(event, data.text(receiptPayCode), data.text(receiptTransaction), into: &sink)
        case 7:
            concerns(LinkScan.key(orderSpace, data.text(refundOrderNo)), into: &sink)
            tie(subject: data.text(refundOf), mode: .refers, into: &sink)
            payment(event, data.text(refundPayCode), data.text(refundTransaction), into: &sink)
        case 8:
            forEach(data, evidenceOrders, evidenceOrderNo, orderSpace, into: &sink)
            payment(
                event, data.text(evidencePayCode), data.text(evidenceTransaction), into: &sink)
        default:
            concerns(LinkScan.key(orderSpace, data.text(paymentOrderNo)), into: &sink)
            forEach(data, paymentOrders, partOrderNo, orderSpace, into: &sink)
            payment(event, data.text(payCode), data.text(transaction), into: &sink)
        }
    }

    private static func payment(
        _ event: EventView, _ code: Span<UInt8>, _ number: Span<UInt8>, into sink: inout LinkSink
    ) {
        if let key = LinkScan.key(paymentSpace, code, number) {
            sink.via(key)
        } else {
            tie(subject: event.subject, mode: .refers, into: &sink)
        }
    }

    private static let logisticsCode = Catalogue.field("waybill.logisticsCode")
    private static let logisticsNo = Catalogue.field("waybill.logisticsNo")
    private static let waybillOrderNo = Catalogue.field("waybill.orderNo")
    private static let receiptLogisticsCode = Catalogue.field("receipt.logisticsCode")
    private static let receiptLogisticsNo = Catalogue.field("receipt.logisticsNo")

    static func waybill(_ event: EventView, isReceipt: Bool, into sink: inout LinkSink) {
        let data = event.data
        let order = data.text(isReceipt ? orderReceiptNo : waybillOrderNo)
        concerns(LinkScan.key(orderSpace, order), into: &sink)
        let code = data.text(isReceipt ? receiptLogisticsCode : logisticsCode)
        let number = data.text(isReceipt ? receiptLogisticsNo : logisticsNo)
        if let key = LinkScan.key(waybillSpace, code, number) {
            sink.via(key)
            // An export waybill names no order: until a list names it, it is a thing of its own, so
            // that it is counted and not lost.
            let speaks = event.type == .waybillSubmitted || event.type == .waybillAmended
            if order.count == 0 && speaks { sink.concerns(key) }
        } else {
            tie(subject: event.subject, mode: .refers, into: &sink)
        }
    }

    private static let proceedsOrderNo = Catalogue.field("proceeds.orderNo")

    static func proceeds(_ event: EventView, isReceipt: Bool, into sink: inout LinkSink) {
        let order = event.data.text(isReceipt ? orderReceiptNo : proceedsOrderNo)
        if let key = LinkScan.key(orderSpace, order) {
            sink.concerns(key)
        } else {
            tie(subject: event.subject, mode: .refers, into: &sink)
        }
    }

    /// Concerns the number that each record of a list holds.
    static func forEach(
        _ data: RecordView, _ list: FieldRef, _ field: FieldRef, _ space: StaticString,
        into sink: inout LinkSink
    ) {
        var found = sink
        data.forEachRecord(list) { concerns(LinkScan.key(space, $0.text(field)), into: &found) }
        sink = found
    }

    /// Concerns each list of a field that holds list numbers or `list:` subjects.
    static func lists(_ data: RecordView, _ field: FieldRef, into sink: inout LinkSink) {
        var found = sink
        data.forEachText(field) { text in
            if LinkScan.index(of: 0x3A, in: text) < text.count {
                tie(subject: text, mode: .refers, into: &found)
            } else {
                concerns(LinkScan.key(listSpace, text), into: &found)
            }
        }
        sink = found
    }

    /// Refers to each subject of a field that holds subjects.
    static func subjects(_ data: RecordView, _ field: FieldRef, into sink: inout LinkSink) {
        var found = sink
        data.forEachText(field) { tie(subject: $0, mode: .refers, into: &found) }
        sink = found
    }
}
