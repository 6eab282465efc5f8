import ClearanceEvents
import ClearanceStore

/// Writes one segment of a back-up under another name and renames it when it is whole.
struct SegmentWriter {
    static let magic = Array("CLSEG001".utf8)
    /// A file that is lost costs this much.
    static let byteLimit = 64 << 20
    /// Bytes gathered before they are written.
    private static let pieceBytes = 1 << 20

    private let directory: String
    private let temporary: String
    private let file: ByteFile
    private let first: UInt64
    private var tree: MerkleTree
    private var hash = SHA256Hash()
    private var pending = ByteWriter(capacity: 1 << 20)
    private var bytes = 0
    private var recorded: Int64 = 0

    /// Begins the segment of the positions behind a tree.
    init(directory: String, behind tree: MerkleTree) throws(LedgerError) {
        self.directory = directory
        self.tree = tree
        first = tree.count + 1
        temporary = directory + "/segments/next.new"
        let path = temporary
        file = try storing { () throws(StoreError) in try ByteFile(path, .truncate) }
        let edge = tree.edge
        pending.write(raw: SegmentWriter.magic)
        pending.write(first)
        pending.write(UInt64(edge.count))
        for hash in edge { pending.write(raw: hash.bytes) }
    }

    /// Whether the segment is large enough.
    var isFull: Bool { bytes + pending.count >= SegmentWriter.byteLimit }

    /// Adds the entry at the next position.
    mutating func add(_ entry: Span<UInt8>) throws(StoreError) {
        pending.write(UInt32(entry.count))
        pending.write(raw: entry)
        tree.add(leaf: entry)
        recorded = EntryLayout.recordedTime(of: entry) ?? recorded
        if pending.count >= SegmentWriter.pieceBytes { try flush() }
    }

    private mutating func flush() throws(StoreError) {
        let piece = pending.bytes
        hash.update(piece.span)
        try file.append(piece.span)
        bytes += piece.count
        pending.clear()
    }

    /// Ends the segment; durable when it returns. Its tree begins the next one.
    mutating func finish() throws(LedgerError) -> (BackupManifest.Segment, MerkleTree) {
        do {
            try flush()
            try file.sync()
            let segment = BackupManifest.Segment(
                first: first, last: tree.count, bytes: bytes, digest: hash.value,
                root: tree.root, recorded: recorded)
            try Files.rename(temporary, to: directory + "/" + segment.path)
            return (segment, tree)
        } catch { throw LedgerError(error) }
    }
}

extension EntryLayout {
    /// The recorded time in an entry's header; nil when it is cut.
    static func recordedTime(of entry: Span<UInt8>) -> Int64? {
        guard entry.count >= recordedOffset + 8 else { return nil }
        var number: UInt64 = 0
        for byte in 0..<8 { number |= UInt64(entry[recordedOffset + byte]) << (8 * UInt64(byte)) }
        return Int64(bitPattern: number)
    }
}
