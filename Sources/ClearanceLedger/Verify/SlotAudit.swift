import ClearanceEvents
import ClearanceStore

/// Collects what verification meets in the slots of sealed sections (`specs/verify.md`).
///
/// A slot that does not open its section says nothing against the entry: the checksum of the chunk
/// and the leaf of the tree vouch for that. It is told of the file of the slots.
struct SlotAudit {
    /// The keys of sealed sections; nil when they are not there, so that these are not opened.
    let file: SlotFile?
    /// Why there are none.
    private var failure: StoreError?
    /// Whether keys belong here: a ledger without any, that of the marks included, is read as by
    /// anybody.
    private let isExpected: Bool
    private let isUnmade: Bool

    /// The first section with a kind of fault, and how many entries behind it have the same.
    private struct Met {
        let position: UInt64
        let section: Section
        var more = 0
    }

    private static let path = "keys/slots"

    private var erasures: ErasureAudit
    private var met: [SlotFault.Kind: Met] = [:]

    init(directory: String) {
        erasures = ErasureAudit(directory: directory)
        let path = directory + "/" + SlotAudit.path
        isExpected = Files.exists(directory + "/keys/index.key") || Files.exists(path)
        isUnmade = SlotFile.isUnmade(path)
        do throws(StoreError) { file = try SlotFile(path, readOnly: true) } catch {
            (file, failure) = (nil, error)
        }
    }

    /// Takes the slots of the entry at a position in.
    mutating func take(_ slots: EntryRebuild.Slots, at position: UInt64) {
        guard isExpected else { return }
        erasures.take(slots, at: position)
        guard let fault = slots.fault else { return }
        met[fault.kind, default: Met(position: position, section: fault.section, more: -1)]
            .more += 1
    }

    /// Takes the receipt of an erasure in.
    mutating func take(_ receipt: ErasureReceipt, at position: UInt64) {
        guard isExpected else { return }
        erasures.take(receipt, at: position)
    }

    /// Notes what was found.
    func finish(into report: inout VerifyReport) {
        for place in slotDamage() { report.add(place) }
        if isExpected { erasures.finish(into: &report) }
    }

    private func slotDamage() -> [VerifyReport.Damage] {
        if let failure {
            // A file that is not made yet is none; an entry that names a slot shows that it was.
            guard isExpected, !isUnmade || !met.isEmpty else { return [] }
            let what =
                failure.code == .notFound
                ? "it is missing" : "it cannot be read: \(failure.code)"
            let first = met.values.map(\.position).min() ?? 0
            return [.init(position: first, file: SlotAudit.path, what: what)]
        }
        return SlotFault.Kind.allCases.compactMap { kind in
            guard let met = met[kind] else { return nil }
            let what =
                switch kind {
                case .misfit: "the key of its \(met.section) section does not open it"
                case .unwritten: "the key of its \(met.section) section was never written"
                }
            let more = met.more > 0 ? "; entries behind it with the same: \(met.more)" : ""
            return .init(position: met.position, file: SlotAudit.path, what: what + more)
        }
    }
}
