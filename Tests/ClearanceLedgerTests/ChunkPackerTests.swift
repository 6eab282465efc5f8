import ClearanceEvents
import ClearanceStore
import Testing

@testable import ClearanceLedger

@Suite("Packing entries into chunks")
struct ChunkPackerTests {
    /// A batch of entries of these lengths, each filled with its own number.
    private func batch(_ lengths: [Int]) -> EncodedBatch {
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for (number, length) in lengths.enumerated() {
            bytes += [UInt8](repeating: UInt8(truncatingIfNeeded: number + 1), count: length)
            ends.append(bytes.count)
        }
        return EncodedBatch(bytes: bytes, ends: ends)
    }

    private func pack(_ parts: [ChosenEntries], first: UInt64 = 1) -> [[UInt8]] {
        var packer = ChunkPacker(parts)
        var chunks: [[UInt8]] = []
        var position = first
        var recorded = Int64.min
        while let size = packer.measure() {
            var chunk: [UInt8] = []
            chunk.append(addingCapacity: size.bytes) { output in
                packer.pack(size, first: position, recorded: &recorded, into: &output)
            }
            #expect(chunk.count == size.bytes)
            chunks.append(chunk)
            position += UInt64(size.entries)
        }
        return chunks
    }

    private func entries(_ chunks: [[UInt8]]) throws -> [[UInt8]] {
        var entries: [[UInt8]] = []
        for chunk in chunks {
            try collect(chunk, into: &entries)
        }
        return entries
    }

    private func collect(_ chunk: [UInt8], into entries: inout [[UInt8]]) throws {
        let view = try ChunkView(chunk.span)
        let isIntact = view.isIntact
        #expect(isIntact)
        for index in 0..<view.count {
            let entry = try view.entry(index)
            entries.append(Array(copying: entry))
        }
    }

    @Test("Runs of several batches come out in their order, in one chunk while they fit")
    func runs() throws {
        let (one, two) = (batch([60, 70, 80, 90]), batch([61, 0, 62]))
        let chunks = pack([
            ChosenEntries(batch: one, runs: [0..<1, 2..<4], recorded: nil),
            ChosenEntries(batch: two, runs: [], recorded: nil),
            ChosenEntries(batch: two, runs: [1..<3], recorded: nil),
        ])
        #expect(chunks.count == 1)
        #expect(try entries(chunks).map(\.count) == [60, 80, 90, 0, 62])
        #expect(try entries(chunks).compactMap(\.first) == [1, 3, 4, 3])
    }

    @Test("A chunk ends before it exceeds its greatest size, and an entry that exceeds it is alone")
    func sizes() throws {
        let room = LedgerLimits.chunkBytes - Chunk.headerBytes - Chunk.endBytes
        let exact = pack([
            ChosenEntries(batch: batch([room, 1]), runs: [0..<2], recorded: nil)
        ])
        #expect(exact.map(\.count) == [LedgerLimits.chunkBytes, Chunk.size(count: 1, bytes: 1)])
        let over = pack([
            ChosenEntries(batch: batch([5, room + 1, 5]), runs: [0..<3], recorded: nil)
        ])
        #expect(try entries(over).map(\.count) == [5, room + 1, 5])
        #expect(over.count == 3 && over[1].count == LedgerLimits.chunkBytes + 1)
        let many = pack([
            ChosenEntries(
                batch: batch([Int](repeating: 200, count: 2_000)), runs: [0..<2_000], recorded: nil)
        ])
        #expect(many.dropLast().allSatisfy { $0.count > LedgerLimits.chunkBytes - 204 })
        #expect(many.allSatisfy { $0.count <= LedgerLimits.chunkBytes })
        #expect(try entries(many).count == 2_000)
    }

    @Test("Recorded times are written into the chunk and never fall; the batch stays as it was")
    func recorded() throws {
        let given = batch([100, 100])
        var packer = ChunkPacker([
            ChosenEntries(
                batch: given, runs: [0..<1], recorded: .at(Instant(microseconds: 50))),
            ChosenEntries(
                batch: given, runs: [1..<2], recorded: .at(Instant(microseconds: 20))),
        ])
        let size = try #require(packer.measure())
        var (last, chunk): (Int64, [UInt8]) = (30, [])
        chunk.append(addingCapacity: size.bytes) { output in
            packer.pack(size, first: 9, recorded: &last, into: &output)
        }
        var times: [Int64] = []
        for entry in try entries([chunk]) {
            let bytes = Array(entry[EntryLayout.recordedOffset...].prefix(8))
            times.append(Int64(bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }))
        }
        #expect(times == [50, 50] && last == 50)
        #expect(given.bytes[EntryLayout.recordedOffset] == 1)
    }
}
