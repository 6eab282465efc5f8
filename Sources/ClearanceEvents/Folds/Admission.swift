/// What admission says of a request (`specs/procedure.md`, admission).
public enum Verdict: Sendable, Equatable {
    case admit
    /// The stable code of the broken rule.
    case refuse(code: String)
}

/// Judges requests under `--admission enforce`; facts are never judged.
///
/// Pure: looks at the request and at the row of its thing, folded up to the event before it.
public protocol AdmissionRule: Sendable {
    associatedtype Fold: KeyedFold
    var fold: Fold { get }
    /// Whether the event is a request that may be refused at all.
    func isRequest(_ type: EventType) -> Bool
    /// The verdict over a request, given the row of its thing before it.
    func judge(_ request: EventView, row: Fold.Row) -> Verdict
}
