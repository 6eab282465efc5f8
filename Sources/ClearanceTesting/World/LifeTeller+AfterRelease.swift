import ClearanceEvents

extension LifeTeller {
    /// Tax bill, delivery, and for some a return; else the tax is paid from day 31 on.
    mutating func afterRelease(_ plan: OrderPlan, _ numbers: ListNumbers, released: Instant) {
        guard let invtNo = numbers.invtNo else { return }
        let taxNo = "TX" + plan.serial
        tax(
            plan, invtNo, taxNo: taxNo, at: released.adding(seconds: dice.number(30...300)),
            left: plan.lines.map(\.qty))
        let delivered = released.adding(seconds: dice.delay(median: 170_000, p95: 420_000))
        if dice.chance(0.985) { deliver(plan, at: delivered) }
        if dice.chance(0.1) {
            listReceipt(
                plan, numbers, "release.closed", 899, released.adding(days: 1), text: "结关")
        }
        guard dice.chance(0.032) else {
            return pay(plan, taxNo, amount: plan.tax, released: released)
        }
        sendBack(plan, numbers, taxNo: taxNo, released: released)
    }

    /// The parcel is signed for (CEB513); some carriers pass on that it was taken (CEB514).
    mutating func deliver(_ plan: OrderPlan, at: Instant) {
        let subject = "waybill:\(plan.carrier.code)/\(plan.waybillNo)"
        let sent = at.adding(seconds: 900)
        add(
            scribe.paper(
                "move", subject: subject, message: "CEB513", from: plan.carrier, Version(at: sent),
                time: at, verb: "delivered"
            ) { data in
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsName", plan.carrier.name)
                data.put("logisticsNo", plan.waybillNo)
                data.put("logisticsStatus", "S")
                data.put("logisticsTime", at.wholeSecond.customs)
            })
        guard (plan.carrier.code.utf8.last ?? 48) % 4 == 0, plan.index % 16 == 0 else { return }
        add(
            scribe.receipt(
                "receipt.progress", subject: subject, message: "CEB514", status: 120,
                at: sent.adding(seconds: 10), text: "[Code:1800;Desc:逻辑校验通过]"
            ) { data in
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsNo", plan.waybillNo)
                data.put("logisticsStatus", "S")
            })
    }

    /// A tax bill over the quantities in `left`, a line each (CEB816).
    private mutating func tax(
        _ plan: OrderPlan, _ invtNo: String, taxNo: String, at: Instant, left: [Int]
    ) {
        let kept = zip(plan.lines, left).enumerated().compactMap { place, part in
            part.1 > 0
                ? (place + 1, LifeTeller.share(part.0.tax, part.1, of: part.0.qty), part.0)
                : nil
        }
        let subject = "tax:\(taxNo)"
        add(
            taxEvent("settle.taxAssessed", subject, message: "CEB816", at: at) { data in
                data.put("invtNo", invtNo)
                data.put("taxNo", taxNo)
                data.put("customsTax", Money.text(kept.reduce(0) { $0 + $1.1.duty }))
                data.put("valueAddedTax", Money.text(kept.reduce(0) { $0 + $1.1.vat }))
                data.put("consumptionTax", Money.text(kept.reduce(0) { $0 + $1.1.excise }))
                data.put("status", "1")
                data.put("assureCode", plan.seller.code)
                data.put("ebcCode", plan.seller.code)
                data.put("logisticsCode", plan.carrier.code)
                data.put("agentCode", plan.agent.code)
                data.put("customsCode", plan.customs)
                data.put(
                    "items",
                    records: kept.map { number, tax, line in
                        DataRecord.of("taxItem") { item in
                            item.put("gnum", String(number))
                            item.put("gcode", line.article.gcode)
                            item.put("taxPrice", Money.text(tax.base))
                            item.put("customsTax", Money.text(tax.duty))
                            item.put("valueAddedTax", Money.text(tax.vat))
                            item.put("consumptionTax", Money.text(tax.excise))
                        }
                    })
            })
    }

    private mutating func taxEvent(
        _ type: String, _ subject: String, message: String, at: Instant,
        fill: (inout DataRecord) -> Void
    ) -> Event {
        let time = Instant(microseconds: at.microseconds - at.microseconds % 1_000)
        var event = Event(
            type, subject: subject, time: time, source: "urn:ceb:customs", id: "")
        var data = event.data
        data.put("message", message)
        data.put("schema", world.settings.schema)
        data.put("guid", scribe.dice.guid())
        data.put("returnTime", time.customsMilliseconds)
        fill(&data)
        event.data = data
        event.id = MessageIdentity.id(of: event)
        return event
    }

    private static func share(_ tax: LineTax, _ kept: Int, of whole: Int) -> LineTax {
        guard kept < whole else { return tax }
        var part = LineTax()
        part.base = Money.rounded(tax.base * kept, whole)
        part.duty = Money.rounded(tax.duty * kept, whole)
        part.vat = Money.rounded(tax.vat * kept, whole)
        part.excise = Money.rounded(tax.excise * kept, whole)
        return part
    }

    /// The withholder pays between day 31 and day 45 after the release.
    private mutating func pay(
        _ plan: OrderPlan, _ taxNo: String, amount: Int, released: Instant
    ) {
        guard amount > 0 else { return }
        let at = released.adding(days: dice.number(31...44))
        add(
            scribe.plain(
                "settle.taxPaid", subject: "tax:\(taxNo)", at: at, source: "urn:world:treasury",
                id: "paid-\(taxNo)"
            ) { data in
                data.put("taxNos", texts: [taxNo])
                data.put("amount", Money.text(amount))
                data.put("currency", "142")
                data.put("paidOn", at.beijingDay.description)
            })
    }

