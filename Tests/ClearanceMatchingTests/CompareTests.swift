import ClearanceEvents
import ClearanceMatching
import Testing

/// Persons, references, lists, explanations and summaries.
@Suite struct CompareTests {
    @Test(
        "Buyer and payer are compared where both are known",
        arguments: [
            ("payerIdNumber", "110101190001010014", MatchCode.buyerPayerMismatch),
            ("payerName", "别人", .buyerPayerMismatch), ("payerName", " 测试 ", .exact),
            ("payerIdNumber", "１１０101190001010006", .exact), ("payerName", nil, .exact),
            ("payerIdNumber", nil, .exact),
        ] as [(String, String?, MatchCode)])
    func payer(field: String, value: String?, kind: MatchCode) throws {
        var scene = Scene.exact()
        scene.events[1].data[field] = value.map { .text($0) }
        let outcome = try scene.outcome()
        #expect(outcome.kind == kind)
        for reason in outcome.reasons {
            #expect(reason.left == nil && reason.right == nil)
        }
        var rules = MatchRules.current
        rules.buyerIsPayer = false
        #expect(try scene.outcome(rules: rules).kind == .exact)
    }

    @Test(
        "The consignee of the order is the waybill's",
        arguments: [
            ("consignee", MatchOutcome.partyMismatch, MatchCode.consigneeMismatch),
            ("consigneeTelephone", .contactMismatch, .phoneMismatch),
            ("consigneeAddress", .contactMismatch, .addressMismatch),
        ])
    func consignee(field: String, outcome: MatchOutcome, kind: MatchCode) throws {
        var scene = Scene.exact()
        scene.events[2].data[field] = .text("别的")
        let found = try scene.outcome()
        #expect(found.outcome == outcome)
        #expect(found.kind == kind)
        #expect(found.reasons == [MatchReason(kind, field: field)])
        scene.events[2].data[field] = nil
        #expect(try scene.outcome().kind == .exact)
    }

    @Test("What is in a second parcel is checked as well")
    func parcels() throws {
        var scene = Scene.exact()
        scene.waybill("W2")
        #expect(try scene.outcome().kind == .group)
        scene.events[3].data["consigneeAddress"] = .text("别处")
        #expect(try scene.outcome().kind == .addressMismatch)
    }

