import ClearanceEvents
import ClearanceStore

/// Reads one segment of a back-up, comparing all that is known of it.
struct SegmentReader {
    private static let headerBytes = 24
    /// Subtree roots of any tree of 64-bit size.
    private static let edgeLimit: UInt64 = 64
    private static let pieceBytes = 1 << 20

    private let segment: BackupManifest.Segment
    private let path: String
    private let file: ByteFile
    private var hash = SHA256Hash()
    private var buffer: [UInt8] = []
    private var next = 0
    private var offset = 0

    /// Opens a segment of a folder.
    ///
    /// Throws `damaged`, naming it, when it is missing or of another length.
    init(_ segment: BackupManifest.Segment, directory: String) throws(LedgerError) {
        self.segment = segment
        path = directory + "/" + segment.path
        do throws(StoreError) {
            file = try ByteFile(path, .read)
            guard try file.size() == segment.bytes else {
                throw StoreError(.corrupted, "read a segment of another length", path: path)
            }
        } catch {
            let what = error.code == .notFound ? "missing" : "damaged"
            throw LedgerError(.damaged, "\(segment.path) is \(what)", store: error)
        }
    }

    /// The tree before the segment, as its header tells it; the digest of the segment is compared
    /// by ``run(from:_:)``.
    func before() throws(LedgerError) -> MerkleTree {
        let header = try storing { () throws(StoreError) in
            try file.read(
                at: 0,
                count: SegmentReader.headerBytes + Int(SegmentReader.edgeLimit)
                    * Hash256.byteCount)
        }
        guard header.count >= SegmentReader.headerBytes else { throw damaged("it is cut") }
        let edge = SegmentReader.number(header[16..<24])
        let roots = header.dropFirst(SegmentReader.headerBytes)
        guard edge <= SegmentReader.edgeLimit, roots.count >= Int(edge) * Hash256.byteCount
        else { throw damaged("its header is not what was written") }
        let hashes = (0..<Int(edge)).compactMap { index in
            let start = roots.startIndex + index * Hash256.byteCount
            return Hash256(roots[start..<(start + Hash256.byteCount)].span)
        }
        guard let tree = MerkleTree(count: segment.first - 1, edge: hashes) else {
            throw damaged("its header is not what was written")
        }
        return tree
    }

    /// Lends the entries to `body`, and answers the tree behind them.
    ///
    /// Throws `damaged` when anything is not what was written; what was lent is then worthless.
    mutating func run(
        from tree: MerkleTree, _ body: (UInt64, Span<UInt8>) throws(LedgerError) -> Void
    ) throws(LedgerError) -> MerkleTree {
        var tree = tree
        let header = try take(SegmentReader.headerBytes)
        let edge = SegmentReader.number(header[16..<24])
        guard header.starts(with: SegmentWriter.magic),
            SegmentReader.number(header[8..<16]) == segment.first,
            edge <= SegmentReader.edgeLimit
        else { throw damaged("its header is not what was written") }
        let roots = try take(Int(edge) * Hash256.byteCount)
        guard roots == tree.edge.flatMap(\.bytes) else {
            throw damaged("it does not follow the segments before it")
        }
        for position in segment.first...segment.last {
            let length = SegmentReader.number(try take(4)[...])
            guard length <= UInt64(EventLimits.entryBytes) else {
                throw damaged("an entry of \(length) bytes")
            }
            let entry = try take(Int(length))
            tree.add(leaf: entry.span)
            try body(position, entry.span)
        }
        guard offset == segment.bytes, next == buffer.count else {
            throw damaged("it is longer than its entries")
        }
        guard hash.value == segment.digest else { throw damaged("its digest is another") }
        guard tree.root == segment.root else { throw damaged("its root is another") }
        return tree
    }

    /// The next bytes, read in pieces and hashed as they come.
    private mutating func take(_ count: Int) throws(LedgerError) -> [UInt8] {
        if buffer.count - next < count {
            buffer.removeFirst(next)
            next = 0
            let wanted = max(count - buffer.count, SegmentReader.pieceBytes)
            do {
                let piece = try file.read(at: offset, count: wanted)
                hash.update(piece.span)
                offset += piece.count
                buffer += piece
            } catch { throw LedgerError(error) }
        }
        guard buffer.count - next >= count else { throw damaged("it ends inside an entry") }
        defer { next += count }
        return Array(buffer[next..<(next + count)])
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private func damaged(_ what: String) -> LedgerError {
        LedgerError(.damaged, "\(segment.path) is damaged: \(what)")
    }
}
