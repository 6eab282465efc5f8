import ClearanceEvents
import ClearanceStore
import Synchronization

/// A run of the index, open to be searched.
struct IndexRun: Sendable {
    let line: RunManifest.Line
    let file: RunFile

    /// The size class: runs of one class are merged, four at a time.
    func level(base: Int) -> Int {
        var (level, size) = (0, base * RunStore.fanIn)
        while file.header.count >= size {
            level += 1
            size *= RunStore.fanIn
        }
        return level
    }
}

/// The runs of an index on disk and their manifest.
///
/// One thread at a time changes them (the opening one, then the index's own); any thread may ask
/// for the runs as they are.
final class RunStore: Sendable {
    /// How many runs of one size become one: each record is written once a size class, and a key
    /// that is new is looked up in at most three runs of each.
    static let fanIn = 4

    /// The runs as a lookup needs them: each kind in the order of positions.
    struct Runs: Sendable {
        var facts: [IndexRun] = []
        var heads: [IndexRun] = []

        subscript(kind: RunKind) -> [IndexRun] {
            get { kind == .facts ? facts : heads }
            set { if kind == .facts { facts = newValue } else { heads = newValue } }
        }

        /// The last position that both kinds reach, gaps aside; 0 for none.
        var end: UInt64 {
            max(
                facts.last?.line.covered.upperBound ?? 0, heads.last?.line.covered.upperBound ?? 0)
        }
    }

    let directory: String
    let seed: IndexSeed
    private let runs: Mutex<Runs>
    private let changes = Atomic<Int>(0)
    private let nextNumber: Atomic<UInt64>

    /// Opens the runs that the manifest names and that belong to this log.
    ///
    /// A run that is missing, damaged, made by another seed, reaches beyond the log's end or is of
    /// another log is left out; ``RunRebuild`` finds what is missing then.
    init(
        directory: String, seed: IndexSeed, end: UInt64,
        identity: (UInt64) throws(LedgerError) -> EntryIdentity?
    ) throws(LedgerError) {
        self.directory = directory
        self.seed = seed
        try storing { () throws(StoreError) in
            if !Files.exists(directory) { try Files.makeDirectory(directory) }
        }
        var found = Runs()
        let manifest = RunManifest(directory: directory)
        for line in manifest.lines where line.covered.upperBound <= end {
            guard let file = try? RunFile(directory + "/" + line.file) else { continue }
            let label = file.header.label
            guard label.kind == line.kind.number, label.covered == line.covered,
                label.maker == seed.maker,
                let last = try identity(line.covered.upperBound), label.mark == last.words
            else { continue }
            found[line.kind].append(IndexRun(line: line, file: file))
        }
        for kind in RunKind.allCases { found[kind] = RunStore.ordered(found[kind]) }
        nextNumber = Atomic((manifest.lines.map(\.number).max() ?? 0) + 1)
        runs = Mutex(found)
        try removeOthers()
    }

    /// The runs as they are now.
    var current: Runs { runs.withLock { $0 } }

    /// Counts the changes, so that a reader of ``current`` knows whether to ask again.
    var version: Int { changes.load(ordering: .acquiring) }

    /// Writes records as a run; the manifest does not name it yet.
    func write(
        _ records: [PrefixRecord], _ kind: RunKind, covering covered: ClosedRange<UInt64>,
        mark: EntryIdentity
    ) throws(StoreError) -> IndexRun {
        let run = try making(kind, covered, mark) { (path, label) throws(StoreError) in
            var writer = try RunWriter(path, label: label, room: records.count)
            for record in records { try writer.add(record) }
            _ = try writer.finish()
            return true
        }
        guard let run else { preconditionFailure("a run that nothing ended") }
        return run
    }

    /// Merges neighbouring runs of one kind; nil when `between` ended it.
    func merge(
        _ merged: [IndexRun], between: () throws(StoreError) -> Bool
    ) throws(StoreError) -> IndexRun? {
        guard let first = merged.first, let last = merged.last else { return nil }
        let kind = first.line.kind
        let covered = first.line.covered.lowerBound...last.line.covered.upperBound
        let mark = EntryIdentity(words: last.file.header.label.mark)
        return try making(kind, covered, mark) { (path, label) throws(StoreError) in
            try RunMerge.merge(
                merged.map(\.file), to: path, label: label, newestOnly: kind == .heads,
                between: between) != nil
        }
    }

    /// Makes runs part of the index in the place of others, whose files are removed.
    ///
    /// When the manifest cannot be written the new ones are removed: another attempt makes its own.
    /// Where only its name could not be flushed it may name them all the same; then the next
    /// opening makes anew what it misses.
    func replace(_ old: [IndexRun], with new: [IndexRun]) throws(StoreError) {
        var next = current
        let gone = Set(old.map(\.line.file))
        for kind in RunKind.allCases {
            let kept = next[kind].filter { !gone.contains($0.line.file) }
            next[kind] = RunStore.ordered(kept + new.filter { $0.line.kind == kind })
        }
        do throws(StoreError) {
            try RunManifest((next.facts + next.heads).map(\.line)).write(to: directory)
        } catch {
            remove(new)
            throw error
        }
        runs.withLock { $0 = next }
        changes.add(1, ordering: .releasing)
        remove(old)
    }

    /// Removes the files of runs that no manifest names, or none any more; what stays is removed by
    /// the next opening.
    func remove(_ runs: [IndexRun]) {
        for run in runs { try? Files.remove(directory + "/" + run.line.file) }
    }

    /// Makes a file and opens it; removes it when it is of no use.
    private func making(
        _ kind: RunKind, _ covered: ClosedRange<UInt64>, _ mark: EntryIdentity,
        _ body: (String, RunHeader.Label) throws(StoreError) -> Bool
    ) throws(StoreError) -> IndexRun? {
        let number = nextNumber.add(1, ordering: .relaxed).oldValue
        let line = RunManifest.Line(kind: kind, number: number, covered: covered)
        let path = directory + "/" + line.file
        let label = RunHeader.Label(
            kind: kind.number, covered: covered, maker: seed.maker, mark: mark.words)
        do throws(StoreError) {
            if try body(path, label) { return IndexRun(line: line, file: try RunFile(path)) }
        } catch {
            try? Files.remove(path)
            throw error
        }
        try Files.remove(path)
        return nil
    }

    /// Files that no manifest names: what a crash left behind.
    private func removeOthers() throws(LedgerError) {
        let known = current
        let names = Set((known.facts + known.heads).map(\.line.file))
        try storing { () throws(StoreError) in
            for name in try Files.list(directory)
            where name.hasSuffix(".run") && !names.contains(name) {
                try Files.remove(directory + "/" + name)
            }
        }
    }

    /// Runs in the order of positions; one that overlaps the one before is left out.
    private static func ordered(_ runs: [IndexRun]) -> [IndexRun] {
        var kept: [IndexRun] = []
        let sorted = runs.sorted { $0.line.covered.lowerBound < $1.line.covered.lowerBound }
        for run in sorted
        where run.line.covered.lowerBound > kept.last?.line.covered.upperBound ?? 0 {
            kept.append(run)
        }
        return kept
    }
}

extension EntryIdentity {
    /// The 32 bytes as a run's header holds them.
    var words: [UInt64] { [naturalKey.high, naturalKey.low, content.high, content.low] }

    init(words: [UInt64]) {
        self.init(
            naturalKey: Digest16(high: words[0], low: words[1]),
            content: Digest16(high: words[2], low: words[3]))
    }
}
