import ClearanceEvents

extension CustomsDesk {
    /// What follows from a document that was taken whole.
    mutating func proceed(_ name: String, at time: Instant) {
        guard let card = cards[name], let document = card.document else { return }
        switch card.kind {
        case .order, .payment, .waybill, .list: proceedLists(document, card, at: time)
        case .proceeds, .status, .tally: enter(name, 120, at: time, "[Code:1800;Desc:逻辑校验通过]")
        case .cancelRequest: cancel(name, at: time)
        case .returnRequest: enter(name, 399, at: time, "[Code:2300;Desc:审核通过]")
        case .delivery:
            enter(name, 120, at: time, "[Code:1800;Desc:逻辑校验通过]")
            for list in lists where isArrived(list.value) {
                release(list.key, at: time.adding(seconds: 60))
            }
        case .manifest, .summary: enter(name, 399, at: time, "海关审结")
        case .arrival:
            enter(name, 399, at: time, "海关审结")
            for list in lists where isListed(list.value, in: card) {
                release(list.key, at: time.adding(seconds: 60))
            }
        case .departure:
            enter(name, 399, at: time, "海关审结")
            for list in lists where isListed(list.value, in: card) {
                close(list.key, at: time.adding(seconds: 60))
            }
        }
    }

    private mutating func enter(
        _ name: String, _ status: Int, at time: Instant, _ text: String
    ) {
        guard var card = cards[name], let document = card.document else { return }
        if card.kind == .summary { card.sumNo = number("S", time) }
        card.isEntered = true
        cards[name] = card
        say(document, card, status, at: time.adding(seconds: 10), text)
        for part in card.parts { say(part, card, status, at: time.adding(seconds: 10), text) }
    }

    private mutating func cancel(_ name: String, at time: Instant) {
        let number = cards[name]?.document?.data.text("invtNo")
        enter(name, 399, at: time, "[Code:2300;Desc:审核通过]")
        for list in lists where list.value.invtNo == number {
            cards[list.key]?.stands = false
            cards[list.key]?.isReleased = true
        }
    }

    // MARK: Lists

    /// Enters every list that a new document completes; late partners trigger it again.
    private mutating func proceedLists(_ document: Event, _ card: DeskCard, at time: Instant) {
        if card.kind == .order, DeskKind.isExport(document.data.text("message") ?? "") {
            enter(document.subject, 120, at: time, "[Code:1800;Desc:逻辑校验通过]")
        }
        for (name, list) in lists where !list.isEntered {
            guard let paper = list.document, let papers = partners(of: paper) else { continue }
            if let fault = fault(paper, papers) {
                say(paper, list, 100, at: time.adding(seconds: 10), fault)
                cards[name]?.reject()
                continue
            }
            accept(name, papers, at: time.adding(seconds: 10))
        }
    }

    /// The papers of a list by their names; nil while one is missing (X1, X18).
    private func partners(of list: Event) -> [String: DeskCard]? {
        let isExport = DeskKind.isExport(list.data.text("message") ?? "")
        func find(_ kind: DeskKind, _ fits: (DeskCard) -> Bool) -> [String: DeskCard] {
            cards.filter { $0.value.kind == kind && $0.value.stands && fits($0.value) }
        }
        let orders = find(.order) { $0.isOfOrder(list) }
        let payments = isExport ? [:] : find(.payment) { $0.isOfOrder(list) }
        let waybills = find(.waybill) { $0.isOnWaybill(list) }
        guard !orders.isEmpty, !waybills.isEmpty, isExport || !payments.isEmpty else {
            return nil
        }
        return orders.merging(payments) { $1 }.merging(waybills) { $1 }
    }

