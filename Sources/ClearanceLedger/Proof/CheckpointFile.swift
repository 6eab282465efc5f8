import ClearanceStore

/// The checkpoints that a ledger signed: one file of notes, appended to and never changed.
///
/// Each note stands behind a line with its length and checksum, so that a torn end is told apart.
struct CheckpointFile: Sendable {
    private let path: String

    /// The file of a ledger's tree folder; it need not be there yet.
    init(folder: String) { path = folder + "/checkpoints" }

    /// All checkpoints in the order in which they were signed, and how many bytes they take.
    ///
    /// Throws `damaged` when a whole record in the middle is not what was written.
    func read() throws(LedgerError) -> (checkpoints: [SignedCheckpoint], end: Int) {
        guard Files.exists(path) else { return ([], 0) }
        let bytes = try storing { () throws(StoreError) in
            try Files.read(path, limit: ProofLimits.checkpointFileBytes)
        }
        var found: [SignedCheckpoint] = []
        var start = 0
        while start < bytes.count {
            guard let record = CheckpointFile.record(bytes[start...]) else {
                // Nothing follows a torn end; anything else was whole once.
                guard CheckpointFile.isTorn(bytes[start...]) else {
                    throw LedgerError(.damaged, "a checkpoint at byte \(start) of \(path)")
                }
                break
            }
            guard let checkpoint = SignedCheckpoint(Array(record)) else {
                throw LedgerError(.damaged, "a checkpoint at byte \(start) of \(path)")
            }
            found.append(checkpoint)
            start = record.endIndex
        }
        return (found, start)
    }

    /// The checkpoint of the greatest size, the latest of those; nil when there is none.
    func newest() throws(LedgerError) -> SignedCheckpoint? {
        try read().checkpoints.max { $0.checkpoint.size <= $1.checkpoint.size }
    }

    /// Cuts a torn end off. Only for who holds the ledger.
    func repair() throws(LedgerError) {
        let end = try read().end
        try storing { () throws(StoreError) in
            guard Files.exists(path), try Files.size(path) > end else { return }
            let file = try ByteFile(path, .update)
            try file.truncate(to: end)
            try file.sync()
        }
    }

    /// Appends a checkpoint; durable when it returns.
    func append(_ checkpoint: SignedCheckpoint) throws(LedgerError) {
        let note = checkpoint.note.bytes
        let sum = NoteKey.hexadecimal(crc32c(note.span))
        let record = Array("note \(note.count) \(sum)\n".utf8) + note
        try storing { () throws(StoreError) in
            let file = try ByteFile(path, .append)
            try file.append(record.span)
            try file.sync()
        }
    }

    /// The note of the record at the start of some bytes; nil when none is whole there.
    private static func record(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard let end = bytes.firstIndex(of: 10) else { return nil }
        let words = bytes[..<end].split(separator: 0x20, omittingEmptySubsequences: false)
        guard words.count == 3, words[0].elementsEqual("note".utf8),
            let count = UInt64(decimal: words[1]), count <= UInt64(ProofLimits.noteBytes)
        else { return nil }
        let note = bytes[(end + 1)...].prefix(Int(count))
        let sum = NoteKey.hexadecimal(crc32c(Array(note).span))
        return note.count == count && words[2].elementsEqual(sum.utf8) ? note : nil
    }

    /// Whether what is left can be the beginning of one record, as a crash leaves it: cut short, or
    /// with zeros where the bytes were not yet on the disk. A note holds no zero byte.
    private static func isTorn(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.contains(0) { return true }
        guard let end = bytes.firstIndex(of: 10) else { return bytes.count < 64 }
        let words = bytes[..<end].split(separator: 0x20)
        guard words.count == 3, let count = UInt64(decimal: words[1]) else { return false }
        return bytes.count - (end + 1 - bytes.startIndex) < count
    }
}
