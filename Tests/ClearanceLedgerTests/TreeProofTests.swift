import ClearanceStore
import Testing

@testable import ClearanceLedger

@Suite("Trees and their proofs")
struct TreeProofTests {
    private let vectors: [String: Any]

    init() throws { vectors = try Vectors.object("rfc6962.json") }

    private var leaves: [Hash256] {
        (vectors["leaves"] as? [String] ?? []).map {
            TreeHash.leaf(Vectors.bytes(hex: $0).span)
        }
    }

    private var roots: [Hash256] {
        (vectors["roots"] as? [String] ?? []).map { Vectors.hash($0) }
    }

    @Test("The published roots come out of the edge, of subtrees and of the reference")
    func publishedRoots() throws {
        try #require(leaves.count == 8 && roots.count == 9)
        var edge = RightEdge()
        #expect(edge.root == roots[0])
        for (index, leaf) in leaves.enumerated() {
            edge.add(leaf) { _, _ in }
            var source = MemorySource(leaves: leaves)
            #expect(edge.root == roots[index + 1])
            #expect(try source.root(size: UInt64(index + 1)) == roots[index + 1])
            #expect(TreeReference.root(leaves[...index]) == roots[index + 1])
        }
    }

    @Test("The published paths and consistency proofs are made and verified")
    func publishedProofs() throws {
        let inclusion = vectors["inclusion"] as? [[String: Any]] ?? []
        let consistency = vectors["consistency"] as? [[String: Any]] ?? []
        try #require(inclusion.count == 5 && consistency.count == 4)
        var source = MemorySource(leaves: leaves)
        for vector in inclusion {
            let leaf = try #require(vector["leaf"] as? Int)
            let size = try #require(vector["size"] as? Int)
            let path = (vector["path"] as? [String] ?? []).map { Vectors.hash($0) }
            #expect(try source.inclusion(of: UInt64(leaf), size: UInt64(size)) == path)
            #expect(
                TreeProof.root(
                    leaf: leaves[leaf], index: UInt64(leaf), size: UInt64(size), path: path)
                    == roots[size])
        }
        for vector in consistency {
            let old = try #require(vector["old"] as? Int)
            let new = try #require(vector["new"] as? Int)
            let path = (vector["path"] as? [String] ?? []).map { Vectors.hash($0) }
            #expect(try source.consistency(from: UInt64(old), to: UInt64(new)) == path)
            #expect(
                TreeProof.isConsistent(
                    old: UInt64(old), oldRoot: roots[old], new: UInt64(new), newRoot: roots[new],
                    path: path))
        }
    }

    /// Leaves that are told apart by their number.
    private func made(_ count: Int) -> [Hash256] {
        (0..<count).map { TreeHash.leaf(Array("leaf \($0)".utf8).span) }
    }

    @Test("Every path of every tree up to 70 leaves is the reference's, and leads to its root")
    func allPaths() throws {
        let leaves = made(70)
        var source = MemorySource(leaves: leaves)
        for size in 1...70 {
            let root = TreeReference.root(leaves[..<size])
            #expect(try source.root(size: UInt64(size)) == root)
            for index in 0..<size {
                let path = try source.inclusion(of: UInt64(index), size: UInt64(size))
                #expect(path == TreeReference.path(index, leaves[..<size]))
                let found = TreeProof.root(
                    leaf: leaves[index], index: UInt64(index), size: UInt64(size), path: path)
                #expect(found == root, "leaf \(index) of \(size)")
                let next = (index + 1) % size
                let elsewhere = TreeProof.root(
                    leaf: leaves[index], index: UInt64(next), size: UInt64(size), path: path)
                #expect(next == index || elsewhere != root, "leaf \(index) at \(next)")
            }
        }
    }

    @Test("Every two sizes up to 70 are consistent by the reference's proof, and by no other")
    func allConsistencies() throws {
        let leaves = made(70)
        var source = MemorySource(leaves: leaves)
        let roots = (0...70).map { TreeReference.root(leaves[..<$0]) }
        for new in 0...70 {
            for old in 0...new {
                let path = try source.consistency(from: UInt64(old), to: UInt64(new))
                #expect(path == TreeReference.consistency(old, leaves[..<new]))
                func isConsistent(_ path: [Hash256], _ oldRoot: Hash256) -> Bool {
                    TreeProof.isConsistent(
                        old: UInt64(old), oldRoot: oldRoot, new: UInt64(new),
                        newRoot: roots[new], path: path)
                }
                #expect(isConsistent(path, roots[old]), "\(old) to \(new)")
                #expect(!isConsistent(path, TreeHash.leaf([1].span)), "\(old) to \(new)")
                #expect(!isConsistent(path + [roots[1]], roots[old]), "\(old) to \(new)")
                if !path.isEmpty {
                    #expect(!isConsistent(Array(path.dropLast()), roots[old]))
                    #expect(!isConsistent(Array(path.dropFirst()), roots[old]))
                }
            }
        }
        #expect(
            !TreeProof.isConsistent(
                old: 2, oldRoot: roots[2], new: 1, newRoot: roots[1], path: [Hash256]()))
    }

    @Test("A path of another length than the tree's leads nowhere")
    func lengths() throws {
        let leaves = made(13)
        var source = MemorySource(leaves: leaves)
        for index in 0..<13 {
            let path = try source.inclusion(of: UInt64(index), size: 13)
            for wrong in [Array(path.dropLast()), path + [leaves[0]], []] {
                #expect(
                    TreeProof.root(
                        leaf: leaves[index], index: UInt64(index), size: 13, path: wrong) == nil)
            }
        }
        #expect(TreeProof.root(leaf: leaves[0], index: 13, size: 13, path: []) == nil)
        #expect(TreeProof.root(leaf: leaves[0], index: 0, size: 0, path: []) == nil)
        #expect(TreeProof.root(leaf: leaves[0], index: 0, size: 1, path: []) == leaves[0])
    }

    @Test("An edge tells every subtree of 256 and of 65,536 leaves, in order")
    func levels() throws {
        let leaf = TreeHash.leaf([7].span)
        var edge = RightEdge()
        var counts = [0, 0, 0, 0]
        for _ in 0..<(2 * 65_536 + 300) { edge.add(leaf) { level, _ in counts[level] += 1 } }
        #expect(counts == [0, 2 * 256 + 1, 2, 0])
        #expect(edge.count == 131_372)
    }
}
