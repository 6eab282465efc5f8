import ClearanceEvents

extension CivilDay {
    /// Before every day that a ledger knows.
    static let distantPast = CivilDay(number: -719_162)
}

/// What of a person's entries may be erased on a day, and what must wait.
struct ErasurePlan {
    private(set) var due: [PersonSearch.Found] = []
    /// The first day on which more may be erased; nil when nothing waits.
    private(set) var until: CivilDay?
    /// The rule and day that hold something back longest.
    private var last: (until: CivilDay, rule: RetentionRule)?
    var report = ErasureReport()

    init(_ entries: [PersonSearch.Found], rules: [RetentionRule], day: CivilDay) {
        for entry in entries {
            // A day before the fact was passed: a rule that began since then holds for it.
            let said = Instant(microseconds: entry.time).beijingDay
            let asked = day == .distantPast ? nil : max(day, said)
            guard let rule = rules.rule(for: entry.type, on: asked) else {
                due.append(entry)
                continue
            }
            let end = said.adding(months: rule.months)
            if end <= day {
                due.append(entry)
                continue
            }
            report.retained += 1
            until = min(until ?? end, end)
            if last.map({ $0.until < end }) ?? true { last = (end, rule) }
        }
        report.positions = due.map(\.position)
        report.sections = slots.count
    }

    /// The slots to overwrite, ascending.
    var slots: [UInt64] { due.flatMap(\.slots).sorted() }

    var outcome: ErasureOutcome {
        if let last { return .retained(until: last.until, rule: last.rule, report) }
        return due.isEmpty ? .unknown(report) : .erased(report)
    }
}
