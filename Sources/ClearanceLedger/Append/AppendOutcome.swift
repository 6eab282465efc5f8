public import ClearanceEvents

/// What became of one event of a batch; one for each, in the order given.
///
/// The cases stand in the order in which they are told: what is known is told before anything
/// else is looked at. The rare ones lie apart, so that an outcome takes 17 bytes. Source:
/// `specs/log.md`, outcomes.
public enum AppendOutcome: Sendable, Equatable {
    /// Malformed: not kept. Goes to the rejects with its place and reason.
    indirect case rejected(EncodingRefusal)
    /// The same fact with the same content is in the log, at this position.
    case alreadyAppended(position: UInt64)
    /// The same, but personal parts of the entry were erased since; they stay erased.
    case alreadyAppendedErased(position: UInt64)
    /// Kept at `position`; it stands against the entry at `with`, which differs in `field`: empty
    /// when that entry could not be read just now.
    indirect case conflict(position: UInt64, with: UInt64, field: String)
    /// A request that a rule refused; the refusal, with its content, is kept at `position`.
    indirect case refused(position: UInt64, code: String)
    /// Not kept: something newer than a condition allows, at `newest`, is about the request's
    /// condition number `about`. Nothing new of the request was kept.
    case conditionFailed(newest: UInt64, about: Int)
    /// Kept at this position.
    case appended(position: UInt64)

    /// The position at which the event, or its refusal, stands; nil when nothing was kept.
    public var position: UInt64? {
        switch self {
        case .rejected, .conditionFailed: nil
        case .alreadyAppended(let position), .alreadyAppendedErased(let position),
            .appended(let position):
            position
        case .conflict(let position, _, _), .refused(let position, _): position
        }
    }
}

/// When a batch counts as recorded. The engine reads no clock: the caller says.
public enum RecordedTime: Sendable, Equatable {
    /// One instant for the whole batch, raised to that of the entry before when that is later.
    case at(Instant)
    /// The greater of the event's own time and the entry before: the same files in the same order
    /// give the same bytes.
    case input
}
