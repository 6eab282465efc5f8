public import ClearanceStore

/// The root of an RFC 6962 tree, built leaf by leaf in memory logarithmic in their number.
public struct MerkleTree: Sendable {
    /// Roots of the full subtrees on the right edge, from the largest to the smallest.
    private var roots: [(height: Int, hash: Hash256)] = []
    /// How many leaves were added.
    public private(set) var count: UInt64 = 0

    public init() {}

    /// The tree of so many leaves with these subtree roots; nil when they are not as many as the
    /// tree has.
    init?(count: UInt64, edge: [Hash256]) {
        guard edge.count == count.nonzeroBitCount else { return nil }
        let heights = (0..<64).reversed().filter { count >> UInt64($0) & 1 == 1 }
        roots = zip(heights, edge).map { (height: $0, hash: $1) }
        self.count = count
    }

    /// Adds the next leaf: SHA-256(0x00 ‖ entry).
    public mutating func add(leaf entry: Span<UInt8>) { add(hash: TreeHash.leaf(entry)) }

    mutating func add(hash leaf: Hash256) {
        var node = (height: 0, hash: leaf)
        while let last = roots.last, last.height == node.height {
            roots.removeLast()
            node = (last.height + 1, TreeHash.node(last.hash, node.hash))
        }
        roots.append(node)
        count += 1
    }

    /// The roots of the full subtrees, from the largest to the smallest: with their number of
    /// leaves, all that is needed to go on.
    var edge: [Hash256] { roots.map(\.hash) }

    /// The root: of no leaves the hash of nothing, otherwise the right edge joined from the right.
    public var root: Hash256 {
        guard var right = roots.last?.hash else { return TreeHash.empty }
        for left in roots.dropLast().reversed() { right = TreeHash.node(left.hash, right) }
        return right
    }
}
