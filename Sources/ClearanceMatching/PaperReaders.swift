import ClearanceEvents

/// The fields that matching reads, resolved once.
struct PaperReaders: Sendable {
    let order = OrderReader()
    let payment = PaymentReader()
    let waybill = WaybillReader()
    let proceeds = ProceedsReader()
    let list = ListReader()
    let receipt = ReceiptReader()
    let decision = DecisionReader()
}

/// Reads orders.
struct OrderReader: Sendable {
    let appTime = Catalogue.field("order.appTime")
    private let orderType = Catalogue.field("order.orderType")
    private let orderNo = Catalogue.field("order.orderNo")
    private let ebpCode = Catalogue.field("order.ebpCode")
    private let ebcCode = Catalogue.field("order.ebcCode")
    private let goodsValue = Catalogue.field("order.goodsValue")
    private let freight = Catalogue.field("order.freight")
    private let discount = Catalogue.field("order.discount")
    private let taxTotal = Catalogue.field("order.taxTotal")
    private let acturalPaid = Catalogue.field("order.acturalPaid")
    private let currency = Catalogue.field("order.currency")
    private let buyerName = Catalogue.field("order.buyerName")
    private let buyerTelephone = Catalogue.field("order.buyerTelephone")
    private let buyerIdNumber = Catalogue.field("order.buyerIdNumber")
    private let payCode = Catalogue.field("order.payCode")
    private let payTransactionId = Catalogue.field("order.payTransactionId")
    private let consignee = Catalogue.field("order.consignee")
    private let consigneeTelephone = Catalogue.field("order.consigneeTelephone")
    private let consigneeAddress = Catalogue.field("order.consigneeAddress")
    private let instalments = Catalogue.field("order.instalments")
    private let items = Catalogue.field("order.items")
    private let item = LineReader(layout: "orderItem", names: "itemName")

    func facts(of event: EventView) -> OrderFacts {
        let data = event.data
        var facts = OrderFacts()
        let type = data.text(orderType)
        if type.count > 0 { facts.type = type[0] }
        facts.number = Tokens.of(data.text(orderNo))
        facts.platform = Tokens.platform(data.text(ebpCode))
        facts.enterprise = Tokens.of(data.text(ebcCode))
        facts.goods = data.decimal(goodsValue)?.units
        facts.freight = data.decimal(freight)?.units
        facts.discount = data.decimal(discount)?.units
        facts.tax = data.decimal(taxTotal)?.units
        facts.paid = data.decimal(acturalPaid)?.units
        facts.currency = ShortCode(currency: data.text(currency))
        facts.buyer = PersonMarks(
            name: event.mark(buyerName), id: event.mark(buyerIdNumber),
            phone: event.mark(buyerTelephone))
        facts.payEnterprise = [UInt8](data.text(payCode))
        facts.payTransaction = [UInt8](data.text(payTransactionId))
        facts.consignee = PersonMarks(
            name: event.mark(consignee), phone: event.mark(consigneeTelephone),
            address: event.mark(consigneeAddress))
        facts.hasInstalments = (data.integer(instalments) ?? 0) > 1
        facts.lines = item.lines(of: data, items)
        return facts
    }
}

/// Reads the lines of orders and lists.
struct LineReader: Sendable {
    private let gnum: FieldRef
    private let itemNo: FieldRef
    private let name: FieldRef
    private let qty: FieldRef
    private let unit: FieldRef

    init(layout: String, names: String) {
        gnum = Catalogue.field("\(layout).gnum")
        itemNo = Catalogue.field("\(layout).itemNo")
        name = Catalogue.field("\(layout).\(names)")
        qty = Catalogue.field("\(layout).qty")
        unit = Catalogue.field("\(layout).unit")
    }

    /// The lines; nil when the record says nothing about them.
    func lines(of data: RecordView, _ field: FieldRef) -> [LineFacts]? {
        guard data.has(field) else { return nil }
        var lines: [LineFacts] = []
        data.forEachRecord(field) { line in
            lines.append(
                LineFacts(
                    number: line.integer(gnum).map { Int64($0) } ?? Int64(lines.count + 1),
                    item: Tokens.of(line.text(itemNo)), name: Tokens.of(line.text(name)),
                    quantity: line.decimal(qty)?.units, unit: ShortCode(line.text(unit))))
        }
        return lines
    }
}

/// Reads payments, their refunds and their evidence.
struct PaymentReader: Sendable {
    let appTime = Catalogue.field("payment.appTime")
    let orderNo = Catalogue.field("payment.orderNo")
    private let payCode = Catalogue.field("payment.payCode")
    private let payTransactionId = Catalogue.field("payment.payTransactionId")
    private let ebpCode = Catalogue.field("payment.ebpCode")
    private let amountPaid = Catalogue.field("payment.amountPaid")
    private let currency = Catalogue.field("payment.currency")
    private let payerName = Catalogue.field("payment.payerName")
    private let payerIdNumber = Catalogue.field("payment.payerIdNumber")
    private let orders = Catalogue.field("payment.orders")
    private let share = (
        platform: Catalogue.field("paymentOrder.ebpCode"),
        number: Catalogue.field("paymentOrder.orderNo"),
        amount: Catalogue.field("paymentOrder.amount")
    )
    private let refunded = (
        of: Catalogue.field("paymentRefund.of"), amount: Catalogue.field("paymentRefund.amount"),
        number: Catalogue.field("paymentRefund.orderNo"),
        platform: Catalogue.field("paymentRefund.ebpCode")
    )
    private let proved = (
        orders: Catalogue.field("paymentEvidence.orders"),
        platform: Catalogue.field("paymentEvidence.ebpCode"),
        total: Catalogue.field("paymentEvidence.totalAmount"),
        number: Catalogue.field("evidenceOrder.orderNo")
    )

