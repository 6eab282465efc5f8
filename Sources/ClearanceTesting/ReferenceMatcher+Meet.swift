import ClearanceEvents

/// An order with the version that counts, or the last one when none does.
struct ReferenceOrder {
    let paper: ReferencePaper
    /// nil for a live order, else `voided` or `rejected`.
    let fate: String?

    var subject: String { paper.subject }
    var isExport: Bool { !(["", "I"].contains(paper.text("orderType").prefix(1))) }
    /// What has to be paid.
    var due: Int128? {
        guard isExport, let goods = paper.amount("goodsValue") else {
            return paper.amount("acturalPaid")
        }
        return goods + (paper.amount("freight") ?? 0)
    }
}

/// Which orders a paper is of.
enum ReferenceChoice: Equatable {
    case none
    case one(String)
    case several([String])
}

extension ReferenceTable {
    func orders() -> [ReferenceOrder] {
        let live = self.live("order")
        var found: [ReferenceOrder] = []
        for subject in Set(versions("order").map(\.subject)) {
            if let one = live.first(where: { $0.paper.subject == subject }) {
                found.append(ReferenceOrder(paper: one.paper, fate: nil))
            } else if let last = newest(versions("order").filter { $0.subject == subject }) {
                let fate = isWithdrawn(last) ? "voided" : "rejected"
                found.append(ReferenceOrder(paper: last, fate: fate))
            }
        }
        return found.sorted { $0.subject.utf8.lexicographicallyPrecedes($1.subject.utf8) }
    }

    /// The first step that leaves one live order decides.
    func choose(
        _ candidates: [ReferenceOrder], _ steps: [(ReferenceOrder) -> Bool] = []
    ) -> ReferenceChoice {
        let live = candidates.filter { $0.fate == nil }
        if live.isEmpty { return candidates.first.map { .one($0.subject) } ?? .none }
        for step in [{ _ in true }] + steps where live.filter(step).count == 1 {
            return .one(live.filter(step)[0].subject)
        }
        return .several(live.map(\.subject))
    }

    func samePerson(_ order: ReferencePaper, _ payment: ReferencePaper) -> Bool? {
        let pairs = [("buyerIdNumber", "payerIdNumber"), ("buyerName", "payerName")]
        let known = pairs.compactMap { left, right -> Bool? in
            guard let one = order.person(left), let two = payment.person(right) else { return nil }
            return one == two
        }
        return known.isEmpty ? nil : !known.contains(false)
    }

    // MARK: - Lists

    func names(_ paper: ReferencePaper) -> Set<String> {
        var names: Set<String> = [paper.subject]
        let isAbout = paper.step == "cancelled"
        if !isAbout, !paper.text("copNo").isEmpty, !paper.text("agentCode").isEmpty {
            names.insert("declaration:\(paper.text("agentCode"))/\(paper.text("copNo"))")
        }
        if !isAbout, !paper.text("preNo").isEmpty { names.insert("pre:\(paper.text("preNo"))") }
        if !paper.text("invtNo").isEmpty { names.insert("list:\(paper.text("invtNo"))") }
        return names
    }

    /// The lists, each with all that was said about it.
    func listThings() -> [[ReferencePaper]] {
        let steps = ["submitted", "amended", "withdrawn", "accepted", "rejected", "cancelled"]
        let said = papers.filter {
            $0.family == "declare" && steps.contains($0.step)
                && ["", "list"].contains($0.text("form"))
        }
        var things: [(names: Set<String>, papers: [ReferencePaper])] = []
        for paper in said {
            var joined = (names: names(paper), papers: [paper])
            for thing in things where !thing.names.isDisjoint(with: joined.names) {
                joined.names.formUnion(thing.names)
                joined.papers += thing.papers
            }
            things.removeAll { !$0.names.isDisjoint(with: joined.names) }
            things.append(joined)
        }
        return things.map(\.papers)
    }

    func isLive(_ version: ReferencePaper, in thing: [ReferencePaper]) -> Bool {
        let ends = thing.contains {
            ($0.step == "withdrawn" && $0.own >= version.own)
                || ($0.step == "cancelled" && $0.event.time.microseconds >= version.own)
        }
        return !ends && rejection(of: version, in: thing) == nil
    }

    /// The rejections that hold against a version.
    func rejection(of version: ReferencePaper, in thing: [ReferencePaper]) -> [ReferencePaper]? {
        let answers = thing.filter { $0.step == "accepted" || $0.step == "rejected" }
        guard let last = answers.map(\.event.time.microseconds).max(), last >= version.own else {
            return nil
        }
        let found = answers.filter {
            $0.step == "rejected" && $0.event.time.microseconds == last
        }
        return found.isEmpty ? nil : found
    }

