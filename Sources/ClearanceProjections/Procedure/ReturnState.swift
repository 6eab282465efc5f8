public import ClearanceEvents

/// The phase of a return request (`specs/procedure.md`, return).
public enum ReturnPhase: String, Sendable {
    case requested, withdrawn, accepted, refused, arrived, tallied
}

/// One return of goods of a list: its own subject, its quantities, its steps.
public struct ReturnState: Sendable, Equatable {
    public let subject: String
    /// The list it refers to; empty when nothing said.
    public internal(set) var invt = ""
    public internal(set) var phase = ReturnPhase.requested
    public internal(set) var requestedAt: Int64?
    public internal(set) var acceptedAt: Int64?
    public internal(set) var arrivedAt: Int64?
    /// Requested quantities: gnum → quantity in the declared unit.
    public internal(set) var requested: [Int: FixedDecimal] = [:]
    /// Quantities that came back; empty while nothing was said of them.
    public internal(set) var arrived: [Int: FixedDecimal] = [:]
    var refs: [UInt64] = []

    init(subject: String) { self.subject = subject }

    /// Whether its quantities count: it is neither refused nor withdrawn.
    public var counts: Bool { phase != .refused && phase != .withdrawn }

    /// What came back, or is to come back while nothing arrived.
    public var quantities: [Int: FixedDecimal] { arrived.isEmpty ? requested : arrived }

    /// The day after the release by which a return must be requested, and by which the goods must
    /// be back (GACC 45/2020; S45, S46).
    public static let requestDays = 30
    public static let arrivalDays = 45

    mutating func take(_ step: ProcedureStep) -> Finding.Code? {
        if !step.invt.isEmpty { invt = step.invt }
        refs.append(step.ref)
        let quantities = Dictionary(
            step.lines.map { ($0.gnum, $0.qty) },
            uniquingKeysWith: { FixedDecimal(units: $0.units &+ $1.units) })
        switch step.kind {
        case .returnRequested, .returnAmended:
            requestedAt = requestedAt ?? step.time
            if !quantities.isEmpty { requested = quantities }
        case .returnWithdrawn: phase = .withdrawn
        case .returnAccepted:
            acceptedAt = acceptedAt ?? step.time
            if phase == .requested || phase == .refused { phase = .accepted }
        case .returnRefused: phase = .refused
        case .returnArrived:
            let isEarly = acceptedAt == nil
            arrivedAt = arrivedAt ?? step.time
            if !quantities.isEmpty { arrived = quantities }
            phase = .arrived
            return isEarly ? .arrivalWithoutAcceptance : nil
        case .returnTallied:
            arrivedAt = arrivedAt ?? step.time
            if !quantities.isEmpty { arrived = quantities }
            phase = .tallied
        default: break
        }
        return nil
    }
}
