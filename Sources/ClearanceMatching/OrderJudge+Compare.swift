import ClearanceEvents

extension OrderJudge {
    // MARK: - Persons

    /// X5 buyer and payer, X7 consignee; only marks are compared, no value is shown.
    mutating func judgeParties() {
        if rules.buyerIsPayer {
            for payment in papers.payments {
                let row = meeting.row.payments[payment.stream]
                judgePayer(row.versions[payment.version].facts.payer)
            }
        }
        for index in papers.waybills {
            let life = meeting.lives[index]
            guard let version = life.version else { continue }
            let other = meeting.row.waybills[life.stream].versions[version].facts.consignee
            let own = facts.consignee
            differs(own.name, other.name, .consigneeMismatch, "consignee", .consignee)
            differs(own.phone, other.phone, .phoneMismatch, "consigneeTelephone", .consignee)
            differs(own.address, other.address, .addressMismatch, "consigneeAddress", .consignee)
        }
    }

    private mutating func judgePayer(_ payer: PersonMarks) {
        let buyer = facts.buyer
        differs(buyer.id, payer.id, .buyerPayerMismatch, "buyerIdNumber", .payer)
        differs(buyer.name, payer.name, .buyerPayerMismatch, "buyerName", .payer)
    }

    private mutating func differs(
        _ left: Digest16?, _ right: Digest16?, _ code: MatchCode, _ field: String,
        _ rule: MatchRuleSet
    ) {
        guard let left, let right else { return }
        checked.insert(rule)
        if left != right { reasons.append(MatchReason(code, field: field)) }
    }

    // MARK: - References

    /// X4 and X1: what a paper names must be among what is there.
    mutating func judgeReferences() {
        let row = meeting.row
        if !papers.payments.isEmpty {
            judgePaymentReference(facts.payTransaction, "payTransactionId") { $0.transaction }
            judgePaymentReference(facts.payEnterprise, "payCode") { $0.enterprise }
        }
        guard let list = papers.list else { return }
        let said = row.lists[list].facts
        if said.enterprise != Tokens.none, facts.enterprise != Tokens.none {
            checked.insert(.papersMeet)
            if said.enterprise != facts.enterprise {
                reasons.append(MatchReason(.enterpriseReference, field: "ebcCode"))
            }
        }
        guard said.waybill != Tokens.none, !papers.waybills.isEmpty else { return }
        let isThere = papers.waybills.contains {
            let life = meeting.lives[$0]
            guard let version = life.version else { return false }
            let waybill = row.waybills[life.stream].versions[version].facts
            return waybill.waybill == said.waybill && waybill.carrier == said.carrier
        }
        guard !isThere else { return }
        let right = String(decoding: said.waybillText, as: UTF8.self)
        reasons.append(MatchReason(.waybillReference, field: "logisticsNo", right: right))
    }

    private mutating func judgePaymentReference(
        _ named: [UInt8], _ field: String, _ value: (PaymentFacts) -> [UInt8]
    ) {
        guard !named.isEmpty else { return }
        checked.insert(.paymentReference)
        let others = papers.payments.map {
            value(meeting.row.payments[$0.stream].versions[$0.version].facts)
        }
        guard !others.contains(named) else { return }
        let right = others.map { String(decoding: $0, as: UTF8.self) }.min()
        reasons.append(
            MatchReason(
                .paymentReference, field: field, left: String(decoding: named, as: UTF8.self),
                right: right))
    }

    // MARK: - List

    /// X6 and X8: the list's buyer and lines are the order's.
    mutating func judgeList() {
        guard let list = papers.list else { return }
        let said = meeting.row.lists[list].facts
        let buyer = facts.buyer
        differs(buyer.id, said.buyer.id, .buyerMismatch, "buyerIdNumber", .listBuyer)
        differs(buyer.name, said.buyer.name, .buyerMismatch, "buyerName", .listBuyer)
        differs(buyer.phone, said.buyer.phone, .phoneMismatch, "buyerTelephone", .listBuyer)
        guard let own = facts.lines, let other = said.lines, !own.isEmpty, !other.isEmpty else {
            return
        }
        checked.insert(.listItems)
        if own.count != other.count {
            reasons.append(
                MatchReason(
                    .lineCountMismatch, field: "items", left: String(own.count),
                    right: String(other.count),
                    delta: String(other.count - own.count)))
        }
        for line in own {
            guard let pair = other.first(where: { $0.number == line.number }) else { continue }
            judgeLine(line, pair)
        }
        for line in own where !other.contains(where: { $0.number == line.number }) {
            reasons.append(
                MatchReason(.goodsMismatch, field: "items.gnum", left: String(line.number)))
        }
    }

    private mutating func judgeLine(_ own: LineFacts, _ other: LineFacts) {
        let field = "items[\(own.number)]"
        if let left = own.quantity, let right = other.quantity, left != right {
            reasons.append(
                MatchReason(
                    .quantityMismatch, field: field + ".qty",
                    left: FixedDecimal.text(of: Int128(left)),
                    right: FixedDecimal.text(of: Int128(right)),
                    delta: FixedDecimal.text(of: Int128(right) - Int128(left))))
        }
        if own.unit.isPresent, other.unit.isPresent, own.unit != other.unit {
            reasons.append(
                MatchReason(
                    .quantityMismatch, field: field + ".unit", left: own.unit.text,
                    right: other.unit.text))
        }
        if own.item != Tokens.none, other.item != Tokens.none {
            if own.item != other.item {
                reasons.append(MatchReason(.goodsMismatch, field: field + ".itemNo"))
            }
        } else if own.name != Tokens.none, other.name != Tokens.none, own.name != other.name {
            reasons.append(MatchReason(.goodsMismatch, field: field + ".itemName"))
        }
    }
}
