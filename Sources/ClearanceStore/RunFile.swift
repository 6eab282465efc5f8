/// A run: sorted records that never change, in a mapped file with a filter and a directory.
///
/// What a lookup touches is checked the first time, page by page, so opening costs the same for a
/// hundred million records as for one, and a damaged page is told before it is believed. One
/// lookup takes one cache line of the filter; one that passes it, a place in the directory, which
/// stays near, and one or two cache lines of records.
//
// @unchecked Sendable: the file is only read; `checked` and `touched` belong to the lookups, which
// one thread at a time makes.
@safe public final class RunFile: @unchecked Sendable {
    /// What the run holds.
    public let header: RunHeader
    let file: MappedFile
    private let checked: PageMemory
    let filter: UnsafePointer<UInt64>
    let records: UnsafePointer<PrefixRecord>
    let directory: UnsafePointer<UInt32>
    private let sums: UnsafePointer<UInt32>
    /// What the last touch loaded: nobody reads it, but a load without use would be left out.
    var touched: UInt64 = 0

    /// Opens a run and checks its header and directory.
    ///
    /// - Throws: `.corrupted`; `.notFound`, `.permissionDenied`, `.io`.
    /// - Complexity: 3 ms for a hundred million records; nothing else is read.
    public init(_ path: String) throws(StoreError) {
        let file = try MappedFile(path)
        guard file.count >= RunHeader.pageBytes,
            let header = RunHeader(file.bytes(0..<RunHeader.pageBytes)),
            header.isPossible, header.fileBytes == file.count
        else { throw StoreError(.corrupted, "read the header of a run", path: path) }
        guard crc32c(file.bytes(header.directoryOffset..<file.count)) == header.tailSum else {
            throw StoreError(.corrupted, "read the directory of a run", path: path)
        }
        self.file = file
        self.header = header
        let base = unsafe file.base
        unsafe filter = unsafe (base + header.filterOffset).assumingMemoryBound(to: UInt64.self)
        unsafe records = unsafe (base + header.recordsOffset)
            .assumingMemoryBound(to: PrefixRecord.self)
        unsafe directory = unsafe (base + header.directoryOffset)
            .assumingMemoryBound(to: UInt32.self)
        unsafe sums = unsafe (base + header.sumsOffset).assumingMemoryBound(to: UInt32.self)
        checked = PageMemory(count: max(1, header.sumsCount))
        guard isDirectorySound else {
            throw StoreError(.corrupted, "read the directory of a run", path: path)
        }
    }

    /// Where the file lies.
    public var path: String { file.path }

    /// Bytes of the filter that are asked for at a time: what the disk brings in some milliseconds.
    public static let warmBytes = 4 << 20

    /// Has the filter read from the disk ahead of the lookups, a piece at a time, as long as
    /// `between`, which is asked before each piece, says so. False when it did not.
    ///
    /// Only a hint; but where nothing of the file is in memory the system lets the caller wait
    /// until the disk has taken what was asked for, so whoever opens a run leaves this to others.
    ///
    /// - Complexity: 20 µs a mebibyte that is in memory; else the disk's.
    @discardableResult
    public func warm(pieces bytes: Int = warmBytes, while between: () -> Bool) -> Bool {
        let end = header.filterOffset + header.filterPages * RunHeader.pageBytes
        for start in stride(from: header.filterOffset, to: end, by: bytes) {
            guard between() else { return false }
            file.willNeed(start..<min(start + bytes, end))
        }
        return true
    }

    /// Checks every page against its sum.
    ///
    /// - Throws: `.corrupted` at the first page that is not as it was written.
    /// - Complexity: half a nanosecond a byte, once through the file.
    public func verify() throws(StoreError) {
        for page in 0..<header.sumsCount { try verify(page) }
    }

    /// Checks the page of the filter that holds a line.
    @inline(__always)
    func check(line: Int) throws(StoreError) {
        let page = line * PrefixFilter.lineBytes / RunHeader.pageBytes
        if unsafe checked.base.load(fromByteOffset: page, as: UInt8.self) == 0 {
            try checkNow(page)
        }
    }

    /// Checks the pages that hold a range of records.
    @inline(__always)
    func check(records range: Range<Int>) throws(StoreError) {
        guard !range.isEmpty else { return }
        var page = header.filterPages + range.lowerBound * 16 / RunHeader.pageBytes
        let last = header.filterPages + (range.upperBound * 16 - 1) / RunHeader.pageBytes
        while page <= last {
            if unsafe checked.base.load(fromByteOffset: page, as: UInt8.self) == 0 {
                try checkNow(page)
            }
            page += 1
        }
    }

    /// Checks a page of records, leaving no trace: for readers beside the lookups.
    func verify(recordPage page: Int) throws(StoreError) {
        try verify(header.filterPages + page)
    }

    @inline(never)
    private func checkNow(_ page: Int) throws(StoreError) {
        try verify(page)
        unsafe checked.base.storeBytes(of: 1, toByteOffset: page, as: UInt8.self)
    }

    private func verify(_ page: Int) throws(StoreError) {
        let start = header.filterOffset + page * RunHeader.pageBytes
        let file = self.file
        let sum = crc32c(file.bytes(start..<(start + RunHeader.pageBytes)))
        guard unsafe sum == UInt32(littleEndian: sums[page]) else {
            throw StoreError(.corrupted, "read page \(page) of a run", path: path)
        }
    }

    /// Whether the directory rises from 0 to the number of records.
    private var isDirectorySound: Bool {
        var before: UInt32 = 0
        for index in 0..<header.directoryCount {
            let place = unsafe UInt32(littleEndian: directory[index])
            if place < before { return false }
            before = place
        }
        let first = unsafe UInt32(littleEndian: directory[0])
        return first == 0 && before == UInt32(header.count)
    }
}

extension RunHeader {
    /// Whether the sizes fit each other, so that no offset can overflow.
    fileprivate var isPossible: Bool {
        filterLines >= 1 && filterLines <= 1 << 40
            && directoryBits >= 1 && directoryBits <= 28
    }
}
