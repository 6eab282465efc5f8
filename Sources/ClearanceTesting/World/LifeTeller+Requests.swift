import ClearanceEvents

// Messages beside the main way of a life: inbound details, export cancellations and returns, and
// what the gateway says of a message that it cannot read.

extension World {
    /// Whether an order has something that one of `many` orders has. Thrown by its number, so that
    /// the throws of its life stay what they are.
    func isTold(_ plan: OrderPlan, oneOf many: Int, from tag: UInt64) -> Bool {
        var dice = Dice(seed: settings.seed, tag: Tag.side << 8 + tag, index: UInt64(plan.index))
        return dice.below(many) == 0
    }
}

extension LifeTeller {
    /// Direct imports lie at a supervised site before they are released (CEB711, CEB712).
    mutating func deliverToSite(_ plan: OrderPlan, at: Instant) {
        let keeper = OrderPlan.keeper(plan.customs, in: world)
        let copNo = "RK" + plan.serial
        let subject = "arrival:\(keeper.code)/\(copNo)"
        add(
            scribe.paper(
                "move", subject: subject, message: "CEB711", from: keeper, Version(at: at),
                verb: "arrived"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("copNo", copNo)
                data.put("operatorCode", keeper.code)
                data.put("operatorName", keeper.name)
                data.put("ieFlag", "I")
                data.put("trafMode", "5")
                data.put("trafNo", "XX999")
                data.put("voyageNo", "XX\(900 + plan.index % 50)")
                data.put("billNo", plan.billNo)
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsName", plan.carrier.name)
                data.put("unloadLocation", "A01")
                let item = DataRecord.of("movementItem") { item in
                    item.put("gnum", "1")
                    item.put("logisticsNo", plan.waybillNo)
                }
                data.put("items", records: [item])
            })
        add(
            scribe.receipt(
                "receipt.progress", subject: subject, message: "CEB712", status: 120,
                at: at.adding(seconds: 20), text: "[Code:1800;Desc:逻辑校验通过]"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("operatorCode", keeper.code)
                data.put("copNo", copNo)
                data.put("preNo", plan.preNo(attempt: 4, "R", at))
                data.put("rkdNo", plan.preNo(attempt: 5, "K", at))
            })
    }

    /// The export list is taken back before the goods arrive (CEB605, CEB606).
    mutating func cancelExport(
        _ plan: OrderPlan, _ numbers: ListNumbers, after entered: Instant
    ) {
        let copNo = "CC" + plan.serial
        let subject = "cancel:\(plan.agent.code)/\(copNo)"
        let at = entered.adding(seconds: 1_800)
        add(
            scribe.paper(
                "declare", subject: subject, message: "CEB605", from: plan.agent, Version(at: at),
                verb: "cancelRequested"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("copNo", copNo)
                data.put("invtNo", numbers.invtNo)
                data.put("reason", "订单取消")
                data.put("agentCode", plan.agent.code)
                data.put("agentName", plan.agent.name)
                data.put("ebcCode", plan.seller.code)
                data.put("ebcName", plan.seller.name)
            })
        add(
            scribe.receipt(
                "declare.cancelled", subject: subject, message: "CEB606", status: 399,
                at: at.adding(seconds: 3_600), text: "[Code:2300;Desc:审核通过]"
            ) { data in
                data.put("agentCode", plan.agent.code)
                data.put("copNo", copNo)
                data.put("preNo", plan.preNo(attempt: 2, "C", at))
                data.put("invtNo", numbers.invtNo)
            })
    }

    /// The goods come back from abroad: request, decision and tally (CEB213 to CEB216, which only
    /// the edition of 2022 has).
    mutating func returnExport(
        _ plan: OrderPlan, _ numbers: ListNumbers, _ voyage: Voyage?, closed: Instant
    ) {
        guard world.settings.schema == "202205" else { return }
        let number = "RE" + plan.serial
        let at = closed.adding(days: 20)
        let billNo = voyage?.billNo ?? "997-\(plan.serial)"
        let preNo = plan.preNo(attempt: 3, "T", at)
        let subject = "return:\(plan.agent.code)/\(number)"
        add(
            scribe.paper(
                "return", subject: subject, message: "CEB213", from: plan.agent, Version(at: at),
                verb: "requested"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("loctNo", OrderPlan.site(plan.customs))
                data.put("ebpCode", plan.isForeignPlatform ? "无" : plan.platform.code)
                data.put("ebpName", plan.isForeignPlatform ? "无" : plan.platform.name)
                data.put("ebcCode", plan.seller.code)
                data.put("ebcName", plan.seller.name)
                data.put("logisticsNo", plan.waybillNo)
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsName", plan.carrier.name)
                data.put("coElNo", number)
                data.put("invtNo", numbers.invtNo)
                data.put("tradeMode", plan.line.mode)
                data.put("agentCode", plan.agent.code)
                data.put("agentName", plan.agent.name)
                data.put("billNo", billNo)
                data.put("ieFlag", "I")
                data.put("trafMode", "5")
                data.put("trafName", "XX997")
                data.put("portCode", plan.customs)
                data.put("reason", "买家退货")
                data.put("country", plan.destination)
                data.put("voyageNo", "XX997")
                data.put("items", records: plan.returnedItems())
            })
        add(
            scribe.receipt(
                "return.accepted", subject: subject, message: "CEB214", status: 399,
                at: at.adding(seconds: 7_200), text: "[Code:2300;Desc:审核通过]"
            ) { data in
                data.put("ebpCode", plan.isForeignPlatform ? "无" : plan.platform.code)
                data.put("ebcCode", plan.seller.code)
                data.put("agentCode", plan.agent.code)
                data.put("coElNo", number)
                data.put("preNo", preNo)
                data.put("invtNo", numbers.invtNo)
            })
        tallyReturn(
            plan, numbers, number: number, preNo: preNo, billNo: billNo, at: at.adding(days: 6))
    }

