/// Looks at a data file before, or instead of, liblmdb (`specs/verify.md`).
///
/// Both meta pages must be sound and tell two commits that follow one another; in each the pages
/// of all trees and the free ones must add up; the older must not reach further than the newer.
public struct PageCheck: Sendable, Hashable {
    /// What is checked of one commit.
    struct Snapshot {
        var free: UInt64 = 0
        /// The last commit whose freed pages are listed.
        var freedBy: UInt64 = 0
        var tables: [(name: String, record: TableRecord)] = []
        var lastKey: [UInt8]?
    }

    /// The table whose greatest key never falls from one commit to the next; nil for none.
    public var growingTable: String?

    /// How much is looked at.
    public var effort: PageEffort

    /// Whether the trees of the older commit may be overwritten in part: after a crash of what was
    /// written with one flush a commit, the newest commit on disk may be the last but one.
    public var mayLackOlder = false

    /// How often the whole look is repeated when a writer went on meanwhile.
    static let attempts = 4

    /// Names what is looked at.
    public init(growingTable: String? = nil, effort: PageEffort = .whole) {
        self.growingTable = growingTable
        self.effort = effort
    }

    /// Looks at the data file of an environment's directory. Writes nothing.
    ///
    /// Beside a writer the look is repeated when the meta pages moved on; when it never holds
    /// still, the report is sound and not whole: the writer itself has looked before it began.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io` of the file as a whole.
    public func run(directory: String) throws(StoreError) -> PageReport {
        let file = try PageFile(directory: directory)
        var report = PageReport()
        for _ in 0..<PageCheck.attempts {
            let (metas, flaws) = try file.metas()
            report = look(at: file, metas, flaws)
            guard !report.isSound else { return report }
            // A torn read of a meta page that is being written is told apart by reading again.
            let again = try file.metas()
            if again.metas == metas && again.damage == flaws { return report }
        }
        report.damage = []
        report.isWhole = false
        return report
    }

    /// Looks at every page of a commit that a snapshot holds, and of the one before it.
    ///
    /// - Parameter metas: the meta pages as they were when the snapshot was taken.
    /// - Throws: as the other `run`.
    public static func run(directory: String, metas: [RawMeta]) throws(StoreError) -> PageReport {
        PageCheck().look(at: try PageFile(directory: directory), metas, [])
    }

    /// Refuses the data file of an environment's directory when it contradicts itself.
    ///
    /// - Throws: `.corrupted` with the first place; what `run` throws. Nothing when there is no
    ///   data file yet.
    func refuseDamage(directory: String) throws(StoreError) {
        guard Files.exists(directory + "/data.mdb"), try Files.size(directory + "/data.mdb") > 0
        else { return }
        guard let first = try run(directory: directory).damage.first else { return }
        let page = first.page.map { "page \($0): " } ?? ""
        throw StoreError(.corrupted, "open a data file, \(page)\(first.what)", path: first.path)
    }

    /// Walks a table of a commit that nobody changes meanwhile, lending entries and damages in
    /// the order of the keys until `body` says no. The whole file is checked on the way.
    ///
    /// - Parameter metas: the meta pages of a commit that a snapshot pins; nil reads them.
    /// - Throws: `.notFound`, `.permissionDenied`, `.io` of the file as a whole.
    public static func walk(
        directory: String, table: String, metas pinned: [RawMeta]? = nil,
        mayLackOlder: Bool = false,
        entry: (PageValue) -> Bool, damage: (PageDamage) -> Bool
    ) throws(StoreError) -> PageReport {
        let file = try PageFile(directory: directory)
        let read = try file.metas()
        let (metas, flaws) = pinned.map { ($0, []) } ?? (read.metas, read.damage)
        var check = PageCheck(growingTable: table)
        check.mayLackOlder = mayLackOlder
        return withoutActuallyEscaping(entry) { entry in
            withoutActuallyEscaping(damage) { damage in
                check.look(at: file, metas, flaws) { finding in
                    switch finding {
                    case .entry(let value): entry(value)
                    case .damage(let place): damage(place)
                    }
                }
            }
        }
    }

