import ClearanceEvents

extension LifeTeller {
    /// Trade between firms (9710): instalments, and a list or, above 5,000 yuan, a declaration.
    mutating func tellBusiness(_ plan: OrderPlan) {
        tellExportPapers(plan)
        guard plan.trouble != .withdrawn else { return }
        let total = plan.goods + plan.freight
        let deposit = total * 3 / 10
        instalment(plan, deposit, number: 1, days: 1)
        if plan.trouble != .missing {
            instalment(plan, total - deposit, number: 2, days: dice.number(10...30))
        }
        let at = plan.placed.adding(days: 4).adding(seconds: dice.below(40_000))
        if plan.isAboveListLimit {
            declaration(plan, at: at)
        } else {
            tellExportList(plan, at: at, complete: true, voyage: nil)
        }
        let part = plan.isAboveListLimit ? "customsEntry:\(plan.entryId(at))" : plan.listSubject
        forex(
            "FX9" + plan.serial, seller: plan.seller, amount: total, evidence: [(part, total)],
            currency: "USD", at: at.adding(days: dice.number(20...40)))
    }

    /// An overseas warehouse (9810): booking, departure, arrival abroad, pre-refund, account.
    mutating func tellWarehouse(_ plan: OrderPlan) {
        tellExportPapers(plan)
        guard plan.trouble != .withdrawn else { return }
        if plan.trouble != .missing {
            instalment(plan, plan.goods + plan.freight, number: 1, days: dice.number(30...80))
        }
        let at = plan.placed.adding(days: 3).adding(seconds: dice.below(40_000))
        declaration(plan, at: at)
        let left = at.adding(days: 3)
        let abroad = left.adding(days: dice.number(12...35))
        store(plan, at: abroad)
        let entry = plan.entryId(at)
        let amount = Money.rounded(plan.goods * 13, 100)
        let line = DataRecord.of("refundLine") { line in
            line.put("entryId", entry)
            line.put("item", "1")
            line.put("qty", String(plan.pieces))
            line.put("base", Money.text(plan.goods))
            line.put("rate", "0.13")
            line.put("amount", Money.text(amount))
        }
        let number = "RF9" + plan.serial
        claim(
            number, kind: "prerefund", seller: plan.seller, lines: [line], total: amount,
            at: left.adding(days: 10))
        account(plan, number, at: abroad.adding(days: dice.number(60...150)))
    }

    /// Order and waybill of an export by firms.
    private mutating func tellExportPapers(_ plan: OrderPlan) {
        if plan.trouble == .drafted {
            add(order(plan, Version(at: plan.placed.adding(seconds: -600), appStatus: 1)))
        }
        let isAmended = plan.trouble == .amended
        addPaper(
            order(plan, Version(at: plan.placed), extra: isAmended ? 100 : 0),
            receiptOf: plan.seller)
        if isAmended {
            addPaper(
                order(plan, Version(at: plan.placed.adding(days: 1), appType: 2)),
                receiptOf: plan.seller)
        }
        if plan.trouble == .withdrawn {
            return add(order(plan, Version(at: plan.placed.adding(days: 1), appType: 3)))
        }
        let shipped = plan.placed.adding(days: 2).adding(seconds: dice.below(50_000))
        if plan.line == .business9710, !plan.isAboveListLimit {
            addPaper(waybill(plan, Version(at: shipped)), receiptOf: plan.carrier)
        } else {
            add(billOfLading(plan, at: shipped))
        }
    }

    /// Goods under a full declaration travel on a bill of lading that no CEB message carries; it
    /// names the order, because there is no list to do so.
    private func billOfLading(_ plan: OrderPlan, at: Instant) -> Event {
        scribe.plain(
            "waybill.submitted", subject: "waybill:\(plan.carrier.code)/\(plan.waybillNo)",
            at: at, source: "urn:world:carrier", id: "shipped-\(plan.waybillNo)"
        ) { data in
            data.put("logisticsCode", plan.carrier.code)
            data.put("logisticsName", plan.carrier.name)
            data.put("logisticsNo", plan.waybillNo)
            data.put("billNo", "996-\(plan.serial)")
            data.put("orderNo", plan.orderNo)
            data.put("freight", Money.text(plan.freight))
            data.put("currency", plan.currency)
            data.put("grossWeight", Money.thousandths(plan.grams))
            data.put("packNo", String(max(1, plan.pieces / 20)))
            data.put("goodsInfo", plan.goodsInfo)
            data.put("ebcCode", plan.seller.code)
            data.put("ebcName", plan.seller.name)
        }
    }

    private mutating func instalment(
        _ plan: OrderPlan, _ given: Int, number: Int, days: Int
    ) {
        let isOff = plan.trouble == .offByCent && number == 1
        let received = plan.placed.adding(days: days).adding(seconds: dice.below(30_000))
        let paper = proceeds(
            plan, Version(at: received.adding(seconds: 900)), amount: given + (isOff ? 1 : 0),
            number: "PN\(plan.serial)-\(number)", received: received)
        addPaper(paper, receiptOf: plan.payer)
    }

