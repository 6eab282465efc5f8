import ClearanceEvents

extension ReferenceTable {
    func amounts(
        _ order: ReferenceOrder, _ found: inout ReferenceFinding
    ) {
        let fields = ["goodsValue", "freight", "taxTotal", "discount", "acturalPaid"]
        let parts = fields.compactMap { order.paper.amount($0) }
        if !order.isExport, parts.count == 5, parts[0] + parts[1] + parts[2] - parts[3] != parts[4]
        {
            found.add("ruleMismatch", "orderTotal")
        }
        for fault in found.shareFaults {
            found.add(
                "amountMismatch", fault < 0 ? "amountUnder" : "amountOver", code: "shareSum")
        }
        let byProceeds = order.isExport && !found.proceeds.isEmpty
        let others = byProceeds ? found.proceeds.map(\.paper) : found.payments.map(\.live.paper)
        guard !others.isEmpty, let due = order.due else { return }
        guard others.allSatisfy({ $0.currency == order.paper.currency }) else {
            found.add("amountMismatch", "currencyMismatch")
            return
        }
        var right = others.reduce(Int128(0)) { $0 + ($1.amount("charge") ?? 0) }
        if !byProceeds {
            right = found.payments.reduce(Int128(0)) { $0 + ($1.share ?? 0) }
            // What is not divided covers what is left.
            for payment in found.payments where payment.share == nil && right < due {
                right = min(due, right + (payment.live.paper.amount("amountPaid") ?? 0))
            }
        }
        let delta = right - due
        guard delta != 0 else { return }
        let isInstalment =
            order.paper.text("orderType").hasPrefix("B")
            || (Int(order.paper.text("instalments")) ?? 0) > 1
        if delta.magnitude <= Int128(rules.tolerance[order.paper.currency] ?? 0).magnitude {
            found.notes.insert("tolerance")
        } else if isInstalment, delta < 0, !isPast(order) {
            found.add("waiting", "partial", code: "instalment")
        } else if explains(delta, order.paper) {
            found.add("amountMismatch", "amountScope")
        } else {
            found.add("amountMismatch", delta > 0 ? "amountOver" : "amountUnder")
        }
    }

    /// Whether taking discount, freight and tax in or out, each at most once, gives the difference.
    private func explains(_ delta: Int128, _ order: ReferencePaper) -> Bool {
        let terms = ["discount", "freight", "taxTotal"].map { order.amount($0) ?? 0 }
        for first in [-1, 0, 1] as [Int128] {
            for second in [-1, 0, 1] as [Int128] {
                for third in [-1, 0, 1] as [Int128]
                where first * terms[0] + second * terms[1] + third * terms[2] == delta {
                    return true
                }
            }
        }
        return false
    }

    func refunds(_ order: ReferenceOrder, _ found: inout ReferenceFinding) {
        var paid = Int128(0)
        var back = Int128(0)
        for payment in found.payments {
            let whole = payment.live.paper.amount("amountPaid") ?? 0
            let share = payment.share ?? whole
            paid += share
            let all = papers.filter {
                $0.event.type.name == "payment.refunded"
                    && ($0.text("of").isEmpty ? $0.subject : $0.text("of"))
                        == payment.live.paper.subject
            }
            let own = all.filter {
                $0.text("orderNo") == order.paper.text("orderNo")
                    && ($0.platform.isEmpty || $0.platform == order.paper.platform)
            }.reduce(Int128(0)) { $0 + ($1.amount("amount") ?? 0) }
            let general = all.filter { $0.text("orderNo").isEmpty }
                .reduce(Int128(0)) { $0 + ($1.amount("amount") ?? 0) }
            back += own
            if payment.orders == 1 {
                back += general
            } else if general > 0, general >= whole {
                back += share
            }
        }
        guard back > 0 else { return }
        if back >= paid {
            found.add("void", "reversed")
        } else {
            found.notes.insert("refunded")
        }
    }

    /// Whether the order is matched by hand.
    func decisions(
        _ order: ReferenceOrder, _ found: inout ReferenceFinding
    ) -> Bool {
        var all = papers.filter {
            $0.event.type.name == "match.decided" && $0.subject == order.subject
        }
        all.sort {
            CanonicalOrder(time: $0.event.time.microseconds, identity: $0.identity)
                < CanonicalOrder(time: $1.event.time.microseconds, identity: $1.identity)
        }
        if let last = all.lastIndex(where: { $0.text("action") == "reopen" }) {
            all.removeFirst(last + 1)
        }
        for decision in all {
            guard case .list(let named)? = decision.event.data["papers"] else { continue }
            for case .text(let name) in named {
                let subject = String(name.prefix { $0 != "@" })
                let family = String(name.prefix { $0 != ":" })
                guard ["payment", "waybill"].contains(family) else { continue }
                if !versions(family).contains(where: { $0.subject == subject }) {
                    found.add("identity", "danglingReference")
                }
            }
        }
        let verbs = ["accept", "reject", "force"]
        guard let decision = all.last(where: { verbs.contains($0.text("action")) }) else {
            return false
        }
        found.notes.insert("decision")
        let blocking = ["identity", "void", "missing", "waiting"]
        let isBlocked = found.codes.contains { blocking.contains($0.outcome) }
        if evidence(of: order, found) > decision.event.time.microseconds {
            found.add("void", "staleDecision")
            return false
        }
        if decision.text("action") == "reject" { found.add("void", "rejected") }
        return decision.text("action") == "force"
            || (decision.text("action") == "accept" && !isBlocked)
    }

    /// The latest that was said about an order and what names it, lists left out.
    private func evidence(of order: ReferenceOrder, _ found: ReferenceFinding) -> Int64 {
        let number = order.paper.text("orderNo")
        var subjects: Set<String> = [order.subject]
        for paper in papers
        where paper.isVersion && ["payment", "waybill", "proceeds"].contains(paper.family) {
            let isNaming =
                paper.text("orderNo") == number
                || (paper.records("orders") ?? []).contains { $0.text("orderNo") == number }
            let isBound =
                found.payments.contains { $0.live.paper.subject == paper.subject }
                || found.waybills.contains { $0.paper.subject == paper.subject }
            if isNaming || isBound { subjects.insert(paper.subject) }
        }
        let times = papers.filter { subjects.contains($0.subject) }.compactMap { paper -> Int64? in
            if paper.isVersion || paper.step == "withdrawn" { return paper.own }
            return isLastRejection(paper) ? paper.event.time.microseconds : nil
        }
        return times.max() ?? .min
    }

    private func isLastRejection(_ paper: ReferencePaper) -> Bool {
        paper.step == "rejected"
            && !papers.contains {
                $0.subject == paper.subject && $0.family == paper.family && $0.step == "accepted"
                    && $0.event.time.microseconds > paper.event.time.microseconds
            }
    }
}
