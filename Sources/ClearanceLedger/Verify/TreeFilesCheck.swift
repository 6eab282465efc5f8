import ClearanceStore

/// Compares the hash files of the tree with the hashes that the entries give (`specs/proofs.md`).
///
/// Level L holds 32 bytes for each full subtree of 256^L leaves. What a file lacks is made anew
/// when the ledger is opened; what it has must be right up to the position that was flushed.
struct TreeFilesCheck {
    private struct Level {
        let number: Int
        let file: ByteFile?
        var tree = MerkleTree()
        /// Subtrees seen.
        var count: UInt64 = 0
        var fault: UInt64?
        /// Stored hashes from subtree `start` on.
        var window: [UInt8] = []
        var start: UInt64 = 0
    }

    private static let width: UInt64 = 256
    private static let hashBytes = 32
    private let directory: String
    private var levels: [Level] = []
    private let reached: UInt64

    init(directory: String) {
        self.directory = directory + "/log/tree"
        reached =
            (try? HeadSlots(self.directory + "/reached", readOnly: true))?.head?.position ?? 0
    }

    /// Takes the leaf of the next entry in.
    mutating func add(_ leaf: Hash256) {
        var hash = leaf
        var level = 0
        while true {
            if level == levels.count {
                let path = directory + "/level-\(level + 1)"
                levels.append(
                    Level(number: level + 1, file: try? ByteFile(path, .read)))
            }
            levels[level].tree.add(hash: hash)
            guard levels[level].tree.count == TreeFilesCheck.width else { return }
            hash = levels[level].tree.root
            levels[level].tree = MerkleTree()
            compare(hash, level)
            levels[level].count += 1
            level += 1
        }
    }

    private mutating func compare(_ hash: Hash256, _ index: Int) {
        let number = levels[index].count
        guard levels[index].fault == nil, let file = levels[index].file else { return }
        let size = TreeFilesCheck.hashBytes
        var offset = Int(number - levels[index].start) * size
        if offset >= levels[index].window.count {
            levels[index].window = (try? file.read(at: Int(number) * size, count: 1 << 16)) ?? []
            levels[index].start = number
            offset = 0
        }
        let stored = levels[index].window
        guard offset + size <= stored.count else { return }
        if stored[offset..<(offset + size)] != hash.bytes[...] { levels[index].fault = number }
    }

    /// What was found.
    func finish() -> [VerifyReport.Damage] {
        levels.compactMap { level in
            guard let fault = level.fault else { return nil }
            var leaves: UInt64 = 1
            for _ in 0..<level.number { leaves *= TreeFilesCheck.width }
            // Behind the flushed position a crash may leave anything; it is hashed again.
            guard (fault + 1) * leaves <= reached else { return nil }
            return VerifyReport.Damage(
                position: 0, file: "log/tree/level-\(level.number)",
                what: "hash \(fault) is not that of its entries")
        }
    }
}
