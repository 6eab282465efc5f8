import ClearanceMatching

/// The rule sets that the tool decides by.
enum RuleSets {
    /// The numbers of matching.
    static let matching = MatchRules.current

    /// The matching rules as answers name them.
    static var matchingName: RuleSetName {
        RuleSetName(id: matching.id, hash: matching.hash, status: matching.status)
    }

    /// Every rule set, sorted by id.
    static var all: [RuleSetName] { [matchingName] }
}