    @Test(
        "A payment that the order does not name is a wrong reference",
        arguments: [("payTransactionId", "T1", "T9"), ("payCode", "PAY1", "PAY9")])
    func paymentReference(field: String, right: String, wrong: String) throws {
        var scene = Scene.exact()
        scene.events[0].data[field] = .text(right)
        #expect(try scene.outcome().kind == .exact)
        scene.events[0].data[field] = .text(wrong)
        let outcome = try scene.outcome()
        #expect(outcome.outcome == .ruleMismatch)
        #expect(
            outcome.reasons == [
                MatchReason(.paymentReference, field: field, left: wrong, right: right)
            ])
    }

    @Test("A list is checked when it is there and never awaited")
    func list() throws {
        var scene = Scene.exact()
        #expect(try !scene.outcome().declared)
        let list = scene.list()
        #expect(try scene.outcome().declared)
        #expect(try scene.outcome().kind == .exact)
        scene.events[list].data["buyerIdNumber"] = .text("110101190001010014")
        #expect(try scene.outcome().kind == .buyerMismatch)
        scene.events[list].data["buyerIdNumber"] = nil
        scene.events[list].data["logisticsNo"] = .text("W9")
        let waybill = try scene.outcome()
        #expect(waybill.kind == .waybillReference)
        #expect(waybill.reasons.first?.right == "LOG1/W9")
        scene.events[list].data["logisticsNo"] = .text("W1")
        scene.events[list].data["ebcCode"] = .text("EBC9")
        #expect(try scene.outcome().kind == .enterpriseReference)
        scene.events[0].data["buyerTelephone"] = .text("1")
        scene.events[list].data["buyerTelephone"] = .text("2")
        #expect(try scene.outcome().kind == .phoneMismatch)
    }

    @Test("List and order have the same lines with the same goods")
    func lines() throws {
        var scene = Scene.exact()
        let list = scene.list()
        let own = [
            ["gnum": "1", "qty": "2", "unit": "007", "itemName": "茶"],
            ["gnum": "2", "qty": "1", "unit": "011", "itemNo": "A"],
        ]
        var other = [
            ["gnum": "2", "qty": "1.0", "unit": "011", "itemNo": "A"],
            ["gnum": "1", "qty": "2", "unit": "007", "gname": "茶"],
        ]
        scene.set(0, "items", layout: "orderItem", own)
        func kind() throws -> MatchCode {
            scene.set(list, "items", layout: "declarationItem", other)
            return try scene.outcome().kind
        }
        #expect(try kind() == .exact)
        other[0]["qty"] = "2"
        #expect(try kind() == .quantityMismatch)
        other[0]["qty"] = "1"
        other[0]["unit"] = "012"
        #expect(try kind() == .quantityMismatch)
        other[0]["unit"] = "011"
        other[0]["itemNo"] = "B"
        #expect(try kind() == .goodsMismatch)
        other[0]["itemNo"] = "A"
        other[1]["gname"] = "酒"
        #expect(try kind() == .goodsMismatch)
        other.removeLast()
        #expect(try kind() == .lineCountMismatch)
        #expect(try scene.outcome().outcome == .itemMismatch)
    }

    @Test("A rejected list is not declared until it is declared again; customs' code is shown")
    func rejectedList() throws {
        var scene = Scene.exact()
        scene.list()
        let receipt = scene.receipt(
            "declare.rejected", "declaration:AG1/C1", at: "2026-03-01T14:00:00+08:00",
            ["agentCode": "AG1", "copNo": "C1", "preNo": "P1"])
        scene.events[receipt].data["codes"] = .list([.text("1332"), .text("1313")])
        let rejected = try scene.outcome()
        #expect(!rejected.declared)
        #expect(
            rejected.reasons == [
                MatchReason(.customsSays, field: "returnInfo", left: "matched", right: "1332")
            ])
        scene.list(at: "2026-03-01T15:00:00+08:00")
        #expect(try scene.outcome().declared)
        #expect(try scene.outcome().reasons.isEmpty)
    }

    @Test("A cancelled list is found through the number that customs gave it")
    func cancelledList() throws {
        var scene = Scene.exact()
        scene.list()
        scene.receipt(
            "declare.cancelled", "cancel:AG1/X1", at: "2026-03-03T14:00:00+08:00",
            ["agentCode": "AG1", "copNo": "X1", "preNo": "P7", "invtNo": "I1"])
        #expect(try scene.outcome().declared)
        scene.receipt(
            "declare.accepted", "pre:P1", at: "2026-03-01T14:00:00+08:00",
            ["agentCode": "AG1", "copNo": "C1", "preNo": "P1", "invtNo": "I1"])
        #expect(try !scene.outcome().declared)
    }

    @Test("An explanation names rule set, rule, and the state of every criterion")
    func explanation() throws {
        var scene = Scene.exact()
        scene.events[1].data["amountPaid"] = .text("129.11")
        scene.events[1].data["payerName"] = .text("别人")
        let explained = MatchExplanation(try scene.outcome(), rules: .current)
        #expect(explained.rule == "match-1/X3")
        let states = Dictionary(
            uniqueKeysWithValues: explained.criteria.map { ($0.id, $0.state) })
        #expect(states["X3"] == .failed)
        #expect(states["X5"] == .failed)
        #expect(states["X7"] == .passed)
        #expect(states["X8"] == .notApplicable)
        #expect(states["M4"] == .failed)
        let payer = try #require(explained.criteria.first { $0.id == "X5" })
        #expect(payer.fields == ["buyerName"])
        #expect(!"\(explained)".contains("别人"))
        #expect(!"\(explained)".contains("110101190001010006"))
    }

    @Test("Every outcome, code and rule has its own text in both languages")
    func texts() {
        let outcomes = MatchOutcome.allCases.map { MatchTexts.text(of: $0) }
        let codes = MatchCode.allCases.map { MatchTexts.text(of: $0) }
        let rules = MatchRuleSet.table.map { MatchTexts.text(of: $0.rule) }
        for texts in [outcomes, codes, rules] {
            #expect(Set(texts.map(\.zh)).count == texts.count)
            #expect(Set(texts.map(\.en)).count == texts.count)
        }
        #expect(MatchTexts.text(of: MatchCode.combined).en == "one payment for several orders")
        #expect(MatchTexts.text(of: MatchCode.orphanList).en == "a list without an order")
    }

    @Test("The hash of a rule set depends on every number and is stable")
    func ruleHash() {
        let first = MatchRules.current.hash
        #expect(first == MatchRules().hash)
        var hashes: Set<String> = [first]
        for change: (inout MatchRules) -> Void in [
            { $0.id = "match-2" }, { $0.paymentDays = 8 }, { $0.waybillDays = 8 },
            { $0.tolerance = ["CNY": 1] }, { $0.buyerIsPayer = false }, { $0.reuseMonths = 7 },
            { $0.status = "confirmed" }, { $0.source = "x" },
            { $0.validFrom = CivilDay(number: 1) },
        ] {
            var rules = MatchRules.current
            change(&rules)
            #expect(hashes.insert(rules.hash).inserted)
        }
    }

    @Test("A summary counts orders, papers, and each shared orphan once")
    func summary() throws {
        var scene = Scene.exact()
        scene.payment("T8", of: "NO8")
        let both = scene.payment("T9", of: "NO8", ["orderNo": nil])
        scene.set(
            both, "orders", layout: "paymentOrder",
            [["orderNo": "NO8", "amount": "1"], ["orderNo": "NO9", "amount": "1"]])
        var summary = MatchSummary(MatchDecider(), day: nil)
        for row in try Folding.rows(of: scene.events) { summary.add(row) }
        #expect(summary.orders == 1)
        #expect(summary.outcomes == [.matched: 1])
        #expect(summary.orphans == [.orphanPayment: 2])
        #expect(summary.papers == 5)
    }

    @Test("Control totals count live papers of the row's orders by family and currency")
    func totals() throws {
        let row = try Folding.row(of: Scene.exact().events)
        var sink = TotalsSink()
        MatchFold().totals(of: row, into: &sink)
        #expect(sink.cells[Array("papers/order/CNY".utf8)]?.first == 12_912_000)
        #expect(sink.cells[Array("papers/payment/CNY".utf8)]?.count == 1)
        #expect(sink.cells[Array("papers/waybill/".utf8)]?.count == 1)
    }
}
