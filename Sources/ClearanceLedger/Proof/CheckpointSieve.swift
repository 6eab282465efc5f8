import ClearanceStore

/// The checkpoints of a ledger whose entries are copied: those that hold for the copy.
struct CheckpointSieve {
    /// Those that the copy has not reached, the nearest last, each with its place in the file.
    private var waiting: [(place: Int, checkpoint: SignedCheckpoint)]
    private var held: [(place: Int, checkpoint: SignedCheckpoint)] = []

    /// Begins with the checkpoints in the order in which they were signed.
    init(_ checkpoints: [SignedCheckpoint]) {
        waiting = checkpoints.enumerated().map { (place: $0, checkpoint: $1) }
            .sorted { $0.checkpoint.checkpoint.size > $1.checkpoint.checkpoint.size }
    }

    /// Those that held so far, in the order in which they were signed.
    var kept: [SignedCheckpoint] { held.sorted { $0.place < $1.place }.map(\.checkpoint) }

    /// Compares the checkpoints of a tree's size with its root; those with another one are left
    /// out. Called for the empty tree and behind every leaf.
    ///
    /// - Returns: whether all held.
    mutating func pass(_ tree: MerkleTree) -> Bool {
        var isSound = true
        while let next = waiting.last, next.checkpoint.checkpoint.size <= tree.count {
            waiting.removeLast()
            if next.checkpoint.checkpoint.size == tree.count,
                next.checkpoint.checkpoint.root == tree.root
            {
                held.append(next)
            } else {
                isSound = false
            }
        }
        return isSound
    }

    /// Writes those that held into the tree's folder of a new ledger; nothing when there are none.
    func write(to ledger: String) throws(LedgerError) {
        guard !held.isEmpty else { return }
        let folder = ledger + "/log/tree"
        if !Files.exists(folder) {
            try storing { () throws(StoreError) in try Files.makeDirectory(folder) }
        }
        try CheckpointFile(folder: folder).write(kept)
    }
}
