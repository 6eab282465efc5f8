import ClearanceStore

/// What a run of a back-up did.
public struct BackupReport: Sendable, Equatable {
    /// The positions that this run shipped; nil when there was nothing newer.
    public var shipped: ClosedRange<UInt64>?
    /// Segments that this run made.
    public var segments = 0
    /// Their bytes.
    public var bytes = 0
    /// The last position in the folder.
    public var position: UInt64 = 0
    /// The root at that position, 64 hexadecimal digits.
    public var root = ""
    /// What of the ledger's small files is not what was written, and which segments of the folder
    /// are gone or have another length; everything else was shipped.
    public var damage: [VerifyReport.Damage] = []
}

extension Ledger {
    /// Ships what is newer than what a folder has; writes nothing to the ledger.
    ///
    /// Checkpoints that cannot be read are told in the report and keep no entry from being shipped.
    /// Reads one commit, also while this or another process appends, and ships nothing that the
    /// ledger could still lose. What was shipped is durable when it returns; a run that is killed
    /// leaves what was there, or that and more. Cost: one pass over what is new and over the last
    /// segment, and a flush of the log where commits have one. Source: `specs/backup.md`.
    ///
    /// - Parameters:
    ///   - folder: made when absent; belongs to one ledger.
    ///   - keys: a folder that gets a copy of `keys/`, which is never in the back-up itself.
    /// - Throws: `damaged` when the log or the folder is not what was written, or the folder is
    ///   another ledger's; `insideLedger` for a folder in a ledger, `alreadyExists` for one that
    ///   holds other files or another ledger's keys; `ended` when a failed flush ended writing;
    ///   `store` with `lockedByAnotherProcess` beside another run into a folder; the machine's
    ///   failures.
    public func backUp(
        to folder: String, keysTo keys: String? = nil, progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> BackupReport {
        if let keys { try checkKeys(keys) }
        let lock = try BackupFiles.lock(folder)
        defer { lock.release() }
        var manifest = try BackupFiles.begin(folder)
        let lacking = Ledger.lacking(manifest, in: folder)
        let reader = try log.reader()
        let end = try reader.lastPosition()
        try makeDurable(reader)
        let (before, behind) = try continued(manifest, in: folder, reader)
        let from = behind.count + 1
        // Runs that find little would make a segment each, more than a manifest has room for.
        let joined = manifest.segments.last.flatMap { last in
            behind.count < end && last.bytes < BackupFiles.joinedBytes ? last : nil
        }
        if joined != nil { manifest.segments.removeLast() }
        var tree = joined == nil ? behind : before
        var report = BackupReport()
        if joined == nil { try shipFiles(&manifest, to: folder) }
        while tree.count < end {
            var writer = try SegmentWriter(directory: folder, behind: tree)
            try storing { () throws(StoreError) in
                try reader.forEach(from: tree.count + 1, through: end) {
                    (position, entry) throws(StoreError) in
                    try writer.add(entry)
                    return !writer.isFull
                }
            }
            let (segment, behind) = try writer.finish()
            guard segment.last >= segment.first else {
                throw LedgerError(.damaged, "position \(segment.first) cannot be read")
            }
            tree = behind
            manifest.segments.append(segment)
            let shipped = manifest
            try storing { () throws(StoreError) in try shipped.write(to: folder) }
            report.segments += 1
            report.bytes += segment.bytes
            progress(tree.count)
        }
        if let joined {
            try storing { () throws(StoreError) in try Files.remove(folder + "/" + joined.path) }
        }
        report.damage = lacking + (try shipFiles(&manifest, to: folder))
        // Behind the entries, so that every key of a shipped entry is there.
        if let keys { try copyKeys(to: keys) }
        report.shipped = tree.count >= from ? from...tree.count : nil
        report.position = tree.count
        report.root = tree.root.hexadecimal
        return report
    }

    /// Makes durable what a reader sees. With one flush a commit the newest may be ahead of the
    /// disk: after a loss of power other entries would stand where the back-up has these.
    private func makeDurable(_ reader: LogReader) throws(LedgerError) {
        // Asked for behind the commit that is read: a level is noted before it is written at.
        _ = try log.places()
        guard log.durability == .oneFlush else { return }
        if let writer {
            // In the writer's turn: the kernel tells a failed flush once, and a commit beside it
            // must not miss it.
            try writer.inTurn { () throws(LedgerError) in try self.log.sync() }
        } else {
            try storing { () throws(StoreError) in try reader.flush() }
        }
    }

    /// Refuses a folder for keys that lies in a ledger or has those of another one, which nobody
    /// could open without them.
    private func checkKeys(_ folder: String) throws(LedgerError) {
        try Ledger.checkOutside(folder)
        let (own, copy) = (directory + "/keys/index.key", folder + "/index.key")
        guard Files.exists(own), Files.exists(copy) else { return }
        let isOwn = try storing { () throws(StoreError) in
            try Files.digest(own) == Files.digest(copy)
        }
        guard isOwn else {
            throw LedgerError(.alreadyExists, "\(folder) holds the keys of another ledger")
        }
    }

    /// The trees before and behind the last segment of the folder, all of which must be the
    /// beginning of this log.
    private func continued(
        _ manifest: BackupManifest, in folder: String, _ reader: LogReader
    ) throws(LedgerError) -> (before: MerkleTree, behind: MerkleTree) {
        guard let last = manifest.segments.last else { return (MerkleTree(), MerkleTree()) }
        // The last segment begins with the subtree roots of all before it.
        var segment = try SegmentReader(last, directory: folder)
        var newest: Hash256?
        let before = try segment.before()
        let behind = try segment.run(from: before) { (_, entry) in
            newest = TreeHash.leaf(entry)
        }
        let own: Hash256
        do {
            own = try reader.withEntry(last.last) { TreeHash.leaf($0) }
        } catch {
            throw LedgerError(
                .damaged, "\(folder) reaches position \(last.last), which the ledger has not",
                store: error)
        }
        guard own == newest else {
            throw LedgerError(.damaged, "\(folder) is the back-up of another ledger")
        }
        return (before, behind)
    }

    /// Segments that are gone or of another length, by their names alone; the last one was read.
    private static func lacking(
        _ manifest: BackupManifest, in folder: String
    ) -> [VerifyReport.Damage] {
        manifest.segments.dropLast().compactMap { segment in
            let bytes = try? Files.size(folder + "/" + segment.path)
            guard bytes != segment.bytes else { return nil }
            let what = bytes.map { "\($0) bytes instead of \(segment.bytes)" } ?? "is missing"
            return .init(position: segment.first, file: segment.path, what: what)
        }
    }

    /// Ships the small files and replaces the manifest; what of them is not what was written.
    @discardableResult
    private func shipFiles(
        _ manifest: inout BackupManifest, to folder: String
    ) throws(LedgerError) -> [VerifyReport.Damage] {
        manifest.copies = []
        let notes = try shippedCheckpoints(to: folder)
        for (name, path) in BackupFiles.small {
            let isNotes = path == BackupFiles.checkpoints
            guard let bytes = isNotes ? notes.bytes : try small(path) else { continue }
            let copy = BackupManifest.Copy(name: name, digest: SHA256Hash.of(bytes.span))
            try storing { () throws(StoreError) in
                try Files.writeAtomically(folder + "/" + name, bytes.span)
            }
            manifest.copies.append(copy)
        }
        let shipped = manifest
        try storing { () throws(StoreError) in try shipped.write(to: folder) }
        return notes.damage
    }

    /// The checkpoints as they are shipped; nil when there are none.
    ///
    /// What the ledger has joins what the folder has: nothing that was shipped is taken away, were
    /// the ledger's file changed, gone or put back to an older state, and no entry waits for its
    /// repair.
    private func shippedCheckpoints(
        to folder: String
    ) throws(LedgerError) -> (bytes: [UInt8]?, damage: [VerifyReport.Damage]) {
        let own = CheckpointFile(folder: treeFolder)
        var damage: [VerifyReport.Damage] = []
        do throws(LedgerError) {
            _ = try own.read()
        } catch {
            guard error.code == .damaged else { throw error }
            damage = [.init(position: 0, file: BackupFiles.checkpoints, what: error.what)]
        }
        var kept = try CheckpointFile(folder: folder).readable()
        var known = Set(kept.map(\.note.bytes))
        for checkpoint in try own.readable()
        where known.insert(checkpoint.note.bytes).inserted {
            kept.append(checkpoint)
        }
        return (kept.isEmpty ? nil : CheckpointFile.bytes(of: kept), damage)
    }

    /// A small file of the ledger; nil when it has none.
    private func small(_ path: String) throws(LedgerError) -> [UInt8]? {
        let whole = directory + "/" + path
        guard Files.exists(whole) else { return nil }
        return try storing { () throws(StoreError) in
            try Files.read(whole, limit: BackupFiles.byteLimit)
        }
    }
}
