import ClearanceEvents
import ClearanceMatching
import Testing

/// Which paper is meant: duplicates, reused numbers, several candidates, decisions by hand.
@Suite struct IdentityTests {
    @Test("Two contents under one natural key stand against each other")
    func conflicting() throws {
        var scene = Scene()
        scene.order(["appTime": "20260301090000", "appType": "1"])
        scene.waybill()
        scene.payment(["appTime": "20260301090005", "appType": "1"])
        #expect(try scene.outcome().kind == .exact)
        scene.payment(["appTime": "20260301090005", "appType": "1", "payerName": "别人"])
        let outcome = try scene.outcome()
        #expect(outcome.outcome == .identity)
        #expect(outcome.kind == .conflictingDuplicate)
        #expect(outcome.reasons.first?.left == "payment:PAY1/T1")
        scene.payment(step: "amended", at: "2026-03-01T10:00:00+08:00")
        #expect(try scene.outcome().kind == .exact)
    }

    @Test(
        "A waybill number may be used again after six months and not within",
        arguments: [
            ("2026-08-31T12:00:00+08:00", true), ("2026-09-01T12:00:00+08:00", true),
            ("2026-09-02T00:00:00+08:00", false),
        ])
    func reuse(time: String, isReused: Bool) throws {
        var scene = Scene.exact()
        scene.order("NO2", at: "2026-08-31T09:00:00+08:00")
        scene.payment("T2", of: "NO2", at: "2026-08-31T09:00:00+08:00")
        scene.waybill("W1", of: "NO2", at: time)
        let outcomes = try scene.outcomes()
        if isReused {
            #expect(outcomes.map(\.kind) == [.numberReused, .numberReused])
            #expect(outcomes[0].reasons.first?.left == "waybill:LOG1/W1@2026-03-01")
        } else {
            #expect(outcomes.map(\.kind) == [.exact, .exact])
            #expect(outcomes[1].papers.last?.text == "waybill:LOG1/W1@2026-09-02")
        }
    }

    @Test("An amended version that names another order moves the waybill")
    func moved() throws {
        var scene = Scene.exact()
        scene.waybill(of: "NO2", step: "amended", at: "2026-03-02T12:00:00+08:00")
        scene.order("NO2")
        scene.payment("T2", of: "NO2")
        #expect(try scene.outcomes().map(\.kind) == [.pending, .exact])
    }

    @Test("A withdrawn first use of a waybill number is no reuse")
    func freed() throws {
        var scene = Scene.exact()
        scene.waybill(step: "withdrawn", at: "2026-03-01T13:00:00+08:00")
        scene.waybill(of: "NO2", at: "2026-03-01T14:00:00+08:00")
        scene.order("NO2")
        scene.payment("T2", of: "NO2")
        #expect(try scene.outcomes().map(\.kind) == [.pending, .exact])
    }

    /// One number on two platforms; the second order has its own payment.
    private func twoPlatforms() -> Scene {
        var scene = Scene()
        scene.order(ebp: "EBP1")
        scene.order(ebp: "EBP2", ["consignee": "别人", "buyerIdNumber": "110101190001010014"])
        scene.payment()
        scene.payment("T2", ["ebpCode": "EBP2", "payerIdNumber": "110101190001010014"])
        return scene
    }

    @Test("Of two orders with one number the waybill goes where a list says")
    func byList() throws {
        var scene = twoPlatforms()
        scene.waybill(["consignee": nil, "consigneeTelephone": nil, "consigneeAddress": nil])
        #expect(try scene.outcomes().map(\.kind) == [.ambiguous, .ambiguous])
        scene.list(["ebpCode": "EBP2", "buyerIdNumber": nil])
        #expect(try scene.outcomes().map(\.kind) == [.pending, .exact])
    }

    @Test("Of two orders with one number the waybill goes where the consignee agrees")
    func byConsignee() throws {
        var scene = twoPlatforms()
        scene.waybill()
        #expect(try scene.outcomes().map(\.kind) == [.exact, .pending])
    }

