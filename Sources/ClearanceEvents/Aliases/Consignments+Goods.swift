// Returns, movements, and what money, risk and decisions say of consignments.

extension Consignments {
    private static let returnInvtNo = Catalogue.field("returnRequest.invtNo")
    private static let returnOrderNo = Catalogue.field("returnRequest.orderNo")
    private static let returnAgent = Catalogue.field("returnRequest.agentCode")
    private static let returnCopNo = Catalogue.field("returnRequest.copNo")
    private static let returnCoElNo = Catalogue.field("returnRequest.coElNo")
    private static let backInvtNo = Catalogue.field("goodsReturn.invtNo")
    private static let backOrderNo = Catalogue.field("goodsReturn.orderNo")
    private static let backAgent = Catalogue.field("goodsReturn.agentCode")
    private static let backCopNo = Catalogue.field("goodsReturn.copNo")
    private static let backCarrier = Catalogue.field("goodsReturn.logisticsCode")
    private static let backWaybill = Catalogue.field("goodsReturn.logisticsNo")
    private static let backCoElNo = Catalogue.field("goodsReturn.coElNo")

    static func goodsReturn(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        let data = event.data
        switch index {
        case 4, 5: return receiptAbout(event, space: returnSpace, into: &sink)
        case 6, 7, 9, 10:
            let number = data.text(backCopNo)
            if data.text(backInvtNo).count == 0 {
                let code = data.text(backCarrier)
                via(LinkScan.key(waybillSpace, code, data.text(backWaybill)), into: &sink)
            }
            aboutList(
                event, list: data.text(backInvtNo), order: data.text(backOrderNo),
                agent: data.text(backAgent),
                number: number.count > 0 ? number : data.text(backCoElNo), into: &sink)
        default:
            let number = data.text(returnCopNo)
            aboutList(
                event, list: data.text(returnInvtNo), order: data.text(returnOrderNo),
                agent: data.text(returnAgent),
                number: number.count > 0 ? number : data.text(returnCoElNo), into: &sink)
        }
    }

    private static func aboutList(
        _ event: EventView, list: Span<UInt8>, order: Span<UInt8>, agent: Span<UInt8>,
        number: Span<UInt8>, into sink: inout LinkSink
    ) {
        if let key = LinkScan.key(listSpace, list) {
            sink.concerns(key)
        } else {
            concerns(LinkScan.key(orderSpace, order), into: &sink)
        }
        via(LinkScan.key(returnSpace, agent, number), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let carrier = Catalogue.field("movement.logisticsCode")
    private static let waybillNo = Catalogue.field("movement.logisticsNo")
    private static let movedBill = Catalogue.field("movement.billNo")
    private static let movedItems = Catalogue.field("movement.items")
    private static let movedWaybill = Catalogue.field("movementItem.logisticsNo")
    private static let movedObjects = Catalogue.field("movement.objects")
    private static let inputs = Catalogue.field("movement.inputs")
    private static let outputs = Catalogue.field("movement.outputs")
    private static let objectSubject = Catalogue.field("movementObject.subject")

    static func movement(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        let code = data.text(carrier)
        via(LinkScan.key(waybillSpace, code, data.text(waybillNo)), into: &sink)
        var found = sink
        var hasItems = false
        data.forEachRecord(movedItems) {
            hasItems = true
            via(LinkScan.key(waybillSpace, code, $0.text(movedWaybill)), into: &found)
        }
        sink = found
        // A movement that lists no parcel is of all that its bill lists.
        if !hasItems { via(LinkScan.key(billSpace, data.text(movedBill)), into: &sink) }
        objects(data, movedObjects, into: &sink)
        objects(data, inputs, into: &sink)
        objects(data, outputs, into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static func objects(
        _ data: RecordView, _ list: FieldRef, into sink: inout LinkSink
    ) {
        var found = sink
        data.forEachRecord(list) {
            tie(subject: $0.text(objectSubject), mode: .refers, into: &found)
        }
        sink = found
    }

    private static let taxInvtNo = Catalogue.field("tax.invtNo")
    private static let taxNo = Catalogue.field("tax.taxNo")
    private static let paidTaxes = Catalogue.field("taxSettlement.taxNos")
    private static let paidLists = Catalogue.field("taxSettlement.lists")
    private static let forexEvidence = Catalogue.field("forex.evidence")
    private static let evidenceSubject = Catalogue.field("settlementEvidence.subject")

    static func settle(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        let data = event.data
        switch index {
        case 1...3:
            concerns(LinkScan.key(listSpace, data.text(taxInvtNo)), into: &sink)
            via(LinkScan.key(taxSpace, data.text(taxNo)), into: &sink)
        case 4...6:
            var found = sink
            data.forEachText(paidTaxes) { via(LinkScan.key(taxSpace, $0), into: &found) }
            sink = found
            lists(data, paidLists, into: &sink)
        case 0x0A, 0x0B:
            var found = sink
            data.forEachRecord(forexEvidence) {
                tie(subject: $0.text(evidenceSubject), mode: .refers, into: &found)
            }
            sink = found
        default: break
        }
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let claimLines = Catalogue.field("refundClaim.lines")
    private static let decidedLines = Catalogue.field("refundDecision.lines")
    private static let lineList = Catalogue.field("refundLine.list")
    private static let lineEntry = Catalogue.field("refundLine.entryId")

    static func refund(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        var found = sink
        event.data.forEachRecord(index == 1 ? claimLines : decidedLines) { line in
            concerns(LinkScan.key(listSpace, line.text(lineList)), into: &found)
            via(LinkScan.key(entrySpace, line.text(lineEntry)), into: &found)
        }
        sink = found
        // What is later decided of the claim reaches its consignments through the claim.
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let riskAbout = Catalogue.field("risk.about")
    private static let alertAbout = Catalogue.field("recall.about")

    static func risk(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        subjects(event.data, index > 5 ? alertAbout : riskAbout, into: &sink)
        // Later events of the same risk reach its consignments through the risk.
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let decidedPapers = Catalogue.field("decision.papers")
    private static let decidedOrders = Catalogue.field("decision.orders")

    static func decision(_ event: EventView, into sink: inout LinkSink) {
        tie(subject: event.subject, mode: .about, into: &sink)
        subjects(event.data, decidedPapers, into: &sink)
        var found = sink
        event.data.forEachText(decidedOrders) {
            concerns(LinkScan.key(orderSpace, $0), into: &found)
        }
        sink = found
    }
}
