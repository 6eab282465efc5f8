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
        var summary = MatchSummary(decider, day: day)
        try view.forEachRow(of: Wiring.Matching.self) { _, row in
            summary.add(row)
            return true
        }
        return summary
    }

    /// Orders and orphans that a filter lets through, sorted by their subjects' bytes.
    func listed(_ filter: MatchFilter) throws -> (orders: [OrderOutcome], orphans: [Orphan]) {
        var orders: [OrderOutcome] = []
        var orphans: [PaperName: Orphan] = [:]
        var summary = MatchSummary(decider, day: day)
        try view.forEachRow(of: Wiring.Matching.self) { _, row in
            switch filter {
            case .all: orders += summary.add(row)
            case .outcome(let outcome):
                orders += summary.add(row).filter { $0.outcome == outcome }
                return true
            case .orphan: summary.add(row)
            }
            for orphan in decider.orphans(of: row, day: day) { orphans[orphan.paper] = orphan }
            return true
        }
        // A paper may stand in several rows; only the whole tells whether it met its order.
        var unmet = orphans.values.filter { summary.isUnmet($0) }
        if case .orphan(let kind) = filter { unmet.removeAll { $0.kind != kind } }
        orders.sort { $0.subject.lexicographicallyPrecedes($1.subject) }
        return (orders, unmet.sorted { $0.paper < $1.paper })
    }

    /// Outcomes and orphans of one row.
    func decided(_ row: MatchRow) -> (orders: [OrderOutcome], orphans: [Orphan]) {
        (decider.outcomes(of: row, day: day), decider.orphans(of: row, day: day))
    }
}
