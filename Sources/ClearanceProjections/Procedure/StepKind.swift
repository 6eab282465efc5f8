import ClearanceEvents

/// What an event does to a list, its cancel requests, returns, tax bills or goods.
///
/// The numbers are the order of the procedure: among events of one instant (customs says 120 and
/// 800 within a millisecond) the lower comes first. They stand in rows and never change.
public enum StepKind: UInt8, Sendable, CaseIterable {
    case drafted = 1
    case submitted = 2
    case amended = 3
    case amendRequested = 4
    case amendRefused = 5
    case withdrawn = 6
    case progress = 7
    case failed = 8
    case accepted = 10
    case rejected = 11
    case reviewing = 12
    case reviewed = 13
    case inspectionOrdered = 20
    case inspectionStarted = 21
    case sampled = 22
    case tested = 23
    case concluded = 24
    case detained = 25
    case freed = 26
    case suspended = 27
    case resumed = 28
    case released = 30
    case closed = 31
    case turnedBack = 32
    case exited = 33
    case cancelRequested = 40
    case cancelled = 41
    case cancelRefused = 42
    case returnRequested = 50
    case returnAmended = 51
    case returnWithdrawn = 52
    case returnAccepted = 53
    case returnRefused = 54
    case returnArrived = 55
    case returnTallied = 56
    case taxAssessed = 60
    case taxSummarised = 61
    case taxVoided = 62
    case taxPaid = 63
    case taxRecovered = 64
    case taxRefunded = 65
    case arrived = 70
    case departed = 71
    case delivered = 72

    /// Whether an enterprise says it; everything else is customs' (or the carrier's) word.
    var isOwnWord: Bool {
        switch self {
        case .drafted, .submitted, .amended, .amendRequested, .withdrawn, .cancelRequested,
            .returnRequested, .returnAmended, .returnWithdrawn:
            true
        default: false
        }
    }

    /// Whether it is a version of the list paper.
    var isPaper: Bool { self == .drafted || self == .submitted || self == .amended }

    /// Whether it moves a list when it is said of one.
    var isListStep: Bool { rawValue <= StepKind.cancelRefused.rawValue }

    /// The event type's name, without its prefix.
    public var typeName: String { StepKind.names[self] ?? "" }

    private static let names: [StepKind: String] = [
        .drafted: "declare.drafted", .submitted: "declare.submitted",
        .amended: "declare.amended", .amendRequested: "declare.amendRequested",
        .amendRefused: "declare.amendRefused", .withdrawn: "declare.withdrawn",
        .progress: "receipt.progress", .failed: "receipt.failed",
        .accepted: "declare.accepted", .rejected: "declare.rejected",
        .reviewing: "declare.reviewing", .reviewed: "declare.reviewed",
        .inspectionOrdered: "inspect.ordered", .inspectionStarted: "inspect.started",
        .sampled: "inspect.sampled", .tested: "inspect.tested",
        .concluded: "inspect.concluded", .detained: "inspect.detained",
        .freed: "inspect.freed", .suspended: "declare.suspended",
        .resumed: "declare.resumed", .released: "release.granted",
        .closed: "release.closed", .turnedBack: "release.returned",
        .exited: "release.exited", .cancelRequested: "declare.cancelRequested",
        .cancelled: "declare.cancelled", .cancelRefused: "declare.cancelRefused",
        .returnRequested: "return.requested", .returnAmended: "return.amended",
        .returnWithdrawn: "return.withdrawn", .returnAccepted: "return.accepted",
        .returnRefused: "return.refused", .returnArrived: "return.arrived",
        .returnTallied: "return.tallied", .taxAssessed: "settle.taxAssessed",
        .taxSummarised: "settle.taxSummarised", .taxVoided: "settle.taxVoided",
        .taxPaid: "settle.taxPaid", .taxRecovered: "settle.taxRecovered",
        .taxRefunded: "settle.taxRefunded", .arrived: "move.arrived",
        .departed: "move.departed", .delivered: "move.delivered",
    ]

    /// The kind of an event type; nil for types that the procedure does not read.
    static func of(_ type: EventType) -> StepKind? { byCode[type.code] }

    private static let byCode: [UInt16: StepKind] = {
        var table: [UInt16: StepKind] = [:]
        for (kind, name) in names {
            guard let type = EventType(named: name) else {
                preconditionFailure("no event type \(name)")
            }
            table[type.code] = kind
        }
        return table
    }()
}
