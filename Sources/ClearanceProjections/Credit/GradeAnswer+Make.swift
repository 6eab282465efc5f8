public import ClearanceEvents

extension CreditRules {
    /// Grades an enterprise for an agency on a Beijing day.
    ///
    /// `subject` is any alias of the row's enterprise. Only customs' grade is computed; of the
    /// others the recorded grade is reported. Pure; cost O(penalties × decision days).
    public static func grade(
        _ row: EnterpriseRow, subject: String, agency: String = "customs", on day: CivilDay,
        sets: [CreditRules] = CreditRules.customs
    ) -> GradeAnswer {
        let recorded = row.recordedGrade(agency, on: day)
        guard agency == "customs", let rules = sets.first(where: { $0.isInForce(on: day) }) else {
            return recordedOnly(recorded, agency)
        }
        let assessment = CreditAssessment(row, subject: subject, day: day, sets: sets)
        let spell = assessment.spell()
        let computed = spell == nil ? rules.regular : rules.dishonest
        let documents = assessment.documents(of: day.parts.year - 1)
        var unknown = assessment.doubts.union(rules.notComputed)
        if row.roles(on: day) == nil { unknown.insert("roles") }
        if documents == nil { unknown.insert("documentsLastYear") }
        let isExcluded = assessment.leftOut.contains { $0.rule.contains("+") }
        let last = spell?.firings.last?.on
        return GradeAnswer(
            agency: agency, recorded: recorded?.grade, stage: recorded?.stage,
            computed: computed, ruleSet: rules.id + suffix(assessment, rules),
            ruleSetHash: rules.hash, status: rules.status.rawValue,
            provisional: rules.status == .provisional || isExcluded
                || !assessment.doubts.isEmpty
                || assessment.leftOut.contains { $0.rule == "K8" }
                || row.roles(on: day) == nil || documents == nil
                || assessment.triggers(of: rules, on: day).contains {
                    $0.status == .provisional
                },
            since: (recorded?.since ?? spell?.since)?.description,
            until: (recorded == nil ? spell?.lapses : recorded?.until)?.description,
            fired: (spell?.firings ?? []).map(fired), unknown: unknown.sorted(),
            differs: differ(recorded?.grade, computed),
            coverage: documents == nil ? "ledger" : "reported",
            mayApplyFrom: rules.repairMonths.flatMap { last?.adding(months: $0).description },
            endsOn: spell?.lapses.description,
            leftOut: assessment.leftOut.map { GradeAnswer.LeftOut(rule: $0.rule, refs: [$0.ref]) })
    }

    private static func recordedOnly(
        _ recorded: RecordedGrade?, _ agency: String
    ) -> GradeAnswer {
        GradeAnswer(
            agency: agency, recorded: recorded?.grade, stage: recorded?.stage, computed: nil,
            ruleSet: nil, ruleSetHash: nil, status: nil, provisional: false,
            since: recorded?.since?.description, until: recorded?.until?.description, fired: [],
            unknown: ["ruleSetNotComputed"], differs: false, coverage: "ledger",
            mayApplyFrom: nil, endsOn: nil, leftOut: [])
    }

    /// `+170` behind the set when the announcement left a penalty out.
    private static func suffix(_ assessment: CreditAssessment, _ rules: CreditRules) -> String {
        for item in assessment.leftOut {
            if let plus = item.rule.firstIndex(of: "+") { return String(item.rule[plus...]) }
        }
        return ""
    }

    private static func fired(_ firing: CreditAssessment.Firing) -> GradeAnswer.Fired {
        GradeAnswer.Fired(
            rule: firing.trigger.id, ruleSet: firing.ruleSet, on: firing.on.description,
            from: firing.from.description, to: firing.on.description, n: "\(firing.count)",
            a: FixedDecimal.text(of: firing.sum), documents: firing.documents?.text,
            limit: "\(firing.trigger.amount)", message: firing.trigger.text, refs: firing.refs)
    }

    /// Certification is not computed, so that only dishonesty can differ.
    private static func differ(_ recorded: String?, _ computed: String) -> Bool {
        guard let recorded else { return false }
        return recorded.lowercased().hasSuffix("dishonest") != (computed == "dishonest")
    }
}
