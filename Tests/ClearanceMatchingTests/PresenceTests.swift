import ClearanceEvents
import ClearanceMatching
import Testing

/// Waiting, missing, late, void, and the orphans.
@Suite struct PresenceTests {
    @Test(
        "A paper is awaited until the seventh day has ended, then it is missing",
        arguments: [
            (nil, MatchOutcome.waiting), ("2026-03-07", .waiting), ("2026-03-08", .missing),
            ("2026-03-09", .missing),
        ])
    func deadline(day: String?, outcome: MatchOutcome) throws {
        var scene = Scene()
        scene.order()
        scene.waybill()
        let payment = try scene.outcome(day: day)
        #expect(payment.outcome == outcome)
        #expect(payment.kind == (outcome == .waiting ? .pending : .missingPayment))
        scene = Scene()
        scene.order()
        scene.payment()
        let waybill = try scene.outcome(day: day)
        #expect(waybill.kind == (outcome == .waiting ? .pending : .missingWaybill))
        #expect(waybill.reasons.first?.left == "2026-03-08")
    }

    @Test(
        "A paper of the seventh day is in time, of the eighth late, however early it arrived",
        arguments: [
            ("2026-03-08T23:59:59+08:00", MatchCode.exact), ("2026-03-09T00:00:00+08:00", .late),
            ("2026-03-09T00:00:01+08:00", .late),
        ])
    func late(time: String, kind: MatchCode) throws {
        var scene = Scene()
        scene.order()
        scene.payment(at: time)
        scene.waybill()
        #expect(try scene.outcome(day: "2026-04-01").kind == kind)
        scene = Scene()
        scene.order()
        scene.payment()
        scene.waybill(at: time)
        let outcome = try scene.outcome(day: "2026-04-01")
        #expect(outcome.outcome == .matched)
        #expect(outcome.kind == kind)
    }

    @Test("Of an order with both faults the first of the table is the outcome, the rest stay")
    func precedence() throws {
        var scene = Scene()
        scene.order()
        scene.payment(["amountPaid": "129.11", "payerName": "别人"])
        let outcome = try scene.outcome(day: "2026-03-08")
        #expect(outcome.kind == .missingWaybill)
        #expect(
            outcome.reasons.map(\.code) == [.missingWaybill, .amountUnder, .buyerPayerMismatch])
    }

    @Test("An order whose items are empty lacks them; one that says nothing does not")
    func items() throws {
        var scene = Scene.exact()
        #expect(try scene.outcome(day: "2026-03-08").kind == .exact)
        scene.events[0].data["items"] = .list([])
        #expect(try scene.outcome(day: "2026-03-07").kind == .pending)
        #expect(try scene.outcome(day: "2026-03-08").kind == .itemsAbsent)
        scene.set(0, "items", layout: "orderItem", [["gnum": "1", "qty": "1"]])
        #expect(try scene.outcome(day: "2026-03-08").kind == .exact)
    }

    @Test("A drafted order has no outcome, a withdrawn or rejected one is void")
    func void() throws {
        var scene = Scene()
        scene.order(step: "drafted")
        #expect(try scene.outcomes().isEmpty)
        scene = Scene.exact()
        scene.order(step: "withdrawn", at: "2026-03-02T09:00:00+08:00")
        #expect(try scene.outcome().kind == .voided)
        scene = Scene.exact()
        scene.receipt("order.rejected", "order:EBP1/NO1", at: "2026-03-02T09:00:00+08:00")
        let rejected = try scene.outcome()
        #expect(rejected.outcome == .void)
        #expect(rejected.kind == .rejected)
        #expect(rejected.papers.count == 3)
        #expect(try scene.orphans().isEmpty)
    }

    @Test("A withdrawal or rejection ends only what was said before it")
    func again() throws {
        var scene = Scene.exact()
        scene.order(step: "withdrawn", at: "2026-03-01T08:59:59+08:00")
        #expect(try scene.outcome().kind == .exact)
        scene = Scene.exact()
        scene.receipt("order.rejected", "order:EBP1/NO1", at: "2026-03-02T09:00:00+08:00")
        scene.order(step: "amended", at: "2026-03-02T09:00:01+08:00")
        #expect(try scene.outcome().kind == .exact)
        scene = Scene.exact()
        scene.receipt("payment.rejected", "payment:PAY1/T1", at: "2026-03-02T09:00:00+08:00")
        scene.receipt("payment.accepted", "payment:PAY1/T1", at: "2026-03-02T09:00:00+08:00")
        #expect(try scene.outcome().kind == .pending)
        scene.receipt("payment.accepted", "payment:PAY1/T1", at: "2026-03-02T09:00:01+08:00")
        #expect(try scene.outcome().kind == .exact)
    }

    @Test("The live version is the newest by its own time, whenever it arrived")
    func live() throws {
        var scene = Scene()
        scene.payment(step: "amended", at: "2026-03-02T09:00:00+08:00")
        scene.payment(at: "2026-03-01T09:00:00+08:00", ["amountPaid": "1"])
        scene.order()
        scene.waybill()
        #expect(try scene.outcome().kind == .exact)
        scene.payment(
            step: "submitted", at: "2026-03-01T08:00:00+08:00",
            ["appTime": "20260303090000", "amountPaid": "1"])
        #expect(try scene.outcome().kind == .amountUnder)
    }

    @Test("Papers that meet no order are orphans, once each, until one comes")
    func orphans() throws {
        var scene = Scene()
        scene.payment()
        scene.waybill()
        scene.proceeds()
        scene.list()
        #expect(
            try scene.orphans().map(\.kind) == [
                .orphanPayment, .orphanWaybill, .orphanProceeds, .orphanList,
            ])
        scene.order()
        #expect(try scene.orphans().isEmpty)
    }

    @Test("A payment for another platform is an orphan although the number is there")
    func platform() throws {
        var scene = Scene()
        scene.order()
        scene.waybill()
        scene.payment(["ebpCode": "EBP2"])
        #expect(try scene.orphans().map(\.kind) == [.orphanPayment])
        #expect(try scene.outcome().kind == .pending)
    }

    @Test("An order that only papers name is told as missing")
    func unknownOrder() throws {
        var scene = Scene()
        scene.payment()
        let row = try Folding.row(of: scene.events)
        let outcome = MatchDecider().missingOrder(Array("order:EBP1/NO1".utf8), in: row)
        #expect(outcome.outcome == .missing)
        #expect(outcome.kind == .missingOrder)
        #expect(outcome.papers.map(\.text) == ["payment:PAY1/T1"])
    }

    @Test("The day reached at an instant is the last one that has ended")
    func reached() throws {
        let midnight = try #require(Instant(rfc3339: "2026-03-09T00:00:00+08:00"))
        let before = Instant(microseconds: midnight.microseconds - 1)
        #expect(MatchRules.dayReached(asOf: midnight) == CivilDay("2026-03-08"))
        #expect(MatchRules.dayReached(asOf: before) == CivilDay("2026-03-07"))
    }
}
