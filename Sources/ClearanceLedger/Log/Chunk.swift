import ClearanceEvents
import ClearanceStore

/// A run of entries in one value of the log: header, offsets, entries (`specs/log.md`).
///
///     0   magic      u32  "CLC1"
///     4   crc        u32  CRC-32C over everything from byte 8 on
///     8   first      u64  position of the first entry
///     16  count      u32
///     20  ends       u32 × count, offset of each entry's end from the first entry's start
///     …   entries
enum Chunk {
    static let magic: UInt32 = 0x3143_4C43
    static let headerBytes = 20

    /// The bytes of a chunk of `range` of a batch whose first entry has `position`.
    static func encode(_ batch: borrowing EncodedBatch, _ range: Range<Int>, first: UInt64)
        -> [UInt8]
    {
        var body = ByteWriter(capacity: headerBytes + range.count * 4 + batch.byteCount(of: range))
        body.write(first)
        body.write(UInt32(range.count))
        let base = batch.start(of: range.lowerBound)
        for index in range { body.write(UInt32(batch.end(of: index) - base)) }
        batch.bytes.withSpan(of: base..<batch.end(of: range.upperBound - 1)) {
            body.write(raw: $0)
        }
        var chunk = ByteWriter(capacity: body.count + 8)
        chunk.write(magic)
        chunk.write(crc32c(body.bytes.span, seed: 0))
        chunk.write(raw: body.bytes)
        return chunk.bytes
    }

    /// The bytes that `count` entries of `bytes` bytes take in a chunk.
    static func size(count: Int, bytes: Int) -> Int { headerBytes + count * 4 + bytes }
}

extension [UInt8] {
    /// Lends a part of the array.
    func withSpan<R>(of range: Range<Int>, _ body: (Span<UInt8>) -> R) -> R {
        body(span.extracting(range))
    }
}

/// A chunk inside lent bytes.
struct ChunkView: ~Escapable {
    let bytes: Span<UInt8>
    let first: UInt64
    let count: Int

    /// A view whose structure was checked: magic, sizes, and the offsets' end.
    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) throws(StoreError) {
        guard bytes.count >= Chunk.headerBytes, ChunkView.u32(bytes, 0) == Chunk.magic else {
            throw StoreError(.corrupted, "read a chunk without its header")
        }
        self.bytes = bytes
        first = UInt64(ChunkView.u32(bytes, 8)) | UInt64(ChunkView.u32(bytes, 12)) << 32
        count = Int(ChunkView.u32(bytes, 16))
        let entries = Chunk.headerBytes + count * 4
        guard count > 0, entries <= bytes.count,
            entries + Int(ChunkView.u32(bytes, entries - 4)) == bytes.count
        else { throw StoreError(.corrupted, "read a chunk of another length") }
    }

    /// Whether the checksum is right. Cost: one pass over the chunk.
    var isIntact: Bool {
        ChunkView.u32(bytes, 4) == crc32c(bytes.extracting(8..<bytes.count), seed: 0)
    }

    /// Lends the entry at `index`, below ``count``.
    @_lifetime(copy self)
    func entry(_ index: Int) throws(StoreError) -> Span<UInt8> {
        let base = Chunk.headerBytes + count * 4
        let start = index == 0 ? 0 : end(index - 1)
        let stop = end(index)
        guard start <= stop, base + stop <= bytes.count else {
            throw StoreError(.corrupted, "read an entry outside its chunk")
        }
        return bytes.extracting((base + start)..<(base + stop))
    }

    private func end(_ index: Int) -> Int {
        Int(ChunkView.u32(bytes, Chunk.headerBytes + index * 4))
    }

    private static func u32(_ bytes: Span<UInt8>, _ offset: Int) -> UInt32 {
        UInt32(bytes[offset]) | UInt32(bytes[offset + 1]) << 8
            | UInt32(bytes[offset + 2]) << 16 | UInt32(bytes[offset + 3]) << 24
    }
}
