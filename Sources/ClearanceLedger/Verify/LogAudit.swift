import ClearanceEvents
import ClearanceStore

/// Checks a whole log, chunk after chunk, on two threads, in bounded memory.
///
/// A chunk is good when its page leads to it, its place follows the one before, and its checksum
/// is right; an entry of it, when it comes back from its own content.
struct LogAudit {
    /// A chunk whose place and checksum are right.
    struct Chunk {
        let first: UInt64
        let bytes: [UInt8]
        /// For each entry whether it is as it was written.
        let isGood: [Bool]

        /// Lends the entries in order.
        func forEach(
            _ body: (Span<UInt8>, Bool) throws(LedgerError) -> Void
        ) throws(LedgerError) {
            for index in isGood.indices {
                let entry: Span<UInt8>
                do throws(StoreError) {
                    entry = try ChunkView(bytes.span).entry(index)
                } catch { throw LedgerError(error) }
                try body(entry, isGood[index])
            }
        }
    }

    /// Bytes of chunks that are checked at a time.
    private static let batchBytes = 4 << 20

    private let scan: LogScan
    private let indexKey: SipKey?
    private var slots: SlotAudit
    private let signers: [NoteKey]
    private(set) var report = VerifyReport()
    /// The tree over the entries before the first bad position.
    private(set) var tree = MerkleTree()
    /// The position that comes next.
    private(set) var next: UInt64 = 1
    private var recorded: Int64 = .min
    /// Whether the key of the marks is another than the one that made them; nil until an entry
    /// tells it.
    private var isKeyWrong: Bool?
    private var isPrefixIntact = true
    private var waiting: [Job] = []
    private var waitingBytes = 0

    private struct Job: Sendable {
        let key: UInt64
        let bytes: [UInt8]
        let file: String
        let page: UInt64
    }

    /// - Parameter indexKey: the key of the marks; nil when it is not there, so that marks are not
    ///   checked.
    /// - Parameter signers: who must have signed the receipts of erasures, if anybody must.
    init(_ scan: LogScan, indexKey: SipKey?, signers: [NoteKey] = []) {
        self.scan = scan
        self.signers = signers
        self.indexKey = indexKey
        slots = SlotAudit(directory: scan.directory)
        isKeyWrong = indexKey == nil ? true : nil
    }

    /// Checks the log, lending every chunk that is good, and every leaf of the intact prefix.
    mutating func run(
        progress: (UInt64) -> Void, leaf: (Hash256) -> Void = { _ in },
        chunk: (Chunk) throws(LedgerError) -> Void = { _ in }
    ) throws(LedgerError) {
        var failure: LedgerError?
        var audit = self
        let found = try scan.run { finding in
            do throws(LedgerError) {
                switch finding {
                case .chunk(let key, let bytes, let file, let page):
                    audit.waiting.append(Job(key: key, bytes: bytes, file: file, page: page))
                    audit.waitingBytes += bytes.count
                    guard audit.waitingBytes >= LogAudit.batchBytes else { return true }
                    try audit.work(leaf, chunk)
                    progress(audit.next - 1)
                case .damage(let place):
                    try audit.work(leaf, chunk)
                    audit.add(place)
                case .aside(let place):
                    try audit.work(leaf, chunk)
                    audit.add(place, at: 0)
                }
            } catch {
                failure = error
            }
            return failure == nil
        }
        if let failure { throw failure }
        try audit.work(leaf, chunk)
        for place in found { audit.add(place) }
        audit.slots.finish(into: &audit.report)
        progress(audit.next - 1)
        audit.report.root = audit.tree.root.hexadecimal
        self = audit
    }

    /// Notes a place of the log's files: what stands from the next position on is not proven.
    private mutating func add(_ place: PageDamage) {
        isPrefixIntact = false
        add(place, at: next)
    }

    private mutating func add(_ place: PageDamage, at position: UInt64) {
        report.add(
            .init(
                position: position, file: relative(place.path), page: place.page,
                what: place.what))
    }

    private func relative(_ path: String) -> String {
        path.hasPrefix(scan.directory + "/")
            ? String(path.dropFirst(scan.directory.utf8.count + 1)) : path
    }

