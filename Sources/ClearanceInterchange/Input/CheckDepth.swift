/// How far a reader checks what it reads; each depth holds those before it.
///
/// Source: `specs/interchange.md`, three layers.
public enum CheckDepth: Int, Sendable, Comparable {
    /// What a message's schema says, and what no event can do without.
    case form
    /// Dates, code lists, check characters, shapes of identifiers.
    case values
    /// What the figures of one document say of each other.
    case business

    public static func < (left: CheckDepth, right: CheckDepth) -> Bool {
        left.rawValue < right.rawValue
    }
}
