import ClearanceEvents

extension OrderJudge {
    /// What stands against the amount of the order: its payments, on export its proceeds.
    private var usesProceeds: Bool { facts.isExport && !papers.proceeds.isEmpty }

    mutating func judgeAmount() {
        judgeTotal()
        for fault in papers.shareFaults {
            reasons.append(
                MatchReason(
                    .shareSum, field: "amountPaid", left: FixedDecimal.text(of: fault.sum),
                    right: FixedDecimal.text(of: fault.amount),
                    delta: FixedDecimal.text(of: fault.amount - fault.sum)))
        }
        guard !papers.payments.isEmpty || usesProceeds, facts.due != nil
        else { return }
        checked.insert(.amount)
        guard !judgeCurrency() else { return }
        let (left, right) = sides()
        compare(left: left, right: right)
    }

    /// X2: what is paid is goods, freight and tax less the deduction; only with all five there.
    private mutating func judgeTotal() {
        guard !facts.isExport, let paid = facts.paid, let goods = facts.goods,
            let freight = facts.freight, let tax = facts.tax, let discount = facts.discount
        else { return }
        checked.insert(.orderTotal)
        let total = Int128(goods) + Int128(freight) + Int128(tax) - Int128(discount)
        guard total != Int128(paid) else { return }
        reasons.append(
            MatchReason(
                .orderTotal, field: "acturalPaid", left: FixedDecimal.text(of: Int128(paid)),
                right: FixedDecimal.text(of: total),
                delta: FixedDecimal.text(of: total - Int128(paid))))
    }

    /// Amounts of different currencies are not compared. Returns whether there are such.
    private mutating func judgeCurrency() -> Bool {
        var differs = false
        for other in otherCurrencies() where other != facts.currency {
            differs = true
            reasons.append(
                MatchReason(
                    .currencyMismatch, field: "currency", left: facts.currency.text,
                    right: other.text))
        }
        return differs
    }

    private func otherCurrencies() -> [ShortCode] {
        if usesProceeds {
            return papers.proceeds.map {
                meeting.row.proceeds[$0.stream].versions[$0.version].facts.currency
            }
        }
        return papers.payments.map {
            meeting.row.payments[$0.stream].versions[$0.version].facts.currency
        }
    }

    /// The order's side and the other side.
    ///
    /// A payment of several orders that states no shares covers what is left, up to its amount: the
    /// other orders are not in this row, so their sum cannot be taken.
    private func sides() -> (left: Int128, right: Int128) {
        let left = Int128(facts.due ?? 0)
        var right = Int128(0)
        if usesProceeds {
            for paper in papers.proceeds {
                let facts = meeting.row.proceeds[paper.stream].versions[paper.version].facts
                right += Int128(facts.charge ?? 0)
            }
            return (left, right)
        }
        var undivided = Int128(0)
        for payment in papers.payments {
            if let share = payment.share {
                right += Int128(share)
            } else {
                let stream = meeting.row.payments[payment.stream]
                undivided += Int128(stream.versions[payment.version].facts.amount ?? 0)
            }
        }
        return (left, right + min(max(left - right, 0), undivided))
    }

    private mutating func compare(left: Int128, right: Int128) {
        let delta = right - left
        guard delta != 0 else { return }
        func reason(_ code: MatchCode, field: String) -> MatchReason {
            MatchReason(
                code, field: field, left: FixedDecimal.text(of: left),
                right: FixedDecimal.text(of: right), delta: FixedDecimal.text(of: delta))
        }
        let field = facts.dueField
        let limit = tolerance.first { $0.currency == facts.currency }?.units ?? 0
        if delta.magnitude <= Int128(limit).magnitude {
            reasons.append(reason(.tolerance, field: field))
        } else if facts.announcesInstalments, delta < 0,
            !rules.isPast(ordered, days: rules.paymentDays, reached: reached)
        {
            reasons.append(
                MatchReason(
                    .instalment, field: field, left: FixedDecimal.text(of: left),
                    right: FixedDecimal.text(of: right)))
        } else if let terms = scope(of: delta) {
            reasons.append(reason(.amountScope, field: field + terms))
        } else {
            reasons.append(reason(delta > 0 ? .amountOver : .amountUnder, field: field))
        }
    }

    /// The first terms that explain a difference (口径): singles, then pairs, then triples.
    private func scope(of delta: Int128) -> String? {
        var terms: [(name: String, units: Int128, of: Int)] = []
        func offer(_ name: String, _ value: Int64?, sign: Int128, of: Int) {
            guard let value, value != 0 else { return }
            terms.append((name, Int128(value) * sign, of))
        }
        offer("+discount", facts.discount, sign: 1, of: 0)
        offer("-freight", facts.freight, sign: -1, of: 1)
        offer("-taxTotal", facts.tax, sign: -1, of: 2)
        offer("-discount", facts.discount, sign: -1, of: 0)
        offer("+freight", facts.freight, sign: 1, of: 1)
        offer("+taxTotal", facts.tax, sign: 1, of: 2)
        for one in terms where one.units == delta { return one.name }
        for (place, one) in terms.enumerated() {
            for two in terms[(place + 1)...]
            where one.of != two.of && one.units + two.units == delta {
                return one.name + two.name
            }
        }
        for (place, one) in terms.enumerated() {
            for (next, two) in terms.enumerated()
            where next > place && one.of != two.of {
                for three in terms[(next + 1)...]
                where three.of != one.of && three.of != two.of
                    && one.units + two.units + three.units == delta
                {
                    return one.name + two.name + three.name
                }
            }
        }
        return nil
    }

    // MARK: - Refunds

    /// Money given back: all of it reverses the order, a part only explains.
    mutating func judgeRefunds() {
        guard !meeting.row.refunds.isEmpty else { return }
        var paid = Int128(0)
        var refunded = Int128(0)
        for payment in papers.payments {
            let stream = meeting.row.payments[payment.stream]
            let amount = stream.versions[payment.version].facts.amount ?? 0
            let share = Int128(payment.share ?? amount)
            paid += share
            refunded += refundedShare(of: payment, in: stream, share: share)
        }
        guard refunded > 0 else { return }
        reasons.append(
            MatchReason(
                refunded >= paid ? .reversed : .refunded, field: facts.dueField,
                left: FixedDecimal.text(of: paid), right: FixedDecimal.text(of: refunded)))
    }

    /// What was refunded of one payment for this order: what names the order, and, of refunds that
    /// name no order, all for a payment of one order, or the share once the whole went back.
    private func refundedShare(
        of payment: Contribution, in stream: PaperStream<PaymentFacts>, share: Int128
    ) -> Int128 {
        var own = Int128(0)
        var whole = Int128(0)
        for refund in meeting.row.refunds where refund.payment == stream.subject {
            if refund.number == Tokens.none {
                whole += Int128(refund.amount)
            } else if refund.number == facts.number,
                refund.platform == Tokens.none || refund.platform == facts.platform
            {
                own += Int128(refund.amount)
            }
        }
        if payment.orderCount == 1 { return own + whole }
        let amount = Int128(stream.versions[payment.version].facts.amount ?? 0)
        return own + (whole >= amount && whole > 0 ? share : 0)
    }
}