    /// Why customs rejects a list whose papers are all there, in its own words (X3 to X8).
    private mutating func fault(_ list: Event, _ papers: [String: DeskCard]) -> String? {
        if dice.chance(settings.rejected) { return "[Code:1300;Desc:人工退单]" }
        let order = papers.values.first { $0.kind == .order }?.document
        guard let order else { return nil }
        let payments = papers.values.filter { $0.kind == .payment }.compactMap(\.document)
        func differs(_ left: Event, _ one: String, _ right: Event, _ other: String) -> Bool {
            guard let first = left.data.text(one), let second = right.data.text(other) else {
                return false
            }
            return first != second
        }
        if payments.contains(where: {
            differs(order, "buyerName", $0, "payerName")
                || differs(order, "buyerIdNumber", $0, "payerIdNumber")
        }) {
            return "[Code:1327;Desc:订单购买人与支付单支付人名字或身份证号码不一致]"
        }
        let due = FixedDecimal(order.data.text("acturalPaid") ?? "")?.units
        let paid = payments.reduce(Int64(0)) {
            $0 + (FixedDecimal($1.data.text("amountPaid") ?? "")?.units ?? 0)
        }
        if let due, !payments.isEmpty, paid != due {
            return "[Code:1332;Desc:支付单支付金额与订单支付金额不一致]"
        }
        if differs(list, "buyerName", order, "buyerName") {
            return "[Code:13127;Desc:清单上的订购人姓名与订单上的订购人姓名不一致]"
        }
        if differs(list, "buyerTelephone", order, "buyerTelephone") {
            return "[Code:130126;Desc:清单上的订购人电话号码与订单上的订购人电话号码不一致]"
        }
        let counts = [DeskCard.items(list).count, DeskCard.items(order).count]
        return counts[0] == counts[1]
            ? nil : "[Code:1320;Desc:清单表体商品项与订单表体商品项的项数不一致]"
    }

    private mutating func accept(
        _ name: String, _ papers: [String: DeskCard], at time: Instant
    ) {
        let text = "[Code:1800;Desc:逻辑校验通过]"
        for (key, paper) in papers.sorted(by: { $0.key < $1.key }) where !paper.isEntered {
            cards[key]?.isEntered = true
            if let document = paper.document { say(document, paper, 120, at: time, text) }
        }
        guard var list = cards[name], let document = list.document else { return }
        let isExport = DeskKind.isExport(document.data.text("message") ?? "")
        let office = document.data.text("customsCode") ?? "4600"
        list.invtNo =
            office + time.customs.prefix(4) + (isExport ? "E" : "I")
            + number("", time).suffix(9)
        list.isEntered = true
        cards[name] = list
        say(document, list, 120, at: time, text)
        var next = time.adding(seconds: 10)
        if isExport || dice.chance(settings.reviewed) {
            if !isExport {
                say(document, list, 300, at: next, "[Code:1200;Desc:待人工审核]")
                next = next.adding(seconds: 3_600)
            }
            say(document, list, 399, at: next, "海关审结")
        }
        if !isExport, isArrived(list) { release(name, at: next.adding(seconds: 10)) }
    }

    /// Direct imports wait for the inbound detail (CEB711); bonded ones do not.
    private func isArrived(_ list: DeskCard) -> Bool {
        guard let document = list.document, list.isEntered else { return false }
        guard document.data.text("message") == "CEB621" else { return false }
        guard document.data.text("tradeMode") == "9610" else { return true }
        return cards.values.contains {
            $0.kind == .delivery && $0.stands && isListed(list, in: $0)
        }
    }

    private func isListed(_ list: DeskCard, in goods: DeskCard) -> Bool {
        guard let number = list.document?.data.text("logisticsNo") else { return false }
        return list.isEntered && goods.listed.contains(number)
            && (list.document.map { goods.agrees(with: $0, on: ["logisticsCode"]) } ?? false)
    }

    private mutating func release(_ name: String, at time: Instant) {
        guard var list = cards[name], let document = list.document, !list.isReleased else {
            return
        }
        var at = time
        if dice.chance(settings.inspected) {
            say(document, list, 500, at: at, "查验")
            at = at.adding(seconds: 7_200)
        }
        list.isReleased = true
        cards[name] = list
        say(document, list, 800, at: at, "[Code:2600;Desc:放行]")
    }

    private mutating func close(_ name: String, at time: Instant) {
        guard var list = cards[name], let document = list.document, list.isReleased,
            !list.isClosed
        else { return }
        list.isClosed = true
        cards[name] = list
        say(document, list, 899, at: time, "结关")
    }
}
