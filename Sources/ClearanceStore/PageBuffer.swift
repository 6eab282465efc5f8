/// A mebibyte of a part of a file that is written from front to back, with the sum of each page
/// that left it.
struct PageBuffer: ~Copyable {
    private static let pages = 256
    private static let bytes = pages * RunHeader.pageBytes
    /// Bytes written before they are flushed: the flush of another file must not wait for a
    /// gigabyte of ours.
    private static let flushBytes = 16 << 20

    /// CRC-32C of every page written.
    private(set) var sums: [UInt32] = []
    private let memory = PageMemory(count: bytes)
    /// Where the buffer lies, from the beginning of the part.
    private var start = 0
    private let offset: Int

    /// A buffer for the part of a file that begins at `offset`.
    init(offset: Int) { self.offset = offset }

    /// Writes two words at a place of the part; places rise.
    @inline(__always)
    mutating func write(
        _ first: UInt64, _ second: UInt64, at place: Int, to file: ByteFile
    ) throws(StoreError) {
        try advance(to: place, in: file)
        let words = unsafe (memory.base + (place - start)).assumingMemoryBound(to: UInt64.self)
        unsafe words[0] = first.littleEndian
        unsafe words[1] = second.littleEndian
    }

    /// Sets bits of a word of the part, which lies in the buffer.
    @inline(__always)
    mutating func mark(_ word: Int, _ bits: UInt64) {
        let index = word - start / 8
        assert(index >= 0 && index < PageBuffer.bytes / 8, "a word in the buffer")
        unsafe memory.base.assumingMemoryBound(to: UInt64.self)[index] |= bits.littleEndian
    }

    /// Moves the buffer on until the place lies in it.
    @inline(__always)
    mutating func advance(to place: Int, in file: ByteFile) throws(StoreError) {
        while place >= start + PageBuffer.bytes { try flush(PageBuffer.pages, to: file) }
    }

    /// Writes what is left, up to so many pages in all.
    mutating func close(pages: Int, in file: ByteFile) throws(StoreError) {
        while sums.count < pages {
            try flush(min(PageBuffer.pages, pages - sums.count), to: file)
        }
    }

    private mutating func flush(_ pages: Int, to file: ByteFile) throws(StoreError) {
        let memory = self.memory
        let bytes = memory.bytes(pages * RunHeader.pageBytes)
        for page in 0..<pages {
            let start = page * RunHeader.pageBytes
            sums.append(crc32c(bytes.extracting(start..<(start + RunHeader.pageBytes))))
        }
        try file.write(at: offset + start, bytes)
        start += PageBuffer.bytes
        if start % PageBuffer.flushBytes == 0 { try file.sync() }
        memory.clear()
    }
}
