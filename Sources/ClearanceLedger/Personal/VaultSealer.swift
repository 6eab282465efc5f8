import ClearanceEvents
import ClearanceStore

/// Seals sections under fresh random keys (`specs/encoding.md`, suite 1). For one thread at a time.
///
/// Cost: 0.5 µs a section of 100 bytes; randomness is drawn for many keys at once.
struct VaultSealer: SectionSealer {
    /// Keys drawn at once.
    private static let drawn = 256

    private let cipher = AES256GCM()
    private var random: [UInt8] = []
    private var used = 0
    private var plain: [UInt8] = []
    private var context = ByteWriter(capacity: 64)
    /// The seals of the entry under way, as entry 0.
    private(set) var seals = EntrySeals()

    /// Forgets the entry before.
    mutating func start() { seals.clear() }

    func suite(of section: Section) -> UInt8 { SectionSuite.aes256gcm }

    mutating func seal(
        _ section: Section, of identity: EntryIdentity, from start: Int,
        in writer: inout ByteWriter
    ) {
        drawKey()
        plain.removeAll(keepingCapacity: true)
        plain.append(copying: writer.bytes.span.extracting(start..<writer.count))
        SectionSuite.bind(section, of: identity, into: &context)
        writer.truncate(to: start)
        writer.write(UInt64(0))
        let key = random.span.extracting((used - SlotFile.slotBytes)..<used)
        writer.edit { bytes in
            cipher.seal(plain.span, key: key, context: context.bytes.span, into: &bytes)
        }
    }

    mutating func placed(_ section: Section, at offset: Int) {
        seals.add(random, (used - SlotFile.slotBytes)..<used, entry: 0, offset: offset)
    }

    private mutating func drawKey() {
        if used == random.count {
            if random.isEmpty {
                random = [UInt8](repeating: 0, count: VaultSealer.drawn * SlotFile.slotBytes)
            }
            SecureRandom.fill(&random)
            used = 0
        }
        used += SlotFile.slotBytes
    }
}
