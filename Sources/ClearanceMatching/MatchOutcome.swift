/// What the comparison of an order's papers amounts to: coarse, closed, in order of precedence.
///
/// When several hold, the first is the outcome and the others stay in the reasons. Source:
/// `specs/matching.md`, outcomes and kinds.
public enum MatchOutcome: UInt8, Sendable, CaseIterable, Comparable {
    case identity
    case void
    case missing
    case waiting
    case amountMismatch
    case partyMismatch
    case itemMismatch
    case contactMismatch
    case ruleMismatch
    case matched

    /// The word used outside.
    public var name: String { "\(self)" }

    /// The outcome of a word used outside; nil for any other word.
    public init?(name: String) {
        guard let found = MatchOutcome.allCases.first(where: { $0.name == name }) else {
            return nil
        }
        self = found
    }

    public static func < (left: MatchOutcome, right: MatchOutcome) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A kind of an outcome, or a code that only explains; in order of precedence.
///
/// The raw value is the rank. It is not stored anywhere and may change between versions; what is
/// stable is ``name``. Source: `specs/matching.md`, outcomes and reasons.
public enum MatchCode: UInt8, Sendable, CaseIterable, Comparable {
    case conflictingDuplicate, numberReused, ambiguous, danglingReference
    case voided, rejected, reversed, superseded, staleDecision
    case missingOrder, missingPayment, missingWaybill, itemsAbsent
    case pending, awaitingOrder, awaitingPayment, awaitingWaybill, awaitingProceeds, awaitingItems
    case partial, instalment
    case currencyMismatch, amountScope, amountOver, amountUnder, shareSum
    case buyerPayerMismatch, buyerMismatch, consigneeMismatch
    case lineCountMismatch, quantityMismatch, goodsMismatch
    case phoneMismatch, addressMismatch
    case orderTotal, paymentReference, waybillReference, enterpriseReference
    case manual, late, withinTolerance, group, exact
    case tolerance, latePayment, lateWaybill, split, combined, shareUnknown, parcels, refunded
    case decision
    case customsSays
    case orphanPayment, orphanWaybill, orphanProceeds, orphanList

    /// The word used outside.
    public var name: String { "\(self)" }

    /// The outcome that the code decides; nil for codes that only explain.
    public var outcome: MatchOutcome? {
        switch self {
        case .conflictingDuplicate, .numberReused, .ambiguous, .danglingReference: .identity
        case .voided, .rejected, .reversed, .superseded, .staleDecision: .void
        case .missingOrder, .missingPayment, .missingWaybill, .itemsAbsent: .missing
        case .pending, .awaitingOrder, .awaitingPayment, .awaitingWaybill, .awaitingProceeds,
            .awaitingItems, .partial, .instalment:
            .waiting
        case .currencyMismatch, .amountScope, .amountOver, .amountUnder, .shareSum:
            .amountMismatch
        case .buyerPayerMismatch, .buyerMismatch, .consigneeMismatch: .partyMismatch
        case .lineCountMismatch, .quantityMismatch, .goodsMismatch: .itemMismatch
        case .phoneMismatch, .addressMismatch: .contactMismatch
        case .orderTotal, .paymentReference, .waybillReference, .enterpriseReference:
            .ruleMismatch
        case .manual, .late, .withinTolerance, .group, .exact: .matched
        default: nil
        }
    }

    public static func < (left: MatchCode, right: MatchCode) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// One thing that was found when an order's papers were compared.
///
/// Values are codes, canonical decimals, dates and subjects. Personal values never stand here:
/// where marks differ, ``left`` and ``right`` are nil.
public struct MatchReason: Sendable, Hashable, Comparable {
    public let code: MatchCode
    /// The order's field name, or the list's where only it has one.
    public let field: String?
    /// The order's value.
    public let left: String?
    /// The other paper's value.
    public let right: String?
    /// right − left, for amounts and quantities.
    public let delta: String?

    public init(
        _ code: MatchCode, field: String? = nil, left: String? = nil, right: String? = nil,
        delta: String? = nil
    ) {
        self.code = code
        self.field = field
        self.left = left
        self.right = right
        self.delta = delta
    }

    /// The kind that the reason gives when it decides; nil for codes that only explain.
    public var kind: MatchCode? {
        switch code {
        case .awaitingOrder, .awaitingPayment, .awaitingWaybill, .awaitingProceeds,
            .awaitingItems:
            .pending
        case .instalment: .partial
        case .shareSum: delta?.hasPrefix("-") == true ? .amountUnder : .amountOver
        default: code.outcome == nil ? nil : code
        }
    }

    /// The order of the outcome table, then field, left and right by their bytes.
    public static func < (one: MatchReason, two: MatchReason) -> Bool {
        if one.code != two.code { return one.code < two.code }
        for (first, second) in [
            (one.field, two.field), (one.left, two.left), (one.right, two.right),
        ] where first != second {
            return (first ?? "").utf8.lexicographicallyPrecedes((second ?? "").utf8)
        }
        return (one.delta ?? "").utf8.lexicographicallyPrecedes((two.delta ?? "").utf8)
    }
}
