import ClearanceStore

/// Knows the hash of every full subtree of a tree; from these every root and proof is made.
protocol SubtreeSource {
    /// The hash of the subtree of 2^`height` leaves that begins at leaf `index` × 2^`height`.
    mutating func subtree(height: Int, index: UInt64) throws(LedgerError) -> Hash256
}

extension SubtreeSource {
    /// The root of the tree of the first `size` leaves (RFC 6962, section 2.1).
    mutating func root(size: UInt64) throws(LedgerError) -> Hash256 {
        try size == 0 ? TreeHash.empty : root(of: 0..<size)
    }

    /// The root over a range of leaves that begins where the RFC splits: at a multiple of a power
    /// of two not below its length. Not empty.
    private mutating func root(of range: Range<UInt64>) throws(LedgerError) -> Hash256 {
        var parts: [Hash256] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let height = 63 - (range.upperBound - start).leadingZeroBitCount
            parts.append(try subtree(height: height, index: start >> UInt64(height)))
            start += 1 << UInt64(height)
        }
        var root = parts[parts.count - 1]
        for left in parts.dropLast().reversed() { root = TreeHash.node(left, root) }
        return root
    }

    /// The path from leaf `index` to the root of the first `size` leaves, from the leaf's sibling
    /// on (RFC 6962, section 2.1.1). Traps when the leaf is not in that tree.
    mutating func inclusion(
        of index: UInt64, size: UInt64
    ) throws(LedgerError) -> [Hash256] {
        precondition(index < size, "a leaf of the tree")
        var path: [Hash256] = []
        var range = 0..<size
        while range.count > 1 {
            let split = range.lowerBound + SubtreeMath.split(range.count)
            if index < split {
                path.append(try root(of: split..<range.upperBound))
                range = range.lowerBound..<split
            } else {
                path.append(try root(of: range.lowerBound..<split))
                range = split..<range.upperBound
            }
        }
        return path.reversed()
    }

    /// The proof that the first `old` leaves begin the first `new` ones (RFC 6962, section 2.1.2);
    /// empty for equal sizes and for a tree of nothing. Traps when `old` is greater.
    mutating func consistency(
        from old: UInt64, to new: UInt64
    ) throws(LedgerError) -> [Hash256] {
        precondition(old <= new, "a tree only grows")
        if old == 0 || old == new { return [] }
        var path: [Hash256] = []
        var range = 0..<new
        // Whether the old tree is, so far, a whole subtree that its holder has the root of.
        var isKnown = true
        while range.upperBound != old {
            let split = range.lowerBound + SubtreeMath.split(range.count)
            if old <= split {
                path.append(try root(of: split..<range.upperBound))
                range = range.lowerBound..<split
            } else {
                path.append(try root(of: range.lowerBound..<split))
                range = split..<range.upperBound
                isKnown = false
            }
        }
        if !isKnown { path.append(try root(of: range)) }
        return path.reversed()
    }
}

/// The RFC's arithmetic.
enum SubtreeMath {
    /// The greatest power of two below a count of at least two.
    static func split(_ count: Int) -> UInt64 {
        1 << UInt64(63 - UInt64(count - 1).leadingZeroBitCount)
    }

    /// The root of a full subtree whose leaves these are; their number is a power of two.
    static func reduce(_ hashes: ArraySlice<Hash256>) -> Hash256 {
        var row = Array(hashes)
        while row.count > 1 {
            for index in 0..<(row.count / 2) {
                row[index] = TreeHash.node(row[2 * index], row[2 * index + 1])
            }
            row.removeLast(row.count / 2)
        }
        return row[0]
    }
}
