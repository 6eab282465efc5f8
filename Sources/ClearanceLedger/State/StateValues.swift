import ClearanceEvents
import ClearanceStore

extension OverlayState {
    /// The positions stored under a key of a postings table.
    func positions(_ table: Int, _ key: Digest16) throws(StoreError) -> [UInt64] {
        guard let bytes = try get(table, key.bytes) else { return [] }
        do { return try Posting.decode(bytes) } catch {
            throw StoreError(.corrupted, "postings: \(error)")
        }
    }
}

extension Total {
    /// Forty bytes: count, first, second.
    var stored: [UInt8] {
        var writer = ByteWriter(capacity: 40)
        writer.write(count)
        writer.write(first)
        writer.write(second)
        return writer.bytes
    }

    /// The stored total; nothing for absent bytes.
    init(stored bytes: [UInt8]?) {
        guard let bytes else { self.init(); return }
        var reader = ByteReader(bytes.span)
        guard let count = try? reader.int64(), let first = try? reader.int128(),
            let second = try? reader.int128()
        else { self.init(); return }
        self.init(count: count, first: first, second: second)
    }
}
