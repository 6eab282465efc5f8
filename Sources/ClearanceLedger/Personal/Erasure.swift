public import ClearanceEvents

/// What became of the wish to erase a person (`specs/personal.md`, erasing).
public enum ErasureOutcome: Sendable, Equatable {
    /// The ledger holds nothing sealed about the person that is not erased already; what was taken
    /// out of the rejects stands in the report.
    case unknown(ErasureReport)
    /// Everything about the person is erased.
    case erased(ErasureReport)
    /// Something must be kept up to and including a day; its erasure is scheduled. What the report
    /// names was erased.
    case retained(until: CivilDay, rule: RetentionRule, ErasureReport)
}

/// What one erasure did.
public struct ErasureReport: Sendable, Equatable {
    /// `person:` and the mark of the identity number.
    public var subject = ""
    /// The entries whose keys were overwritten, ascending.
    public var positions: [UInt64] = []
    /// How many sections they had.
    public var sections = 0
    /// Entries that must still be kept.
    public var retained = 0
    /// The positions of the receipts.
    public var receipts: [UInt64] = []
    /// The name of the key that signed them; nil when there is no receipt, or nobody signed.
    public var signer: String?
    /// Lines taken out of rejects files.
    public var rejectsDropped = 0
}
