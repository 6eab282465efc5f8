/// The rules of the message level; which of them ran and which failed explains an outcome.
public struct MatchRuleSet: OptionSet, Sendable, Hashable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static let papersMeet = MatchRuleSet(rawValue: 1 << 0)
    public static let orderTotal = MatchRuleSet(rawValue: 1 << 1)
    public static let amount = MatchRuleSet(rawValue: 1 << 2)
    public static let paymentReference = MatchRuleSet(rawValue: 1 << 3)
    public static let payer = MatchRuleSet(rawValue: 1 << 4)
    public static let listBuyer = MatchRuleSet(rawValue: 1 << 5)
    public static let consignee = MatchRuleSet(rawValue: 1 << 6)
    public static let listItems = MatchRuleSet(rawValue: 1 << 7)
    public static let identity = MatchRuleSet(rawValue: 1 << 8)
    public static let void = MatchRuleSet(rawValue: 1 << 9)
    public static let deadline = MatchRuleSet(rawValue: 1 << 10)
    public static let matched = MatchRuleSet(rawValue: 1 << 11)

    /// Every rule with its id, in the order of `specs/matching.md`.
    public static let table: [(rule: MatchRuleSet, id: String)] = [
        (.identity, "M1"), (.void, "M2"), (.deadline, "M3"), (.papersMeet, "X1"),
        (.orderTotal, "X2"), (.amount, "X3"), (.paymentReference, "X4"), (.payer, "X5"),
        (.listBuyer, "X6"), (.consignee, "X7"), (.listItems, "X8"), (.matched, "M4"),
    ]
}

extension MatchReason {
    /// The rule that the reason breaks or explains.
    public var rule: MatchRuleSet {
        switch code {
        case .conflictingDuplicate, .numberReused, .ambiguous, .danglingReference: .identity
        case .voided, .rejected, .reversed, .superseded, .staleDecision, .decision, .refunded:
            .void
        case .missingOrder, .missingPayment, .missingWaybill, .itemsAbsent, .pending,
            .awaitingOrder, .awaitingPayment, .awaitingWaybill, .awaitingProceeds,
            .awaitingItems, .partial, .instalment, .latePayment, .lateWaybill:
            .deadline
        case .currencyMismatch, .amountScope, .amountOver, .amountUnder, .shareSum, .tolerance,
            .split, .combined, .shareUnknown:
            .amount
        case .buyerPayerMismatch: .payer
        case .buyerMismatch: .listBuyer
        case .consigneeMismatch, .addressMismatch: .consignee
        case .phoneMismatch: field == "buyerTelephone" ? .listBuyer : .consignee
        case .lineCountMismatch, .quantityMismatch, .goodsMismatch: .listItems
        case .orderTotal: .orderTotal
        case .paymentReference: .paymentReference
        case .waybillReference, .enterpriseReference, .parcels, .orphanPayment, .orphanWaybill,
            .orphanProceeds, .orphanList:
            .papersMeet
        case .manual, .late, .withinTolerance, .group, .exact, .customsSays: .matched
        }
    }
}
