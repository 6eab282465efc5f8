import ClearanceEvents
import ClearanceLedger
import ClearanceMatching

/// Runs the decider over the rows of a view.
struct Matcher {
    let view: LedgerView
    /// The last Beijing day that has ended.
    let day: CivilDay?
    let rules: MatchRules
    private let decider: MatchDecider

    init(view: LedgerView, day: CivilDay?, rules: MatchRules) {
        self.view = view
        self.day = day
        self.rules = rules
        decider = MatchDecider(rules: rules)
    }

    /// Counts over all rows. Cost: about a microsecond an order.
    func summary() throws -> MatchSummary {
        var summary = MatchSummary()
        try view.forEachRow(of: Wiring.Matching.self) { _, row in
            for outcome in decider.outcomes(of: row, day: day) {
                summary.orders += 1
                summary.outcomes[outcome.outcome, default: 0] += 1
            }
            for orphan in decider.orphans(of: row, day: day) {
                summary.orphans[orphan.kind, default: 0] += 1
            }
            return true
        }
        // Live papers are control totals of the fold, which do not depend on the day.
        try view.forEachTotal(of: Wiring.Matching.self) { _, total in
            summary.papers += Int(total.count)
            return true
        }
        return summary
    }

    /// Orders and orphans that a filter lets through, sorted by their subjects' bytes.
    func listed(_ filter: MatchFilter) throws -> (orders: [OrderOutcome], orphans: [Orphan]) {
        var orders: [OrderOutcome] = []
        var orphans: [Orphan] = []
        try view.forEachRow(of: Wiring.Matching.self) { _, row in
            switch filter {
            case .all:
                orders += decider.outcomes(of: row, day: day)
                orphans += decider.orphans(of: row, day: day)
            case .outcome(let outcome):
                orders += decider.outcomes(of: row, day: day).filter { $0.outcome == outcome }
            case .orphan(let kind):
                orphans += decider.orphans(of: row, day: day).filter { $0.kind == kind }
            }
            return true
        }
        orders.sort { $0.subject.lexicographicallyPrecedes($1.subject) }
        orphans.sort { $0.paper < $1.paper }
        return (orders, orphans)
    }

    /// Outcomes and orphans of one row.
    func decided(_ row: MatchRow) -> (orders: [OrderOutcome], orphans: [Orphan]) {
        (decider.outcomes(of: row, day: day), decider.orphans(of: row, day: day))
    }
}
