import ClearanceEvents

extension LifeTeller {
    /// A retail export: order, proceeds, waybill, list, release on arrival, closing.
    mutating func tellExport(_ plan: OrderPlan) {
        let voyage = world.voyage(of: plan.index)
        let trouble = plan.trouble
        let absent = trouble == .missing ? dice.below(2) : -1
        if trouble == .drafted {
            add(order(plan, Version(at: plan.placed, appStatus: 1)))
            guard dice.chance(0.7) else { return }
        }
        let sent = plan.placed.adding(seconds: trouble == .drafted ? 900 : 5)
        addPaper(
            order(plan, Version(at: sent), extra: trouble == .amended ? 100 : 0),
            receiptOf: plan.seller)
        if trouble == .amended {
            addPaper(
                order(plan, Version(at: sent.adding(seconds: 600), appType: 2)),
                receiptOf: plan.seller)
        }
        if absent != 0 { tellProceeds(plan, trouble) }
        let shipped = sent.adding(seconds: min(150_000, dice.delay(median: 50_000, p95: 120_000)))
        if absent != 1 {
            addPaper(waybill(plan, Version(at: shipped)), receiptOf: plan.carrier)
        }
        if trouble == .withdrawn {
            add(order(plan, Version(at: shipped.adding(seconds: 300), appType: 3)))
            return
        }
        let listed = shipped.adding(seconds: dice.number(600...7_200))
        tellExportList(plan, at: listed, complete: absent != 1, voyage: voyage)
    }

    private mutating func tellProceeds(_ plan: OrderPlan, _ trouble: Trouble) {
        let days = trouble == .late ? dice.number(9...25) : dice.number(0...4)
        let received = plan.placed.adding(days: days).adding(seconds: 1_000 + dice.below(60_000))
        let amount = plan.goods + plan.freight + (trouble == .offByCent ? 1 : 0)
        let paper = proceeds(
            plan, Version(at: received.adding(seconds: 600)), amount: amount,
            number: "PN" + plan.serial, received: received)
        addPaper(paper, receiptOf: plan.payer)
    }

    /// The export list and its receipts (CEB603, CEB604).
    mutating func tellExportList(
        _ plan: OrderPlan, at: Instant, complete: Bool, voyage: Voyage?
    ) {
        add(exportList(plan, Version(at: at), voyage: voyage))
        var numbers = ListNumbers(preNo: plan.preNo(attempt: 0, "B", at), invtNo: nil)
        exportReceipt(plan, numbers, "receipt.progress", 2, at.adding(seconds: 8), "新增申报成功")
        guard complete else { return }
        var entered = at.adding(seconds: 20)
        if dice.chance(0.012) {
            exportReceipt(
                plan, numbers, "declare.rejected", 100, entered, "[Code:1300;Desc:人工退单]")
            guard dice.chance(0.7) else { return }
            let again = entered.adding(seconds: dice.number(1_800...20_000))
            add(exportList(plan, Version(at: again), voyage: voyage))
            numbers.preNo = plan.preNo(attempt: 1, "B", again)
            entered = again.adding(seconds: 30)
        }
        numbers.invtNo = plan.invtNo(entered)
        exportReceipt(
            plan, numbers, "declare.accepted", 120, entered, "[Code:1800;Desc:逻辑校验通过]")
        if world.isTold(plan, oneOf: 80, from: 7) {
            return cancelExport(plan, numbers, after: entered)
        }
        var released = (voyage?.arrives ?? entered.adding(days: 1)).adding(seconds: 60)
        if dice.chance(plan.seller.grade.inspected) {
            exportReceipt(plan, numbers, "inspect.ordered", 500, released, "查验")
            released = released.adding(seconds: 3_600 + dice.below(40_000))
            if dice.chance(0.03) {
                exportReceipt(plan, numbers, "release.returned", 700, released, "退运")
                return
            }
        }
        released = released.adding(seconds: dice.delay(median: 60, p95: 1_200))
        exportReceipt(
            plan, numbers, "release.granted", 800, released, "[Code:2600;Desc:放行]")
        let left = voyage?.leaves ?? released.adding(days: 2)
        let closed = left.adding(seconds: dice.number(3_600...20_000))
        exportReceipt(plan, numbers, "release.closed", 899, closed, "结关")
        if plan.line == .export9610, world.isTold(plan, oneOf: 70, from: 3) {
            returnExport(plan, numbers, voyage, closed: closed)
        }
    }

