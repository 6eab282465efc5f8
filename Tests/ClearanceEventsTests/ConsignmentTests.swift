import ClearanceEvents
import Testing

@Suite struct ConsignmentTests {
    private func one(_ role: LinkSink.Role, _ space: StaticString, _ name: String)
        -> LinkSink.Link
    {
        LinkSink.Link(role: role, key: LinkKey.of(space, name))
    }

    private func two(
        _ role: LinkSink.Role, _ space: StaticString, _ first: String, _ second: String
    ) -> LinkSink.Link {
        let left = Array(first.utf8)
        let right = Array(second.utf8)
        return LinkSink.Link(role: role, key: LinkKey.of(space, left.span, right.span))
    }

    @Test("An order joins its number, its receipt only concerns it")
    func order() {
        #expect(
            Encoded.links("order.submitted", "order:EBP1/NO1", ["orderNo": .text("NO1")])
                == [one(.joins, "order", "NO1")])
        #expect(
            Encoded.links("order.accepted", "order:EBP1/NO1")
                == [one(.concerns, "order", "NO1")])
    }

    @Test("A payment concerns every order that it pays and goes via its own number")
    func payment() {
        let parts = DataValue.list([
            Encoded.record("paymentOrder", ["orderNo": "NO1"]),
            Encoded.record("paymentOrder", ["orderNo": "NO2"]),
        ])
        let found = Encoded.links(
            "payment.submitted", "payment:P/T",
            ["payCode": .text("P"), "payTransactionId": .text("T"), "orders": parts])
        #expect(
            found == [
                one(.concerns, "order", "NO1"), one(.concerns, "order", "NO2"),
                two(.via, "payment", "P", "T"),
            ])
    }

    @Test("A waybill without order goes via its number and is a thing of its own")
    func waybill() {
        let found = Encoded.links(
            "waybill.submitted", "waybill:L/W",
            ["logisticsCode": .text("L"), "logisticsNo": .text("W")])
        #expect(found == [two(.via, "waybill", "L", "W"), two(.concerns, "waybill", "L", "W")])
    }

    @Test("A list joins order, declarant's number, pre-entry and list number")
    func list() {
        let found = Encoded.links(
            "declare.submitted", "declaration:A/C",
            [
                "orderNo": .text("NO1"), "agentCode": .text("A"), "copNo": .text("C"),
                "preNo": .text("B1"), "invtNo": .text("I1"), "logisticsCode": .text("L"),
                "logisticsNo": .text("W"),
            ])
        #expect(
            found == [
                one(.joins, "order", "NO1"), two(.joins, "declaration", "A", "C"),
                one(.joins, "pre", "B1"), one(.joins, "list", "I1"),
                two(.via, "waybill", "L", "W"),
            ])
    }

    @Test("A declaration without number of its own joins the order of its subject")
    func substitute() {
        #expect(
            Encoded.links("declare.accepted", "declaration:EBC/~NO1")
                == [one(.joins, "order", "NO1")])
    }

    @Test("The receipt of a cancellation never joins its numbers to the list's")
    func cancellation() {
        let found = Encoded.links(
            "declare.cancelled", "cancel:A/X",
            [
                "message": .text("CEB624"), "agentCode": .text("A"), "copNo": .text("X"),
                "preNo": .text("C1"), "invtNo": .text("I1"),
            ])
        #expect(found == [one(.concerns, "list", "I1"), two(.via, "cancel", "A", "X")])
    }

    @Test("A return concerns the order only when it names no list")
    func goodsReturn() {
        let named = Encoded.links(
            "return.requested", "return:A/X",
            ["invtNo": .text("I1"), "orderNo": .text("NO1")])
        #expect(named == [one(.concerns, "list", "I1"), two(.via, "return", "A", "X")])
        let open = Encoded.links("return.requested", "return:A/X", ["orderNo": .text("NO1")])
        #expect(open == [one(.concerns, "order", "NO1"), two(.via, "return", "A", "X")])
    }

    @Test("An inspection of a return goes via the return")
    func inspectedReturn() {
        let found = Encoded.links(
            "inspect.ordered", "return:A/X", ["message": .text("CEB214"), "coElNo": .text("X")])
        #expect(found == [two(.via, "return", "A", "X")])
    }

    @Test("A release that only has a subject joins its list and concerns an order")
    func subjectOnly() {
        #expect(Encoded.links("release.granted", "list:I1") == [one(.joins, "list", "I1")])
        #expect(
            Encoded.links("release.granted", "order:P/NO1") == [one(.concerns, "order", "NO1")])
    }

    @Test("A movement refers to every object and never joins two lists")
    func movement() {
        let objects = DataValue.list([
            Encoded.record("movementObject", ["subject": "list:I1"]),
            Encoded.record("movementObject", ["subject": "list:I2"]),
            Encoded.record("movementObject", ["subject": "waybill:L/W"]),
        ])
        let found = Encoded.links("move.packed", "package:1", ["objects": objects])
        #expect(
            found == [
                one(.concerns, "list", "I1"), one(.concerns, "list", "I2"),
                two(.via, "waybill", "L", "W"),
            ])
    }

    @Test("An arrival goes via each waybill of its carrier")
    func arrival() {
        let items = DataValue.list([
            Encoded.record("movementItem", ["logisticsNo": "W1"]),
            Encoded.record("movementItem", ["logisticsNo": "W2"]),
        ])
        let found = Encoded.links(
            "move.arrived", "arrival:O/C", ["logisticsCode": .text("L"), "items": items])
        #expect(found.contains(two(.via, "waybill", "L", "W1")))
        #expect(found.contains(two(.via, "waybill", "L", "W2")))
        #expect(found.count == 3)
    }

    @Test("A tax bill concerns its list; its payment goes via the bill and concerns the lists")
    func tax() {
        #expect(
            Encoded.links(
                "settle.taxAssessed", "tax:T1", ["taxNo": .text("T1"), "invtNo": .text("I1")])
                == [one(.concerns, "list", "I1"), one(.via, "tax", "T1")])
        #expect(
            Encoded.links(
                "settle.taxPaid", "tax:T1",
                ["taxNos": .list([.text("T1")]), "lists": .list([.text("I1"), .text("list:I2")])])
                == [
                    one(.via, "tax", "T1"), one(.concerns, "list", "I1"),
                    one(.concerns, "list", "I2"),
                ])
    }

    @Test("Summary request, answer and customs entry meet through their numbers")
    func summary() {
        let items = DataValue.list([Encoded.record("summaryResultItem", ["invtNo": "I1"])])
        let found = Encoded.links(
            "declare.summaryDeclared", "summary:A/C",
            ["sumNo": .text("S1"), "entryId": .text("E1"), "items": items])
        #expect(
            found == [
                one(.concerns, "list", "I1"), one(.via, "sum", "S1"), one(.via, "entry", "E1"),
                two(.via, "summary", "A", "C"),
            ])
    }

    @Test("A number in a subject and the same number in data give one key")
    func encodedNumbers() {
        for number in ["A/1", "订单1", "e\u{301}", " X ", "~7", "50%"] {
            guard let subject = Subject.order(platform: "EBP", orderNo: number) else {
                Issue.record("no subject for \(number)")
                continue
            }
            let inData = Encoded.links(
                "order.submitted", subject.text, ["orderNo": .text(number)])
            let inSubject = Encoded.links("order.submitted", subject.text)
            #expect(inData == inSubject, "\(number)")
        }
    }

    @Test("A question by any alias has the key that the events tie")
    func questions() {
        let keys = Subject("list:I1").links(Consignments.self)
        #expect(keys.keys == [LinkKey.of("list", "I1")] && keys.via.isEmpty)
        let life = Subject("waybill:L/W@2026-03-01").links(Consignments.self)
        #expect(life.via == Subject("waybill:L/W").links(Consignments.self).via)
        #expect(life.via.count == 1)
    }

    @Test("A receipt in progress is tied by the message that it came in")
    func progress() {
        #expect(
            Encoded.links("receipt.progress", "cancel:A/X", ["message": .text("CEB624")])
                == [two(.via, "cancel", "A", "X")])
        #expect(
            Encoded.links(
                "receipt.progress", "declaration:A/C",
                ["message": .text("CEB622"), "preNo": .text("B1")])
                == [one(.joins, "pre", "B1"), two(.joins, "declaration", "A", "C")])
    }

    @Test("A summary's result goes via the summary number that stands in for the own one")
    func summaryResult() {
        #expect(
            Encoded.links("declare.summaryDeclared", "summary:A/~S1", ["sumNo": .text("S1")])
                == [one(.via, "sum", "S1"), one(.via, "sum", "S1")])
    }

    @Test("A request without a number of its own concerns the list of its subject")
    func unnumbered() {
        for subject in ["cancel:A/~I1", "return:A/~I1"] {
            let type = subject.hasPrefix("c") ? "declare.cancelled" : "return.accepted"
            #expect(Encoded.links(type, subject) == [one(.concerns, "list", "I1")])
        }
    }

    @Test("A movement of a whole bill meets what the manifest lists under the bill")
    func bill() {
        let lists = DataValue.list([Encoded.record("manifestItem", ["invtNo": "I1"])])
        let manifest = Encoded.links(
            "declare.manifest", "manifest:A/M1", ["billNo": .text("B1"), "items": lists])
        #expect(manifest.contains(one(.concerns, "list", "I1")))
        #expect(manifest.contains(one(.via, "bill", "B1")))
        let whole = Encoded.links("move.arrived", "arrival:O/C1", ["billNo": .text("B1")])
        #expect(whole.contains(one(.via, "bill", "B1")))
        let parcels = DataValue.list([Encoded.record("movementItem", ["logisticsNo": "W1"])])
        let part = Encoded.links(
            "move.arrived", "arrival:O/C1",
            ["billNo": .text("B1"), "logisticsCode": .text("L"), "items": parcels])
        #expect(!part.contains(one(.via, "bill", "B1")))
        #expect(part.contains(two(.via, "waybill", "L", "W1")))
    }

    @Test("A tally of returned goods without list number goes via its parcel")
    func tallySheet() {
        let found = Encoded.links(
            "return.tallied", "return:O/T1",
            [
                "logisticsCode": .text("L"), "logisticsNo": .text("W1"), "coElNo": .text("T1"),
                "operatorCode": .text("O"),
            ])
        #expect(found.contains(two(.via, "waybill", "L", "W1")))
        #expect(found.contains(two(.via, "return", "O", "T1")))
    }
}
