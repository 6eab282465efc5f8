import ClearanceEvents
import ClearanceStore

/// What verification found. `damage` is empty exactly when every entry is what was written.
public struct VerifyReport: Sendable, Equatable {
    /// One place that is not as it was written.
    public struct Damage: Sendable, Equatable {
        /// The first position that is affected.
        public let position: UInt64
        /// What is wrong there; never holds bytes of an entry.
        public let what: String
    }

    /// How many entries were read.
    public var entries: UInt64 = 0
    /// The root of the RFC 6962 tree over them, 64 hexadecimal digits.
    public var root = ""
    public var damage: [Damage] = []

    public var isIntact: Bool { damage.isEmpty }
}

extension Ledger {
    /// Damages reported before verification stops listing: the first ones matter.
    private static let damageLimit = 100

    /// Reads, decodes and hashes everything; never writes.
    ///
    /// Each chunk's checksum and gapless place, each entry decoded, encoded again and compared to
    /// the byte, recorded times that never fall, the head not above the log. Cost: about 5 µs an
    /// entry.
    public func verify(
        progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> VerifyReport {
        var report = VerifyReport()
        var check = EntryCheck(indexKey: indexKey)
        let reader = try log.reader()
        do {
            try reader.forEachChunk { (key, bytes) throws(StoreError) in
                do throws(StoreError) {
                    let chunk = try ChunkView(bytes)
                    let next = check.count + 1
                    if key != next || chunk.first != next {
                        report.add(next, "the chunk at \(key) starts at \(chunk.first)")
                    }
                    if !chunk.isIntact { report.add(next, "the chunk's checksum is wrong") }
                    for index in 0..<chunk.count {
                        let position = chunk.first + UInt64(index)
                        if let fault = check.take(try chunk.entry(index)) {
                            report.add(position, fault)
                        }
                    }
                } catch {
                    report.add(check.count + 1, "\(error.what)")
                }
                progress(check.count)
                return report.damage.count < Ledger.damageLimit
            }
        } catch {
            report.add(check.count + 1, "\(error)")
        }
        if let head = try head(), head > check.count {
            report.add(check.count + 1, "the log ends below its head at \(head)")
        }
        report.entries = check.count
        report.root = check.tree.root.hexadecimal
        return report
    }

    /// The position of the last clean close; nil when there is none.
    private func head() throws(LedgerError) -> UInt64? {
        guard Files.exists(directory + "/head") else { return nil }
        do {
            return try HeadSlots(directory + "/head", readOnly: true).head?.position
        } catch { throw LedgerError(error) }
    }
}

extension VerifyReport {
    fileprivate mutating func add(_ position: UInt64, _ what: String) {
        damage.append(Damage(position: position, what: what))
    }
}

/// Checks entries one after another.
private struct EntryCheck {
    private let encoder: EntryEncoder
    private var writer = ByteWriter(capacity: 4_096)
    private var recorded: Int64 = .min
    private(set) var tree = MerkleTree()

    init(indexKey: SipKey) { encoder = EntryEncoder(indexKey: indexKey) }

    var count: UInt64 { tree.count }

    /// What is wrong with the next entry; nil when it is sound.
    mutating func take(_ entry: Span<UInt8>) -> String? {
        tree.add(leaf: entry)
        do {
            let view = try EventView(entry)
            let event = try Event(view)
            defer { recorded = max(recorded, view.recordedTime) }
            if view.recordedTime < recorded { return "its recorded time falls below the last" }
            // Entries of an older layout are raised when read, so only current ones come back.
            guard view.layoutVersion == view.definition?.layoutVersion else { return nil }
            writer.clear()
            let identity = try encoder.encode(event, into: &writer)
            if identity != view.identity { return "its natural key or content mark is wrong" }
            return matches(entry) ? nil : "it does not come back from its own content"
        } catch let error as DecodingError {
            return "\(error)"
        } catch {
            return "it cannot be encoded again"
        }
    }

    /// Whether the bytes written again are the entry, the ledger's recorded time aside.
    private func matches(_ entry: Span<UInt8>) -> Bool {
        let again = writer.bytes.span
        guard again.count == entry.count else { return false }
        let recorded = EntryLayout.recordedOffset..<(EntryLayout.recordedOffset + 8)
        for index in again.indices where again[index] != entry[index] {
            if !recorded.contains(index) { return false }
        }
        return true
    }
}
