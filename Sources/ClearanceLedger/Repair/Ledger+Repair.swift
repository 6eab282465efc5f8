import ClearanceEvents
import ClearanceStore

/// What a repair kept and lost.
public struct RepairReport: Sendable, Equatable {
    /// A run of intact entries behind the first bad position.
    public struct Later: Sendable, Equatable {
        /// Their old positions.
        public var old: ClosedRange<UInt64>
        /// The new position of the first of them; nil when they were not appended.
        public var first: UInt64?

        /// Names one run.
        public init(old: ClosedRange<UInt64>, first: UInt64?) {
            self.old = old
            self.first = first
        }
    }

    /// How many entries stand at their old positions.
    public var kept: UInt64 = 0
    /// Old positions that are not in the new ledger.
    public var lost: [ClosedRange<UInt64>] = []
    /// The old position from which on nobody knows what there was; nil when the end is known.
    public var unknownFrom: UInt64?
    /// Intact runs behind the first bad position, in their old order.
    public var later: [Later] = []
    /// Signed checkpoints that hold for the new ledger, which keeps them.
    public var checkpoints = 0
    /// The last position of the new ledger.
    public var position: UInt64 = 0
    /// The root over it, 64 hexadecimal digits.
    public var root = ""
    /// What verification of the old ledger found.
    public var damage: [VerifyReport.Damage] = []

    /// Whether every entry of the old ledger that is known of is in the new one.
    public var isComplete: Bool { lost.isEmpty && unknownFrom == nil }
}

extension Ledger {
    /// Copies what is provably good of a ledger into a new one; reads the old one by its files
    /// alone and never writes to it.
    ///
    /// The new ledger holds the intact entries before the first bad position at their positions,
    /// to the byte. What is intact behind is listed, and with `appendingLater` appended anew
    /// behind them, where no proof of the old ledger holds for it. Source: `specs/verify.md`.
    ///
    /// Nobody may write the old ledger meanwhile. Throws when the new one is there already, when
    /// the old one is held or may not be read, or when the machine fails.
    @available(*, noasync)
    public static func repair(
        _ directory: String, to target: String, appendingLater: Bool = false,
        options: LedgerOptions = LedgerOptions(), progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> RepairReport {
        try checkHolds(directory)
        try checkReadable(directory, withKeys: true)
        try checkFree(target)
        if let holder = (try? FileLock.holder(directory + "/lock")) ?? nil {
            throw LedgerError(
                .readOnly, "\(directory) is written by process \(holder); end it first")
        }
        let new = try UnfinishedLedger(.repairing, of: target)
        var repair = Repair(old: directory, place: new, appendingLater: appendingLater)
        do throws(LedgerError) {
            let report = try repair.run(options, progress)
            try new.finish()
            return report
        } catch {
            new.abandon()
            throw error
        }
    }
}

/// The positions, in the new ledger, of entries that were erased.
private struct ErasedPlaces {
    private(set) var positions: Set<UInt64> = []
    private var opener: VaultOpener

    init(_ slots: SlotFile?) { opener = VaultOpener(slots) }

    mutating func take(_ entry: Span<UInt8>, at position: UInt64) {
        guard let view = try? EventView(entry) else { return }
        for section in [Section.buyer, .consignee] {
            guard let slot = view.slot(of: section), opener.state(of: slot) == .erased else {
                continue
            }
            positions.insert(position)
        }
    }
}

/// One repair.
private struct Repair {
    let old: String
    let place: UnfinishedLedger
    let appendingLater: Bool
    private var report = RepairReport()
    /// The keys of sealed sections that were copied; nil when there are none.
    private var slots: SlotFile?

    private var new: String { place.directory }

    init(old: String, place: UnfinishedLedger, appendingLater: Bool) {
        self.old = old
        self.place = place
        self.appendingLater = appendingLater
    }