    @Test("A payment without platform goes to the order that names it, else to its buyer")
    func byReference() throws {
        var scene = twoPlatforms()
        scene.events.removeLast(2)
        let payment = scene.payment(["ebpCode": nil, "payerIdNumber": nil, "payerName": nil])
        #expect(
            try scene.outcomes(day: "2026-03-08").map(\.kind) == [.ambiguous, .ambiguous])
        scene.events[payment].data["payerIdNumber"] = .text("110101190001010014")
        #expect(
            try scene.outcomes(day: "2026-03-08").map { $0.papers.count } == [1, 2])
        scene.events[0].data["payCode"] = .text("PAY1")
        scene.events[0].data["payTransactionId"] = .text("T1")
        #expect(
            try scene.outcomes(day: "2026-03-08").map { $0.papers.count } == [2, 1])
    }

    @Test("A void order leaves its papers to a live one of the same number")
    func voidCandidate() throws {
        var scene = twoPlatforms()
        scene.order(ebp: "EBP2", step: "withdrawn", at: "2026-03-02T09:00:00+08:00")
        scene.waybill(["consignee": nil, "consigneeTelephone": nil, "consigneeAddress": nil])
        #expect(try scene.outcomes().map(\.kind) == [.exact, .voided])
    }

    @Test("An export waybill names no order and meets it through the list")
    func exportWaybill() throws {
        var scene = Scene()
        scene.order(["orderType": "E", "goodsValue": "100", "currency": "USD"])
        scene.proceeds()
        scene.waybill(of: nil)
        #expect(try scene.outcome().kind == .pending)
        #expect(try scene.orphans().map(\.kind) == [.orphanWaybill])
        let list = scene.list()
        #expect(try scene.outcome().kind == .exact)
        scene.events[list].data["logisticsNo"] = .text("W2")
        #expect(try scene.outcome().kind == .pending)
    }

    // MARK: - Decisions

    @Test("Force overrides everything, accept only differences")
    func acceptAndForce() throws {
        var scene = Scene()
        scene.order()
        scene.waybill()
        scene.decide("accept")
        #expect(try scene.outcome().kind == .pending)
        scene.payment(["amountPaid": "1"])
        let accepted = try scene.outcome()
        #expect(accepted.outcome == .matched)
        #expect(accepted.kind == .manual)
        #expect(accepted.reasons.map(\.code) == [.amountUnder, .decision])
        scene.events.removeLast()
        scene.decide("force", at: "2026-03-05T09:00:01+08:00")
        #expect(try scene.outcome().kind == .manual)
    }

    @Test("A rejection by hand voids, reopening ends the decision before it")
    func rejectAndReopen() throws {
        var scene = Scene.exact()
        scene.decide("reject")
        #expect(try scene.outcome().kind == .rejected)
        scene.decide("reopen", at: "2026-03-05T09:00:01+08:00")
        let reopened = try scene.outcome()
        #expect(reopened.kind == .exact)
        #expect(reopened.reasons.isEmpty)
        scene.decide("split", at: "2026-03-05T09:00:02+08:00")
        #expect(try scene.outcome().kind == .exact)
    }

    @Test(
        "A paper said after a decision makes it stale, one said before does not",
        arguments: [
            ("2026-03-05T08:59:59+08:00", false), ("2026-03-05T09:00:00+08:00", false),
            ("2026-03-05T09:00:01+08:00", true),
        ])
    func stale(time: String, isStale: Bool) throws {
        var scene = Scene.exact()
        scene.decide("force")
        scene.payment(step: "amended", at: time)
        let outcome = try scene.outcome()
        #expect(outcome.kind == (isStale ? .staleDecision : .manual))
        #expect(outcome.outcome == (isStale ? .void : .matched))
    }

    @Test("A list after a decision is what follows it and not new evidence")
    func declaredAfter() throws {
        var scene = Scene.exact()
        scene.decide("force")
        scene.list(at: "2026-03-06T09:00:00+08:00")
        #expect(try scene.outcome().kind == .manual)
        #expect(try scene.outcome().declared)
    }

    @Test("A decision that names a payment which is not there dangles")
    func dangling() throws {
        var scene = Scene.exact()
        scene.decide("accept", papers: ["payment:PAY1/T1", "waybill:LOG1/W1@2026-03-01"])
        #expect(try scene.outcome().kind == .manual)
        scene.decide("accept", at: "2026-03-06T09:00:00+08:00", papers: ["payment:PAY1/T9"])
        let outcome = try scene.outcome()
        #expect(outcome.kind == .danglingReference)
        #expect(outcome.reasons.first?.left == "payment:PAY1/T9")
    }
}
