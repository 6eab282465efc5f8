public import ClearanceStore

/// Verifies proofs about trees of RFC 6962 by the steps of RFC 9162: needs no tree.
public enum TreeProof {
    /// The root of a tree of `size` leaves in which `leaf` stands at `index`, by its path from the
    /// leaf's sibling on; nil when the path has not the length of that tree.
    ///
    /// Source: RFC 9162, section 2.1.3.2.
    public static func root(
        leaf: Hash256, index: UInt64, size: UInt64, path: some Collection<Hash256>
    ) -> Hash256? {
        guard index < size else { return nil }
        var (first, second) = (index, size - 1)
        var root = leaf
        for hash in path {
            if second == 0 { return nil }
            if first & 1 == 1 || first == second {
                root = TreeHash.node(hash, root)
                while first & 1 == 0 && first != 0 {
                    first >>= 1
                    second >>= 1
                }
            } else {
                root = TreeHash.node(root, hash)
            }
            first >>= 1
            second >>= 1
        }
        return second == 0 ? root : nil
    }

    /// Whether a tree of `new` leaves with root `newRoot` begins with the tree of `old` leaves that
    /// has root `oldRoot`.
    ///
    /// Source: RFC 9162, section 2.1.4.2; a tree of nothing begins every tree.
    public static func isConsistent(
        old: UInt64, oldRoot: Hash256, new: UInt64, newRoot: Hash256,
        path: some Collection<Hash256>
    ) -> Bool {
        guard old <= new else { return false }
        if old == new { return path.isEmpty && oldRoot == newRoot }
        if old == 0 { return path.isEmpty && oldRoot == TreeHash.empty }
        guard !path.isEmpty else { return false }
        var hashes = Array(path)
        // A whole subtree is known to its holder, so the proof leaves it out.
        if old & (old - 1) == 0 { hashes.insert(oldRoot, at: 0) }
        var (first, second) = (old - 1, new - 1)
        while first & 1 == 1 {
            first >>= 1
            second >>= 1
        }
        var (left, right) = (hashes[0], hashes[0])
        for hash in hashes.dropFirst() {
            if second == 0 { return false }
            if first & 1 == 1 || first == second {
                left = TreeHash.node(hash, left)
                right = TreeHash.node(hash, right)
                while first & 1 == 0 && first != 0 {
                    first >>= 1
                    second >>= 1
                }
            } else {
                right = TreeHash.node(right, hash)
            }
            first >>= 1
            second >>= 1
        }
        return second == 0 && left == oldRoot && right == newRoot
    }
}
