import ClearanceEvents

/// An order that a payment names.
private struct Named {
    let platform: NameToken
    let number: NameToken
    var share: Int64?
    let version: Int

    func isSame(_ other: OrderShare) -> Bool {
        number == other.number
            && (platform == Tokens.none || other.platform == Tokens.none
                || platform == other.platform)
    }
}

extension Meeting {
    mutating func meetPayments() {
        for index in row.payments.indices {
            let stream = row.payments[index]
            let lines = stream.liveLines
            guard !lines.isEmpty else { continue }
            let named = self.named(by: stream, lines: lines)
            let fault = shareFault(of: stream, lines: lines, named: named)
            var isMet = false
            for one in named {
                switch resolve(one, facts: stream.versions[one.version].facts) {
                case .none: continue
                case .order(let order):
                    papers[order].payments.append(
                        Contribution(
                            stream: index, version: one.version, share: one.share,
                            orderCount: named.count))
                    if let fault { papers[order].shareFaults.append(fault) }
                case .ambiguous(let candidates):
                    let name = PaperName(subject: stream.subject)
                    for order in candidates { papers[order].ambiguous.append(name) }
                }
                isMet = true
            }
            if !isMet { unmet(stream, lines: lines, named: named) }
        }
    }

    /// In a row with orders only a payment that names one of their numbers is judged; what came
    /// with another order of the same payment is judged in that order's row.
    private mutating func unmet(
        _ stream: PaperStream<PaymentFacts>, lines: [Int], named: [Named]
    ) {
        let isOwn = orders.isEmpty || named.contains { hasOrder(numbered: $0.number) }
        guard isOwn else { return }
        let own = lines.map { stream.versions[$0].own }.max() ?? 0
        orphans.append(
            Unmet(
                kind: .orphanPayment, paper: PaperName(subject: stream.subject), own: own,
                isShared: isShared(stream)))
    }

    /// Whether the versions and the evidence of a payment name several order numbers.
    private func isShared(_ stream: PaperStream<PaymentFacts>) -> Bool {
        var numbers: [NameToken] = []
        for version in stream.versions {
            if version.facts.shares.isEmpty { numbers.add(version.facts.number) }
            for share in version.facts.shares { numbers.add(share.number) }
        }
        for evidence in row.evidence where evidence.subject == stream.subject {
            for order in evidence.orders { numbers.add(order.number) }
        }
        return numbers.count > 1
    }

    private func resolve(_ one: Named, facts: PaymentFacts) -> Resolution {
        if one.platform != Tokens.none {
            return resolve(orders(numbered: one.number) { $0.platform == one.platform })
        }
        return resolve(
            orders(numbered: one.number) { _ in true },
            first: {
                let order = self.facts($0)
                return !order.payTransaction.isEmpty
                    && order.payTransaction == facts.transaction
                    && order.payEnterprise == facts.enterprise
            },
            then: { isSamePerson(self.facts($0).buyer, facts.payer) == true })
    }

    /// The orders that a payment names, with the shares that it states.
    private func named(by stream: PaperStream<PaymentFacts>, lines: [Int]) -> [Named] {
        var named: [Named] = []
        for line in lines {
            let facts = stream.versions[line].facts
            guard !facts.shares.isEmpty else {
                named.append(
                    Named(
                        platform: facts.platform, number: facts.number, share: facts.amount ?? 0,
                        version: line))
                continue
            }
            let isStated = facts.shares.allSatisfy { $0.amount != nil }
            let only = facts.shares.count == 1
            for share in facts.shares {
                named.append(
                    Named(
                        platform: share.platform, number: share.number,
                        share: isStated ? share.amount : (only ? facts.amount ?? 0 : nil),
                        version: line))
            }
        }
        guard !row.evidence.isEmpty else { return named }
        let isPlain = lines.count == 1 && stream.versions[lines[0]].facts.shares.isEmpty
        for evidence in row.evidence where evidence.subject == stream.subject {
            for order in evidence.orders where !named.contains(where: { $0.isSame(order) }) {
                // A plain payment that turns out to pay several orders states no shares.
                if isPlain { named[0].share = nil }
                let isShared = named.allSatisfy { $0.share != nil }
                named.append(
                    Named(
                        platform: order.platform, number: order.number, share: isShared ? 0 : nil,
                        version: lines[0]))
            }
        }
        return named
    }

    /// Stated shares that do not add up to what was paid.
    private func shareFault(
        of stream: PaperStream<PaymentFacts>, lines: [Int], named: [Named]
    ) -> (sum: Int128, amount: Int128)? {
        guard !named.contains(where: { $0.share == nil }) else { return nil }
        for line in lines {
            let facts = stream.versions[line].facts
            guard !facts.shares.isEmpty, facts.shares[0].amount != nil, let paid = facts.amount
            else { continue }
            let sum = facts.shares.reduce(Int128(0)) { $0 + Int128($1.amount ?? 0) }
            if sum != Int128(paid) { return (sum, Int128(paid)) }
        }
        guard lines.count > 1, !row.evidence.isEmpty,
            let total = row.evidence.last(where: {
                $0.subject == stream.subject && $0.total != nil
            })?.total
        else { return nil }
        let sum = named.reduce(Int128(0)) { $0 + Int128($1.share ?? 0) }
        return sum == Int128(total) ? nil : (sum, Int128(total))
    }
}

/// Whether two persons are one; nil when that cannot be known.
///
/// The identity number says it where both are known, then the name must agree as well.
func isSamePerson(_ left: PersonMarks, _ right: PersonMarks) -> Bool? {
    var known: Bool?
    if let one = left.id, let two = right.id {
        if one != two { return false }
        known = true
    }
    if let one = left.name, let two = right.name {
        if one != two { return false }
        known = true
    }
    return known
}
