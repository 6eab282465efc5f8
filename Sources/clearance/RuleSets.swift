import ClearanceMatching
import ClearanceProjections

/// The rule sets that the tool decides by.
enum RuleSets {
    /// The numbers of matching.
    static let matching = MatchRules.current

    /// The matching rules as answers name them.
    static var matchingName: RuleSetName {
        RuleSetName(id: matching.id, hash: matching.hash, status: matching.status)
    }

    /// Every rule set, sorted by id.
    static var all: [RuleSetName] {
        let credit = CreditRules.customs.map {
            RuleSetName(id: $0.id, hash: $0.hash, status: $0.status.rawValue)
        }
        return (credit + [matchingName]).sorted { $0.id < $1.id }
    }
}
