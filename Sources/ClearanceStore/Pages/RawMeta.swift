/// One meta page as it stands in the file: LMDB's data version 1 on a 64-bit machine.
///
///     0    page header: number u64, pad u16, flags u16, lower u16, upper u16
///     16   magic u32, version u32, address u64, map size u64
///     40   row of the free list, 88 row of the table of tables (`TableRecord`)
///     136  last page u64, transaction u64
public struct RawMeta: Sendable, Hashable {
    /// Which of the two pages it is.
    public let slot: Int

    /// The commit that wrote it.
    public let transaction: UInt64

    /// The last page in use at that commit.
    public let lastPage: UInt64

    /// Bytes of address space that the writer had reserved.
    public let mapBytes: UInt64

    /// The tree of free pages.
    public let free: TableRecord

    /// The tree of tables.
    public let main: TableRecord

    static let headerBytes = 16
    static let magic: UInt32 = 0xBEEF_C0DE
    static let version: UInt32 = 1
    static let usedBytes = 152
    /// The page size stands where a table has its pad; the flag says that its keys are numbers.
    static let integerKeys: UInt16 = 0x08

    /// Reads a meta page, refusing everything that this room never writes.
    init(_ page: Span<UInt8>, slot: Int, pageBytes: Int, filePages: UInt64) throws(PageFlaw) {
        guard page.count >= RawMeta.usedBytes else { throw PageFlaw("the meta page is cut") }
        guard NativeBytes.u64(page, 0) == UInt64(slot), NativeBytes.u16(page, 10) == 0x08 else {
            throw PageFlaw("the header is not that of meta page \(slot)")
        }
        guard NativeBytes.u32(page, 16) == RawMeta.magic,
            NativeBytes.u32(page, 20) == RawMeta.version
        else { throw PageFlaw("no magic or another version of LMDB") }
        self.slot = slot
        mapBytes = NativeBytes.u64(page, 32)
        free = TableRecord(page.extracting(40..<88))
        main = TableRecord(page.extracting(88..<136))
        lastPage = NativeBytes.u64(page, 136)
        transaction = NativeBytes.u64(page, 144)
        guard NativeBytes.u64(page, 24) == 0 else {
            throw PageFlaw("a fixed address, which is never asked for")
        }
        guard free.pad == UInt32(pageBytes), free.flags == RawMeta.integerKeys else {
            throw PageFlaw("another page size or other flags")
        }
        guard main.pad == 0, main.flags == 0 else {
            throw PageFlaw("flags of the table of tables that are never set")
        }
        guard lastPage >= 1, lastPage < filePages else {
            throw PageFlaw("the last page \(lastPage) is not within the file's \(filePages)")
        }
        guard mapBytes % UInt64(pageBytes) == 0, mapBytes / UInt64(pageBytes) > lastPage else {
            throw PageFlaw("a map of \(mapBytes) bytes cannot hold the pages in use")
        }
    }
}

/// What LMDB notes of one tree, 48 bytes: pad u32, flags u16, depth u16, branch pages, leaf pages,
/// overflow pages, entries, root (u64 each).
public struct TableRecord: Sendable, Hashable {
    static let bytes = 48
    private static let noPage = UInt64.max

    let pad: UInt32
    let flags: UInt16
    /// Levels of the tree; 0 while it is empty.
    public let depth: Int
    /// Pages that only lead to others.
    public let branchPages: UInt64
    /// Pages with entries.
    public let leafPages: UInt64
    /// Pages of values too large for a leaf.
    public let overflowPages: UInt64
    /// How many entries the tree has.
    public let entries: UInt64
    /// The page at the top; nil while the tree is empty.
    public let root: UInt64?

    init(_ row: Span<UInt8>) {
        pad = NativeBytes.u32(row, 0)
        flags = NativeBytes.u16(row, 4)
        depth = Int(NativeBytes.u16(row, 6))
        branchPages = NativeBytes.u64(row, 8)
        leafPages = NativeBytes.u64(row, 16)
        overflowPages = NativeBytes.u64(row, 24)
        entries = NativeBytes.u64(row, 32)
        let root = NativeBytes.u64(row, 40)
        self.root = root == TableRecord.noPage ? nil : root
    }

    /// The pages of all three kinds, or nil when the numbers cannot be those of any file.
    var pages: UInt64? {
        let limit = UInt64(1) << 48
        guard branchPages < limit, leafPages < limit, overflowPages < limit else { return nil }
        return branchPages + leafPages + overflowPages
    }
}
