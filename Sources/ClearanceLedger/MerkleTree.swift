import ClearanceEvents
import Crypto

/// The root of an RFC 6962 tree, built leaf by leaf in memory logarithmic in their number.
public struct MerkleTree: Sendable {
    /// Roots of the full subtrees on the right edge, from the largest to the smallest.
    private var roots: [(height: Int, hash: [UInt8])] = []
    /// How many leaves were added.
    public private(set) var count: UInt64 = 0

    public init() {}

    /// Adds the next leaf: SHA-256(0x00 ‖ entry).
    public mutating func add(leaf entry: Span<UInt8>) {
        var writer = ByteWriter(capacity: entry.count + 1)
        writer.write(UInt8(0))
        writer.write(raw: entry)
        add(hash: Array(SHA256.hash(data: writer.bytes)))
    }

    mutating func add(hash leaf: [UInt8]) {
        var node = (height: 0, hash: leaf)
        while let last = roots.last, last.height == node.height {
            roots.removeLast()
            node = (last.height + 1, MerkleTree.join(last.hash, node.hash))
        }
        roots.append(node)
        count += 1
    }

    /// The root: of no leaves the hash of nothing, otherwise the right edge joined from the right.
    public var root: [UInt8] {
        guard var right = roots.last?.hash else { return Array(SHA256.hash(data: [UInt8]())) }
        for left in roots.dropLast().reversed() { right = MerkleTree.join(left.hash, right) }
        return right
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    private static func join(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: [1] + left + right))
    }
}
