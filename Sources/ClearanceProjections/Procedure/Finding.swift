/// A rule of the procedure that a kept fact breaks (`specs/procedure.md`, findings).
public struct Finding: Sendable, Equatable {
    /// The rules, in the order of precedence in which a request's refusal names them.
    public enum Code: String, Sendable, CaseIterable {
        case releaseWithoutAcceptance, releaseDuringInspection, releaseWhileHeld, secondRelease
        case closingWithoutRelease, eventAfterCancellation, cancelAfterRelease, cancelledTwice
        case duplicateDeclaration, acceptanceAfterRejection, rejectionAfterRelease
        case reviewWithoutAcceptance, conclusionWithoutInspection
        case inspectionAfterRelease, detainedAfterRelease, suspendedAfterRelease
        case turnedBackAfterRelease
        case amendedAfterAcceptance, withdrawnAfterAcceptance, changeDuringInspection
        case returnWithoutRelease, returnExceedsReleased
        case lateReturnRequest, lateReturnArrival, arrivalWithoutAcceptance
        case earlyPayment, taxAfterVoid
        case contradictoryLink, danglingReference
        case paperAbsent, paperAfterReceipt, conflictingContent, amendedUnknown
    }

    /// How grave a finding is.
    public enum Severity: String, Sendable { case info, warning, error }

    public let code: Code
    /// The number or subject that it is about; empty for the consignment as a whole.
    public let about: String
    /// When the breaking fact happened, microseconds since 1970 UTC.
    public let time: Int64
    /// The breaking facts (``ProcedureStep/ref``).
    public let refs: [UInt64]

    /// How grave it is.
    public var severity: Severity {
        switch code {
        case .releaseWithoutAcceptance, .releaseDuringInspection, .releaseWhileHeld,
            .secondRelease, .closingWithoutRelease, .eventAfterCancellation,
            .cancelAfterRelease, .duplicateDeclaration, .rejectionAfterRelease,
            .returnWithoutRelease, .returnExceedsReleased, .contradictoryLink,
            .conflictingContent:
            .error
        case .paperAbsent, .paperAfterReceipt, .amendedUnknown: .info
        default: .warning
        }
    }

    /// The place among the findings of one thing: by time, code, number.
    static func precedes(_ left: Finding, _ right: Finding) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.code != right.code { return left.code.rawValue < right.code.rawValue }
        if left.about != right.about { return left.about < right.about }
        return left.refs.lexicographicallyPrecedes(right.refs)
    }
}
