import ClearanceEvents

/// What the facts of a consignment amount to.
public struct ProcedureState: Sendable, Equatable {
    /// One word for the whole thing.
    public enum Word: String, Sendable, CaseIterable {
        case none, drafted, submitted, accepted, reviewing, reviewed
        case inspecting, detained, suspended, released, closed
        case turnedBack, rejected, cancelRequested, cancelled, returnPending, returned
    }

    /// A cancel request: asked, approved or refused.
    public struct Cancel: Sendable, Equatable {
        public let subject: String
        public internal(set) var invt = ""
        public internal(set) var requestedAt: Int64?
        public internal(set) var approvedAt: Int64?
        public internal(set) var refusedAt: Int64?
    }

    /// The attempts, oldest first.
    public internal(set) var attempts: [ListAttempt] = []
    public internal(set) var cancels: [Cancel] = []
    public internal(set) var returns: [ReturnState] = []
    public internal(set) var taxes: [TaxBillState] = []
    /// First times, microseconds since 1970 UTC.
    public internal(set) var arrivedAt: Int64?
    public internal(set) var departedAt: Int64?
    public internal(set) var deliveredAt: Int64?
    /// The broken rules, by time.
    public internal(set) var findings: [Finding] = []

    /// The newest attempt that is neither rejected nor cancelled, else the newest of all.
    public var live: ListAttempt? {
        attempts.last { $0.phase != .rejected && $0.phase != .cancelled } ?? attempts.last
    }

    /// The word of the live attempt.
    public var word: Word { live.map(word(of:)) ?? .none }

    /// One word for an attempt: ends first, then returns, open requests, holds, phase.
    public func word(of attempt: ListAttempt) -> Word {
        if attempt.phase.isEnd { return Word(rawValue: attempt.phase.rawValue) ?? .none }
        let own = returns.filter { $0.counts && refers($0.invt, to: attempt) }
        if !own.isEmpty {
            return own.allSatisfy { $0.arrivedAt != nil } ? .returned : .returnPending
        }
        if attempt.cancelPending, attempt.releasedAt == nil { return .cancelRequested }
        let holds = attempt.openHolds
        if attempt.releasedAt == nil, !holds.isEmpty {
            if holds.contains(.detained) { return .detained }
            return holds.contains(.suspended) ? .suspended : .inspecting
        }
        return Word(rawValue: attempt.phase.rawValue) ?? .none
    }

    /// Whether a reference means this attempt. An empty one means the only attempt there is.
    func refers(_ invt: String, to attempt: ListAttempt) -> Bool {
        invt.isEmpty ? attempts.count == 1 : invt == attempt.invt
    }
}
