import ClearanceEvents

/// What customs' receipts of one declared list name.
struct ListNumbers: Sendable {
    var preNo: String
    var invtNo: String?
}

extension LifeTeller {
    /// Declares the list of a retail import and tells what customs does with it.
    ///
    /// `complete` is when all three papers are there; nil when one never comes: the list then
    /// stays with the e-port.
    mutating func tellList(_ plan: OrderPlan, at: Instant, complete: Instant?) {
        let refusal = complete == nil ? nil : Refusal.thrown(&dice, for: plan.trouble)
        add(importList(plan, Version(at: at), refusal: refusal))
        let numbers = ListNumbers(preNo: plan.preNo(attempt: 0, "B", at), invtNo: nil)
        listReceipt(
            plan, numbers, "receipt.progress", 2, at.adding(seconds: 8),
            text: "清单新增申报成功[电商企业编码：\(plan.seller.code)订单编号：\(plan.orderNo)]")
        guard let complete else {
            return listReceipt(
                plan, numbers, "receipt.progress", 2, at.adding(seconds: 600),
                text: "电商平台为[\(plan.platform.code)]订单编号为[\(plan.orderNo)]的三单信息不全")
        }
        let ready = complete.microseconds > at.microseconds ? complete : at
        guard let refusal else { return accept(plan, numbers, ready.adding(seconds: 8)) }
        let refused = ready.adding(seconds: dice.delay(median: 20, p95: 400))
        listReceipt(
            plan, numbers, "declare.rejected", 100, refused,
            text: "[Code:\(refusal.code);Desc:\(refusal.text)]")
        guard dice.chance(0.7) else { return }
        let again = refused.adding(seconds: dice.delay(median: 7_200, p95: 80_000))
        mend(plan, refusal, before: again)
        add(importList(plan, Version(at: again), refusal: nil))
        let second = ListNumbers(preNo: plan.preNo(attempt: 1, "B", again), invtNo: nil)
        accept(plan, second, again.adding(seconds: 10))
    }

    /// The payment is put right before the list is declared again.
    private mutating func mend(_ plan: OrderPlan, _ refusal: Refusal, before again: Instant) {
        guard refusal.code == "1327" || refusal.code == "1332" else { return }
        let at = again.adding(seconds: -900)
        add(payment(plan, Version(at: at, appType: 2), amount: plan.paid, paidAt: at))
    }

    /// From the entry into customs' database to the release.
    private mutating func accept(_ plan: OrderPlan, _ given: ListNumbers, _ ready: Instant) {
        var numbers = given
        numbers.invtNo = plan.invtNo(ready)
        let accepted = ready.adding(milliseconds: dice.delay(median: 10_000, p95: 20_000))
        listReceipt(
            plan, numbers, "declare.accepted", 120, accepted, text: "[Code:1800;Desc:逻辑校验通过]")
        if plan.line == .direct9610 { deliverToSite(plan, at: accepted.adding(seconds: -60)) }
        if dice.chance(0.012) { return cancel(plan, numbers, after: accepted) }
        var at = accepted
        if dice.chance(0.015) {
            at = at.adding(seconds: 30)
            listReceipt(
                plan, numbers, "declare.reviewing", 300, at, text: "[Code:1200;Desc:待人工审核]")
            at = at.adding(seconds: dice.delay(median: 10_800, p95: 50_000))
            listReceipt(
                plan, numbers, "declare.reviewed", 399, at, text: "[Code:2300;Desc:审核通过]")
        }
        let isSent = dice.chance(plan.seller.grade.inspected)
        if isSent, !inspect(plan, numbers, &at) { return }
        let wait =
            dice.chance(0.008)
            ? 86_400 + dice.below(86_400) : dice.delay(median: 60, p95: 1_200)
        let released = at.adding(seconds: wait)
        listReceipt(
            plan, numbers, "release.granted", 800, released, text: "[Code:2600;Desc:放行]")
        afterRelease(plan, numbers, released: released)
    }

    /// An inspection; false when the goods do not come through it.
    private mutating func inspect(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ at: inout Instant
    ) -> Bool {
        at = at.adding(seconds: 60)
        listReceipt(plan, numbers, "inspect.ordered", 500, at, text: "查验")
        at = at.adding(seconds: dice.delay(median: 14_400, p95: 90_000))
        let fails = dice.chance(0.04)
        let hit = fails || dice.chance(0.05)
        add(
            scribe.plain(
                "inspect.concluded", subject: plan.listSubject, at: at,
                source: "urn:world:customs", id: "inspected-\(numbers.invtNo ?? plan.copNo)"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("agentCode", plan.agent.code)
                data.put("copNo", plan.copNo)
                data.put("invtNo", numbers.invtNo)
                let finding = DataRecord.of("inspectionFinding") { finding in
                    finding.put("gnum", "1")
                    finding.put("code", fails ? "goods" : "quantity")
                }
                let part = DataRecord.of("inspectionPart") { part in
                    part.put("agency", "customs")
                    part.put("result", fails ? "fail" : hit ? "passAfterChange" : "pass")
                    if hit { part.put("findings", records: [finding]) }
                    part.put("disposal", fails ? "return" : "release")
                }
                data.put("parts", records: [part])
                _ = data.add(.bool(hit), name: "hit")
                _ = data.add(.bool(fails), name: "highQuality")
            })
        guard fails else { return true }
        at = at.adding(seconds: 3_600)
        listReceipt(plan, numbers, "release.returned", 700, at, text: "退运")
        add(refund(plan, amount: plan.paid, at: at.adding(days: 2)))
        return false
    }

    /// The list is taken back before its release (CEB623, CEB624).
    private mutating func cancel(
        _ plan: OrderPlan, _ numbers: ListNumbers, after accepted: Instant
    ) {
        let at = accepted.adding(seconds: dice.delay(median: 1_800, p95: 20_000))
        let copNo = "CC" + plan.serial
        let subject = "cancel:\(plan.agent.code)/\(copNo)"
        add(
            scribe.paper(
                "declare", subject: subject, message: "CEB623", from: plan.agent, Version(at: at),
                verb: "cancelRequested"
            ) { data in
                plan.putAboutList(&data, copNo: copNo, invtNo: numbers.invtNo)
                data.put("reason", "订单取消")
            })
        let preNo = plan.preNo(attempt: 2, "C", at)
        let decided = at.adding(seconds: dice.delay(median: 3_600, p95: 30_000))
        add(
            scribe.receipt(
                "declare.cancelled", subject: subject, message: "CEB624", status: 399, at: decided,
                text: "撤单审核通过"
            ) { data in
                plan.putReceiptKeys(&data, copNo: copNo, preNo: preNo, invtNo: numbers.invtNo)
            })
        add(refund(plan, amount: plan.paid, at: decided.adding(seconds: 7_200)))
    }

    /// Adds a CEB622 receipt of the list.
    mutating func listReceipt(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ type: String, _ status: Int, _ at: Instant,
        text: String
    ) {
        add(
            scribe.receipt(
                type, subject: plan.listSubject, message: "CEB622", status: status, at: at,
                text: text
            ) { data in
                plan.putReceiptKeys(
                    &data, copNo: plan.copNo, preNo: numbers.preNo, invtNo: numbers.invtNo)
            })
    }
}
