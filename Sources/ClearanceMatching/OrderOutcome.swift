/// The one outcome of one order, with everything that was found.
public struct OrderOutcome: Sendable, Equatable {
    /// The order's subject, as it stands in the log.
    public let subject: [UInt8]
    public let outcome: MatchOutcome
    /// The fine outcome: a code whose ``MatchCode/outcome`` is ``outcome``.
    public let kind: MatchCode
    /// Everything that was found, sorted; empty for an exact match.
    public let reasons: [MatchReason]
    /// The papers that took part, the order first, then the others sorted.
    public let papers: [PaperName]
    /// Whether a live list meets the order.
    public let declared: Bool
    /// The rule that decided.
    public let rule: MatchRuleSet
    /// The rules whose fields were present, so that they could be checked.
    public let checked: MatchRuleSet

    /// The id of the rule that decided, e.g. `X3`.
    public var ruleId: String {
        MatchRuleSet.table.first { $0.rule == rule }?.id ?? "M4"
    }

    /// The order's subject as text.
    public var subjectText: String { String(decoding: subject, as: UTF8.self) }
}

/// A paper that meets no order.
public struct Orphan: Sendable, Equatable {
    /// `orphanPayment`, `orphanWaybill`, `orphanProceeds` or `orphanList`.
    public let kind: MatchCode
    public let paper: PaperName
    /// Whether the paper may stand in other rows, so that only all of them can say this.
    public let isShared: Bool
    /// Whether the days of waiting after the paper's own day have passed.
    public let isOverdue: Bool
}