    func facts(of event: EventView) -> PaymentFacts {
        let data = event.data
        var facts = PaymentFacts()
        facts.platform = Tokens.platform(data.text(ebpCode))
        facts.number = Tokens.of(data.text(orderNo))
        facts.enterprise = [UInt8](data.text(payCode))
        facts.transaction = [UInt8](data.text(payTransactionId))
        facts.amount = data.decimal(amountPaid)?.units
        facts.currency = ShortCode(currency: data.text(currency))
        facts.payer = PersonMarks(name: event.mark(payerName), id: event.mark(payerIdNumber))
        data.forEachRecord(orders) { order in
            // A share without a platform is of the payment's own platform.
            let platform = Tokens.platform(order.text(share.platform))
            facts.shares.append(
                OrderShare(
                    platform: platform == Tokens.none ? facts.platform : platform,
                    number: Tokens.of(order.text(share.number)),
                    amount: order.decimal(share.amount)?.units))
        }
        return facts
    }

    func refund(_ event: EventView) -> PaymentRefund {
        let data = event.data
        let of = data.text(refunded.of)
        return PaymentRefund(
            payment: [UInt8](of.count > 0 ? of : event.subject), identity: event.identity,
            platform: Tokens.platform(data.text(refunded.platform)),
            number: Tokens.of(data.text(refunded.number)),
            amount: data.decimal(refunded.amount)?.units ?? 0)
    }

    func evidence(_ event: EventView) -> PaymentEvidence {
        let data = event.data
        let platform = Tokens.platform(data.text(proved.platform))
        var orders: [OrderShare] = []
        data.forEachRecord(proved.orders) { order in
            orders.append(
                OrderShare(
                    platform: platform, number: Tokens.of(order.text(proved.number)), amount: nil))
        }
        return PaymentEvidence(
            subject: [UInt8](event.subject), time: event.time, identity: event.identity,
            orders: orders, total: data.decimal(proved.total)?.units)
    }
}

/// Reads waybills.
struct WaybillReader: Sendable {
    let appTime = Catalogue.field("waybill.appTime")
    private let logisticsCode = Catalogue.field("waybill.logisticsCode")
    private let logisticsNo = Catalogue.field("waybill.logisticsNo")
    private let orderNo = Catalogue.field("waybill.orderNo")
    private let weight = Catalogue.field("waybill.weight")
    private let grossWeight = Catalogue.field("waybill.grossWeight")
    private let consignee = Catalogue.field("waybill.consignee")
    private let consigneeTelephone = Catalogue.field("waybill.consigneeTelephone")
    private let consigneeAddress = Catalogue.field("waybill.consigneeAddress")

    func facts(of event: EventView) -> WaybillFacts {
        let data = event.data
        var facts = WaybillFacts()
        facts.carrier = Tokens.of(data.text(logisticsCode))
        facts.waybill = Tokens.of(data.text(logisticsNo))
        facts.number = Tokens.of(data.text(orderNo))
        facts.weight = (data.decimal(weight) ?? data.decimal(grossWeight))?.units
        facts.consignee = PersonMarks(
            name: event.mark(consignee), phone: event.mark(consigneeTelephone),
            address: event.mark(consigneeAddress))
        return facts
    }
}

/// Reads proceeds.
struct ProceedsReader: Sendable {
    let appTime = Catalogue.field("proceeds.appTime")
    private let ebcCode = Catalogue.field("proceeds.ebcCode")
    private let orderNo = Catalogue.field("proceeds.orderNo")
    private let charge = Catalogue.field("proceeds.charge")
    private let currency = Catalogue.field("proceeds.currency")

    func facts(of event: EventView) -> ProceedsFacts {
        var facts = ProceedsFacts()
        facts.enterprise = Tokens.of(event.data.text(ebcCode))
        facts.number = Tokens.of(event.data.text(orderNo))
        facts.charge = event.data.decimal(charge)?.units
        facts.currency = ShortCode(currency: event.data.text(currency))
        return facts
    }
}

/// Reads decisions by hand.
struct DecisionReader: Sendable {
    private let action = Catalogue.field("decision.action")
    private let papers = Catalogue.field("decision.papers")

    func decision(_ event: EventView) -> ManualDecision? {
        let data = event.data
        guard let verb = ManualDecision.Verb(word: data.text(action)) else { return nil }
        var named: [[UInt8]] = []
        data.forEachText(papers) { named.append([UInt8]($0)) }
        return ManualDecision(
            subject: [UInt8](event.subject), time: event.time, identity: event.identity,
            verb: verb, papers: named)
    }
}

extension ManualDecision.Verb {
    private static let words: [(word: [UInt8], verb: ManualDecision.Verb)] = [
        accept, reject, force, split, merge, writeOff, reopen,
    ].map { (Array("\($0)".utf8), $0) }

    /// The verb of a word; nil for any other word.
    init?(word: Span<UInt8>) {
        for (known, verb) in ManualDecision.Verb.words where word.compared(to: known) == 0 {
            self = verb
            return
        }
        return nil
    }
}