    @available(*, noasync)
    mutating func run(
        _ given: LedgerOptions, _ progress: (UInt64) -> Void
    ) throws(LedgerError) -> RepairReport {
        var options = given
        let origin = try? Files.read(old + "/origin", limit: 1_024)
        options.origin = String(decoding: origin ?? [], as: UTF8.self)
        try place.make(options)
        try copyFiles(options)
        let log = try EventLog.filling(new, options)
        defer { log.close() }
        let verifier = LedgerVerifier(directory: old, indexKey: given.indexKey)
        var erased = ErasedPlaces(slots)
        var copy = try LogCopy(log)
        var tree = MerkleTree()
        var checkpoints = CheckpointSieve(
            (try? CheckpointFile(folder: old + "/log/tree").readable()) ?? [])
        _ = checkpoints.pass(tree)
        var isPrefix = true
        var next: UInt64 = 1
        let verified = try verifier.run(progress: progress) { chunk throws(LedgerError) in
            if chunk.first != next { isPrefix = false }
            lose(from: next, before: chunk.first)
            next = chunk.first
            try chunk.forEach { (entry, isGood) throws(LedgerError) in
                defer { next += 1 }
                guard isGood else {
                    isPrefix = false
                    return lose(from: next, before: next + 1)
                }
                if isPrefix {
                    report.kept += 1
                } else {
                    note(later: next, at: copy.next)
                    guard appendingLater else { return lose(from: next, before: next + 1) }
                }
                erased.take(entry, at: copy.next)
                try copy.add(entry)
                tree.add(leaf: entry)
                // Verification names those that do not hold.
                if isPrefix { _ = checkpoints.pass(tree) }
            }
        }
        try copy.finish()
        try checkpoints.write(to: new)
        if slots != nil {
            try storing { () throws(StoreError) in
                try ErasureLists(directory: new).write(erased: erased.positions)
            }
        }
        report.checkpoints = checkpoints.kept.count
        report.damage = verified.damage + TrailCheck.damage(of: old)
        report.position = tree.count
        report.root = tree.root.hexadecimal
        lose(from: next, before: verified.headPosition + 1)
        let end = max(next, verified.headPosition + 1)
        if verified.damage.contains(where: { $0.position == next }) { report.unknownFrom = end }
        return report
    }

    /// The small files that are data; everything else is made anew.
    private mutating func copyFiles(_ options: LedgerOptions) throws(LedgerError) {
        do {
            // One that is damaged is left out; the report tells it, and the settings are those of
            // a new ledger.
            if (try? LedgerConfig(directory: old)) != nil {
                let config = try Files.read(old + "/config", limit: BackupFiles.byteLimit)
                try Files.writeAtomically(new + "/config", config.span)
            }
            if options.indexKey == nil { try Files.remove(new + "/keys/index.key") }
        } catch { throw LedgerError(error) }
        try copyTrail()
        guard Files.exists(old + "/keys") else { return }
        try Ledger.copyKeys(from: old + "/keys", to: new + "/keys")
        guard Files.exists(new + "/keys/index.key") || Files.exists(new + "/keys/slots"),
            try Sealing(of: LedgerConfig(directory: new)) == .sealed
        else { return }
        // Without these a writer would be turned away; what is lost is told.
        do throws(StoreError) {
            try SlotFile.mend(new + "/keys/slots")
            slots = try SlotFile(new + "/keys/slots", readOnly: true)
            let lists = ErasureLists(directory: new)
            if (try? lists.wishes()) == nil { try lists.write(wishes: []) }
        } catch { throw LedgerError(error) }
    }

    /// What was revealed and is not in the log yet is nowhere else; lines that were changed too are
    /// for a person to judge.
    private func copyTrail() throws(LedgerError) {
        let path = DisclosureTrail.path
        guard Files.exists(old + "/" + path) else { return }
        try storing { () throws(StoreError) in
            try Files.makeDirectory(Files.parent(of: new + "/" + path))
            try Files.copy(old + "/" + path, to: new + "/" + path)
        }
    }

    private mutating func lose(from start: UInt64, before end: UInt64) {
        guard start < end else { return }
        if let last = report.lost.last, last.upperBound + 1 >= start {
            report.lost[report.lost.count - 1] = last.lowerBound...(end - 1)
        } else {
            report.lost.append(start...(end - 1))
        }
    }

    private mutating func note(later position: UInt64, at new: UInt64) {
        if let last = report.later.last, last.old.upperBound + 1 == position {
            report.later[report.later.count - 1].old = last.old.lowerBound...position
        } else {
            report.later.append(
                .init(old: position...position, first: appendingLater ? new : nil))
        }
    }
}
