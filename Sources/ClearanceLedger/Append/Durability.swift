/// What an append waits for before it returns: the promise of a ledger, chosen when it is opened.
///
/// Whatever the level, a death of the process alone loses nothing that was acknowledged, and what
/// is there after any crash is a gapless beginning of what was appended. Source: `specs/log.md`,
/// durability.
public enum Durability: String, Sendable, CaseIterable {
    /// Two flushes a commit, as LMDB does by itself. What was acknowledged survives a loss of
    /// power; so does everything that any reader ever saw, but for the commit under way.
    case twoFlushes
    /// One flush a commit, and the acknowledgement one commit behind, or after a flush of its own
    /// when nothing else waits. What was acknowledged survives a loss of power; up to two commits
    /// that readers saw already may be gone.
    case oneFlush
    /// No flush before the ledger is closed: for scratch ledgers. What was not closed before a loss
    /// of power is refused afterwards (``LedgerError/Code/powerLost``).
    case none
}
