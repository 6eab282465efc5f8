import ClearanceStore

/// What a closed epoch says of itself: the file `closing` beside its data file.
///
/// A text whose signatures, when there are any, stand under it as under a checkpoint. Source:
/// `specs/epochs.md`, closing.
struct ClosingRecord: Sendable, Equatable {
    static let name = "closing"
    static let dataName = "data.mdb"
    private static let heading = "clearance-ledger epoch 1"
    private static let byteLimit = 1 << 16

    let origin: String
    let number: Int
    let first: UInt64
    let last: UInt64
    /// Bytes of the data file.
    let bytes: Int
    /// The SHA-256 of the whole data file.
    let digest: Hash256
    /// The SHA-256 of its first two pages: the meta pages, which say what the file holds.
    let metas: Hash256
    /// The root of the tree through the last position; nil when it was not known.
    let root: Hash256?

    /// The record of a data file as it is now. Cost: one pass over it.
    init(
        measuring directory: String, origin: String, line: EpochManifest.Line, root: Hash256?
    ) throws(StoreError) {
        let path = directory + "/" + ClosingRecord.dataName
        self.origin = origin
        number = line.number
        first = line.first
        last = line.last ?? 0
        bytes = try Files.size(path)
        digest = try Files.digest(path)
        metas = try ClosingRecord.metas(path)
        self.root = root
    }

    /// The text that is signed: its last line is the sum of those before.
    var text: String { body + "crc32c \(String(crc32c(Array(body.utf8).span), radix: 16))\n" }

    private var body: String {
        """
        \(ClosingRecord.heading)
        origin \(origin)
        epoch \(number)
        first \(first)
        last \(last)
        bytes \(bytes)
        sha256 \(digest.hexadecimal)
        metas \(metas.hexadecimal)
        root \(root?.hexadecimal ?? "-")

        """
    }

    private init(lines: Lines, digest: Hash256, metas: Hash256, root: Hash256?) {
        origin = lines.text(1, "origin")
        number = Int(lines.number(2, "epoch"))
        first = lines.number(3, "first")
        last = lines.number(4, "last")
        bytes = Int(lines.number(5, "bytes"))
        self.digest = digest
        self.metas = metas
        self.root = root
    }

    /// The lines of a record, each a name, a space and a value.
    private struct Lines {
        let lines: [Substring]

        /// The value of a line; empty when it has another name.
        func text(_ index: Int, _ name: String) -> String {
            guard lines[index].hasPrefix(name + " ") else { return "" }
            return String(lines[index].dropFirst(name.utf8.count + 1))
        }

        /// The number in a line; 0 when it has none that a file or a position can have.
        func number(_ index: Int, _ name: String) -> UInt64 {
            let value = UInt64(text(index, name)) ?? 0
            return value <= UInt64(Int.max) ? value : 0
        }

        func hash(_ index: Int, _ name: String) -> Hash256? {
            Hash256(hexadecimal: text(index, name))
        }
    }

    /// Reads the record of a closed epoch and the signatures under it.
    ///
    /// - Parameter keys: the keys whose signatures are looked at; those of others are passed over.
    /// - Parameter mustBeSigned: whether one of them must have signed.
    static func read(
        directory: String, keys: [NoteKey] = [], mustBeSigned: Bool = false
    ) throws(LedgerError) -> ClosingRecord {
        let path = directory + "/" + ClosingRecord.name
        let bytes = try storing { () throws(StoreError) in
            try Files.read(path, limit: ClosingRecord.byteLimit)
        }
        guard let record = parse(String(decoding: bytes, as: UTF8.self)) else {
            throw LedgerError(.damaged, "\(path) is no closing record")
        }
        if bytes == Array(record.text.utf8) {
            guard mustBeSigned else { return record }
            throw LedgerError(.damaged, "\(path) is not signed")
        }
        guard let note = SignedNote(bytes), note.text == record.text else {
            throw LedgerError(.damaged, "\(path) is neither a closing record nor a signed one")
        }
        let verdict = note.check(keys: keys)
        guard verdict.isSound else {
            throw LedgerError(.damaged, "\(path) has a signature that is wrong")
        }
        guard verdict.isTrusted || !mustBeSigned else {
            throw LedgerError(.damaged, "\(path) is signed by none of the keys")
        }
        return record
    }

    /// The record of a text, with or without signatures under it; nil when it is none.
    static func parse(_ note: String) -> ClosingRecord? {
        let lines = Lines(lines: note.split(separator: "\n", omittingEmptySubsequences: false))
        guard lines.lines.count >= 11, let digest = lines.hash(6, "sha256"),
            let metas = lines.hash(7, "metas")
        else { return nil }
        let record = ClosingRecord(
            lines: lines, digest: digest, metas: metas, root: lines.hash(8, "root"))
        // Every byte counts: a text that says the same in another way is not what was signed.
        return note.utf8.starts(with: record.text.utf8) ? record : nil
    }

    /// Why a directory is not the closed epoch of a line; nil when it is. Looks at the length and
    /// the meta pages, and with `whole` at every byte.
    func fault(
        of directory: String, as line: EpochManifest.Line, whole: Bool
    ) throws(StoreError) -> String? {
        guard number == line.number, first == line.first, last == line.last else {
            return "the closing record is that of epoch \(number), positions \(first) to \(last)"
        }
        let path = directory + "/" + ClosingRecord.dataName
        let size = try Files.size(path)
        guard size == bytes else { return "\(size) bytes instead of \(bytes)" }
        guard try ClosingRecord.metas(path) == metas else {
            return "the meta pages are not those of the closing record"
        }
        if whole, try Files.digest(path) != digest {
            return "the file's digest is not that of the closing record"
        }
        return nil
    }

    private static func metas(_ path: String) throws(StoreError) -> Hash256 {
        let pages = try ByteFile(path, .read).read(at: 0, count: 2 * 4_096)
        return SHA256Hash.of(pages.span)
    }
}
