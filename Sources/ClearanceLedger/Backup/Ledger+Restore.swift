public import ClearanceEvents
import ClearanceStore

/// Up to where a back-up is restored.
public enum RestorePoint: Sendable, Equatable {
    /// Everything that was shipped.
    case end
    /// Through this position.
    case position(UInt64)
    /// Through the last entry that was recorded by then.
    case recorded(Instant)
}

/// What was restored.
public struct RestoreReport: Sendable, Equatable {
    /// The last position of the new ledger.
    public var position: UInt64 = 0
    /// The root over it, 64 hexadecimal digits.
    public var root = ""
    /// Shipped checkpoints up to there: each has the root of the new ledger, which keeps them.
    public var checkpoints = 0
    /// Segments that were read.
    public var segments = 0
}

extension Ledger {
    /// Makes a ledger of a back-up, as it was at a position or time, and proves it.
    ///
    /// It is made under another name and renamed when every root is the one that was shipped.
    /// Projections, indexes and hash files are made anew at its first opening. Cost: one pass over
    /// the segments that are needed. Source: `specs/backup.md`.
    ///
    /// - Parameters:
    ///   - folder: the back-up.
    ///   - directory: the new ledger; nothing of this name may be there.
    ///   - keys: a folder with a copy of `keys/`; without it the new ledger has no keys.
    /// - Throws: `damaged`, naming the segment or file that is missing or not what was written;
    ///   `notFound` for a position behind the back-up's end; the machine's failures. Nothing is
    ///   left then.
    @available(*, noasync)
    public static func restore(
        from folder: String, to directory: String, until point: RestorePoint = .end,
        keysFrom keys: String? = nil, options: LedgerOptions = LedgerOptions(),
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> RestoreReport {
        guard let manifest = try BackupManifest(directory: folder) else {
            throw LedgerError(.notALedger, "\(folder) holds no back-up")
        }
        try checkFree(directory)
        if case .position(let position) = point, position > manifest.position {
            throw LedgerError(
                .notFound,
                "the back-up ends at position \(manifest.position), before \(position)")
        }
        let new = try UnfinishedLedger(.restoring, of: directory)
        var restore = Restore(manifest: manifest, folder: folder, new: new, point: point)
        do throws(LedgerError) {
            let report = try restore.run(keys, options, progress)
            try new.finish()
            return report
        } catch {
            new.abandon()
            throw error
        }
    }
}

/// One restoring.
private struct Restore {
    let manifest: BackupManifest
    let folder: String
    let new: UnfinishedLedger
    let point: RestorePoint
    private var report = RestoreReport()
    private var checkpoints = CheckpointSieve([])

    private var directory: String { new.directory }

    init(
        manifest: BackupManifest, folder: String, new: UnfinishedLedger, point: RestorePoint
    ) {
        self.manifest = manifest
        self.folder = folder
        self.new = new
        self.point = point
    }

    @available(*, noasync)
    mutating func run(
        _ keys: String?, _ given: LedgerOptions, _ progress: (UInt64) -> Void
    ) throws(LedgerError) -> RestoreReport {
        var options = given
        let origin = try small("origin")
        options.origin = String(decoding: origin ?? [], as: UTF8.self)
        guard origin != nil else { throw LedgerError(.damaged, "origin is missing") }
        if try small("checkpoints") != nil {
            checkpoints = CheckpointSieve(try CheckpointFile(folder: folder).read().checkpoints)
        }
        try new.make(options)
        try settle(keys, options)
        let log = try EventLog.filling(directory, options)
        defer { log.close() }
        try fill(log, progress)
        try Ledger.checkIndexKey(of: directory, options: options, log: try log.reader())
        return report
    }

    /// Puts the small files and the keys in their places.
    private func settle(_ keys: String?, _ options: LedgerOptions) throws(LedgerError) {
        let config = try small("config")
        do {
            if let config {
                try Files.writeAtomically(directory + "/config", config.span)
            }
            // The key that creation made is not the one of the marks in the entries.
            if options.indexKey == nil { try Files.remove(directory + "/keys/index.key") }
        } catch { throw LedgerError(error) }
        if let keys { try Ledger.copyKeys(from: keys, to: directory + "/keys") }
    }

    /// A small file of the back-up; nil when it has none of this name.
    private func small(_ name: String) throws(LedgerError) -> [UInt8]? {
        guard let copy = manifest.copies.first(where: { $0.name == name }) else { return nil }
        do throws(StoreError) {
            let bytes = try Files.read(folder + "/" + name, limit: BackupFiles.byteLimit)
            guard SHA256Hash.of(bytes.span) == copy.digest else {
                throw StoreError(.corrupted, "read a file of another digest", path: name)
            }
            return bytes
        } catch {
            let what = error.code == .notFound ? "missing" : "damaged"
            throw LedgerError(.damaged, "\(name) is \(what)", store: error)
        }
    }

    @available(*, noasync)
    private mutating func fill(
        _ log: EventLog, _ progress: (UInt64) -> Void
    ) throws(LedgerError) {
        var copy = try LogCopy(log)
        var tree = MerkleTree()
        var made = MerkleTree()
        if let misfit = misfit(made) { throw misfit }
        for segment in manifest.segments where !isBehind(segment) {
            var reader = try SegmentReader(segment, directory: folder)
            var limit = UInt64.max
            var misfit: LedgerError?
            tree = try reader.run(from: tree) { (position, entry) throws(LedgerError) in
                if position < limit, isBehind(position, entry) { limit = position }
                guard position < limit else { return }
                try copy.add(entry)
                made.add(leaf: entry)
                if let found = self.misfit(made) { misfit = misfit ?? found }
            }
            // Behind the segment's digest: of what was not shipped, no checkpoint speaks.
            if let misfit { throw misfit }
            report.segments += 1
            progress(made.count)
        }
        try copy.finish()
        try checkpoints.write(to: directory)
        report.position = made.count
        report.root = made.root.hexadecimal
        report.checkpoints = checkpoints.kept.count
    }

    /// Why a tree is not the one of a checkpoint of its size; nil when it is, or none has it.
    private mutating func misfit(_ made: MerkleTree) -> LedgerError? {
        if checkpoints.pass(made) { return nil }
        return LedgerError(
            .damaged, "the checkpoint at position \(made.count) has another root")
    }

    /// Whether no entry of a segment is wanted.
    private func isBehind(_ segment: BackupManifest.Segment) -> Bool {
        switch point {
        case .end: false
        case .position(let position): segment.first > position
        case .recorded(let time):
            // The segment before tells the least time that this one can have.
            (manifest.segments.last { $0.last < segment.first }?.recorded ?? .min)
                > time.microseconds
        }
    }

    private func isBehind(_ position: UInt64, _ entry: Span<UInt8>) -> Bool {
        switch point {
        case .end: false
        case .position(let last): position > last
        case .recorded(let time):
            (EntryLayout.recordedTime(of: entry) ?? .max) > time.microseconds
        }
    }
}
