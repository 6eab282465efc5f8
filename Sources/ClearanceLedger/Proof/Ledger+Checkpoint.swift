import ClearanceStore

extension Ledger {
    /// The checkpoints that this ledger signed, in the order in which it did.
    ///
    /// A checkpoint that got further signatures stands there again with all of them.
    public func checkpoints() throws(LedgerError) -> [SignedCheckpoint] {
        try CheckpointFile(folder: treeFolder).read().checkpoints
    }

    /// The last checkpoint, with all its signatures; nil when there is none.
    public func lastCheckpoint() throws(LedgerError) -> SignedCheckpoint? {
        try CheckpointFile(folder: treeFolder).newest()
    }

    /// Signs what the log holds now and keeps it; durable when it returns.
    ///
    /// Waits for the tree. Where nothing was added since the last checkpoint and all signers have
    /// signed it, it is that one; where some have not, it keeps what stands under that one. Throws
    /// `signing` without a signer or when one fails, `damaged` when the log is not a continuation
    /// of the last checkpoint, `readOnly` for a reader.
    @available(*, noasync)
    public func checkpoint() throws(LedgerError) -> SignedCheckpoint {
        let writer = try self.writing()
        // What is signed must still be there after a loss of power. In the writer's turn: the
        // kernel tells a failed flush once, and a commit beside it must not miss it.
        let position = try self.position()
        try writer.inTurn { () throws(LedgerError) in try self.log.sync() }
        return try checkpoint(at: position, by: writer)
    }

    /// Signs what the log holds up to a position that is durable.
    func checkpoint(
        at position: UInt64, by writer: Writer
    ) throws(LedgerError) -> SignedCheckpoint {
        guard let tree else { throw LedgerError(.readOnly, "\(directory) was opened to read") }
        guard !options.signers.isEmpty else {
            throw LedgerError(.signing, "the ledger was opened without a signer")
        }
        guard Checkpoint.isOrigin(origin) else {
            throw LedgerError(.signing, "the ledger's origin cannot stand in a checkpoint")
        }
        try tree.wait(for: position)
        let signed = try tree.signing { () throws(LedgerError) in
            try self.sign(at: position, tree)
        }
        try writer.writeHead(
            position: signed.checkpoint.size, root: signed.checkpoint.root.bytes)
        return signed
    }

    /// Keeps further signatures of a checkpoint that this ledger signed, a witness's for example.
    /// One of a key that stands there already is passed over.
    ///
    /// The checkpoint with all signatures; nil when the ledger never signed this text. Whose the
    /// signatures are is not looked at: a verifier does so. Throws `readOnly` for a reader.
    @available(*, noasync)
    public func keep(_ other: SignedCheckpoint) throws(LedgerError) -> SignedCheckpoint? {
        guard let tree else { throw LedgerError(.readOnly, "\(directory) was opened to read") }
        return try tree.signing { () throws(LedgerError) in
            let file = CheckpointFile(folder: self.treeFolder)
            let known = try file.read().checkpoints.last { $0.checkpoint == other.checkpoint }
            guard let known, let note = known.note.adding(other.note),
                let joined = SignedCheckpoint(note)
            else { return nil }
            if joined != known { try file.append(joined) }
            return joined
        }
    }

    /// Signs the tree at a position; one caller at a time.
    private func sign(
        at position: UInt64, _ tree: TreeIntegrator
    ) throws(LedgerError) -> SignedCheckpoint {
        let file = CheckpointFile(folder: treeFolder)
        let last = try file.newest()
        var tiles = try treeReader(reaching: position)
        // A caller that came later may have signed a longer log meanwhile.
        let size = max(position, last?.checkpoint.size ?? 0)
        let checkpoint = Checkpoint(
            origin: origin, size: size, root: try tiles.root(size: size))
        if let last {
            let path = try tiles.consistency(from: last.checkpoint.size, to: size)
            guard
                TreeProof.isConsistent(
                    old: last.checkpoint.size, oldRoot: last.checkpoint.root, new: size,
                    newRoot: checkpoint.root, path: path)
            else {
                throw LedgerError(
                    .damaged,
                    "the log does not continue its checkpoint at "
                        + "\(last.checkpoint.size)")
            }
            let keys = options.signers.map(\.key)
            if last.checkpoint == checkpoint, last.note.check(keys: keys).signers == keys.count {
                return last
            }
        }
        _ = try tree.flush()
        var note = try SignedNote(signing: checkpoint.text, by: options.signers)
        // Whoever signed the same text before, a witness or an older key, still stands under it.
        if let last, last.note.text == note.text {
            guard let joined = note.adding(last.note) else {
                throw LedgerError(.signing, "no room for another signature of the checkpoint")
            }
            note = joined
        }
        guard let signed = SignedCheckpoint(note) else {
            throw LedgerError(.signing, "the checkpoint is not one")
        }
        try file.append(signed)
        return signed
    }

    /// Refuses signers whose key lies where whoever can write the log finds it.
    static func checkSigners(
        _ signers: [any CheckpointSigner], directory: String
    ) throws(LedgerError) {
        var names: Set<NoteKey> = []
        for signer in signers {
            guard names.insert(signer.key).inserted else {
                throw LedgerError(.signing, "the signer \(signer.key.name) stands twice")
            }
            guard let path = signer.keyPath else { continue }
            let isInside = try storing { () throws(StoreError) in
                try Files.isInside(path, directory)
            }
            if isInside {
                throw LedgerError(.signing, "\(path) lies inside the ledger: keep keys elsewhere")
            }
        }
    }
}
