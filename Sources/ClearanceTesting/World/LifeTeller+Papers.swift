import ClearanceEvents

extension LifeTeller {
    /// The order of a plan (CEB311 or CEB303). `extra` is added to freight and the sum.
    mutating func order(_ plan: OrderPlan, _ version: Version, extra: Int = 0) -> Event {
        plan.line.isImportRetail
            ? importOrder(plan, version, extra: extra) : exportOrder(plan, version, extra: extra)
    }

    private mutating func importOrder(
        _ plan: OrderPlan, _ version: Version, extra: Int
    ) -> Event {
        scribe.paper(
            "order", subject: plan.orderSubject, message: "CEB311", from: plan.seller, version
        ) { data in
            data.put("orderType", "I")
            plan.putOrderKey(&data)
            data.put("goodsValue", Money.text(plan.goods))
            data.put("freight", Money.text(plan.freight + extra))
            data.put("discount", Money.text(plan.discount))
            data.put("taxTotal", Money.text(plan.tax))
            data.put("acturalPaid", Money.text(plan.paid + extra))
            data.put("currency", "142")
            data.put("buyerRegNo", "U\(plan.buyer)")
            plan.putBuyer(&data)
            data.put("payCode", plan.payer.code)
            data.put("payName", plan.payer.name)
            data.put("payTransactionId", plan.transaction)
            data.put("consignee", People.name(plan.consignee))
            data.put("consigneeTelephone", People.telephone(plan.consignee))
            data.put("consigneeAddress", People.address(plan.consignee))
            data.put("consigneeDistrict", People.district)
            data.put("items", records: plan.orderItems(currency: "142"))
        }
    }

    private mutating func exportOrder(
        _ plan: OrderPlan, _ version: Version, extra: Int
    ) -> Event {
        let kind = plan.line == .business9710 ? "B" : plan.line == .warehouse9810 ? "W" : "E"
        return scribe.paper(
            "order", subject: plan.orderSubject, message: "CEB303", from: plan.seller, version
        ) { data in
            data.put("orderType", kind)
            plan.putOrderKey(&data)
            data.put("goodsValue", Money.text(plan.goods))
            data.put("freight", Money.text(plan.freight + extra))
            data.put("currency", plan.currency)
            data.put("items", records: plan.orderItems(currency: plan.currency))
        }
    }

    /// A payment of `amount` (CEB411).
    mutating func payment(
        _ plan: OrderPlan, _ version: Version, amount: Int, transaction: String? = nil,
        by person: Int? = nil, paidAt: Instant
    ) -> Event {
        let number = transaction ?? plan.transaction
        let who = person ?? plan.buyer
        return scribe.paper(
            "payment", subject: "payment:\(plan.payer.code)/\(number)", message: "CEB411",
            from: plan.payer, version, time: paidAt
        ) { data in
            data.put("payCode", plan.payer.code)
            data.put("payName", plan.payer.name)
            data.put("payTransactionId", number)
            data.put("orderNo", plan.orderNo)
            data.put("ebpCode", plan.platform.code)
            data.put("ebpName", plan.platform.name)
            data.put("payerIdType", "1")
            data.put("payerIdNumber", People.idNumber(who))
            data.put("payerName", People.name(who))
            data.put("telephone", People.telephone(who))
            data.put("amountPaid", Money.text(amount))
            data.put("currency", "142")
            data.put("payTime", paidAt.wholeSecond.customs)
        }
    }

    /// A waybill (CEB511 or CEB505).
    mutating func waybill(_ plan: OrderPlan, _ version: Version, number: String? = nil) -> Event {
        let number = number ?? plan.waybillNo
        let isImport = plan.line.isImportRetail
        return scribe.paper(
            "waybill", subject: "waybill:\(plan.carrier.code)/\(number)",
            message: isImport ? "CEB511" : "CEB505", from: plan.carrier, version
        ) { data in
            data.put("logisticsCode", plan.carrier.code)
            data.put("logisticsName", plan.carrier.name)
            data.put("logisticsNo", number)
            if plan.line == .direct9610 { data.put("billNo", plan.billNo) }
            if isImport { data.put("orderNo", plan.orderNo) }
            data.put("freight", Money.text(plan.freight))
            data.put("insuredFee", "0")
            data.put("currency", plan.currency)
            data.put(isImport ? "weight" : "grossWeight", Money.thousandths(plan.grams))
            data.put("packNo", "1")
            data.put("goodsInfo", plan.goodsInfo)
            guard isImport else {
                data.put("ebcCode", plan.seller.code)
                data.put("ebcName", plan.seller.name)
                return
            }
            data.put("consignee", People.name(plan.consignee))
            data.put("consigneeAddress", People.address(plan.consignee))
            data.put("consigneeTelephone", People.telephone(plan.consignee))
        }
    }

