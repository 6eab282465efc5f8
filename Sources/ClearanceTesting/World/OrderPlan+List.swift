import ClearanceEvents

extension OrderPlan {
    /// Customs offices of the world with the office of the port.
    static let offices = ["4600", "2900", "3100", "5100", "0208"]

    var serial: String { String(1_000_000_000 + index).dropFirst().description }
    var copNo: String { "CP" + serial }
    var listSubject: String { "declaration:\(agent.code)/\(copNo)" }
    static func customs(of warehouse: Enterprise) -> String {
        offices[Int(warehouse.code.utf8.last ?? 0) % offices.count]
    }
    /// The account book of the bonded warehouse.
    var emsNo: String { OrderPlan.emsNo(of: warehouse) }

    static func emsNo(of warehouse: Enterprise) -> String {
        "T9900W" + warehouse.code.suffix(6)
    }

    static func site(_ customs: String) -> String { "9\(customs)01" }

    /// The operator of the supervised site of an office.
    static func keeper(_ customs: String, in world: World) -> Enterprise {
        let keepers = world.enterprises[.siteOperator]
        return keepers[(offices.firstIndex(of: customs) ?? 0) % keepers.count]
    }

    /// The e-port's number of an attempt: a letter, the day and nine digits.
    func preNo(attempt: Int, _ letter: String, _ at: Instant) -> String {
        let number = String(1_000_000_000 + index * 8 % 1_000_000_000 + attempt).dropFirst()
        return letter + at.customs.prefix(8) + number
    }

    /// Customs' number of the list: office, year, direction and nine digits.
    func invtNo(_ at: Instant) -> String {
        customs + at.customs.prefix(4) + (line.isImportRetail ? "I" : "E") + serial
    }

    func putReceiptKeys(
        _ data: inout DataRecord, copNo: String, preNo: String, invtNo: String?
    ) {
        data.put("customsCode", customs)
        data.put("ebpCode", platform.code)
        data.put("ebcCode", seller.code)
        data.put("agentCode", agent.code)
        data.put("copNo", copNo)
        data.put("preNo", preNo)
        data.put("invtNo", invtNo)
    }

    /// What cancel and return requests say of the list (CEB623, CEB625).
    func putAboutList(_ data: inout DataRecord, copNo: String, invtNo: String?) {
        data.put("customsCode", customs)
        data.put("orderNo", orderNo)
        data.put("ebpCode", platform.code)
        data.put("ebpName", platform.name)
        data.put("ebcCode", seller.code)
        data.put("ebcName", seller.name)
        data.put("logisticsNo", waybillNo)
        data.put("logisticsCode", carrier.code)
        data.put("logisticsName", carrier.name)
        data.put("copNo", copNo)
        data.put("invtNo", invtNo)
        putBuyer(&data)
        data.put("agentCode", agent.code)
        data.put("agentName", agent.name)
    }
}

extension LifeTeller {
    /// The list of a retail import (CEB621); `refusal` says what is wrong with it.
    mutating func importList(
        _ plan: OrderPlan, _ version: Version, refusal: Refusal?
    ) -> Event {
        scribe.paper(
            "declare", subject: plan.listSubject, message: "CEB621", from: plan.agent, version
        ) { data in
            data.put("orderNo", plan.orderNo)
            data.put("ebpCode", plan.platform.code)
            data.put("ebpName", plan.platform.name)
            data.put("ebcCode", plan.seller.code)
            data.put("ebcName", plan.seller.name)
            data.put("logisticsNo", plan.waybillNo)
            data.put("logisticsCode", plan.carrier.code)
            data.put("logisticsName", plan.carrier.name)
            data.put("copNo", plan.copNo)
            data.put("assureCode", plan.seller.code)
            data.put("ieFlag", "I")
            data.put("declTime", String(version.at.customs.prefix(8)))
            data.put("customsCode", plan.customs)
            data.put("portCode", plan.customs)
            let other = refusal?.code == "13127" ? plan.buyer + 11 : plan.buyer
            data.put("buyerIdType", "1")
            data.put("buyerIdNumber", People.idNumber(plan.buyer))
            data.put("buyerName", People.name(other))
            let phone = refusal?.code == "130126" ? plan.buyer + 1 : plan.buyer
            data.put("buyerTelephone", People.telephone(phone))
            data.put("consigneeAddress", People.address(plan.consignee))
            data.put("agentCode", plan.agent.code)
            data.put("agentName", plan.agent.name)
            plan.putRoute(&data)
            data.put("freight", Money.text(plan.freight))
            data.put("insuredFee", "0")
            data.put("currency", "142")
            data.put("wrapType", "2")
            data.put("packNo", "1")
            data.put("grossWeight", Money.thousandths(plan.grams))
            data.put("netWeight", Money.thousandths(max(1, plan.grams * 9 / 10)))
            data.put("form", "list")
            data.put("items", records: plan.listItems(refusal))
        }
    }

}

extension OrderPlan {
    /// The way of the goods: out of a bonded warehouse, or with a flight from abroad (X11).
    func putRoute(_ data: inout DataRecord) {
        data.put("tradeMode", self.line.mode)
        if self.line.isBonded {
            data.put("emsNo", emsNo)
            data.put("areaCode", warehouse.code)
            data.put("areaName", warehouse.name)
            data.put("trafMode", "4")
            data.put("country", "142")
        } else {
            data.put("trafMode", "5")
            data.put("trafNo", "XX999")
            data.put("voyageNo", "XX\(900 + index % 50)")
            data.put("billNo", billNo)
            data.put("loctNo", OrderPlan.site(customs))
            data.put("country", lines[0].article.country)
        }
    }

    /// The lines of the list; `refusal` says which of them are wrong.
    func listItems(_ refusal: Refusal?) -> [DataRecord] {
        var lines = self.lines
        if refusal?.code == "1320" {
            if lines.count > 1 { lines.removeLast() } else { lines.append(lines[0]) }
        }
        return lines.enumerated().map { place, line in
            let article = line.article
            let qty = line.qty + (refusal?.code == "1322" && place == 0 ? 1 : 0)
            return DataRecord.of("declarationItem") { item in
                item.put("gnum", String(place + 1))
                if self.line.isBonded { item.put("itemRecordNo", article.itemRecordNo) }
                item.put("itemNo", article.itemNo)
                item.put("itemName", article.name)
                item.put("gcode", article.gcode)
                item.put("gname", article.name)
                item.put("gmodel", article.model)
                item.put("barCode", article.gtin)
                item.put("country", article.country)
                item.put("currency", "142")
                item.put("qty", String(qty))
                item.put("unit", article.unit)
                item.put("qty1", Money.thousandths(qty * article.factor))
                item.put("unit1", article.unit1)
                item.put("price", Money.text(line.price))
                item.put("totalPrice", Money.text(line.price * qty))
            }
        }
    }
}
