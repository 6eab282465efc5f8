import ClearanceEvents

/// The times of a retail import that its papers and receipts follow.
struct ImportTimes: Sendable {
    var paid: Instant
    var waybill: Instant
    var list: Instant
}

extension LifeTeller {
    /// A retail import: three papers, the list, release, delivery, tax, and what comes after.
    ///
    /// `payments` are given when they are shared with another order.
    mutating func tellImport(_ plan: OrderPlan, payments: [Event]?) {
        var times = importTimes(plan)
        let trouble = plan.trouble
        let absent =
            trouble == .missing ? dice.below(3) : trouble == .drafted ? 3 + dice.below(9) : -1
        let late = trouble == .late ? 1 + dice.below(2) : 0
        let lateness = (1 + (dice.chance(0.2) ? 8 : dice.below(4))) * 86_400 + dice.below(40_000)
        if late == 1 { times.paid = times.paid.adding(seconds: lateness) }
        if late == 2 { times.waybill = times.waybill.adding(seconds: lateness) }
        tellOrder(plan, absent: absent)
        if let payments {
            for payment in payments { addPaper(payment, receiptOf: plan.payer) }
        } else {
            tellPayments(plan, at: times.paid, absent: absent)
        }
        tellWaybills(plan, at: times.waybill, absent: absent)
        if trouble == .withdrawn { return withdraw(plan, at: times.list) }
        var complete = times.list
        for time in [times.paid, times.waybill] where complete.microseconds < time.microseconds {
            complete = time
        }
        let waits = (0..<3).contains(absent) || (3..<6).contains(absent)
        tellList(plan, at: times.list, complete: waits ? nil : complete.adding(seconds: 5))
    }

    private mutating func importTimes(_ plan: OrderPlan) -> ImportTimes {
        var wait = dice.delay(median: 40, p95: 400)
        if dice.chance(0.005) { wait = 86_400 + dice.below(86_400) }
        let paid = plan.placed.adding(seconds: 10 + wait)
        let packing =
            plan.line.isBonded
            ? dice.delay(median: 18_000, p95: 60_000) : dice.delay(median: 172_800, p95: 400_000)
        let waybill = plan.placed.adding(seconds: packing)
        let last = paid.microseconds > waybill.microseconds ? paid : waybill
        return ImportTimes(
            paid: paid, waybill: waybill,
            list: last.adding(seconds: dice.delay(median: 1_200, p95: 7_200)))
    }

    /// Adds a paper and, when its sender passes them on, customs' receipt.
    mutating func addPaper(_ paper: Event, receiptOf sender: Enterprise) {
        add(paper)
        // Not everybody passes receipts on: every second seller, every fourth of the others.
        let every: UInt8 = sender.kind == .ecommerce ? 2 : 4
        let passes = (sender.code.utf8.last ?? 48) % every == 0
        guard passes, paper.data.text("appStatus") == "2", paper.data.text("appType") != "3"
        else { return }
        add(accepted(paper, after: dice.delay(median: 10, p95: 40)))
    }

    private mutating func tellOrder(_ plan: OrderPlan, absent: Int) {
        if absent == 0 { return }
        let at = plan.placed
        if absent >= 3, absent % 3 == 0 {
            add(order(plan, Version(at: at, appStatus: 1)))
            if absent < 6 { return }
            return addPaper(
                order(plan, Version(at: at.adding(seconds: 600))), receiptOf: plan.seller)
        }
        guard plan.trouble == .amended else {
            return addPaper(order(plan, Version(at: at)), receiptOf: plan.seller)
        }
        addPaper(order(plan, Version(at: at), extra: 100), receiptOf: plan.seller)
        addPaper(
            order(plan, Version(at: at.adding(seconds: 1_200), appType: 2)),
            receiptOf: plan.seller)
    }

    private mutating func tellPayments(_ plan: OrderPlan, at paid: Instant, absent: Int) {
        if absent == 1 { return }
        let version = Version(at: paid.adding(seconds: dice.number(3...60)))
        if absent >= 3, absent % 3 == 1 {
            let stored = Version(at: version.at, appStatus: 1)
            add(payment(plan, stored, amount: plan.paid, paidAt: paid))
            if absent < 6 { return }
            let sent = Version(at: version.at.adding(seconds: 300))
            return addPaper(
                payment(plan, sent, amount: plan.paid, paidAt: paid), receiptOf: plan.payer)
        }
        switch plan.trouble {
        case .splitPayment:
            let first = max(1, plan.paid * dice.number(20...80) / 100)
            addPaper(
                payment(plan, version, amount: first, paidAt: paid), receiptOf: plan.payer)
            let second = payment(
                plan, Version(at: version.at.adding(seconds: 15)), amount: plan.paid - first,
                transaction: plan.transaction + "B", paidAt: paid.adding(seconds: 12))
            addPaper(second, receiptOf: plan.payer)
        case .offByCent:
            let wrong = plan.paid + (dice.chance(0.5) ? 1 : -1)
            addPaper(
                payment(plan, version, amount: wrong, paidAt: paid), receiptOf: plan.payer)
        case .wrongPayer:
            let other = (plan.buyer + 7) % world.people.count
            addPaper(
                payment(plan, version, amount: plan.paid, by: other, paidAt: paid),
                receiptOf: plan.payer)
        default:
            addPaper(
                payment(plan, version, amount: plan.paid, paidAt: paid), receiptOf: plan.payer)
        }
    }

    private mutating func tellWaybills(_ plan: OrderPlan, at: Instant, absent: Int) {
        if absent == 2 { return }
        if absent >= 3, absent % 3 == 2 {
            add(waybill(plan, Version(at: at, appStatus: 1)))
            if absent < 6 { return }
            return addPaper(
                waybill(plan, Version(at: at.adding(seconds: 900))), receiptOf: plan.carrier)
        }
        addPaper(waybill(plan, Version(at: at)), receiptOf: plan.carrier)
        guard plan.trouble == .severalParcels else { return }
        for parcel in 1...dice.number(1...2) {
            let more = waybill(
                plan, Version(at: at.adding(seconds: 60 * parcel)),
                number: "\(plan.waybillNo)-\(parcel + 1)")
            addPaper(more, receiptOf: plan.carrier)
        }
    }

    /// One paper is taken back before anything is declared: mostly the order.
    private mutating func withdraw(_ plan: OrderPlan, at: Instant) {
        let version = Version(at: at, appType: 3)
        switch dice.place([50, 25, 25]) {
        case 0:
            add(order(plan, version))
            add(refund(plan, amount: plan.paid, at: at.adding(seconds: 7_200)))
        case 1: add(payment(plan, version, amount: plan.paid, paidAt: at))
        default: add(waybill(plan, version))
        }
    }

    /// Money given back to the buyer.
    mutating func refund(_ plan: OrderPlan, amount: Int, at: Instant) -> Event {
        let subject = "payment:\(plan.payer.code)/\(plan.transaction)"
        return scribe.plain(
            "payment.refunded", subject: subject, at: at, source: "urn:world:payment",
            id: "refund-\(plan.transaction)-\(plan.orderNo)"
        ) { data in
            data.put("payCode", plan.payer.code)
            data.put("payTransactionId", plan.transaction)
            data.put("orderNo", plan.orderNo)
            data.put("ebpCode", plan.platform.code)
            data.put("amount", Money.text(amount))
            data.put("currency", "142")
            data.put("of", subject)
        }
    }
}
