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
        try parse(try bytes())
    }

    /// What stands in the file; nothing when there is none.
    private func bytes() throws(LedgerError) -> [UInt8] {
        try storing { () throws(StoreError) in
            guard try Files.isThere(path) else { return [] }
            return try Files.read(path, limit: ProofLimits.checkpointFileBytes)
        }
    }

    /// The records of some bytes, and where the last whole one ends.
    private func parse(
        _ bytes: [UInt8]
    ) throws(LedgerError) -> (checkpoints: [SignedCheckpoint], end: Int) {
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

    /// The checkpoints of all records that are what was written, whatever stands between them.
    func readable() throws(LedgerError) -> [SignedCheckpoint] {
        let bytes = try bytes()
        var found: [SignedCheckpoint] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            if let record = CheckpointFile.record(rest),
                let checkpoint = SignedCheckpoint(Array(record))
            {
                found.append(checkpoint)
                rest = rest[record.endIndex...]
            } else {
                // A record begins a line; its sum says whether it is one.
                rest = rest.firstIndex(of: 10).map { rest[($0 + 1)...] } ?? []
            }
        }
        return found
    }

    /// Writes the file anew, with these checkpoints alone; durable when it returns.
    func write(_ checkpoints: [SignedCheckpoint]) throws(LedgerError) {
        let bytes = CheckpointFile.bytes(of: checkpoints)
        try storing { () throws(StoreError) in try Files.writeAtomically(path, bytes.span) }
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

    /// Appends a checkpoint; durable when it returns. One that fails leaves nothing behind.
    func append(_ checkpoint: SignedCheckpoint) throws(LedgerError) {
        let record = CheckpointFile.bytes(of: checkpoint)
        try storing { () throws(StoreError) in
            let file = try ByteFile(path, .append)
            let size = try file.size()
            // What could not be read again is not written.
            guard size + record.count <= ProofLimits.checkpointFileBytes else {
                throw StoreError(.tooLarge, "keep another checkpoint", path: path)
            }
            do throws(StoreError) {
                try file.append(record.span)
                try file.sync()
            } catch {
                try? file.truncate(to: size)
                throw error
            }
        }
    }

    /// The bytes of a file of these checkpoints.
    static func bytes(of checkpoints: [SignedCheckpoint]) -> [UInt8] {
        checkpoints.flatMap(bytes(of:))
    }

    private static func bytes(of checkpoint: SignedCheckpoint) -> [UInt8] {
        let note = checkpoint.note.bytes
        let sum = NoteKey.hexadecimal(crc32c(note.span))
        return Array("note \(note.count) \(sum)\n".utf8) + note
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
        isCut(bytes) && !isChanged(bytes)
    }

    private static func isCut(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.contains(0) { return true }
        guard let end = bytes.firstIndex(of: 10) else { return bytes.count < 64 }
        let words = bytes[..<end].split(separator: 0x20)
        guard words.count == 3, let count = UInt64(decimal: words[1]) else { return false }
        return bytes.count - (end + 1 - bytes.startIndex) < count
    }

    /// Whether one bit alone keeps what is left from beginning with a whole record: that one was
    /// not torn. Cost: some milliseconds, for what cannot be read.
    private static func isChanged(_ bytes: ArraySlice<UInt8>) -> Bool {
        var bytes = Array(bytes.prefix(changedBytes))
        for index in bytes.indices {
            for bit in 0..<8 as Range<UInt8> {
                bytes[index] ^= 1 << bit
                if record(bytes[...]) != nil { return true }
                bytes[index] ^= 1 << bit
            }
        }
        return false
    }

    /// As much as a record with many signatures has; what is longer is taken for torn.
    private static let changedBytes = 4_096
}