    private mutating func tallyReturn(
        _ plan: OrderPlan, _ numbers: ListNumbers, number: String, preNo: String, billNo: String,
        at: Instant
    ) {
        let keeper = OrderPlan.keeper(plan.customs, in: world)
        let subject = "return:\(keeper.code)/\(number)"
        add(
            scribe.paper(
                "return", subject: subject, message: "CEB215", from: keeper, Version(at: at),
                verb: "tallied"
            ) { data in
                data.put("customsCode", plan.customs)
                data.put("operatorCode", keeper.code)
                data.put("operatorName", keeper.name)
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsName", plan.carrier.name)
                data.put("logisticsNo", plan.waybillNo)
                data.put("invtNo", numbers.invtNo)
                data.put("coElNo", number)
                data.put("preNo", preNo)
                data.put("billNo", billNo)
                data.put("ieFlag", "I")
                data.put("trafMode", "5")
                data.put("trafName", "XX997")
                data.put("voyageNo", "XX997")
            })
        add(
            scribe.receipt(
                "receipt.progress", subject: subject, message: "CEB216", status: 399,
                at: at.adding(seconds: 60), text: "理货单审结"
            ) { data in
                data.put("operatorCode", keeper.code)
                data.put("logisticsCode", plan.carrier.code)
                data.put("logisticsNo", plan.waybillNo)
                data.put("coElNo", number)
                data.put("preNo", preNo)
            })
    }

    /// The gateway could not read a message: it says so, and the message comes again in order
    /// (CEB900).
    mutating func refuseMessage(_ plan: OrderPlan) {
        let original = "MSG" + plan.serial
        let number = plan.line.isImportRetail ? "CEB311Message" : "CEB303Message"
        add(
            scribe.receipt(
                "receipt.failed", subject: "message:" + original, message: "CEB900",
                status: -301_008, at: plan.placed.adding(seconds: -30),
                text: "参数校验不通过，数据包不能通过schema验证"
            ) { data in
                data.put("oriCopMsgId", original)
                data.put("oriMessageType", number)
                data.put("oriBizMessage", "<\(number)/>")
            })
    }
}

extension OrderPlan {
    /// One piece of the first line.
    func returnedItems() -> [DataRecord] {
        let line = lines[0]
        return [
            DataRecord.of("returnItem") { item in
                item.put("gnum", "1")
                item.put("gcode", line.article.gcode)
                item.put("gname", line.article.name)
                item.put("gmodel", line.article.model)
                item.put("qty", "1")
                item.put("qty1", Money.thousandths(line.article.factor))
                item.put("unit", line.article.unit)
                item.put("unit1", line.article.unit1)
            }
        ]
    }
}

extension Voyage {
    /// What a summary result is about: it knows the sum's number and not the request's.
    func summaryResult(_ at: Instant) -> String { "summary:\(agent.code)/~\(sumNo(at))" }

    /// Customs has the manifest (CEB608).
    func manifestReceipt(_ scribe: inout Scribe, at: Instant) -> Event {
        scribe.receipt(
            "receipt.progress", subject: "manifest:\(agent.code)/MF\(serial)",
            message: "CEB608", status: 399, at: at, text: "总分单审结"
        ) { data in
            data.put("agentCode", agent.code)
            data.put("logisticsCode", carrier.code)
            data.put("copNo", "MF" + serial)
            data.put("preNo", "Z\(at.customs.prefix(8))0\(serial)")
            data.put("billNo", billNo)
            data.put("msgSeqNo", "1")
        }
    }

    /// Customs has the departure (CEB510).
    func departureReceipt(_ scribe: inout Scribe, at: Instant) -> Event {
        scribe.receipt(
            "receipt.progress", subject: "departure:\(carrier.code)/LJ\(serial)",
            message: "CEB510", status: 399, at: at, text: "离境单审结"
        ) { data in
            data.put("logisticsCode", carrier.code)
            data.put("copNo", "LJ" + serial)
            data.put("preNo", "L\(at.customs.prefix(8))0\(serial)")
            data.put("msgSeqNo", "1")
        }
    }
}
