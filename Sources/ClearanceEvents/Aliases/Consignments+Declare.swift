// Declarations, their receipts, the requests about them, and lists of lists.

extension Consignments {
    private static let form = Catalogue.field("declaration.form")
    private static let orderNo = Catalogue.field("declaration.orderNo")
    private static let agentCode = Catalogue.field("declaration.agentCode")
    private static let copNo = Catalogue.field("declaration.copNo")
    private static let preNo = Catalogue.field("declaration.preNo")
    private static let invtNo = Catalogue.field("declaration.invtNo")
    private static let logisticsCode = Catalogue.field("declaration.logisticsCode")
    private static let logisticsNo = Catalogue.field("declaration.logisticsNo")
    private static let entryId = Catalogue.field("declaration.entryId")
    private static let coveredLists = Catalogue.field("declaration.lists")

    static func declare(_ event: EventView, index: UInt16, into sink: inout LinkSink) {
        switch index {
        case 0x01...0x04, 0x0E: declaration(event, into: &sink)
        case 0x05...0x0A, 0x0F: listReceipt(event, into: &sink)
        case 0x0B, 0x16, 0x17: cancelRequest(event, into: &sink)
        case 0x0C, 0x0D: receiptAbout(event, space: cancelSpace, into: &sink)
        case 0x10, 0x18, 0x19: manifest(event, into: &sink)
        case 0x12, 0x1A, 0x1B: summary(event, into: &sink)
        case 0x13: summaryReceipt(event, into: &sink)
        case 0x14, 0x15: summaryResult(event, into: &sink)
        default: tie(subject: event.subject, mode: .refers, into: &sink)
        }
    }

    private static func declaration(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        let isList = data.text(form).count == 0 || LinkScan.equals(data.text(form), "list")
        let order = LinkScan.key(orderSpace, data.text(orderNo))
        bind(order, isJoined: isList, into: &sink)
        let agent = data.text(agentCode)
        bind(
            LinkScan.key(declarationSpace, agent, data.text(copNo)), isJoined: true, into: &sink)
        bind(LinkScan.key(preSpace, data.text(preNo)), isJoined: true, into: &sink)
        bind(LinkScan.key(listSpace, data.text(invtNo)), isJoined: true, into: &sink)
        tie(subject: event.subject, mode: isList ? .own : .about, into: &sink)
        let code = data.text(logisticsCode)
        via(LinkScan.key(waybillSpace, code, data.text(logisticsNo)), into: &sink)
        if !isList {
            via(LinkScan.key(entrySpace, data.text(entryId)), into: &sink)
            lists(data, coveredLists, into: &sink)
        }
    }

    private static let cancelInvtNo = Catalogue.field("cancelRequest.invtNo")
    private static let cancelOrderNo = Catalogue.field("cancelRequest.orderNo")
    private static let cancelAgent = Catalogue.field("cancelRequest.agentCode")
    private static let cancelCopNo = Catalogue.field("cancelRequest.copNo")

    private static func cancelRequest(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        if let key = LinkScan.key(listSpace, data.text(cancelInvtNo)) {
            sink.concerns(key)
        } else {
            concerns(LinkScan.key(orderSpace, data.text(cancelOrderNo)), into: &sink)
        }
        let agent = data.text(cancelAgent)
        via(LinkScan.key(cancelSpace, agent, data.text(cancelCopNo)), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let manifestBill = Catalogue.field("manifest.billNo")
    private static let manifestItems = Catalogue.field("manifest.items")
    private static let manifestCarrier = Catalogue.field("manifest.logisticsCode")
    private static let manifestInvtNo = Catalogue.field("manifestItem.invtNo")
    private static let manifestWaybill = Catalogue.field("manifestItem.logisticsNo")

    private static func manifest(_ event: EventView, into sink: inout LinkSink) {
        let carrier = event.data.text(manifestCarrier)
        var found = sink
        event.data.forEachRecord(manifestItems) { item in
            if let key = LinkScan.key(listSpace, item.text(manifestInvtNo)) {
                found.concerns(key)
            } else {
                let number = item.text(manifestWaybill)
                via(LinkScan.key(waybillSpace, carrier, number), into: &found)
            }
        }
        sink = found
        via(LinkScan.key(billSpace, event.data.text(manifestBill)), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let summaryItems = Catalogue.field("summary.items")
    private static let summaryItemNo = Catalogue.field("summaryItem.invtNo")
    private static let summaryAgent = Catalogue.field("summary.agentCode")
    private static let summaryCopNo = Catalogue.field("summary.copNo")
    private static let summarySumNo = Catalogue.field("summary.sumNo")

    private static func summary(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        forEach(data, summaryItems, summaryItemNo, listSpace, into: &sink)
        let agent = data.text(summaryAgent)
        via(LinkScan.key(summarySpace, agent, data.text(summaryCopNo)), into: &sink)
        via(LinkScan.key(sumSpace, data.text(summarySumNo)), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    private static let resultItems = Catalogue.field("summaryResult.items")
    private static let resultItemNo = Catalogue.field("summaryResultItem.invtNo")
    private static let resultAgent = Catalogue.field("summaryResult.agentCode")
    private static let resultCopNo = Catalogue.field("summaryResult.copNo")
    private static let resultSumNo = Catalogue.field("summaryResult.sumNo")
    private static let resultEntryId = Catalogue.field("summaryResult.entryId")

    private static func summaryResult(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        forEach(data, resultItems, resultItemNo, listSpace, into: &sink)
        let agent = data.text(resultAgent)
        via(LinkScan.key(summarySpace, agent, data.text(resultCopNo)), into: &sink)
        via(LinkScan.key(sumSpace, data.text(resultSumNo)), into: &sink)
        via(LinkScan.key(entrySpace, data.text(resultEntryId)), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }
}