    func choose(list: ReferencePaper, _ orders: [ReferenceOrder]) -> ReferenceChoice {
        let number = list.text("orderNo")
        guard !number.isEmpty else { return .none }
        let numbered = orders.filter { $0.paper.text("orderNo") == number }
        let platform = numbered.filter {
            !list.platform.isEmpty && $0.paper.platform == list.platform
        }
        guard platform.isEmpty else { return choose(platform) }
        return choose(
            numbered.filter {
                !list.text("ebcCode").isEmpty
                    && $0.paper.text("ebcCode") == list.text("ebcCode")
            })
    }

    // MARK: - Payments

    /// An order that a payment names, and how much of the payment is for it.
    struct Named {
        var platform: String
        var number: String
        var share: Int128?
        let line: ReferenceLive
    }

    func named(by lines: [ReferenceLive]) -> [Named] {
        var named: [Named] = []
        for line in lines {
            let paid = line.paper.amount("amountPaid") ?? 0
            let shares = line.paper.records("orders") ?? []
            if shares.isEmpty {
                named.append(
                    Named(
                        platform: line.paper.platform, number: line.paper.text("orderNo"),
                        share: paid, line: line))
            }
            let amounts = shares.map {
                $0.text("amount").flatMap { FixedDecimal($0) }.map { Int128($0.units) }
            }
            for (share, amount) in zip(shares, amounts) {
                let said = share.text("ebpCode") ?? ""
                let platform = said.isEmpty || said == "无" ? line.paper.platform : said
                var part = amounts.contains { $0 == nil } ? nil : amount
                if shares.count == 1, part == nil { part = paid }
                named.append(
                    Named(
                        platform: platform, number: share.text("orderNo") ?? "", share: part,
                        line: line))
            }
        }
        let isPlain = lines.count == 1 && (lines[0].paper.records("orders") ?? []).isEmpty
        for order in evidence(of: lines[0].paper.subject).flatMap({ said in
            (said.records("orders") ?? []).map { (said.platform, $0.text("orderNo") ?? "") }
        }) {
            let isNamed = named.contains {
                $0.number == order.1
                    && ($0.platform.isEmpty || order.0.isEmpty || $0.platform == order.0)
            }
            if isNamed { continue }
            if isPlain { named[0].share = nil }
            let isOpen = named.contains { $0.share == nil }
            named.append(
                Named(
                    platform: order.0, number: order.1, share: isOpen ? nil : 0, line: lines[0]))
        }
        return named
    }

    /// Evidence of a payment, in canonical order.
    func evidence(of subject: String) -> [ReferencePaper] {
        papers.filter { $0.event.type.name == "payment.evidence" && $0.subject == subject }
            .sorted {
                CanonicalOrder(time: $0.event.time.microseconds, identity: $0.identity)
                    < CanonicalOrder(time: $1.event.time.microseconds, identity: $1.identity)
            }
    }

    /// Shares that do not add up: negative when less was paid than shared.
    func shareFault(_ lines: [ReferenceLive], _ named: [Named]) -> Int128? {
        guard !named.contains(where: { $0.share == nil }) else { return nil }
        for line in lines {
            let shares = line.paper.records("orders") ?? []
            let amounts = shares.compactMap {
                $0.text("amount").flatMap { FixedDecimal($0) }.map { Int128($0.units) }
            }
            guard !shares.isEmpty, amounts.count == shares.count,
                let paid = line.paper.amount("amountPaid")
            else { continue }
            let sum = amounts.reduce(0, +)
            if sum != paid { return paid - sum }
        }
        guard lines.count > 1,
            let total = evidence(of: lines[0].paper.subject)
                .compactMap({ $0.amount("totalAmount") }).last
        else { return nil }
        let sum = named.reduce(Int128(0)) { $0 + ($1.share ?? 0) }
        return sum == total ? nil : total - sum
    }

    func choose(_ one: Named, _ orders: [ReferenceOrder]) -> ReferenceChoice {
        guard !one.number.isEmpty else { return .none }
        let numbered = orders.filter { $0.paper.text("orderNo") == one.number }
        if !one.platform.isEmpty {
            return choose(numbered.filter { $0.paper.platform == one.platform })
        }
        return choose(
            numbered,
            [
                {
                    !$0.paper.text("payTransactionId").isEmpty
                        && $0.paper.text("payTransactionId")
                            == one.line.paper.text("payTransactionId")
                        && $0.paper.text("payCode") == one.line.paper.text("payCode")
                },
                { samePerson($0.paper, one.line.paper) == true },
            ])
    }
}
