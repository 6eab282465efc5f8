import ClearanceEvents

/// Decides one order from the papers that meet it, for one day reached.
struct OrderJudge {
    let meeting: Meeting
    let order: Int
    let reached: CivilDay?
    let rules: MatchRules
    let tolerance: [ShortCodeLimit]

    let papers: OrderPapers
    let stream: PaperStream<OrderFacts>
    let facts: OrderFacts
    let ordered: CivilDay
    var reasons: [MatchReason] = []
    var checked: MatchRuleSet = [.identity, .void]

    init(
        meeting: Meeting, order: Int, reached: CivilDay?, tolerance: [ShortCodeLimit]
    ) {
        self.meeting = meeting
        self.order = order
        self.reached = reached
        self.tolerance = tolerance
        rules = meeting.rules
        let place = meeting.orders[order]
        papers = meeting.papers[order]
        stream = meeting.row.orders[place.stream]
        let version = stream.versions[place.version]
        facts = version.facts
        ordered = Instant(microseconds: version.own).beijingDay
    }

    mutating func judge() -> OrderOutcome {
        judgeIdentity()
        switch meeting.orders[order].state {
        case .voided: reasons.append(MatchReason(.voided))
        case .rejected: reasons.append(MatchReason(.rejected))
        case .live:
            judgePresence()
            judgeAmount()
            judgeRefunds()
            judgeParties()
            judgeReferences()
            judgeList()
            explainShapes()
        }
        return conclude()
    }

    // MARK: - Identity

    private mutating func judgeIdentity() {
        let row = meeting.row
        let place = meeting.orders[order]
        if stream.isConflicting(place.version) {
            conflicting(PaperName(subject: stream.subject))
        }
        for payment in papers.payments
        where row.payments[payment.stream].isConflicting(payment.version) {
            conflicting(PaperName(subject: row.payments[payment.stream].subject))
        }
        for index in papers.waybills {
            let life = meeting.lives[index]
            if let version = life.version, row.waybills[life.stream].isConflicting(version) {
                conflicting(meeting.name(life))
            }
        }
        for paper in papers.proceeds where row.proceeds[paper.stream].isConflicting(paper.version) {
            conflicting(PaperName(subject: row.proceeds[paper.stream].subject))
        }
        if let list = papers.list, row.lists.count > 1 {
            let identity = row.lists[list].identity
            let stands = row.lists.contains {
                $0.identity.naturalKey == identity.naturalKey
                    && $0.identity.content != identity.content
            }
            if stands { conflicting(PaperName(subject: row.lists[list].subject)) }
        }
        for paper in papers.reused { reasons.append(MatchReason(.numberReused, left: paper.text)) }
        guard !papers.ambiguous.isEmpty else { return }
        judgeAmbiguous()
    }

    private mutating func conflicting(_ paper: PaperName) {
        reasons.append(MatchReason(.conflictingDuplicate, left: paper.text))
    }

    /// An ambiguous paper matters only to orders that have no other paper of its family.
    private mutating func judgeAmbiguous() {
        for paper in papers.ambiguous where !hasFamily(of: paper) {
            reasons.append(MatchReason(.ambiguous, left: paper.text))
        }
    }

    private func hasFamily(of paper: PaperName) -> Bool {
        if paper.life != nil { return !papers.waybills.isEmpty }
        let isPayment = meeting.row.payments.contains { $0.subject == paper.subject }
        return isPayment ? !papers.payments.isEmpty : !papers.proceeds.isEmpty
    }

    // MARK: - Presence

    /// Whether an ambiguous paper of the family may be the order's.
    private func hasAmbiguous(waybill: Bool) -> Bool {
        papers.ambiguous.contains { ($0.life != nil) == waybill }
    }

    /// Whether proceeds stand in the place of the payment.
    private var awaitsProceeds: Bool { facts.isExport }
    private var hasMoney: Bool {
        !papers.payments.isEmpty || (facts.isExport && !papers.proceeds.isEmpty)
    }

    private mutating func judgePresence() {
        checked.insert(.deadline)
        if !hasMoney && !hasAmbiguous(waybill: false) {
            if awaitsProceeds {
                // Customs releases without proceeds: they have no deadline.
                reasons.append(MatchReason(.awaitingProceeds))
            } else {
                expect(.awaitingPayment, .missingPayment, days: rules.paymentDays)
            }
        }
        if papers.waybills.isEmpty && !hasAmbiguous(waybill: true) {
            expect(.awaitingWaybill, .missingWaybill, days: rules.waybillDays)
        }
        if let lines = facts.lines, lines.isEmpty {
            expect(.awaitingItems, .itemsAbsent, days: rules.paymentDays)
        }
        if hasMoney && !papers.waybills.isEmpty { checked.insert(.papersMeet) }
        judgeLateness()
    }

    private mutating func expect(_ waiting: MatchCode, _ missing: MatchCode, days: Int) {
        let isPast = rules.isPast(ordered, days: days, reached: reached)
        reasons.append(
            MatchReason(
                isPast ? missing : waiting, field: "deadline",
                left: ordered.adding(days: days).description))
    }

    private mutating func judgeLateness() {
        for payment in papers.payments {
            let own = meeting.row.payments[payment.stream].versions[payment.version].own
            lateness(of: own, .latePayment, days: rules.paymentDays)
        }
        for index in papers.waybills {
            let life = meeting.lives[index]
            guard let version = life.version else { continue }
            let own = meeting.row.waybills[life.stream].versions[version].own
            lateness(of: own, .lateWaybill, days: rules.waybillDays)
        }
    }

    private mutating func lateness(of own: Int64, _ code: MatchCode, days: Int) {
        let deadline = ordered.adding(days: days)
        let instant = Instant(microseconds: own)
        guard instant.beijingDay > deadline else { return }
        reasons.append(
            MatchReason(code, field: "time", left: deadline.description, right: instant.rfc3339))
    }

    // MARK: - Shapes

    private mutating func explainShapes() {
        let payments = Set(papers.payments.map(\.stream)).count
        if payments > 1 {
            reasons.append(MatchReason(.split, left: "1", right: String(payments)))
        }
        if let most = papers.payments.map(\.orderCount).max(), most > 1 {
            reasons.append(MatchReason(.combined, left: "1", right: String(most)))
        }
        if papers.payments.contains(where: { $0.share == nil }) {
            reasons.append(MatchReason(.shareUnknown))
        }
        if facts.isExport && papers.proceeds.count > 1 {
            reasons.append(
                MatchReason(.split, left: "1", right: String(papers.proceeds.count)))
        }
        if papers.waybills.count > 1 {
            reasons.append(
                MatchReason(.parcels, left: "1", right: String(papers.waybills.count)))
        }
    }
}

/// A tolerance of one currency.
struct ShortCodeLimit: Sendable {
    let currency: ShortCode
    let units: Int64
}