    private mutating func exportReceipt(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ type: String, _ status: Int, _ at: Instant,
        _ text: String
    ) {
        add(
            scribe.receipt(
                type, subject: plan.listSubject, message: "CEB604", status: status, at: at,
                text: text
            ) { data in
                data.put("agentCode", plan.agent.code)
                data.put("copNo", plan.copNo)
                data.put("preNo", numbers.preNo)
                data.put("invtNo", numbers.invtNo)
                data.put("ebcCode", plan.seller.code)
                data.put("ebpCode", plan.isForeignPlatform ? "无" : plan.platform.code)
                data.put("orderNo", plan.orderNo)
                data.put("statisticsFlag", plan.line == .export1210 ? "A" : "B")
            })
    }

    private mutating func exportList(
        _ plan: OrderPlan, _ version: Version, voyage: Voyage?
    ) -> Event {
        scribe.paper(
            "declare", subject: plan.listSubject, message: "CEB603", from: plan.agent, version
        ) { data in
            plan.putOrderKey(&data)
            data.put("customsCode", plan.customs)
            data.put("logisticsCode", plan.carrier.code)
            data.put("logisticsName", plan.carrier.name)
            data.put("logisticsNo", plan.waybillNo)
            data.put("copNo", plan.copNo)
            data.put("ieFlag", "E")
            data.put("portCode", plan.customs)
            data.put("ieDate", String((voyage?.leaves ?? version.at).customs.prefix(8)))
            data.put("statisticsFlag", plan.line == .export1210 ? "A" : "B")
            data.put("agentCode", plan.agent.code)
            data.put("agentName", plan.agent.name)
            data.put("ownerCode", plan.seller.code)
            data.put("ownerName", plan.seller.name)
            if plan.line == .export1210 {
                data.put("iacCode", plan.warehouse.code)
                data.put("iacName", plan.warehouse.name)
                data.put("emsNo", plan.emsNo)
            }
            data.put("tradeMode", plan.line.mode)
            data.put("trafMode", "5")
            data.put("trafName", "XX998")
            data.put("voyageNo", "XX998")
            data.put("billNo", voyage?.billNo ?? "997-\(plan.serial)")
            data.put("loctNo", OrderPlan.site(plan.customs))
            data.put("country", plan.destination)
            data.put("POD", plan.destination)
            data.put("freight", Money.text(plan.freight))
            data.put("fCurrency", plan.currency)
            data.put("fFlag", "3")
            data.put("insuredFee", "0")
            data.put("iCurrency", plan.currency)
            data.put("iFlag", "3")
            data.put("wrapType", "2")
            data.put("packNo", "1")
            data.put("grossWeight", Money.thousandths(plan.grams))
            data.put("netWeight", Money.thousandths(max(1, plan.grams * 9 / 10)))
            data.put("form", "list")
            data.put("items", records: plan.exportItems())
        }
    }
}

extension OrderPlan {
    /// Where an export goes: USA, Germany, Japan, Australia, France (JGS-20).
    var destination: String { ["502", "304", "116", "601", "305"][index % 5] }

    func exportItems() -> [DataRecord] {
        lines.enumerated().map { place, line in
            DataRecord.of("declarationItem") { item in
                item.put("gnum", String(place + 1))
                if self.line == .export1210 {
                    item.put("itemRecordNo", line.article.itemRecordNo)
                }
                item.put("itemNo", line.article.itemNo)
                item.put("itemName", line.article.name)
                item.put("gcode", line.article.gcode)
                item.put("gname", line.article.name)
                item.put("gmodel", line.article.model)
                item.put("barCode", line.article.gtin)
                item.put("country", destination)
                item.put("currency", currency)
                item.put("qty", String(line.qty))
                item.put("unit", line.article.unit)
                item.put("qty1", Money.thousandths(line.qty * line.article.factor))
                item.put("unit1", line.article.unit1)
                item.put("price", Money.text(line.price))
                item.put("totalPrice", Money.text(line.total))
            }
        }
    }
}
