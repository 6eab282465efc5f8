import ClearanceStore

/// Compares roots that were noted, in `head` or under a signature, with those of the entries.
struct RootMarks {
    /// A root that somebody noted.
    struct Mark {
        /// How many entries it is over.
        let size: UInt64
        /// Nil when only the position was noted.
        let root: Hash256?
        /// The file that says so.
        let file: String
        /// Whether the log had reached it for good: hash files may run ahead of a log that lost
        /// its last commit, and are made anew then.
        var isPromise = true
    }

    /// Those that were not reached yet, the next one last.
    private var waiting: [Mark]
    private var tree = MerkleTree()
    private var damage: [VerifyReport.Damage] = []

    init(_ marks: [Mark]) { waiting = marks.filter { $0.size > 0 }.sorted { $0.size > $1.size } }

    /// Takes the leaf of the next entry in.
    mutating func add(_ leaf: Hash256) {
        guard !waiting.isEmpty else { return }
        tree.add(hash: leaf)
        while let mark = waiting.last, mark.size == tree.count {
            waiting.removeLast()
            guard let root = mark.root, root != tree.root else { continue }
            damage.append(
                .init(
                    position: 1, file: mark.file,
                    what: "the root at position \(mark.size) is not the one that was noted"))
        }
    }

    /// What was found, for a log that ends behind `end`.
    func finish(end: UInt64) -> [VerifyReport.Damage] {
        damage
            + waiting.filter { $0.isPromise && $0.size > end }.map { mark in
                .init(
                    position: end + 1, file: mark.file,
                    what: "the log ends below position \(mark.size), which was noted")
            }
    }
}
