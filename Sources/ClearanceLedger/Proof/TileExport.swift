import ClearanceEvents
import ClearanceStore

/// What an export of tiles wrote.
public struct TileReport: Sendable, Equatable {
    /// Files that were written, the checkpoint aside.
    public internal(set) var written = 0
    /// Full tiles and bundles that were there already.
    public internal(set) var kept = 0
}

extension Ledger {
    /// Writes the tree of a checkpoint as C2SP tlog-tiles into a folder, which is made when absent:
    /// hash tiles, with `entries` also the bundles of entries, and the checkpoint last.
    ///
    /// Where the checkpoint of the folder is one that the log continues, the full tiles under it
    /// that have the right length are left alone. Bundles hold the entries as they lie in the log:
    /// what stands in clear there stands in clear in them. Throws `damaged` when the log does not
    /// lead to the checkpoint, `insideLedger` for a folder in a ledger, and `alreadyExists` for one
    /// with a checkpoint of another log, of another history or of a longer one.
    public func exportTiles(
        of signed: SignedCheckpoint, to folder: String, entries: Bool
    ) throws(LedgerError) -> TileReport {
        try Ledger.checkOutside(folder)
        let size = signed.checkpoint.size
        var tiles = try treeReader(reaching: size)
        guard try tiles.root(size: size) == signed.checkpoint.root else {
            throw LedgerError(.damaged, "the log does not lead to the checkpoint at \(size)")
        }
        let exported = try Ledger.exported(to: folder, signed.checkpoint, &tiles)
        var export = TileExport(folder: folder)
        for level in 0...TreeFiles.levels {
            let count = size >> UInt64(8 * level)
            if count == 0 { break }
            let kept = exported >> UInt64(8 * level + 8)
            try export.write("\(level)", count: count, keeping: kept) {
                (number, width) throws(LedgerError) in
                let hashes = try tiles.tile(level: level, number: number, width: width)
                return hashes[..<width].flatMap(\.bytes)
            }
        }
        if entries {
            let reader = try log.reader()
            try export.write("entries", count: size) { (number, width) throws(LedgerError) in
                try Ledger.bundle(reader, number, width)
            }
        }
        try export.finish(signed)
        return export.report
    }

    /// How many leaves of the same history a folder has the tiles of, by its checkpoint.
    private static func exported(
        to folder: String, _ checkpoint: Checkpoint, _ tiles: inout TileReader
    ) throws(LedgerError) -> UInt64 {
        let path = folder + "/checkpoint"
        let bytes = try storing { () throws(StoreError) in
            Files.exists(path) ? try Files.read(path, limit: ProofLimits.noteBytes) : nil
        }
        guard let bytes else { return 0 }
        guard let last = SignedCheckpoint(bytes)?.checkpoint, last.origin == checkpoint.origin,
            last.size <= checkpoint.size, try tiles.root(size: last.size) == last.root
        else {
            throw LedgerError(
                .alreadyExists,
                "the checkpoint at \(checkpoint.size) does not continue the one in \(path)")
        }
        return last.size
    }

    /// Entries, each behind its length in two bytes, big-endian.
    private static func bundle(
        _ reader: LogReader, _ number: UInt64, _ width: Int
    ) throws(LedgerError) -> [UInt8] {
        let first = number << 8 + 1
        var bytes: [UInt8] = []
        var count = 0
        do {
            try reader.forEach(from: first, through: first + UInt64(width) - 1) { (_, entry) in
                // The greatest entry has 65,535 bytes: what two bytes can say.
                bytes.append(UInt8(entry.count >> 8))
                bytes.append(UInt8(entry.count & 255))
                bytes.append(copying: entry)
                count += 1
                return true
            }
        } catch { throw LedgerError(error) }
        guard count == width else {
            throw LedgerError(.damaged, "the log does not hold position \(first + UInt64(count))")
        }
        return bytes
    }
}

/// Writes tiles under the paths of C2SP tlog-tiles.
struct TileExport {
    private let folder: String
    private var made: Set<String> = []
    private(set) var report = TileReport()

    init(folder: String) { self.folder = folder }

    /// Writes all tiles of a level of `count` hashes, the last one partial where it is.
    ///
    /// - Parameter kept: the first so many are left alone where they are; nobody vouches for what
    ///   is there behind them.
    mutating func write(
        _ level: String, count: UInt64, keeping kept: UInt64 = 0,
        _ content: (_ number: UInt64, _ width: Int) throws(LedgerError) -> [UInt8]
    ) throws(LedgerError) {
        for number in 0..<(count >> 8) {
            let path = "\(folder)/tile/\(level)/\(TileExport.name(number))"
            // A bundle's length tells nothing, so none is kept.
            if number < kept, (try? Files.size(path)) == 256 * Hash256.byteCount {
                report.kept += 1
                continue
            }
            try put(path, content(number, 256))
        }
        let rest = Int(count & 255)
        guard rest > 0 else { return }
        let number = count >> 8
        try put(
            "\(folder)/tile/\(level)/\(TileExport.name(number)).p/\(rest)",
            content(number, rest))
    }

    /// Writes the checkpoint: a reader who sees it finds all that it speaks of.
    mutating func finish(_ signed: SignedCheckpoint) throws(LedgerError) {
        try makeFolders(of: folder + "/checkpoint")
        let bytes = signed.note.bytes
        try storing { () throws(StoreError) in
            try Files.writeAtomically(folder + "/checkpoint", bytes.span)
        }
    }

    /// The number in groups of three digits, all but the last behind an `x`.
    static func name(_ number: UInt64) -> String {
        var groups: [String] = []
        var rest = number
        repeat {
            let digits = String(rest % 1_000)
            groups.append(String(repeating: "0", count: 3 - digits.count) + digits)
            rest /= 1_000
        } while rest > 0
        return groups.reversed().enumerated().map { index, group in
            index == groups.count - 1 ? group : "x" + group
        }.joined(separator: "/")
    }

    private mutating func put(_ path: String, _ bytes: [UInt8]) throws(LedgerError) {
        try makeFolders(of: path)
        try storing { () throws(StoreError) in try Files.writeAtomically(path, bytes.span) }
        report.written += 1
    }

    /// Makes the folders that a path lies in.
    private mutating func makeFolders(of path: String) throws(LedgerError) {
        let bytes = Array(path.utf8)
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") && index > 0 {
            let folder = String(decoding: bytes[..<index], as: UTF8.self)
            guard made.insert(folder).inserted, !Files.exists(folder) else { continue }
            try storing { () throws(StoreError) in try Files.makeDirectory(folder) }
        }
    }
}
