import ClearanceEvents
import ClearanceStore

/// What the live tables say they are made of: the entries up to a position, the last one named.
///
/// It is not believed by itself: tables may have outlived the log that they were made of, when an
/// older one was put back or lost its end.
struct StateCheckpoint {
    let position: UInt64
    /// The entry at ``position``; zeros for tables of no entry.
    private let last: EntryIdentity
    private let signature: String

    /// The checkpoint of tables made of a log's entries up to a position.
    init(position: UInt64, of reader: LogReader, signature: String) throws(LedgerError) {
        self.position = position
        last = try StateCheckpoint.entry(at: position, of: reader)
        self.signature = signature
    }

    /// Reads the checkpoint from its bytes.
    init(_ bytes: [UInt8]) throws(DecodingError) {
        var reader = ByteReader(bytes.span)
        position = try reader.uint64()
        last = EntryIdentity(
            naturalKey: Digest16(high: try reader.uint64(), low: try reader.uint64()),
            content: Digest16(high: try reader.uint64(), low: try reader.uint64()))
        signature = try reader.text()
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.write(position)
        for digest in [last.naturalKey, last.content] {
            writer.write(digest.high)
            writer.write(digest.low)
        }
        writer.write(text: signature)
        return writer.bytes
    }

    /// Whether the tables are of this version of the projections.
    func isOf(signature: String) -> Bool { self.signature == signature }

    /// Whether a log has the entry that the tables end with where they say.
    func fits(_ reader: LogReader) throws(LedgerError) -> Bool {
        guard position <= (try reader.lastPosition()) else { return false }
        return try StateCheckpoint.entry(at: position, of: reader) == last
    }

    private static func entry(
        at position: UInt64, of reader: LogReader
    ) throws(LedgerError) -> EntryIdentity {
        let none = Digest16(high: 0, low: 0)
        if position == 0 { return EntryIdentity(naturalKey: none, content: none) }
        guard let entry = try reader.identity(at: position) else {
            throw LedgerError(.damaged, "the log ends before position \(position)")
        }
        return entry
    }
}
