/// The phase of one attempt to declare a list (`specs/procedure.md`, the list).
public enum ProcedurePhase: String, Sendable, CaseIterable {
    case none, drafted, submitted, accepted, reviewing, reviewed, released, closed
    /// 退单
    case rejected
    /// 已撤销
    case cancelled
    /// 退运
    case turnedBack

    /// The rank inside an attempt; a phase never falls to a lower one.
    var rank: Int {
        switch self {
        case .none: 0
        case .drafted: 1
        case .submitted: 2
        case .accepted: 3
        case .reviewing: 4
        case .reviewed: 5
        case .released: 6
        case .closed: 7
        case .rejected, .cancelled, .turnedBack: 8
        }
    }

    /// Whether it ends the attempt.
    public var isEnd: Bool { rank == 8 }
}

/// One attempt: a declaration with its receipts, from submission to its end.
public struct ListAttempt: Sendable, Equatable {
    /// What holds a list back.
    public enum Hold: String, Sendable, CaseIterable { case inspecting, detained, suspended }

    /// One open hold.
    struct OpenHold: Sendable, Equatable {
        /// A receipt opened it and no fact can end it, so that the release does (P2).
        var isSilent: Bool
        /// The inspection parts that still owe a result.
        var parts: [String]
        var ref: UInt64
    }

    public internal(set) var phase = ProcedurePhase.none
    /// `AGENT/COPNO`, when it was said.
    public internal(set) var cop = ""
    public internal(set) var pre = ""
    public internal(set) var invt = ""
    /// Times in microseconds since 1970 UTC; nil while the step did not happen.
    public internal(set) var submittedAt: Int64?
    public internal(set) var acceptedAt: Int64?
    public internal(set) var inspectedAt: Int64?
    public internal(set) var releasedAt: Int64?
    public internal(set) var closedAt: Int64?
    /// When it was rejected, cancelled or turned back.
    public internal(set) var endedAt: Int64?
    /// Whether it was ever inspected, detained or suspended.
    public internal(set) var wasHeld = false
    /// Whether a cancel request waits for its answer.
    public internal(set) var cancelPending = false
    /// The live version of the list paper; nil when only receipts are there.
    public internal(set) var paper: ListPaper?
    public internal(set) var direction = ProcedureStep.Direction.unknown
    public internal(set) var startedAt: Int64 = 0
    /// The results of concluded inspections, as they were said.
    public internal(set) var conclusions: [String] = []
    var holds: [Hold: OpenHold] = [:]
    var steps: [ProcedureStep] = []

    init() {}

    /// The open holds, in a fixed order.
    public var openHolds: [Hold] { Hold.allCases.filter { holds[$0] != nil } }

    /// Every fact of the attempt in procedural order.
    public var facts: [ProcedureStep] { steps }

    /// A list's number: customs', else the e-port's, else the declarant's.
    public var name: String { !invt.isEmpty ? invt : (!pre.isEmpty ? pre : cop) }

    /// Import or export: the paper says it, else the receipts, else customs' own number
    /// (its ninth character; S87).
    public var ieDirection: ProcedureStep.Direction {
        switch paper?[.direction] {
        case "I": return .import
        case "E": return .export
        default: break
        }
        if direction != .unknown { return direction }
        let digits = Array(invt.utf8)
        guard digits.count == 18 else { return .unknown }
        return digits[8] == 73 ? .import : (digits[8] == 69 ? .export : .unknown)
    }

    /// The customs district: of the paper, else of customs' own number.
    public var customs: String {
        if let code = paper?[.customs], !code.isEmpty { return code }
        return invt.utf8.count == 18 ? String(invt.prefix(4)) : ""
    }
}
