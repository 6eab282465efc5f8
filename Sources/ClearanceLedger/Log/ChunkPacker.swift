import ClearanceEvents
import ClearanceStore

/// Entries of one batch that will be appended.
struct ChosenEntries: Sendable {
    let batch: EncodedBatch
    /// Their indices, ascending; usually one run, as a duplicate is what splits it.
    let runs: [Range<Int>]
    /// Nil: recorded times stand in the entries already.
    let recorded: RecordedTime?
    /// The slot of the first sealed section of these entries; the others have the next ones.
    var slot: UInt64 = 0

    var count: Int { runs.reduce(0) { $0 + $1.count } }

    /// The bytes of these entries.
    var byteCount: Int {
        var bytes = 0
        for run in runs where !run.isEmpty {
            bytes += batch.end(of: run.upperBound - 1) - batch.start(of: run.lowerBound)
        }
        return bytes
    }
}

/// Cuts the chosen entries of several batches into chunks and writes each straight into its page.
///
/// Cost: some three nanoseconds an entry, one copy and one checksum of its bytes.
struct ChunkPacker {
    /// A run of entries of one batch.
    private struct Segment {
        let batch: EncodedBatch
        let range: Range<Int>
        let recorded: RecordedTime?
        /// Where its sealed sections stand among those of the batch, and the slot of the first.
        let places: Range<Int>
        let slot: UInt64
    }

    /// The next chunk: how many entries, and the bytes of its value.
    struct Size {
        let entries: Int
        let bytes: Int
        /// Whether more entries come that did not fit.
        let isFull: Bool
    }

    private let segments: [Segment]
    /// The segment that comes next and how many of its entries are written.
    private var next = 0
    private var done = 0

    init(_ parts: [ChosenEntries]) {
        var segments: [Segment] = []
        segments.reserveCapacity(parts.count)
        for part in parts {
            var slot = part.slot
            for run in part.runs where !run.isEmpty {
                let places = part.batch.seals.places(of: run)
                segments.append(
                    Segment(
                        batch: part.batch, range: run, recorded: part.recorded, places: places,
                        slot: slot))
                slot += UInt64(places.count)
            }
        }
        self.segments = segments
    }

    /// As many entries as fit the greatest chunk, at least one; nil when none are left.
    func measure() -> Size? {
        var room = LedgerLimits.chunkBytes - Chunk.headerBytes
        var (entries, bytes) = (0, 0)
        var isFull = false
        for index in next..<segments.count where !isFull {
            let segment = segments[index]
            let ends = segment.batch.ends.span
            let range = segment.range.dropFirst(index == next ? done : 0)
            var start = segment.batch.start(of: range.lowerBound)
            for entry in range {
                let length = ends[entry] - start
                // A first entry that is larger than a chunk has one to itself.
                isFull = length + Chunk.endBytes > room && entries > 0
                if isFull { break }
                room -= length + Chunk.endBytes
                entries += 1
                bytes += length
                start += length
            }
        }
        guard entries > 0 else { return nil }
        return Size(
            entries: entries, bytes: Chunk.size(count: entries, bytes: bytes), isFull: isFull)
    }

    /// Appends the chunk that was measured and moves behind it.
    ///
    /// - Parameter last: the recorded time of the entry before; then that of the chunk's last.
    mutating func pack(
        _ size: Size, first: UInt64, recorded last: inout Int64,
        into output: inout OutputSpan<UInt8>
    ) {
        output.append(little: Chunk.magic)
        output.append(little: UInt32(0))
        output.append(little: first)
        output.append(little: UInt32(size.entries))
        var total = 0
        forEachSegment(size.entries) { segment, range in
            let ends = segment.batch.ends.span
            let shift = total - segment.batch.start(of: range.lowerBound)
            for entry in range {
                output.append(little: UInt32(truncatingIfNeeded: ends[entry] + shift))
            }
            total = shift + ends[range.upperBound - 1]
        }
        let end = forEachSegment(size.entries) { segment, range in
            let bytes =
                segment.batch.start(
                    of: range.lowerBound)..<segment.batch.end(
                    of: range.upperBound - 1)
            let base = output.count - bytes.lowerBound
            output.append(copying: segment.batch.bytes.span.extracting(bytes))
            ChunkPacker.stamp(segment, range, base: base, recorded: &last, into: &output)
            ChunkPacker.number(segment, range, base: base, into: &output)
        }
        (next, done) = end
        let sum = crc32c(output.span.extracting(Chunk.checkedOffset..<output.count))
        output.store(little: sum, at: Chunk.sumOffset)
    }

    /// Lends the next entries, segment by segment; answers the place behind them.
    @discardableResult
    private func forEachSegment(
        _ count: Int, _ body: (Segment, Range<Int>) -> Void
    ) -> (next: Int, done: Int) {
        var (index, skipped, left) = (next, done, count)
        while left > 0 {
            let segment = segments[index]
            let range = segment.range.dropFirst(skipped).prefix(left)
            body(segment, range)
            left -= range.count
            skipped += range.count
            if skipped == segment.range.count { (index, skipped) = (index + 1, 0) }
        }
        return (index, skipped)
    }

    /// Writes the numbers of the slots into the sealed sections.
    private static func number(
        _ segment: Segment, _ range: Range<Int>, base: Int, into output: inout OutputSpan<UInt8>
    ) {
        guard !segment.places.isEmpty else { return }
        let seals = segment.batch.seals
        for place in seals.places(of: range) {
            let start = base + segment.batch.start(of: seals.entries[place])
            output.store(
                little: segment.slot + UInt64(place - segment.places.lowerBound),
                at: start + seals.offsets[place])
        }
    }

    /// Fills in recorded times that never fall below the entry before.
    private static func stamp(
        _ segment: Segment, _ range: Range<Int>, base: Int, recorded last: inout Int64,
        into output: inout OutputSpan<UInt8>
    ) {
        let ends = segment.batch.ends.span
        var start = segment.batch.start(of: range.lowerBound)
        switch segment.recorded {
        case nil: return
        case .at(let instant):
            last = max(last, instant.microseconds)
            for entry in range {
                output.store(little: last, at: base + start + EntryLayout.recordedOffset)
                start = ends[entry]
            }
        case .input:
            let bytes = segment.batch.bytes.span
            for entry in range {
                last = max(last, bytes.little(Int64.self, at: start + EntryLayout.timeOffset))
                output.store(little: last, at: base + start + EntryLayout.recordedOffset)
                start = ends[entry]
            }
        }
    }
}
