public import ClearanceStore
import Synchronization

extension Ledger {
    /// Where the hash files and checkpoints lie.
    var treeFolder: String { directory + "/log/tree" }

    /// How far the hash tree is behind the log.
    ///
    /// In a process that only reads it is told from what the writer flushed last, and the lag in
    /// time is not known there: it is 0.
    public func integration() throws(LedgerError) -> IntegrationStatus {
        if let tree { return tree.status }
        let end = try position()
        let reached = try flushedMark()?.position ?? 0
        return IntegrationStatus(
            position: reached, lag: end - min(reached, end), seconds: 0, failure: nil)
    }

    /// The root of the tree over the first `size` entries.
    ///
    /// Throws `damaged` when the log does not reach that far. Cost: about 1 ms; where hash files
    /// are missing, what they lack is hashed from the log (0.2 µs an entry).
    public func root(size: UInt64) throws(LedgerError) -> Hash256 {
        var tiles = try treeReader(reaching: size)
        return try tiles.root(size: size)
    }

    /// The path from the entry at a position to the root over the first `size` entries.
    ///
    /// Throws `damaged` when the log does not reach that far. Traps unless 1 ≤ position ≤ size.
    public func inclusionPath(
        of position: UInt64, size: UInt64
    ) throws(LedgerError) -> [Hash256] {
        precondition(position >= 1, "positions count from 1")
        var tiles = try treeReader(reaching: size)
        return try tiles.inclusion(of: position - 1, size: size)
    }

    /// The proof that the first `old` entries begin the first `new` ones. Traps when `old` is
    /// greater; throws `damaged` when the log does not reach `new`.
    public func consistencyPath(
        from old: UInt64, to new: UInt64
    ) throws(LedgerError) -> [Hash256] {
        var tiles = try treeReader(reaching: new)
        return try tiles.consistency(from: old, to: new)
    }

    /// Proves entries under a checkpoint: a file that is checked without the ledger.
    ///
    /// The file holds the entries as they lie in the log: sealed sections stay sealed, but what
    /// stands in clear there stands in clear in the file too. Throws `damaged` when the tree does
    /// not lead to the checkpoint, `tooLarge` above ``ProofLimits/events`` entries or the limit
    /// of the file. Traps when a position is beyond the checkpoint, or there is none.
    public func proof(
        of positions: some Collection<UInt64>, under signed: SignedCheckpoint
    ) throws(LedgerError) -> EventProof {
        let size = signed.checkpoint.size
        let positions = Set(positions).sorted()
        precondition(!positions.isEmpty, "a proof of something")
        precondition(
            positions.allSatisfy { (1...size).contains($0) }, "positions of the checkpoint")
        guard positions.count <= ProofLimits.events else {
            throw LedgerError(.tooLarge, "a proof has at most \(ProofLimits.events) events")
        }
        var tiles = try treeReader(reaching: size)
        let reader = try log.reader()
        var builder = EventProofBuilder()
        var bytes = 0
        for position in positions {
            let path = try tiles.inclusion(of: position - 1, size: size)
            let entry = try storing { () throws(StoreError) in
                try reader.withEntry(position) { (entry) in [UInt8](copying: entry) }
            }
            let root = TreeProof.root(
                leaf: TreeHash.leaf(entry.span), index: position - 1, size: size, path: path)
            guard root == signed.checkpoint.root else {
                throw LedgerError(
                    .damaged, "position \(position) does not lead to the checkpoint at \(size)")
            }
            builder.add(index: position - 1, entry: entry, path: path)
            // Four digits for three bytes; each hash counted as if it were shared with no other.
            bytes += entry.count / 3 * 4 + path.count * 52 + 64
            guard bytes <= ProofLimits.fileBytes else {
                throw LedgerError(
                    .tooLarge, "a proof file has at most \(ProofLimits.fileBytes) bytes")
            }
        }
        return builder.proof(under: signed.note)
    }

    /// A reader of the tree that believes the hash files as far as they are tied to a root.
    func treeReader(reaching size: UInt64) throws(LedgerError) -> TileReader {
        let reader = try log.reader()
        let end = try reader.lastPosition()
        guard size <= end else {
            throw LedgerError(.damaged, "the log ends at \(end), below \(size)")
        }
        if let tree, tree.status.position > 0 {
            return try TileReader(
                log: reader, folder: treeFolder, trusted: tree.status.position)
        }
        // The writer's thread may not have come to its files yet, or is another process's.
        guard let mark = try flushedMark(),
            try TileReader.fits(mark, log: reader, folder: treeFolder)
        else { return TileReader(log: reader) }
        return try TileReader(log: reader, folder: treeFolder, trusted: mark.position)
    }

    /// What the hash files say of themselves; nil when there are none, or nothing that is whole.
    private func flushedMark() throws(LedgerError) -> HeadSlots.Head? {
        let path = treeFolder + "/reached"
        guard Files.exists(path) else { return nil }
        do throws(StoreError) {
            return try HeadSlots(path, readOnly: true).head
        } catch {
            if error.code == .corrupted || error.code == .notFound { return nil }
            throw LedgerError(error)
        }
    }
}
