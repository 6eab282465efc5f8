public import ClearanceEvents

/// What became of the wish to erase a person (`specs/personal.md`, erasing).
public enum ErasureOutcome: Sendable, Equatable {
    /// The ledger holds nothing sealed about the person that is not erased already.
    case unknown
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
    /// Lines taken out of rejects files.
    public var rejectsDropped = 0
}

/// Vouches for receipts of erasures: a text in, a key's name and a signature out.
public struct ErasureSigner: Sendable {
    /// The verifying key as text, kept in the receipt.
    public let key: String
    let sign: @Sendable ([UInt8]) throws -> [UInt8]

    /// A signer; what `sign` throws ends the erasure before anything is overwritten.
    public init(key: String, sign: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.key = key
        self.sign = sign
    }
}