    /// A return: asked for, decided, arrived, and the tax made void or smaller.
    private mutating func sendBack(
        _ plan: OrderPlan, _ numbers: ListNumbers, taxNo: String, released: Instant
    ) {
        let isPart = plan.pieces > 1 && dice.chance(0.6)
        let isTooLate = dice.chance(0.05)
        let day = isTooLate ? dice.number(31...40) : dice.number(2...29)
        let at = released.adding(days: day).adding(seconds: dice.below(40_000))
        let copNo = "RT" + plan.serial
        let subject = "return:\(plan.agent.code)/\(copNo)"
        var back = plan.lines.map(\.qty)
        if isPart {
            back = back.map { _ in 0 }
            back[0] = max(1, plan.lines[0].qty / 2)
        }
        request(plan, numbers, subject, copNo: copNo, back: back, at: at)
        let decided = at.adding(seconds: dice.delay(median: 7_200, p95: 60_000))
        let preNo = plan.preNo(attempt: 3, "T", at)
        add(
            scribe.receipt(
                isTooLate ? "return.refused" : "return.accepted", subject: subject,
                message: "CEB626", status: isTooLate ? 100 : 399, at: decided,
                text: isTooLate ? "[Code:1300;Desc:人工退单]" : "退货审核通过"
            ) { data in
                plan.putReceiptKeys(&data, copNo: copNo, preNo: preNo, invtNo: numbers.invtNo)
            })
        if isTooLate { return pay(plan, taxNo, amount: plan.tax, released: released) }
        let slow = dice.chance(0.02)
        let backDay = slow ? dice.number(46...60) : min(44, day + dice.number(2...12))
        arrive(plan, numbers, subject, copNo: copNo, back: back, released.adding(days: backDay))
        if slow { return pay(plan, taxNo, amount: plan.tax, released: released) }
        untax(plan, numbers, taxNo: taxNo, back: back, released, released.adding(days: backDay))
    }

    private mutating func request(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ subject: String, copNo: String,
        back: [Int], at: Instant
    ) {
        add(
            scribe.paper(
                "return", subject: subject, message: "CEB625", from: plan.agent, Version(at: at),
                verb: "requested"
            ) { data in
                plan.putAboutList(&data, copNo: copNo, invtNo: numbers.invtNo)
                data.put("reason", "消费者退货")
                let lines = zip(plan.lines, back).enumerated().filter { $0.element.1 > 0 }
                data.put(
                    "items",
                    records: lines.map { place, part in
                        DataRecord.of("returnItem") { item in
                            item.put("gnum", String(place + 1))
                            item.put("gcode", part.0.article.gcode)
                            item.put("gname", part.0.article.name)
                            item.put("qty", String(part.1))
                            item.put("unit", part.0.article.unit)
                        }
                    })
            })
    }

    private mutating func arrive(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ subject: String, copNo: String,
        back: [Int], _ at: Instant
    ) {
        add(
            scribe.plain(
                "return.arrived", subject: subject, at: at, source: "urn:world:warehouse",
                id: "back-\(copNo)"
            ) { data in
                data.put("invtNo", numbers.invtNo)
                data.put("orderNo", plan.orderNo)
                data.put("agentCode", plan.agent.code)
                data.put("copNo", copNo)
                data.put("site", OrderPlan.site(plan.customs))
                let lines = zip(plan.lines, back).enumerated().filter { $0.element.1 > 0 }
                data.put(
                    "lines",
                    records: lines.map { place, part in
                        DataRecord.of("returnLine") { line in
                            line.put("gnum", String(place + 1))
                            line.put("qty", String(part.1))
                            line.put("unit", part.0.article.unit)
                            line.put("condition", "intact")
                        }
                    })
            })
    }

    /// The old tax bill is void; what stays with the buyer gets a new one (CEB818, CEB816).
    private mutating func untax(
        _ plan: OrderPlan, _ numbers: ListNumbers, taxNo: String, back: [Int],
        _ released: Instant, _ arrived: Instant
    ) {
        guard let invtNo = numbers.invtNo else { return }
        let at = arrived.adding(seconds: 7_200)
        add(
            taxEvent("settle.taxVoided", "tax:\(taxNo)", message: "CEB818", at: at) { data in
                data.put("invtNo", invtNo)
                data.put("taxNo", taxNo)
                data.put("status", "3")
                data.put("assureCode", plan.seller.code)
            })
        let left = zip(plan.lines, back).map { $0.qty - $1 }
        let returned = zip(plan.lines, back).reduce(0) { $0 + $1.0.price * $1.1 }
        guard left.contains(where: { $0 > 0 }) else {
            return add(refund(plan, amount: plan.paid, at: at.adding(days: 1)))
        }
        tax(plan, invtNo, taxNo: taxNo + "-2", at: at.adding(seconds: 60), left: left)
        let due = zip(plan.lines, left).reduce(0) {
            $0 + LifeTeller.share($1.0.tax, $1.1, of: $1.0.qty).total
        }
        pay(plan, taxNo + "-2", amount: due, released: released.adding(days: 1))
        add(refund(plan, amount: min(plan.paid, returned), at: at.adding(days: 1)))
    }
}
