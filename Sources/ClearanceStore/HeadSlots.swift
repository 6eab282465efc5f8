import Synchronization

/// The file that remembers how far the log certainly reached: two slots, written in turn.
///
/// A write that is torn by a loss of power spoils the slot it was writing; the other one still
/// holds the write before it.
public final class HeadSlots: Sendable {
    /// What a slot says.
    public struct Head: Sendable, Hashable {
        /// Counts the writes, from 1.
        public let generation: UInt64

        /// The last position that was certain then.
        public let position: UInt64

        /// The root of the hash tree at that position: 32 bytes.
        public let root: [UInt8]
    }

    /// 512 bytes: a sector, the most that a device writes as a whole or not at all.
    public static let slotBytes = 512

    /// 32 bytes: a SHA-256.
    public static let rootBytes = 32

    private let file: ByteFile
    private let newest: Mutex<Head?>

    /// Opens the file, making it when absent unless `readOnly`.
    ///
    /// - Throws: `.corrupted` when neither slot is valid and the file was ever written; `.notFound`
    ///   for a read-only open of nothing; `.permissionDenied`, `.io`.
    public init(_ path: String, readOnly: Bool = false) throws(StoreError) {
        let file = try ByteFile(path, readOnly ? .read : .update)
        self.newest = Mutex(try Self.load(file))
        self.file = file
    }

    /// What the newest valid slot said at opening, or the last write through this object.
    public var head: Head? { newest.withLock { $0 } }

    /// Writes the other slot and flushes it.
    ///
    /// - Throws: `.io`, `.diskFull`; then the head before it still stands.
    /// - Complexity: one flush, about 51 µs on a fast disk.
    public func write(position: UInt64, root: [UInt8]) throws(StoreError) {
        precondition(root.count == Self.rootBytes, "a root has 32 bytes")
        try newest.withLock { (newest) throws(StoreError) in
            let head = Head(
                generation: (newest?.generation ?? 0) + 1, position: position, root: root)
            // The first write fills both slots' room, so that later ones never grow the file.
            if newest == nil { try file.write(at: 0, Self.blank.span) }
            let offset = Int(head.generation % 2) * Self.slotBytes
            try file.write(at: offset, Self.encode(head).span)
            try file.sync()
            newest = head
        }
    }
}

extension HeadSlots {
    /// The newest head of a file, and which slots (0, 1) hold something that was never written.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public static func inspect(
        _ path: String
    ) throws(StoreError) -> (head: Head?, damaged: [Int]) {
        let file = try ByteFile(path, .read)
        var heads: [Head] = []
        var damaged: [Int] = []
        for slot in 0..<2 {
            let bytes = try file.read(at: slot * slotBytes, count: slotBytes)
            if let head = decode(bytes[...]), Int(head.generation % 2) == slot,
                bytes[(checkedBytes + 4)...].allSatisfy({ $0 == 0 })
            {
                heads.append(head)
            } else if !bytes.isEmpty, bytes.count != slotBytes || bytes.contains(where: { $0 != 0 })
            {
                damaged.append(slot)
            }
        }
        return (heads.max { $0.generation < $1.generation }, damaged)
    }

    private static let magic = Array("CLHEAD01".utf8)
    private static let checkedBytes = 8 + 8 + 8 + rootBytes
    private static let blank = [UInt8](repeating: 0, count: 2 * slotBytes)

    /// Magic, generation, position, root, CRC-32C of all before it, zeros up to 512.
    static func encode(_ head: Head) -> [UInt8] {
        var slot = magic + BigEndian.bytes(head.generation) + BigEndian.bytes(head.position)
        slot += head.root
        slot += BigEndian.bytes(crc32c(slot.span))
        return slot + [UInt8](repeating: 0, count: slotBytes - slot.count)
    }

    static func decode(_ slot: ArraySlice<UInt8>) -> Head? {
        let bytes = Array(slot)
        guard bytes.count == slotBytes, bytes.starts(with: magic) else { return nil }
        let sum = crc32c(bytes.span.extracting(..<checkedBytes))
        guard sum == BigEndian.uint32(bytes.span, at: checkedBytes) else { return nil }
        return Head(
            generation: BigEndian.uint64(bytes.span, at: 8),
            position: BigEndian.uint64(bytes.span, at: 16),
            root: Array(bytes[24..<(24 + rootBytes)]))
    }

    private static func load(_ file: ByteFile) throws(StoreError) -> Head? {
        let bytes = try file.read(at: 0, count: 2 * slotBytes)
        let slots = [bytes.prefix(slotBytes), bytes.dropFirst(slotBytes)].compactMap(decode)
        if let best = slots.max(by: { $0.generation < $1.generation }) { return best }
        // Zeros only: made, and lost power before the first write was flushed.
        guard bytes.allSatisfy({ $0 == 0 }) else {
            throw StoreError(.corrupted, "read the head: no slot is valid", path: file.path)
        }
        return nil
    }
}
