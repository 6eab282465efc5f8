import ClearanceEvents
import ClearanceStore

/// What planning one commit needs, kept between commits so that nothing is allocated for each.
struct PlanWork: Sendable {
    /// A change of the table of heads, to be undone when the commit fails.
    struct HeadChange: Sendable {
        let record: PrefixRecord
        /// The word that stood there; 0 for none.
        let before: UInt64
    }

    /// What the plan adds, in the order of positions.
    var fresh: [EntryIdentity] = []
    /// The prefixes of ``fresh``.
    var freshPrefixes: [UInt64] = []
    var changes: [HeadChange] = []

    // One group of entries at a time.
    var prefixes = [UInt64](repeating: 0, count: prefixGroup)
    var tags = [UInt64](repeating: 0, count: prefixGroup)
    /// The first entry of each key in the log, and the one with the same content; 0 for none.
    var first = [UInt64](repeating: 0, count: prefixGroup)
    var same = [UInt64](repeating: 0, count: prefixGroup)
    var hits: [PrefixHit] = []
    var headRecords: [PrefixRecord] = []
}
