import ClearanceEvents
import ClearanceStore

/// Checks entries one after another. For one thread.
struct EntryCheck {
    /// What one entry is.
    struct Verdict: Sendable {
        /// Its leaf in the tree.
        let leaf: Hash256
        /// When it was recorded; nil when it cannot be read.
        let recorded: Int64?
        /// What is wrong with it; nil when it is sound.
        let fault: String?
        /// Whether all that is wrong is what the key of the marks makes.
        var isAboutKey = false
        /// Whether the key of the marks made its content mark; nil when that cannot be told.
        var fitsIndexKey: Bool?
        /// What stands in the slots of its sealed sections; nil when it has none.
        var slots: EntryRebuild.Slots?
        /// What its signature is worth, when it is the receipt of an erasure.
        var receipt: ErasureReceipt.Check?
        /// What it says of itself, when it is one that may be believed.
        var erased: ErasureReceipt?
    }

    private var rebuild: EntryRebuild
    private let signers: [NoteKey]

    /// - Parameter signers: who must have signed the receipts of erasures; none: anybody, or
    ///   nobody.
    init(indexKey: SipKey?, keys: SlotFile?, signers: [NoteKey] = []) {
        rebuild = EntryRebuild(indexKey: indexKey, keys: keys)
        self.signers = signers
    }

    /// What one entry is, whatever stands before it. Cost: about 5 µs.
    mutating func take(_ entry: Span<UInt8>) -> Verdict {
        let leaf = TreeHash.leaf(entry)
        do throws(DecodingError) {
            let view = try EventView(entry)
            let found = try rebuild.look(at: view)
            var verdict = Verdict(
                leaf: leaf, recorded: view.recordedTime, fault: found.fault?.what,
                isAboutKey: found.fault == .contentMark, fitsIndexKey: found.fitsIndexKey,
                slots: found.slots)
            guard view.type == .ledgerErased else { return verdict }
            let event = try Event(view)
            let receipt = ErasureReceipt.check(event, keys: signers)
            verdict.receipt = receipt
            if case .fault = receipt { return verdict }
            verdict.erased = ErasureReceipt(event)
            return verdict
        } catch {
            return Verdict(leaf: leaf, recorded: nil, fault: "\(error)")
        }
    }
}
