import Glibc

extension DataFileHeader {
    // The layout of LMDB's data version 1 on a 64-bit machine: a page header of 16 bytes, then
    // magic, version, address, map size, two table rows of 48 bytes, last page, transaction. The
    // first word of the first row is the page size.
    private static let magicAt = 16
    private static let versionAt = 20
    private static let pageBytesAt = 40
    private static let rootsAt = [80, 128]
    private static let lastPageAt = 136
    private static let transactionAt = 144
    private static let magic: UInt32 = 0xBEEF_C0DE
    private static let noPage = UInt64.max

    /// The page size of this machine, which LMDB 0.9 uses as its own.
    static let machinePageBytes = Int(getpagesize())

    static func meta(_ slice: ArraySlice<UInt8>, _ path: String) throws(StoreError) -> Meta {
        let page = Array(slice)
        let found = native32(page, magicAt)
        guard found != magic.byteSwapped else {
            throw StoreError(
                .endiannessMismatch, "read a data file of the other byte order", path: path)
        }
        guard found == magic else {
            throw StoreError(.corrupted, "read a meta page without its magic", path: path)
        }
        let version = native32(page, versionAt)
        guard version == 1 else {
            throw StoreError(
                .formatMismatch,
                "read a data file of LMDB version \(version) by a program of version 1",
                path: path)
        }
        let pageBytes = Int(native32(page, pageBytesAt))
        guard pageBytes == machinePageBytes else {
            throw StoreError(
                .pageSizeMismatch, "read a data file with pages of \(pageBytes) bytes", path: path)
        }
        return Meta(
            transaction: native64(page, transactionAt), lastPage: native64(page, lastPageAt),
            pageBytes: pageBytes,
            roots: rootsAt.map { at in
                let root = native64(page, at)
                return root == noPage ? nil : root
            })
    }

    private static func native32(_ page: [UInt8], _ at: Int) -> UInt32 {
        let big = BigEndian.uint32(page.span, at: at)
        return UInt32(bigEndian: 1) == 1 ? big : big.byteSwapped
    }

    private static func native64(_ page: [UInt8], _ at: Int) -> UInt64 {
        let big = BigEndian.uint64(page.span, at: at)
        return UInt32(bigEndian: 1) == 1 ? big : big.byteSwapped
    }
}
