import ClearanceStore
import Synchronization

/// What stands in a slot.
enum SlotState: Sendable, Equatable {
    /// The 32 bytes of a section's key.
    case key([UInt8])
    /// The key was overwritten on purpose.
    case erased
    /// No key was ever written here, or the file does not reach so far.
    case unwritten
}

/// `keys/slots`: a flat file of 32-byte slots, one a sealed section (`specs/personal.md`).
///
/// Slot 0 holds the file's name of itself and how far the log was searched; keys begin at slot 1
/// and are written in order. To overwrite a slot in place is to erase a section, which is why this
/// is no database: free pages of one would keep the old bytes.
final class SlotFile: Sendable {
    static let slotBytes = 32
    /// The file grows by so many bytes of zeros at once, so that most flushes need no new length.
    static let growth = 1 << 16
    /// How slot 0 begins: `CLKS`, version 1, zeros.
    static let header: [UInt8] = Array("CLKS".utf8) + [1, 0, 0, 0]
    /// What an erased slot holds: zeros, and at the end a word that no key has by chance.
    static let mark: [UInt8] = [UInt8](repeating: 0, count: 26) + Array("erased".utf8)

    let file: ByteFile
    private let hasFailed = Mutex<Bool>(false)

    /// Opens the file, to write also makes it.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`; `.corrupted` when it holds something
    ///   else.
    init(_ path: String, readOnly: Bool) throws(StoreError) {
        file = try ByteFile(path, readOnly ? .read : .update)
        var start = try file.read(at: 0, count: SlotFile.slotBytes + 1)
        // No key is written before slot 0 was flushed. So zeros that end there are no erased keys:
        // power was lost while the file was made, and of its first write only the length is there.
        if !readOnly, start.count <= SlotFile.slotBytes, start.allSatisfy({ $0 == 0 }) {
            start = SlotFile.header
            start += [UInt8](repeating: 0, count: SlotFile.slotBytes - start.count)
            try file.write(at: 0, start.span)
            try file.sync()
        }
        guard start.count >= SlotFile.slotBytes, start.starts(with: SlotFile.header) else {
            throw StoreError(.corrupted, "read a file of key slots", path: path)
        }
    }

    /// Whether the file is missing, or power was lost while it was made: no more than slot 0 of
    /// zeros. Cost: one read of 33 bytes.
    static func isUnmade(_ path: String) -> Bool {
        guard Files.exists(path) else { return true }
        guard let file = try? ByteFile(path, .read),
            let start = try? file.read(at: 0, count: slotBytes + 1)
        else { return false }
        return start.count <= slotBytes && start.allSatisfy { $0 == 0 }
    }

    /// Makes slot 0 anew where it cannot be used; the keys behind it stay. Only for who repairs.
    static func mend(_ path: String) throws(StoreError) {
        if (try? SlotFile(path, readOnly: true)) != nil { return }
        let file = try ByteFile(path, .update)
        let start = header + [UInt8](repeating: 0, count: slotBytes - header.count)
        try file.write(at: 0, start.span)
        try file.sync()
    }

    /// How far the log was searched for slots that it names.
    struct Searched: Sendable, Equatable {
        var position: UInt64 = 0
        /// The greatest slot that the log names up to there; 0 for none.
        var slot: UInt64 = 0
    }

    /// What slot 0 says of the log; nothing was searched when it is not as it was written.
    func searched() throws(StoreError) -> Searched {
        let bytes = try file.read(at: 0, count: SlotFile.slotBytes)
        guard bytes.count == SlotFile.slotBytes,
            bytes.span.little(UInt32.self, at: 28) == crc32c(bytes.span.extracting(..<28))
        else { return Searched() }
        return Searched(
            position: bytes.span.little(UInt64.self, at: 8),
            slot: bytes.span.little(UInt64.self, at: 16))
    }

    /// Writes how far the log was searched; the caller flushes where it says less than before.
    func write(_ searched: Searched) throws(StoreError) {
        var bytes = SlotFile.header
        for number in [searched.position, searched.slot] {
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
        }
        bytes += [0, 0, 0, 0]
        let sum = crc32c(bytes.span)
        bytes += (0..<4).map { UInt8(truncatingIfNeeded: sum >> (8 * UInt32($0))) }
        try file.write(at: 0, bytes.span)
    }

    /// How many slots the file reaches, slot 0 included.
    func slotCount() throws(StoreError) -> UInt64 {
        UInt64(try file.size() / SlotFile.slotBytes)
    }

    /// What stands in a slot. Cost: one read of 32 bytes.
    func state(of slot: UInt64) throws(StoreError) -> SlotState {
        guard slot > 0, slot < 1 << 56 else { return .unwritten }
        let bytes = try file.read(
            at: Int(slot) * SlotFile.slotBytes, count: SlotFile.slotBytes)
        return SlotFile.state(bytes.span)
    }

    static func state(_ bytes: Span<UInt8>) -> SlotState {
        guard bytes.count == slotBytes else { return .unwritten }
        if bytes.isEqual(to: mark.span) { return .erased }
        for index in bytes.indices where bytes[index] != 0 { return .key(Array(copying: bytes)) }
        return .unwritten
    }

    /// Writes keys into consecutive slots; the caller flushes.
    func write(_ keys: Span<UInt8>, from slot: UInt64) throws(StoreError) {
        try file.write(at: Int(slot) * SlotFile.slotBytes, keys)
    }

    /// Has `body` write, and flushes it; one caller at a time.
    ///
    /// The kernel tells a failed flush once, to whoever flushes first: beside another's it could
    /// have dropped what the other wrote. After a failure of the device nothing counts as flushed
    /// any more; where space ran out, only what this body wrote is not there.
    func durably(
        flushes: Bool = true, _ body: () throws(StoreError) -> Void
    ) throws(StoreError) {
        try hasFailed.withLock { (hasFailed) throws(StoreError) in
            guard !hasFailed else {
                throw StoreError(.writingEnded, "write after a failed flush", path: file.path)
            }
            try body()
            guard flushes else { return }
            do throws(StoreError) { try file.sync() } catch {
                hasFailed = error.code != .diskFull
                throw error
            }
        }
    }

    /// Overwrites slots, in ascending order, and flushes. Cost: one write a slot and one flush.
    func erase(_ slots: [UInt64]) throws(StoreError) {
        try durably { () throws(StoreError) in
            for slot in slots where slot > 0 {
                try file.write(at: Int(slot) * SlotFile.slotBytes, SlotFile.mark.span)
            }
        }
    }

    /// The last slot that holds anything, at or above `floor`; `floor` when there is none.
    func lastUsed(above floor: UInt64) throws(StoreError) -> UInt64 {
        let perBlock = UInt64(SlotFile.growth / SlotFile.slotBytes)
        var end = try slotCount()
        while end > floor + 1 {
            let start = max(floor + 1, end > perBlock ? end - perBlock : 0)
            let bytes = try file.read(
                at: Int(start) * SlotFile.slotBytes,
                count: Int(end - start) * SlotFile.slotBytes)
            if let last = bytes.lastIndex(where: { $0 != 0 }) {
                return start + UInt64(last / SlotFile.slotBytes)
            }
            end = start
        }
        return floor
    }
}

extension Span where Element == UInt8 {
    /// Whether both hold the same bytes.
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }
}
