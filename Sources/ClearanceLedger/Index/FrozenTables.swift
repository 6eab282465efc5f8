import ClearanceEvents
import ClearanceStore

/// Full tables on their way to the disk: only read from now on.
struct FrozenTables: Sendable {
    let facts: PrefixTable
    let heads: PrefixTable
    /// The positions of the log that they cover.
    let covered: ClosedRange<UInt64>
    /// The entry at the last of them.
    let mark: EntryIdentity
}
