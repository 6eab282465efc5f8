public import ClearanceEvents

/// The grade that an authority decided, as it holds on a day.
public struct RecordedGrade: Sendable, Equatable {
    public let grade: String?
    /// decided, suspended or notified.
    public let stage: String
    public let since: CivilDay?
    public let until: CivilDay?
}

extension EnterpriseRow {
    /// The recorded grade of an agency on a day; nil when it said nothing (`specs/credit.md`).
    public func recordedGrade(_ agency: String, on day: CivilDay) -> RecordedGrade? {
        let own = grades.filter { $0.agency == agency }
        let revoked = Set(
            own.filter { $0.stage == "revoked" && holds($0, on: day) }.map(\.decisionNo))
        let decided = own.filter {
            $0.stage == "decided" && holds($0, on: day)
                && ($0.decisionNo.isEmpty || !revoked.contains($0.decisionNo))
        }
        // Equal days: the later fact in canonical order.
        let newest = decided.max { left, right in
            let (first, second) = (days(left), days(right))
            return first.0 != second.0 ? first.0 < second.0 : first.1 <= second.1
        }
        guard let newest else {
            guard let notified = own.last(where: { $0.stage == "notified" && holds($0, on: day) })
            else { return nil }
            return RecordedGrade(
                grade: nil, stage: "notified", since: notified.effectiveFrom, until: nil)
        }
        let pauses = own.filter {
            ($0.stage == "suspended" || $0.stage == "resumed") && starts($0, by: day)
                && ($0.decisionNo.isEmpty || $0.decisionNo == newest.decisionNo)
                && days($0).0 >= days(newest).0
        }
        let last = pauses.max { days($0) <= days($1) }
        return RecordedGrade(
            grade: newest.grade, stage: last?.stage == "suspended" ? "suspended" : "decided",
            since: newest.effectiveFrom, until: newest.effectiveTo)
    }

    private func days(_ record: GradeRecord) -> (Int, Int) {
        (record.effectiveFrom?.number ?? 0, record.decidedOn?.number ?? 0)
    }

    private func starts(_ record: GradeRecord, by day: CivilDay) -> Bool {
        record.effectiveFrom.map { $0 <= day } ?? true
    }

    private func holds(_ record: GradeRecord, on day: CivilDay) -> Bool {
        starts(record, by: day) && (record.effectiveTo.map { day <= $0 } ?? true)
    }
}
