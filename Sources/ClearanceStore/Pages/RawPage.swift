/// A branch or leaf page whose structure was checked: every offset below lies within its bytes.
///
///     0    number u64, pad u16, flags u16, lower u16, upper u16
///     16   offset of each node u16, up to lower
///     …    free room, up to upper, then the nodes, each at an even offset
///
/// A node is size or child (u16 low, u16 high), flags u16, length of the key u16, key, data. In a
/// branch the first three numbers are the child's page, 48 bits.
struct RawPage {
    enum Kind { case branch, leaf }

    /// One node of the page, by offsets into it.
    struct Node {
        let key: Range<Int>
        let flags: UInt16
        /// Bytes of the value; in a branch without meaning.
        let valueBytes: Int
        /// Where the value, or the page number of a large one, stands.
        let valueAt: Int
        /// The page below, in a branch.
        let child: UInt64
    }

    static let headerBytes = 16
    static let nodeBytes = 8
    static let branchFlag: UInt16 = 0x01
    static let leafFlag: UInt16 = 0x02
    static let overflowFlag: UInt16 = 0x04
    /// The value stands in pages of its own, whose first number is in the node.
    static let largeFlag: UInt16 = 0x01
    /// The value is the row of a table.
    static let tableFlag: UInt16 = 0x02

    let bytes: [UInt8]
    let kind: Kind
    let nodes: [Node]

    /// Checks the header and every node's bounds.
    init(_ bytes: [UInt8], number: UInt64) throws(PageFlaw) {
        let span = bytes.span
        guard NativeBytes.u64(span, 0) == number else {
            throw PageFlaw("its header names page \(NativeBytes.u64(span, 0))")
        }
        switch NativeBytes.u16(span, 10) {
        case RawPage.branchFlag: kind = .branch
        case RawPage.leafFlag: kind = .leaf
        case let flags: throw PageFlaw("flags \(flags) instead of a branch's or a leaf's")
        }
        let (lower, upper) = (Int(NativeBytes.u16(span, 12)), Int(NativeBytes.u16(span, 14)))
        guard lower >= RawPage.headerBytes + 2, lower % 2 == 0, lower <= upper,
            upper <= bytes.count
        else { throw PageFlaw("its bounds \(lower) and \(upper) are none") }
        let count = (lower - RawPage.headerBytes) / 2
        var nodes: [Node] = []
        nodes.reserveCapacity(count)
        var used: [(start: Int, end: Int)] = []
        used.reserveCapacity(count)
        for index in 0..<count {
            let at = Int(NativeBytes.u16(span, RawPage.headerBytes + 2 * index))
            let (node, end) = try RawPage.node(span, at: at, upper: upper, kind: kind)
            nodes.append(node)
            used.append((at, end))
        }
        // The nodes fill the room behind the upper bound, whatever their order; each new one is put
        // below the others, so in a page that was only appended to they descend.
        if zip(used, used.dropFirst()).contains(where: { $0.start < $1.start }) {
            used.sort { $0.start > $1.start }
        }
        var next = bytes.count
        for place in used {
            guard place.end == next else { throw PageFlaw("its nodes overlap or leave room") }
            next = place.start
        }
        guard next == upper else { throw PageFlaw("its nodes do not fill its room") }
        self.bytes = bytes
        self.nodes = nodes
    }

    private static func node(
        _ page: Span<UInt8>, at: Int, upper: Int, kind: Kind
    ) throws(PageFlaw) -> (node: Node, end: Int) {
        guard at >= upper, at % 2 == 0, at + nodeBytes <= page.count else {
            throw PageFlaw("a node at \(at) is outside its room")
        }
        let low = UInt64(NativeBytes.u16(page, at)) | UInt64(NativeBytes.u16(page, at + 2)) << 16
        let flags = NativeBytes.u16(page, at + 4)
        let key = (at + nodeBytes)..<(at + nodeBytes + Int(NativeBytes.u16(page, at + 6)))
        guard key.upperBound <= page.count, key.count <= Table.maxKeyBytes else {
            throw PageFlaw("the key of a node at \(at) is outside its page")
        }
        if kind == .branch {
            let node = Node(
                key: key, flags: 0, valueBytes: 0, valueAt: key.upperBound,
                child: low | UInt64(flags) << 32)
            return (node, key.upperBound + key.count % 2)
        }
        let stored = flags & largeFlag == 0 ? Int(low) : 8
        let end = key.upperBound + stored
        guard end <= page.count else {
            throw PageFlaw("the value of a node at \(at) is outside its page")
        }
        let node = Node(
            key: key, flags: flags, valueBytes: Int(low), valueAt: key.upperBound, child: 0)
        return (node, end + (end - at) % 2)
    }

    /// The first page of a large value.
    func largePage(_ node: Node) -> UInt64 { NativeBytes.u64(bytes.span, node.valueAt) }
}
