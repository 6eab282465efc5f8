import ClearanceEvents

extension LifeTeller {
    /// Everything about a shipment that is not about one of its orders alone.
    mutating func tell(_ voyage: Voyage, _ cargo: [Cargo]) {
        dice = Dice(seed: world.settings.seed, tag: Tag.voyage, index: UInt64(voyage.number) << 20)
        scribe.dice = Dice(seed: world.settings.seed, tag: Tag.guid, index: ~UInt64(voyage.number))
        manifest(voyage, cargo)
        arrival(voyage, cargo)
        let released = cargo.filter(\.isReleased)
        guard !released.isEmpty else { return }
        departure(voyage, released)
        let declared = released.filter { $0.plan.line == .export9610 }
        if !declared.isEmpty { summary(voyage, declared) }
    }

    private mutating func manifest(_ voyage: Voyage, _ cargo: [Cargo]) {
        let at = voyage.arrives.adding(seconds: -7_200)
        add(
            scribe.paper(
                "declare", subject: "manifest:\(voyage.agent.code)/MF\(voyage.serial)",
                message: "CEB607", from: voyage.agent, Version(at: at), verb: "manifest"
            ) { data in
                data.put("customsCode", voyage.customs)
                data.put("copNo", "MF" + voyage.serial)
                data.put("agentCode", voyage.agent.code)
                data.put("agentName", voyage.agent.name)
                data.put("loctNo", OrderPlan.site(voyage.customs))
                data.put("trafMode", "5")
                data.put("trafName", "XX998")
                data.put("voyageNo", "XX998")
                data.put("billNo", voyage.billNo)
                data.put("grossWeight", LifeTeller.grams(cargo))
                data.put("logisticsCode", voyage.carrier.code)
                data.put("logisticsName", voyage.carrier.name)
                data.put("msgCount", "1")
                data.put("msgSeqNo", "1")
                data.put(
                    "items",
                    records: cargo.enumerated().map { place, entry in
                        DataRecord.of("manifestItem") { item in
                            item.put("gnum", String(place + 1))
                            item.put("totalPackageNo", "PK" + voyage.serial)
                            item.put("logisticsNo", entry.plan.waybillNo)
                            item.put("invtNo", entry.invtNo)
                        }
                    })
            })
        add(voyage.manifestReceipt(&scribe, at: at.adding(seconds: 40)))
    }

    private static func grams(_ cargo: [Cargo]) -> String {
        Money.thousandths(cargo.reduce(0) { $0 + $1.plan.grams })
    }

    private static func movementItems(_ voyage: Voyage, _ cargo: [Cargo]) -> [DataRecord] {
        cargo.enumerated().map { place, entry in
            DataRecord.of("movementItem") { item in
                item.put("gnum", String(place + 1))
                item.put("logisticsNo", entry.plan.waybillNo)
                item.put("totalPackageNo", "PK" + voyage.serial)
            }
        }
    }

    private mutating func arrival(_ voyage: Voyage, _ cargo: [Cargo]) {
        let subject = "arrival:\(voyage.site.code)/YD\(voyage.serial)"
        add(
            scribe.paper(
                "move", subject: subject, message: "CEB507", from: voyage.site,
                Version(at: voyage.arrives), verb: "arrived"
            ) { data in
                data.put("customsCode", voyage.customs)
                data.put("copNo", "YD" + voyage.serial)
                data.put("operatorCode", voyage.site.code)
                data.put("operatorName", voyage.site.name)
                data.put("loctNo", OrderPlan.site(voyage.customs))
                data.put("ieFlag", "E")
                data.put("trafMode", "4")
                data.put("billNo", voyage.billNo)
                data.put("domesticTrafNo", "测A\(voyage.number % 10_000)")
                data.put("logisticsCode", voyage.carrier.code)
                data.put("logisticsName", voyage.carrier.name)
                data.put("msgCount", "1")
                data.put("msgSeqNo", "1")
                data.put("items", records: LifeTeller.movementItems(voyage, cargo))
            })
        add(
            scribe.receipt(
                "receipt.progress", subject: subject, message: "CEB508", status: 399,
                at: voyage.arrives.adding(seconds: 30), text: "运抵单审结"
            ) { data in
                data.put("operatorCode", voyage.site.code)
                data.put("logisticsCode", voyage.carrier.code)
                data.put("preNo", "Y\(voyage.arrives.customs.prefix(8))0\(voyage.serial)")
                data.put("copNo", "YD" + voyage.serial)
                data.put("billNo", voyage.billNo)
                data.put("msgSeqNo", "1")
            })
    }

