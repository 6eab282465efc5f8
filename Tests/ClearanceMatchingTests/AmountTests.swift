import ClearanceEvents
import ClearanceMatching
import Testing

/// Amounts, currencies, split and combined payments.
@Suite struct AmountTests {
    private func paid(
        _ amount: String, order: [String: String?] = [:], rules: MatchRules = .current
    ) throws -> OrderOutcome {
        var scene = Scene()
        scene.order(order)
        scene.payment(["amountPaid": amount])
        scene.waybill()
        return try scene.outcome(rules: rules)
    }

    @Test("Equal amounts match exactly and leave no reason")
    func exact() throws {
        let outcome = try paid("129.1200")
        #expect(outcome.outcome == .matched)
        #expect(outcome.kind == .exact)
        #expect(outcome.reasons.isEmpty)
        #expect(
            outcome.papers.map(\.text) == [
                "order:EBP1/NO1", "payment:PAY1/T1", "waybill:LOG1/W1@2026-03-01",
            ])
    }

    @Test(
        "A cent below, equal and above",
        arguments: [
            ("129.11", MatchCode.amountUnder, "-0.01"), ("129.12", .exact, ""),
            ("129.13", .amountOver, "0.01"),
        ])
    func cents(amount: String, kind: MatchCode, delta: String) throws {
        let outcome = try paid(amount)
        #expect(outcome.kind == kind)
        if kind != .exact {
            #expect(outcome.outcome == .amountMismatch)
            #expect(
                outcome.reasons == [
                    MatchReason(
                        kind, field: "acturalPaid", left: "129.12", right: amount, delta: delta)
                ])
        }
    }

    @Test(
        "A tolerance is met at its limit and not beyond",
        arguments: [
            ("129.10", MatchCode.amountUnder), ("129.11", .withinTolerance),
            ("129.13", .withinTolerance), ("129.14", .amountOver),
        ])
    func tolerance(amount: String, kind: MatchCode) throws {
        var rules = MatchRules.current
        rules.tolerance = ["CNY": 1000]
        #expect(try paid(amount, rules: rules).kind == kind)
    }

    @Test("The tolerance of another currency does not help")
    func otherTolerance() throws {
        var rules = MatchRules.current
        rules.tolerance = ["USD": 1000]
        #expect(try paid("129.11", rules: rules).kind == .amountUnder)
    }

    @Test(
        "A difference that is a discount, freight or tax taken in or out is a matter of scope",
        arguments: [
            ("132.12", "acturalPaid+discount"), ("119.12", "acturalPaid-freight"),
            ("123.62", "acturalPaid-taxTotal"), ("126.12", "acturalPaid-discount"),
            ("122.12", "acturalPaid+discount-freight"), ("139.12", "acturalPaid+freight"),
            ("116.62", "acturalPaid+discount-freight-taxTotal"),
        ])
    func scope(amount: String, field: String) throws {
        let parts: [String: String?] = [
            "goodsValue": "116.62", "freight": "10", "taxTotal": "5.5", "discount": "3",
        ]
        let outcome = try paid(amount, order: parts)
        #expect(outcome.kind == .amountScope)
        #expect(outcome.reasons.first?.field == field)
        let near = try paid(amount + "1", order: parts)
        #expect(near.outcome == .amountMismatch)
        #expect(near.kind != .amountScope)
    }

    @Test("142 is CNY; USD is another currency and amounts are not compared")
    func currencies() throws {
        var scene = Scene()
        scene.order()
        scene.payment(["currency": "142"])
        scene.waybill()
        #expect(try scene.outcome().kind == .exact)
        scene.events[1].data["currency"] = .text("502")
        let outcome = try scene.outcome()
        #expect(outcome.kind == .currencyMismatch)
        #expect(
            outcome.reasons == [
                MatchReason(.currencyMismatch, field: "currency", left: "CNY", right: "USD")
            ])
    }

    @Test(
        "A split payment that adds up is a group; one that does not is amountMismatch at once",
        arguments: [
            ("69.11", MatchOutcome.amountMismatch, MatchCode.amountUnder),
            ("69.12", .matched, .group), ("69.13", .amountMismatch, .amountOver),
        ])
    func split(second: String, outcome: MatchOutcome, kind: MatchCode) throws {
        var scene = Scene()
        scene.order()
        scene.payment(["amountPaid": "60"])
        scene.payment("T2", ["amountPaid": second])
        scene.waybill()
        let found = try scene.outcome()
        #expect(found.outcome == outcome)
        #expect(found.kind == kind)
        #expect(
            found.reasons.contains(MatchReason(.split, left: "1", right: "2")))
    }

    private func combined(first: String?, second: String?, total: String) -> Scene {
        var scene = Scene()
        scene.order()
        scene.waybill()
        let payment = scene.payment(["orderNo": nil, "amountPaid": total])
        scene.set(
            payment, "orders", layout: "paymentOrder",
            [("NO1", first), ("NO2", second)].map { number, amount in
                var share = ["ebpCode": "EBP1", "orderNo": number]
                share["amount"] = amount
                return share
            })
        return scene
    }

    @Test("Of a combined payment the share counts")
    func shares() throws {
        #expect(
            try combined(first: "129.12", second: "50", total: "179.12").outcome().kind == .group)
        let under = try combined(first: "129.11", second: "50.01", total: "179.12").outcome()
        #expect(under.kind == .amountUnder)
    }

    @Test(
        "Shares that do not add up are amountMismatch of every order",
        arguments: [
            ("179.11", MatchCode.amountUnder), ("179.12", .group), ("179.13", .amountOver),
        ])
    func shareSum(total: String, kind: MatchCode) throws {
        let outcome = try combined(first: "129.12", second: "50", total: total).outcome()
        #expect(outcome.kind == kind)
        #expect(outcome.reasons.contains { $0.code == .shareSum } == (kind != .group))
    }

    @Test(
        "Without shares a combined payment must cover the order",
        arguments: [("129.11", MatchCode.amountUnder), ("129.12", .group), ("500", .group)])
    func unstated(total: String, kind: MatchCode) throws {
        let outcome = try combined(first: nil, second: nil, total: total).outcome()
        #expect(outcome.kind == kind)
        #expect(outcome.reasons.contains { $0.code == .shareUnknown })
    }

    @Test("Evidence that names another order makes a plain payment a combined one")
    func evidence() throws {
        var scene = Scene()
        scene.order()
        scene.waybill()
        scene.payment(["amountPaid": "179.12"])
        #expect(try scene.outcome().kind == .amountOver)
        let evidence = scene.add(
            "payment.evidence", "payment:PAY1/T1", "2026-03-02T09:00:00+08:00",
            ["payCode": "PAY1", "payTransactionId": "T1", "totalAmount": "179.12"])
        scene.set(
            evidence, "orders", layout: "evidenceOrder", [["orderNo": "NO1"], ["orderNo": "NO2"]])
        #expect(try scene.outcome().kind == .group)
    }

    @Test("Each order of two messages with one transaction has its own line")
    func lines() throws {
        var scene = Scene()
        scene.order()
        scene.order("NO2", ["acturalPaid": "50"])
        scene.payment(of: "NO1")
        scene.payment(of: "NO2", ["amountPaid": "50"])
        scene.waybill()
        scene.waybill("W2", of: "NO2")
        #expect(try scene.outcomes().map(\.kind) == [.group, .group])
    }

    @Test(
        "Instalments below the total wait until the deadline, then are amountUnder",
        arguments: [
            ("2026-03-07", MatchOutcome.waiting, MatchCode.partial),
            ("2026-03-08", .amountMismatch, .amountUnder),
            ("2026-03-09", .amountMismatch, .amountUnder),
        ])
    func instalments(day: String, outcome: MatchOutcome, kind: MatchCode) throws {
        var scene = Scene()
        scene.order(["orderType": "B", "goodsValue": "100", "currency": "USD"])
        scene.waybill()
        scene.proceeds(["charge": "40"])
        let found = try scene.outcome(day: day)
        #expect(found.outcome == outcome)
        #expect(found.kind == kind)
        scene.proceeds(["charge": "60", "payNo": "2"])
        scene.events[3].subject = "proceeds:EBC1/NO1/2"
        #expect(try scene.outcome(day: day).kind == .group)
    }

    @Test("Export compares proceeds with goods and freight; proceeds have no deadline")
    func export() throws {
        var scene = Scene()
        scene.order(["orderType": "E", "goodsValue": "90", "freight": "10", "currency": "502"])
        scene.waybill()
        let pending = try scene.outcome(day: "2027-01-01")
        #expect(pending.kind == .pending)
        #expect(pending.reasons == [MatchReason(.awaitingProceeds)])
        scene.proceeds()
        #expect(try scene.outcome(day: "2027-01-01").kind == .exact)
        scene.events[2].data["charge"] = .text("90")
        let outcome = try scene.outcome(day: "2027-01-01")
        #expect(outcome.kind == .amountScope)
        #expect(outcome.reasons.first?.field == "goodsValue-freight")
    }

    @Test("A sum that is not goods, freight and tax less discount is ruleMismatch")
    func total() throws {
        let parts: [String: String?] = [
            "goodsValue": "116.62", "freight": "10", "taxTotal": "5.5", "discount": "3",
        ]
        #expect(try paid("129.12", order: parts).kind == .exact)
        var wrong = parts
        wrong["discount"] = "2.99"
        let outcome = try paid("129.12", order: wrong)
        #expect(outcome.outcome == .ruleMismatch)
        #expect(outcome.kind == .orderTotal)
        #expect(outcome.reasons.first?.delta == "0.01")
        wrong["discount"] = nil as String?
        #expect(try paid("129.12", order: wrong).kind == .exact)
    }

    @Test(
        "All money back reverses the order, a part only explains",
        arguments: [
            ("129.11", MatchOutcome.matched, MatchCode.exact), ("129.12", .void, .reversed),
            ("129.13", .void, .reversed),
        ])
    func refunds(amount: String, outcome: MatchOutcome, kind: MatchCode) throws {
        var scene = Scene.exact()
        scene.add(
            "payment.refunded", "payment:PAY1/T1", "2026-03-04T09:00:00+08:00",
            ["of": "payment:PAY1/T1", "amount": amount, "currency": "CNY"])
        let found = try scene.outcome()
        #expect(found.outcome == outcome)
        #expect(found.kind == kind)
        #expect(found.reasons.contains { $0.code == (kind == .exact ? .refunded : .reversed) })
    }
}
