import ClearanceEvents

/// Whether personal sections are sealed; decided when a ledger is made.
public enum Sealing: String, Sendable, CaseIterable {
    /// Suite 1: each section under a key of its own. The default.
    case sealed
    /// Suite 0: sections stand in clear and nobody can be erased. For tests and for data without
    /// persons.
    case clear
}

extension Sealing {
    /// What a ledger's config says: sealed, unless it says otherwise.
    init(of config: LedgerConfig) throws(LedgerError) {
        guard let word = config["sealing"] else {
            self = .sealed
            return
        }
        guard let sealing = Sealing(rawValue: word) else {
            throw LedgerError(.damaged, "config names an unknown way of sealing")
        }
        self = sealing
    }
}

extension Ledger {
    /// Whether this ledger seals personal sections.
    public var sealing: Sealing { vault.sealing }

    /// Whether the ledger's keys are here: that of the marks, and those of sealed sections if there
    /// are any.
    public var hasKeys: Bool { hasIndexKey && (vault.sealing == .clear || vault.file != nil) }

    /// A maker of entries with scratch bytes and keys of its own.
    var entryMaker: EntryMaker {
        EntryMaker(indexKey: indexKey, fields: headFields, sealing: vault.sealing)
    }
}
