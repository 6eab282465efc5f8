/// The first page of a run file: what it holds and where (`specs/exactly-once.md`).
public struct RunHeader: Sendable, Hashable {
    /// What a run says of itself; the store only keeps it.
    public struct Label: Sendable, Hashable {
        /// Which kind of records these are.
        public var kind: UInt64
        /// The first and last position of the log that the run covers.
        public var covered: ClosedRange<UInt64>
        /// What the records were made by: another number, another meaning.
        public var maker: UInt64
        /// 32 bytes that tell which log this is: the identity of the entry at the last position.
        public var mark: [UInt64]

        /// Describes a run; the mark has four numbers.
        public init(
            kind: UInt64, covered: ClosedRange<UInt64>, maker: UInt64, mark: [UInt64]
        ) {
            precondition(mark.count == 4, "a mark has four numbers")
            self.kind = kind
            self.covered = covered
            self.maker = maker
            self.mark = mark
        }
    }

    public let label: Label
    /// How many records follow.
    public let count: Int

    let filterLines: Int
    let directoryBits: Int
    /// CRC-32C of the directory and of the sums of the pages.
    var tailSum: UInt32 = 0

    static let pageBytes = 4_096
    static let recordBytes = 16
    /// Records that one place of the directory leads to: 2 KiB, so seldom more than one page.
    static let directoryShare = 128
    private static let magic: UInt64 = 0x3130_304E_5552_4C43
    private static let checkedBytes = 104

    /// The header of a run of `count` records whose filter was made for `room`.
    init(label: Label, count: Int, filterLines: Int, directoryBits: Int) {
        self.label = label
        self.count = count
        self.filterLines = filterLines
        self.directoryBits = directoryBits
    }

    static func directoryBits(for count: Int) -> Int {
        var bits = 1
        while directoryShare << bits < count { bits += 1 }
        return bits
    }

    static func pages(_ bytes: Int) -> Int { (bytes + pageBytes - 1) / pageBytes }

    var filterOffset: Int { Self.pageBytes }
    var filterPages: Int { Self.pages(filterLines * PrefixFilter.lineBytes) }
    var recordsOffset: Int { filterOffset + filterPages * Self.pageBytes }
    var recordPages: Int { Self.pages(count * Self.recordBytes) }
    var directoryOffset: Int { recordsOffset + recordPages * Self.pageBytes }
    var directoryCount: Int { 1 << directoryBits + 1 }
    var sumsOffset: Int { directoryOffset + directoryCount * 4 }
    /// One sum for each page of the filter, then of the records.
    var sumsCount: Int { filterPages + recordPages }
    /// The length of the file.
    public var fileBytes: Int { sumsOffset + sumsCount * 4 }

    /// The bytes of the header page.
    func encode() -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.pageBytes)
        func put(_ number: UInt64) {
            for shift in 0..<8 {
                bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * shift)))
            }
        }
        put(Self.magic)
        put(label.kind)
        put(UInt64(count))
        put(label.covered.lowerBound)
        put(label.covered.upperBound)
        put(label.maker)
        for number in label.mark { put(number) }
        put(UInt64(filterLines))
        put(UInt64(directoryBits))
        put(UInt64(tailSum))
        put(UInt64(crc32c(bytes.span)))
        bytes.append(
            contentsOf: repeatElement(0, count: Self.pageBytes - bytes.count))
        return bytes
    }

    /// The header in the first page; nil when it is not whole.
    init?(_ page: Span<UInt8>) {
        func get(_ index: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(page[8 * index + $1]) << UInt64(8 * $1) }
        }
        guard page.count >= Self.pageBytes, get(0) == Self.magic,
            get(13) == UInt64(crc32c(page.extracting(..<Self.checkedBytes))),
            get(2) <= UInt64(UInt32.max), get(3) >= 1, get(3) <= get(4), get(11) <= 32
        else { return nil }
        label = Label(
            kind: get(1), covered: get(3)...get(4), maker: get(5),
            mark: [get(6), get(7), get(8), get(9)])
        count = Int(get(2))
        filterLines = Int(get(10))
        directoryBits = Int(get(11))
        tailSum = UInt32(truncatingIfNeeded: get(12))
    }
}
