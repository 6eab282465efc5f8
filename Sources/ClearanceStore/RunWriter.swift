/// Writes sorted records as a run file, filter and all, in one pass from front to back.
///
/// Memory: two buffers of a mebibyte, 8 bytes for 128 records and 4 for a page. The file is whole
/// only when `finish` returned; until then its first page is empty and no run opens it.
public struct RunWriter: ~Copyable {
    private let file: ByteFile
    private let label: RunHeader.Label
    private let filterLines: Int
    private let directoryBits: Int
    private let recordsOffset: Int
    private var records: PageBuffer
    private var filter: PageBuffer
    private var directory: [UInt32]
    private var nextBucket = 0
    private var count = 0
    private let room: Int

    /// Begins a run of at most `room` records. A file of that name is emptied first.
    ///
    /// - Throws: `.diskFull`, `.permissionDenied`, `.io`.
    public init(_ path: String, label: RunHeader.Label, room: Int) throws(StoreError) {
        precondition(room <= Int(UInt32.max), "a run has fewer than 2^32 records")
        file = try ByteFile(path, .truncate)
        self.label = label
        self.room = room
        filterLines = PrefixFilter.lines(for: room)
        directoryBits = RunHeader.directoryBits(for: room)
        let layout = RunHeader(
            label: label, count: 0, filterLines: filterLines, directoryBits: directoryBits)
        recordsOffset = layout.recordsOffset
        records = PageBuffer(offset: layout.recordsOffset)
        filter = PageBuffer(offset: layout.filterOffset)
        directory = [UInt32](repeating: 0, count: layout.directoryCount)
    }

    /// Adds a record, which is not below the one before.
    ///
    /// - Throws: `.diskFull`, `.io`.
    public mutating func add(_ record: PrefixRecord) throws(StoreError) {
        precondition(count < room, "a run with room for one more")
        let bucket = Int(truncatingIfNeeded: record.prefix >> UInt64(64 - directoryBits))
        while nextBucket <= bucket {
            directory[nextBucket] = UInt32(truncatingIfNeeded: count)
            nextBucket += 1
        }
        try records.write(
            record.prefix, record.word, at: count * RunHeader.recordBytes, to: file)
        let line = PrefixFilter.line(record.prefix, of: UInt64(filterLines))
        let marks = PrefixFilter.marks(record.prefix)
        try filter.advance(to: line * PrefixFilter.lineBytes, in: file)
        filter.mark(line * 8 + marks.first, marks.firstBits)
        filter.mark(line * 8 + marks.second, marks.secondBits)
        count += 1
    }

    /// Writes what is left, flushes the file, and writes and flushes the header last.
    ///
    /// - Throws: `.diskFull`, `.io`; then the file is of no use.
    public consuming func finish() throws(StoreError) -> RunHeader {
        while nextBucket < directory.count {
            directory[nextBucket] = UInt32(truncatingIfNeeded: count)
            nextBucket += 1
        }
        var header = RunHeader(
            label: label, count: count, filterLines: filterLines, directoryBits: directoryBits)
        try filter.close(pages: header.filterPages, in: file)
        try records.close(pages: header.recordPages, in: file)
        var tail: [UInt8] = []
        tail.reserveCapacity(header.fileBytes - header.directoryOffset)
        for number in directory { RunWriter.put(number, into: &tail) }
        for number in filter.sums { RunWriter.put(number, into: &tail) }
        for number in records.sums { RunWriter.put(number, into: &tail) }
        header.tailSum = crc32c(tail.span)
        try file.write(at: header.directoryOffset, tail.span)
        try file.sync()
        try file.write(at: 0, header.encode().span)
        try file.sync()
        return header
    }

    private static func put(_ number: UInt32, into bytes: inout [UInt8]) {
        for shift in 0..<4 {
            bytes.append(UInt8(truncatingIfNeeded: number >> UInt32(8 * shift)))
        }
    }
}
