public import ClearanceEvents

/// Decides the outcome of every order of a row: pure, at question time.
///
/// Outcomes are not stored, as waiting becomes missing with the day reached. Cost: about a
/// microsecond for an order with one payment and one waybill.
public struct MatchDecider: Sendable {
    public let rules: MatchRules
    private let tolerance: [ShortCodeLimit]

    /// A decider under one rule set.
    public init(rules: MatchRules = .current) {
        self.rules = rules
        tolerance = rules.tolerance.map {
            ShortCodeLimit(currency: ShortCode($0.key), units: $0.value)
        }
    }

    /// One outcome for every order of the row, in the byte order of their subjects.
    ///
    /// `day` is the last Beijing day that has ended: the greatest `clock.day`, or
    /// ``MatchRules/dayReached(asOf:)``. Without one no deadline passes.
    public func outcomes(of row: MatchRow, day: CivilDay?) -> [OrderOutcome] {
        guard !row.orders.isEmpty else { return [] }
        return outcomes(of: Meeting(row, rules: rules), day: day)
    }

    func outcomes(of meeting: Meeting, day: CivilDay?) -> [OrderOutcome] {
        meeting.orders.indices.map { order in
            var judge = OrderJudge(
                meeting: meeting, order: order, reached: day, tolerance: tolerance)
            return judge.judge()
        }
    }

    /// The outcome of one order; nil when the row has no such order.
    public func outcome(
        of subject: [UInt8], in row: MatchRow, day: CivilDay?
    ) -> OrderOutcome? {
        outcomes(of: row, day: day).first { $0.subject == subject }
    }

    /// The papers of the row that meet no order, each once, sorted by kind and name.
    ///
    /// A paper that stands in several rows is marked ``Orphan/isShared``: it is an orphan only when
    /// no row meets it. ``MatchSummary`` takes care of that.
    public func orphans(of row: MatchRow, day: CivilDay?) -> [Orphan] {
        orphans(of: Meeting(row, rules: rules), day: day)
    }

    func orphans(of meeting: Meeting, day: CivilDay?) -> [Orphan] {
        guard !meeting.orphans.isEmpty else { return [] }
        let orphans = meeting.orphans.map { unmet in
            let days = unmet.kind == .orphanWaybill ? rules.waybillDays : rules.paymentDays
            let said = Instant(microseconds: unmet.own).beijingDay
            return Orphan(
                kind: unmet.kind, paper: unmet.paper, isShared: unmet.isShared,
                isOverdue: rules.isPast(said, days: days, reached: day))
        }
        return orphans.sorted {
            $0.kind != $1.kind ? $0.kind < $1.kind : $0.paper < $1.paper
        }
    }

    /// What is said of an order that papers name and that is not there.
    public func missingOrder(_ subject: [UInt8], in row: MatchRow) -> OrderOutcome {
        let papers = orphans(of: row, day: nil).map(\.paper)
        return OrderOutcome(
            subject: subject, outcome: .missing, kind: .missingOrder,
            reasons: [MatchReason(.missingOrder)], papers: papers, declared: false,
            rule: .deadline, checked: [])
    }
}
