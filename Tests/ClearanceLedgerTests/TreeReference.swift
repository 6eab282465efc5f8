import ClearanceStore
import Foundation

@testable import ClearanceLedger

/// The tree of RFC 6962 as its section 2.1 writes it down: recursive, slow, and nothing shared with
/// what it judges but the hash of two nodes.
enum TreeReference {
    static func root(_ leaves: ArraySlice<Hash256>) -> Hash256 {
        guard let first = leaves.first else { return TreeHash.empty }
        if leaves.count == 1 { return first }
        let middle = split(leaves)
        return TreeHash.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Hash256>) -> [Hash256] {
        if leaves.count == 1 { return [] }
        let middle = split(leaves)
        return index < middle
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index, leaves[middle...]) + [root(leaves[..<middle])]
    }

    static func consistency(_ old: Int, _ leaves: ArraySlice<Hash256>) -> [Hash256] {
        old == 0 ? [] : subproof(old, leaves, true)
    }

    private static func subproof(
        _ old: Int, _ leaves: ArraySlice<Hash256>, _ isKnown: Bool
    ) -> [Hash256] {
        if old == leaves.endIndex { return isKnown ? [] : [root(leaves)] }
        let middle = split(leaves)
        return old <= middle
            ? subproof(old, leaves[..<middle], isKnown) + [root(leaves[middle...])]
            : subproof(old, leaves[middle...], false) + [root(leaves[..<middle])]
    }

    private static func split(_ leaves: ArraySlice<Hash256>) -> Int {
        var width = 1
        while width * 2 < leaves.count { width *= 2 }
        return leaves.startIndex + width
    }
}

/// Subtrees of leaves in memory, each hashed anew.
struct MemorySource: SubtreeSource {
    let leaves: [Hash256]

    func subtree(height: Int, index: UInt64) throws(LedgerError) -> Hash256 {
        let start = Int(index) << height
        return TreeReference.root(leaves[start..<(start + 1 << height)])
    }
}

/// What the tests read of `specs/vectors/proofs/`.
enum Vectors {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("specs/vectors/proofs")

    static func object(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    }

    static func bytes(hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<($0 + 2)], as: UTF8.self), radix: 16)
        }
    }

    static func hash(_ hex: String) -> Hash256 {
        Hash256(bytes(hex: hex).span) ?? Hash256()
    }
}