    private func look(
        at file: PageFile, _ metas: [RawMeta], _ flaws: [PageDamage],
        _ receive: ((TreeWalk.Finding) -> Bool)? = nil
    ) -> PageReport {
        var report = PageReport()
        report.damage = flaws
        report.damage += PageCheck.faults(of: metas, path: file.path)
        let ordered = metas.sorted { $0.transaction > $1.transaction }
        guard let newest = ordered.first else { return report }
        report.newest = newest
        let budget = if case .bounded(let pages) = effort { pages } else { Int.max }
        let account = PageAccount(file, newest, budget: budget)
        let seen = snapshot(newest, account, receive)
        report.tables = Dictionary(
            seen.tables.map { ($0.name, $0.record) }, uniquingKeysWith: { first, _ in first })
        report.freePages = seen.free
        report.damage += account.damage
        report.isWhole = account.isWhole
        guard let older = ordered.dropFirst().first, older.transaction < newest.transaction
        else { return report }
        // At opening what both commits share is looked at once.
        let isShared = effort != .whole && report.isSound && account.isWhole
        let before = PageAccount(
            file, older, budget: account.budget, checked: isShared ? account.claimed : nil)
        let earlier = snapshot(older, before, nil)
        report.isWhole = report.isWhole && before.isWhole
        if mayLackOlder && isOverwritten(older, earlier, before.damage) { return report }
        report.damage += before.damage.filter { !account.damage.contains($0) }
        report.damage += contradictions(newest, seen, older, earlier, path: file.path)
        return report
    }

    /// Whether pages of a commit's trees were used again since.
    ///
    /// A newest commit whose number alone is wrong, so that it passes for the one before the
    /// other, is told apart: it is sound but for that number, and its list of free pages ends with
    /// its own, greater by two. What was used again is used by the commit that is greater by three,
    /// as those between leave these pages alone.
    private func isOverwritten(
        _ older: RawMeta, _ snapshot: Snapshot, _ damage: [PageDamage]
    ) -> Bool {
        guard !damage.isEmpty else { return false }
        guard damage.allSatisfy({ $0.what.hasSuffix(PageCheck.yetToCome) }) else { return true }
        let pages = ([older.free, older.main] + snapshot.tables.map(\.record))
            .reduce(2 + snapshot.free) { $0 + ($1.pages ?? 0) }
        return pages != older.lastPage + 1 || snapshot.freedBy != older.transaction + 2
    }

    /// How damage of a free list ends that names a commit of a later number.
    static let yetToCome = "which is yet to come"

    /// What the two meta pages say of each other.
    static func faults(of metas: [RawMeta], path: String) -> [PageDamage] {
        var faults: [PageDamage] = []
        for meta in metas where meta.transaction % 2 != UInt64(meta.slot) {
            // A new file has twice the commit 0, which nothing was written by.
            if meta.transaction == 0 && meta.main.root == nil { continue }
            faults.append(
                PageDamage(
                    path: path, page: UInt64(meta.slot),
                    what: "commit \(meta.transaction) belongs into the other meta page"))
        }
        guard metas.count == 2 else { return faults }
        let (first, second) = (metas[0].transaction, metas[1].transaction)
        let gap = max(first, second) - min(first, second)
        if gap != 1 && !(first == 0 && second == 0) {
            faults.append(
                PageDamage(
                    path: path, page: nil,
                    what: "commits \(first) and \(second) do not follow one another"))
        }
        return faults
    }

    private func contradictions(
        _ newest: RawMeta, _ seen: Snapshot, _ older: RawMeta, _ earlier: Snapshot, path: String
    ) -> [PageDamage] {
        var faults: [PageDamage] = []
        func add(_ what: String) {
            faults.append(PageDamage(path: path, page: UInt64(newest.slot), what: what))
        }
        if newest.lastPage < older.lastPage {
            add("commit \(newest.transaction) has fewer pages than the one before")
        }
        // What stands at the end of trees that may be overwritten says nothing.
        if !mayLackOlder, let last = earlier.lastKey, let growingTable {
            if seen.lastKey.map({ $0.lexicographicallyPrecedes(last) }) ?? true {
                add("commit \(newest.transaction) of \(growingTable) ends before the older one")
            }
        }
        return faults
    }
}
