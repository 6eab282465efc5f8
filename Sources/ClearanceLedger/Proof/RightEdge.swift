import ClearanceStore

/// The roots of the full subtrees on a tree's right edge, one a height: all that is needed to add
/// the next leaf. Two kibibytes, whatever the tree's size.
struct RightEdge: Sendable {
    /// By height; those whose bit in `count` is set are in use.
    private var nodes: [64 of Hash256]
    /// How many leaves were added.
    private(set) var count: UInt64 = 0

    /// The edge of an empty tree.
    init() { nodes = .init(repeating: Hash256()) }

    /// The edge of a tree of `size` leaves, its subtrees taken from `source`.
    init(size: UInt64, from source: inout some SubtreeSource) throws(LedgerError) {
        self.init()
        count = size
        for height in 0..<63 where size >> UInt64(height) & 1 == 1 {
            nodes[height] = try source.subtree(
                height: height, index: (size >> UInt64(height)) - 1)
        }
    }

    /// Adds the hash of the next leaf and hands over each subtree of 256, 65,536 … leaves that it
    /// completes, with its level from 1.
    ///
    /// Cost: one node a leaf on average; nothing is allocated.
    @inline(__always)
    mutating func add(_ leaf: Hash256, completed: (_ level: Int, Hash256) -> Void) {
        var node = leaf
        var height = 0
        var rest = count
        while rest & 1 == 1 {
            node = TreeHash.node(nodes[height], node)
            height += 1
            rest >>= 1
            if height & 7 == 0 { completed(height >> 3, node) }
        }
        nodes[height] = node
        count += 1
    }

    /// The root: the edge joined from the right; of no leaves the hash of nothing.
    var root: Hash256 {
        guard count > 0 else { return TreeHash.empty }
        var height = count.trailingZeroBitCount
        var root = nodes[height]
        height += 1
        while height < 64 {
            if count >> UInt64(height) & 1 == 1 { root = TreeHash.node(nodes[height], root) }
            height += 1
        }
        return root
    }
}