    private mutating func departure(_ voyage: Voyage, _ cargo: [Cargo]) {
        add(
            scribe.paper(
                "move", subject: "departure:\(voyage.carrier.code)/LJ\(voyage.serial)",
                message: "CEB509", from: voyage.carrier,
                Version(at: voyage.leaves.adding(seconds: 1_800)), time: voyage.leaves,
                verb: "departed"
            ) { data in
                data.put("customsCode", voyage.customs)
                data.put("copNo", "LJ" + voyage.serial)
                data.put("logisticsCode", voyage.carrier.code)
                data.put("logisticsName", voyage.carrier.name)
                data.put("trafMode", "5")
                data.put("trafName", "XX998")
                data.put("voyageNo", "XX998")
                data.put("billNo", voyage.billNo)
                data.put("leaveTime", voyage.leaves.wholeSecond.customs)
                data.put("msgCount", "1")
                data.put("msgSeqNo", "1")
                data.put("items", records: LifeTeller.movementItems(voyage, cargo))
            })
        add(voyage.departureReceipt(&scribe, at: voyage.leaves.adding(seconds: 1_840)))
    }

    /// The summary of the lists that closed in a month, by the 15th of the next (E1).
    private mutating func summary(_ voyage: Voyage, _ cargo: [Cargo]) {
        let closed = voyage.leaves.adding(seconds: 20_000).beijingDay
        let first = closed.adding(months: 1)
        let dayOfMonth = Int(first.description.suffix(2)) ?? 1
        let at = first.adding(days: 1 - dayOfMonth + dice.number(2...11)).beijingStart
            .adding(seconds: 36_000 + dice.below(20_000))
        let subject = "summary:\(voyage.agent.code)/HZ\(voyage.serial)"
        add(
            scribe.paper(
                "declare", subject: subject, message: "CEB701", from: voyage.agent, Version(at: at),
                verb: "summaryRequested"
            ) { data in
                data.put("customsCode", voyage.customs)
                data.put("copNo", "HZ" + voyage.serial)
                voyage.putFirms(&data)
                data.put("summaryFlag", "1")
                data.put("itemNameFlag", "1")
                data.put("msgCount", "1")
                data.put("msgSeqNo", "1")
                data.put(
                    "items",
                    records: cargo.map { entry in
                        DataRecord.of("summaryItem") { $0.put("invtNo", entry.invtNo) }
                    })
            })
        let answered = at.adding(seconds: 600)
        let preNo = "H\(at.customs.prefix(8))0\(voyage.serial)"
        add(
            scribe.receipt(
                "receipt.progress", subject: subject, message: "CEB702", status: 399, at: answered,
                text: "汇总申请审结"
            ) { data in
                data.put("agentCode", voyage.agent.code)
                data.put("ebcCode", voyage.seller.code)
                data.put("copNo", "HZ" + voyage.serial)
                data.put("preNo", preNo)
                data.put("sumNo", voyage.sumNo(at))
                data.put("msgSeqNo", "1")
            })
        result(voyage, cargo, at: at.adding(seconds: 7_200))
        money(voyage, cargo, entered: at.adding(seconds: 7_200))
    }

    private mutating func result(_ voyage: Voyage, _ cargo: [Cargo], at: Instant) {
        let time = at.wholeSecond
        // CEB792 does not name the request's own number: it is about the sum.
        var event = Event(
            "declare.summaryDeclared", subject: voyage.summaryResult(at), time: time,
            source: "urn:ceb:customs", id: "")
        var data = event.data
        data.put("message", "CEB792")
        data.put("schema", world.settings.schema)
        data.put("guid", scribe.dice.guid())
        data.put("customsCode", voyage.customs)
        data.put("sumNo", voyage.sumNo(at))
        data.put("opDate", time.customsMilliseconds)
        data.put("declSeqNo", "I\(time.customs.prefix(8))0\(voyage.serial)")
        data.put("entryId", voyage.entryId(at))
        data.put("decState", "R")
        voyage.putFirms(&data)
        data.put("grossWeight", LifeTeller.grams(cargo))
        data.put("netWeight", LifeTeller.grams(cargo))
        data.put("msgCount", "1")
        data.put("msgSeqNo", "1")
        var items: [DataRecord] = []
        for entry in cargo {
            for (place, line) in entry.plan.lines.enumerated() {
                items.append(
                    DataRecord.of("summaryResultItem") { item in
                        item.put("invtNo", entry.invtNo)
                        item.put("logisticsNo", entry.plan.waybillNo)
                        item.put("gseqno", String(items.count + 1))
                        item.put("gnum", String(place + 1))
                        item.put("gcode", line.article.gcode)
                    })
            }
        }
        data.put("items", records: items)
        event.data = data
        event.id = MessageIdentity.id(of: event)
        add(event)
    }
}

extension Voyage {
    func sumNo(_ at: Instant) -> String { "S\(at.customs.prefix(8))0\(serial)" }

    /// Office, year, direction and nine digits.
    func entryId(_ at: Instant) -> String { customs + at.customs.prefix(4) + "00" + serial }

    func putFirms(_ data: inout DataRecord) {
        data.put("agentCode", agent.code)
        data.put("agentName", agent.name)
        data.put("ebcCode", seller.code)
        data.put("ebcName", seller.name)
        data.put("declAgentCode", agent.code)
        data.put("declAgentName", agent.name)
    }
}
