// What customs answers: receipts, inspections and releases, each by the message that it came in.

extension Consignments {
    /// The fields by which a receipt names its list; one set for each layout that includes them.
    private struct Fields: Sendable {
        let message: FieldRef
        let agentCode: FieldRef
        let copNo: FieldRef
        let coElNo: FieldRef
        let preNo: FieldRef
        let invtNo: FieldRef
        let orderNo: FieldRef

        init(_ layout: String) {
            message = Catalogue.field("\(layout).message")
            agentCode = Catalogue.field("\(layout).agentCode")
            copNo = Catalogue.field("\(layout).copNo")
            coElNo = Catalogue.field("\(layout).coElNo")
            preNo = Catalogue.field("\(layout).preNo")
            invtNo = Catalogue.field("\(layout).invtNo")
            orderNo = Catalogue.field("\(layout).orderNo")
        }
    }

    private static let ofReceipt = Fields("receipt")
    private static let ofInspection = Fields("inspection")
    private static let ofRelease = Fields("release")

    /// A receipt about a list (622, 604): joins every name of the list that it carries.
    static func listReceipt(_ event: EventView, into sink: inout LinkSink) {
        listReceipt(event, ofReceipt, mode: .own, into: &sink)
    }

    private static func listReceipt(
        _ event: EventView, _ fields: Fields, mode: Mode, into sink: inout LinkSink
    ) {
        let data = event.data
        let agent = data.text(fields.agentCode)
        bind(
            LinkScan.key(declarationSpace, agent, data.text(fields.copNo)), isJoined: true,
            into: &sink)
        bind(LinkScan.key(preSpace, data.text(fields.preNo)), isJoined: true, into: &sink)
        bind(LinkScan.key(listSpace, data.text(fields.invtNo)), isJoined: true, into: &sink)
        bind(LinkScan.key(orderSpace, data.text(fields.orderNo)), isJoined: true, into: &sink)
        tie(subject: event.subject, mode: mode, into: &sink)
    }

    /// A receipt about a request (624, 606, 626, 214): its copNo and preNo are the request's.
    static func receiptAbout(_ event: EventView, space: StaticString, into sink: inout LinkSink) {
        receiptAbout(event, ofReceipt, space: space, into: &sink)
    }

    private static func receiptAbout(
        _ event: EventView, _ fields: Fields, space: StaticString, into sink: inout LinkSink
    ) {
        let data = event.data
        concerns(LinkScan.key(listSpace, data.text(fields.invtNo)), into: &sink)
        let agent = data.text(fields.agentCode)
        let number = data.text(fields.copNo)
        let other = data.text(fields.coElNo)
        via(LinkScan.key(space, agent, number.count > 0 ? number : other), into: &sink)
        tie(subject: event.subject, mode: .about, into: &sink)
    }

    private static let receiptBill = Catalogue.field("receipt.billNo")
    private static let sumNo = Catalogue.field("receipt.sumNo")

    static func summaryReceipt(_ event: EventView, into sink: inout LinkSink) {
        let data = event.data
        let agent = data.text(ofReceipt.agentCode)
        via(LinkScan.key(summarySpace, agent, data.text(ofReceipt.copNo)), into: &sink)
        via(LinkScan.key(sumSpace, data.text(sumNo)), into: &sink)
        tie(subject: event.subject, mode: .refers, into: &sink)
    }

    /// `receipt.progress` and `receipt.failed`, by the message that they came in.
    static func receipt(_ event: EventView, into sink: inout LinkSink) {
        let message = event.data.text(ofReceipt.message)
        if isAny(message, "CEB622", "CEB604") {
            listReceipt(event, ofReceipt, mode: .own, into: &sink)
        } else if isAny(message, "CEB624", "CEB606") {
            receiptAbout(event, ofReceipt, space: cancelSpace, into: &sink)
        } else if isAny(message, "CEB626", "CEB214") {
            receiptAbout(event, ofReceipt, space: returnSpace, into: &sink)
        } else if LinkScan.equals(message, "CEB412") {
            payment(event, index: 5, into: &sink)
        } else if isAny(message, "CEB512", "CEB506") || LinkScan.equals(message, "CEB514") {
            waybill(event, isReceipt: true, into: &sink)
        } else if isAny(message, "CEB312", "CEB304") || LinkScan.equals(message, "CEB404") {
            proceeds(event, isReceipt: true, into: &sink)
        } else if LinkScan.equals(message, "CEB702") {
            summaryReceipt(event, into: &sink)
        } else {
            // 508 and 608 name the bill, as the manifest does that lists what they are about.
            via(LinkScan.key(billSpace, event.data.text(receiptBill)), into: &sink)
            tie(subject: event.subject, mode: .about, into: &sink)
        }
    }

    private static let drawnObjects = Catalogue.field("inspection.objects")

    static func inspection(_ event: EventView, into sink: inout LinkSink) {
        if isAny(event.data.text(ofInspection.message), "CEB626", "CEB214") {
            receiptAbout(event, ofInspection, space: returnSpace, into: &sink)
        } else {
            listReceipt(event, ofInspection, mode: .about, into: &sink)
        }
        subjects(event.data, drawnObjects, into: &sink)
    }

    private static let releasedLists = Catalogue.field("release.lists")
    private static let bondedList = Catalogue.field("release.bondedList")

    static func release(_ event: EventView, into sink: inout LinkSink) {
        listReceipt(event, ofRelease, mode: .about, into: &sink)
        lists(event.data, releasedLists, into: &sink)
        subjects(event.data, bondedList, into: &sink)
    }

    private static func isAny(
        _ text: Span<UInt8>, _ first: StaticString, _ second: StaticString
    ) -> Bool {
        LinkScan.equals(text, first) || LinkScan.equals(text, second)
    }
}
