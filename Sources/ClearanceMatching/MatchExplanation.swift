/// Why an order has its outcome: every rule, whether it held, and on which fields.
///
/// Holds codes, field names, amounts and subjects; never a personal value.
public struct MatchExplanation: Sendable, Equatable {
    /// What became of a rule.
    public enum State: String, Sendable {
        case passed
        case failed
        /// The fields or papers that the rule compares are not there.
        case notApplicable
    }

    /// One rule.
    public struct Criterion: Sendable, Equatable {
        /// The rule's id, e.g. `X3`.
        public let id: String
        public let state: State
        /// The fields on which it failed or that explain it, sorted.
        public let fields: [String]
        public let text: MatchText
    }

    public let outcome: OrderOutcome
    /// Rule set and rule that decided, e.g. `match-1/X3`.
    public let rule: String
    public let ruleSetHash: String
    public let ruleSetStatus: String
    public let criteria: [Criterion]

    /// The explanation of an outcome made under `rules`.
    public init(_ outcome: OrderOutcome, rules: MatchRules) {
        self.outcome = outcome
        rule = rules.id + "/" + outcome.ruleId
        ruleSetHash = rules.hash
        ruleSetStatus = rules.status
        criteria = MatchRuleSet.table.map { rule, id in
            let said = outcome.reasons.filter { $0.rule == rule }
            let state: State
            if rule == .matched {
                state = outcome.outcome == .matched ? .passed : .failed
            } else if said.contains(where: { $0.code.outcome != nil }) {
                state = .failed
            } else {
                state = outcome.checked.contains(rule) ? .passed : .notApplicable
            }
            let fields = Set(said.compactMap(\.field)).sorted {
                $0.utf8.lexicographicallyPrecedes($1.utf8)
            }
            return Criterion(
                id: id, state: state, fields: fields, text: MatchTexts.text(of: rule))
        }
    }
}