    /// A full customs declaration with its acceptance, release and closing.
    private mutating func declaration(_ plan: OrderPlan, at: Instant) {
        let entry = plan.entryId(at)
        let subject = "customsEntry:" + entry
        add(
            scribe.plain(
                "declare.submitted", subject: subject, at: at, source: "urn:world:broker",
                id: "declared-" + entry
            ) { data in
                data.put("form", "declaration")
                data.put("number", entry)
                data.put("entryId", entry)
                plan.putOrderKey(&data)
                data.put("customsCode", plan.customs)
                data.put("portCode", plan.customs)
                data.put("tradeMode", plan.line.mode)
                data.put("trafMode", "2")
                data.put("ieFlag", "E")
                data.put("consignor", plan.seller.code)
                data.put("agentCode", plan.agent.code)
                data.put("agentName", plan.agent.name)
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsNo", plan.waybillNo)
                data.put("billNo", "996-\(plan.serial)")
                data.put("country", plan.destination)
                data.put("currency", plan.currency)
                data.put("grossWeight", Money.thousandths(plan.grams))
                data.put("lines", records: plan.declarationLines())
            })
        let steps = [
            ("declare.accepted", 300), ("release.granted", 40_000), ("release.closed", 260_000),
        ]
        for (type, seconds) in steps {
            add(
                scribe.plain(
                    type, subject: subject, at: at.adding(seconds: seconds + dice.below(300)),
                    source: "urn:world:customs", id: type + "-" + entry
                ) { data in
                    data.put("customsCode", plan.customs)
                    data.put("agentCode", plan.agent.code)
                    data.put("ebcCode", plan.seller.code)
                })
        }
    }

    /// The goods lie in a warehouse abroad.
    private mutating func store(_ plan: OrderPlan, at: Instant) {
        let warehouse = world.enterprises.pick(.overseas, &dice)
        let subject = "waybill:\(plan.carrier.code)/\(plan.waybillNo)"
        add(
            scribe.plain(
                "move.arrived", subject: subject, at: at, source: "urn:world:overseas",
                id: "stored-\(plan.waybillNo)"
            ) { data in
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsNo", plan.waybillNo)
                data.put("place", warehouse.name)
                data.put("holder", "enterprise:" + warehouse.code)
                data.put("owner", "enterprise:" + plan.seller.code)
            })
    }

    /// What was sold of it when the pre-refund is accounted for.
    private mutating func account(_ plan: OrderPlan, _ number: String, at: Instant) {
        let isAll = dice.chance(0.6)
        let sold = isAll ? plan.goods : plan.goods * dice.number(20...90) / 100
        add(
            scribe.plain(
                "refund.accounted", subject: "refund:" + number, at: at,
                source: "urn:world:taxpayer", id: "accounted-" + number
            ) { data in
                data.put("on", at.beijingDay.description)
                data.put("currency", "USD")
                data.put("sold", Money.text(sold))
                data.put("unsold", Money.text(plan.goods - sold))
                data.put("outcome", isAll ? "equal" : "different")
                data.put("difference", Money.text(plan.goods - sold))
            })
    }

    /// A personal parcel: declared by its carrier, no order and no payment paper.
    mutating func tellParcel(_ plan: OrderPlan) {
        let at = plan.placed.adding(days: 3)
        let subject = "declaration:\(plan.carrier.code)/PX\(plan.serial)"
        add(
            scribe.plain(
                "declare.submitted", subject: subject, at: at, source: "urn:world:post",
                id: "parcel-" + plan.serial
            ) { data in
                data.put("form", "parcel")
                data.put("number", "PX" + plan.serial)
                data.put("copNo", "PX" + plan.serial)
                data.put("agentCode", plan.carrier.code)
                data.put("customsCode", plan.customs)
                data.put("ieFlag", "I")
                data.put("channel", plan.index % 2 == 0 ? "mail" : "express")
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsNo", plan.waybillNo)
                data.put("weight", Money.thousandths(plan.grams))
                data.put("value", Money.text(plan.goods))
                data.put("currency", "142")
                data.put("country", plan.lines[0].article.country)
            })
        let steps = [("declare.accepted", 600), ("release.granted", 7_200)]
        for (type, seconds) in steps {
            add(
                scribe.plain(
                    type, subject: subject, at: at.adding(seconds: seconds + dice.below(3_000)),
                    source: "urn:world:customs", id: "\(type)-PX\(plan.serial)"
                ) { data in
                    data.put("customsCode", plan.customs)
                    data.put("agentCode", plan.carrier.code)
                    data.put("copNo", "PX" + plan.serial)
                })
        }
        deliver(plan, at: at.adding(days: 2))
    }
}

extension OrderPlan {
    /// More than 5,000 yuan, at about seven yuan a dollar (E4).
    var isAboveListLimit: Bool { goods > 70_000 }

    func entryId(_ at: Instant) -> String { customs + at.customs.prefix(4) + "1" + serial }

    func declarationLines() -> [DataRecord] {
        lines.enumerated().map { place, line in
            DataRecord.of("declarationLine") { item in
                item.put("gnum", String(place + 1))
                item.put("gcode", line.article.gcode)
                item.put("gname", line.article.name)
                item.put("gmodel", line.article.model)
                item.put("qty", String(line.qty))
                item.put("unit", line.article.unit)
                item.put("qty1", Money.thousandths(line.qty * line.article.factor))
                item.put("unit1", line.article.unit1)
                item.put("price", Money.text(line.price))
                item.put("totalPrice", Money.text(line.total))
                item.put("currency", currency)
                item.put("country", destination)
            }
        }
    }
}