    /// Checks what waits, side by side, then takes it in, in order.
    private mutating func work(
        _ leaf: (Hash256) -> Void, _ chunk: (Chunk) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard !waiting.isEmpty else { return }
        let jobs = waiting
        (waiting, waitingBytes) = ([], 0)
        let middle = (jobs.count + 1) / 2
        let (key, keys, signers) = (indexKey, slots.file, self.signers)
        let halves = [jobs[..<middle], jobs[middle...]].filter { !$0.isEmpty }
        let checked = try Parallel.map(halves) { jobs throws(LedgerError) in
            var check = EntryCheck(indexKey: key, keys: keys, signers: signers)
            return jobs.map { LogAudit.check($0, &check) }
        }
        for (job, result) in zip(jobs, checked.joined()) {
            switch result {
            case .bad(let what): bad(job, what)
            case .read(let verdicts): try take(job, verdicts, leaf, chunk)
            }
        }
    }

    private enum Checked: Sendable {
        case bad(String)
        case read([EntryCheck.Verdict])
    }

    private static func check(_ job: Job, _ check: inout EntryCheck) -> Checked {
        do throws(StoreError) {
            let view = try ChunkView(job.bytes.span)
            guard view.isIntact else { return .bad("the chunk's checksum is wrong") }
            guard view.first == job.key else {
                return .bad("the chunk at \(job.key) starts at \(view.first)")
            }
            var verdicts: [EntryCheck.Verdict] = []
            verdicts.reserveCapacity(view.count)
            for index in 0..<view.count { verdicts.append(check.take(try view.entry(index))) }
            return .read(verdicts)
        } catch {
            return .bad(error.what)
        }
    }

    private mutating func bad(_ job: Job, _ what: String) {
        isPrefixIntact = false
        report.add(
            .init(position: next, file: relative(job.file), page: job.page, what: what))
    }

    private mutating func take(
        _ job: Job, _ verdicts: [EntryCheck.Verdict], _ leaf: (Hash256) -> Void,
        _ chunk: (Chunk) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        guard job.key >= next else {
            return bad(job, "the chunk at \(job.key) stands behind position \(next - 1)")
        }
        if job.key > next {
            isPrefixIntact = false
            report.add(
                .init(
                    position: next, file: relative(job.file), page: job.page,
                    what: "positions \(next) through \(job.key - 1) are missing"))
        }
        look(forKeyIn: verdicts)
        next = job.key
        var isGood: [Bool] = []
        for verdict in verdicts {
            isGood.append(take(verdict, job))
            if isPrefixIntact {
                tree.add(hash: verdict.leaf)
                leaf(verdict.leaf)
            }
            next += 1
        }
        try chunk(Chunk(first: job.key, bytes: job.bytes, isGood: isGood))
    }

    /// Notes which key made the marks, by the first chunk with an entry that tells.
    private mutating func look(forKeyIn verdicts: [EntryCheck.Verdict]) {
        guard isKeyWrong == nil else { return }
        let told = verdicts.compactMap(\.fitsIndexKey)
        guard !told.isEmpty else { return }
        // The checksum is right, so a mark that is wrong was made with another key.
        isKeyWrong = !told.contains(true)
        guard isKeyWrong == true else { return }
        report.add(
            .init(
                position: 0, file: "keys/index.key",
                what: "the marks of the entries were made with another key"))
    }

    /// Whether the next entry is as it was written.
    private mutating func take(_ verdict: EntryCheck.Verdict, _ job: Job) -> Bool {
        if let held = verdict.slots { slots.take(held, at: next) }
        var fault = verdict.isAboutKey && isKeyWrong == true ? nil : verdict.fault
        if let time = verdict.recorded {
            if time < recorded { fault = fault ?? "its recorded time falls below the last" }
            recorded = max(recorded, time)
        }
        guard let fault else {
            report.add(intact: next)
            take(verdict.receipt, job)
            if let receipt = verdict.erased { slots.take(receipt, at: next) }
            return true
        }
        isPrefixIntact = false
        report.add(
            .init(position: next, file: relative(job.file), page: job.page, what: fault))
        return false
    }

    /// Notes a receipt. One that is not to be believed is told, though its entry is as it was
    /// written, and is no reason to lose it.
    private mutating func take(_ receipt: ErasureReceipt.Check?, _ job: Job) {
        switch receipt {
        case nil: break
        case .signed: report.signedReceipts += 1
        case .unsigned: report.unsignedReceipts += 1
        case .fault(let what):
            report.add(
                .init(position: next, file: relative(job.file), page: job.page, what: what))
        }
    }
}
