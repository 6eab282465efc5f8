import ClearanceStore

/// Compares the lists of erasures with what verification meets in the slots, and with the receipts
/// (`specs/verify.md`).
///
/// An erasure writes its wish, overwrites slots, then the list of what was erased, and takes the
/// wish away last. Beside a writer the list is read before and behind the log, so that what is
/// erased meanwhile is no damage.
struct ErasureAudit {
    private let lists: ErasureLists
    /// What the list named before the log was read.
    private let named: Set<UInt64>
    /// What was met in the log.
    private var erased: Set<UInt64> = []
    /// The first position that was named, though its key is there.
    private var kept: UInt64?
    /// What the receipts of this ledger name.
    private var receipted = RangeSet<UInt64>()
    private let origin: [UInt8]
    private var isUsed = false

    init(directory: String) {
        lists = ErasureLists(directory: directory)
        named = (try? lists.erased()) ?? []
        origin = (try? Files.read(directory + "/origin", limit: 1_024)) ?? []
    }

    /// Takes an entry with sealed sections in.
    mutating func take(_ slots: EntryRebuild.Slots, at position: UInt64) {
        isUsed = true
        if slots.isErased { erased.insert(position) }
        if !slots.isErased, slots.fault == nil, kept == nil, named.contains(position) {
            kept = position
        }
    }

    /// Takes a receipt in. One that names another ledger, or entries that are yet to come, was
    /// brought here.
    mutating func take(_ receipt: ErasureReceipt, at position: UInt64) {
        let runs = receipt.positions.compactMap(ErasureReceipt.run)
        guard Array(receipt.origin.utf8) == origin, runs.count == receipt.positions.count,
            runs.allSatisfy({ $0.upperBound < position })
        else { return }
        for run in runs { receipted.insert(contentsOf: Range(run)) }
    }

    /// Notes what was found, once the log was read.
    func finish(into report: inout VerifyReport) {
        var found: [VerifyReport.Damage] = []
        compare(&report, &found)
        for place in found { report.add(place) }
    }

    private func compare(_ report: inout VerifyReport, _ found: inout [VerifyReport.Damage]) {
        // The wishes first: one that is gone was noted before.
        let wishes = read(.erasures, &found) { () throws(StoreError) in try lists.wishes() }
        let named = read(.erased, &found) { () throws(StoreError) in try lists.erased() }
        guard let wishes, let named else { return }
        report.unreceiptedErasures = UInt64(erased.count { !receipted.contains($0) })
        report.unlistedErasures =
            receipted.ranges.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) }
            - UInt64(named.count { receipted.contains($0) })
        if let kept {
            found.append(damage(.erased, "it names an entry whose key is there", at: kept))
        }
        // What a crash interrupted is noted when its wish goes on.
        if wishes.isEmpty, let missing = erased.subtracting(named).min() {
            found.append(damage(.erased, "it does not name an entry that was erased", at: missing))
        }
    }

    /// A list; nil, and told, when it is not what was written, or missing though it is needed.
    private func read<T>(
        _ name: ErasureLists.Name, _ found: inout [VerifyReport.Damage],
        _ body: () throws(StoreError) -> T
    ) -> T? {
        do throws(StoreError) { return try body() } catch {
            if error.code != .notFound {
                found.append(damage(name, error.what))
            } else if isUsed {
                found.append(damage(name, "it is missing"))
            }
            return nil
        }
    }

    private func damage(
        _ name: ErasureLists.Name, _ what: String, at position: UInt64 = 0
    ) -> VerifyReport.Damage {
        .init(position: position, file: "keys/" + name.rawValue, what: what)
    }
}