    /// Money received for an export (CEB403).
    mutating func proceeds(
        _ plan: OrderPlan, _ version: Version, amount: Int, number: String, received: Instant
    ) -> Event {
        scribe.paper(
            "proceeds", subject: "proceeds:\(plan.seller.code)/\(plan.orderNo)/\(number)",
            message: "CEB403", from: plan.seller, version, time: received
        ) { data in
            plan.putOrderKey(&data)
            data.put("payCode", plan.payer.code)
            data.put("payName", plan.payer.name)
            data.put("payNo", number)
            data.put("charge", Money.text(amount))
            data.put("currency", plan.currency)
            data.put("accountingDate", received.wholeSecond.customs)
        }
    }

    /// The receipt of a paper that customs took in (312, 412, 512, 304, 404, 506).
    mutating func accepted(_ paper: Event, after seconds: Int) -> Event {
        let data = paper.data
        let family = String(paper.type.name.prefix { $0 != "." })
        let messages = ["order": "CEB312", "payment": "CEB412", "waybill": "CEB512"]
        let exports = ["order": "CEB304", "proceeds": "CEB404", "waybill": "CEB506"]
        let isImport = ["CEB311", "CEB411", "CEB511"].contains(data.text("message") ?? "")
        let keys = [
            "order": ["ebpCode", "ebcCode", "orderNo"],
            "payment": ["payCode", "payTransactionId"],
            "waybill": ["logisticsCode", "logisticsNo"],
            "proceeds": ["ebcCode", "orderNo", "payNo"],
        ]
        let sent = data.text("appTime").flatMap { Instant(customs: Array($0.utf8).span) }
        let at = (sent ?? paper.time).adding(milliseconds: seconds * 1000 + dice.below(1000))
        return scribe.receipt(
            family + ".accepted", subject: paper.subject,
            message: (isImport ? messages[family] : exports[family]) ?? "", status: 120, at: at,
            text: "[Code:1800;Desc:逻辑校验通过]"
        ) { receipt in
            for key in keys[family] ?? [] { receipt.put(key, data.text(key)) }
        }
    }
}

extension OrderPlan {
    /// Whether the platform is abroad and has no code.
    var isForeignPlatform: Bool { !line.isImportRetail && index % 3 == 0 }

    var orderSubject: String {
        isForeignPlatform ? "order:~\(seller.code)/\(orderNo)" : "order:\(platform.code)/\(orderNo)"
    }

    /// Yuan for retail, dollars for trade between firms.
    var currency: String { line == .business9710 || line == .warehouse9810 ? "502" : "142" }

    var goodsInfo: String {
        lines.prefix(3).map { "\($0.article.name)\($0.qty)" }.joined(separator: ";")
    }

    /// The master waybill of the day's flight.
    var billNo: String {
        "999-\(10_000_000 + placed.beijingDay.number % 100_000 * 10 + index % 5)"
    }

    func putOrderKey(_ data: inout DataRecord) {
        data.put("orderNo", orderNo)
        data.put("ebpCode", isForeignPlatform ? "无" : platform.code)
        data.put("ebpName", isForeignPlatform ? "无" : platform.name)
        data.put("ebcCode", seller.code)
        data.put("ebcName", seller.name)
    }

    func putBuyer(_ data: inout DataRecord) {
        data.put("buyerIdType", "1")
        data.put("buyerIdNumber", People.idNumber(buyer))
        data.put("buyerName", People.name(buyer))
        data.put("buyerTelephone", People.telephone(buyer))
    }

    func orderItems(currency: String) -> [DataRecord] {
        lines.enumerated().map { place, line in
            DataRecord.of("orderItem") { item in
                item.put("gnum", String(place + 1))
                item.put("itemNo", line.article.itemNo)
                item.put("itemName", line.article.name)
                if self.line.isImportRetail { item.put("gmodel", line.article.model) }
                item.put("barCode", line.article.gtin)
                item.put("unit", line.article.unit)
                item.put("qty", String(line.qty))
                item.put("price", Money.text(line.price))
                item.put("totalPrice", Money.text(line.total))
                item.put("currency", currency)
                if self.line.isImportRetail { item.put("country", line.article.country) }
            }
        }
    }
}
