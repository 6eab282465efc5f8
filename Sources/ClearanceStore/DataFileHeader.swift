/// What the two meta pages at the start of a data file say, read without mapping the file.
///
/// liblmdb silently falls back to the older meta page when the newer one is damaged, and a map of
/// a file that was cut short kills the process; so both are looked at beforehand.
public struct DataFileHeader: Sendable, Hashable {
    /// One meta page.
    public struct Meta: Sendable, Hashable {
        /// The commit that wrote it.
        public let transaction: UInt64

        /// The last page in use at that commit.
        public let lastPage: UInt64

        /// The bytes of a page.
        public let pageBytes: Int

        /// The root pages of the free list and of the table of tables; nil while empty.
        let roots: [UInt64?]
    }

    /// Both meta pages, in the order of the file.
    public let metas: [Meta]

    /// The length of the data file in bytes.
    public let fileBytes: Int

    /// The last commit.
    public var newest: Meta { metas[0].transaction > metas[1].transaction ? metas[0] : metas[1] }

    /// Reads the header of an environment's data file; nil when there is none yet.
    ///
    /// - Throws: `.corrupted`, `.endiannessMismatch`, `.pageSizeMismatch`, `.formatMismatch` for
    ///   another version of LMDB's file; `.permissionDenied`, `.io`.
    public static func read(directory: String) throws(StoreError) -> DataFileHeader? {
        let path = directory + "/data.mdb"
        guard try Files.isThere(path) else { return nil }
        let file = try ByteFile(path, .read)
        let size = try file.size()
        if size == 0 { return nil }
        let page = machinePageBytes
        let bytes = try file.read(at: 0, count: 2 * page)
        guard bytes.count == 2 * page else {
            throw StoreError(.corrupted, "read a data file without meta pages", path: path)
        }
        let first = try meta(bytes[..<page], path)
        let second = try meta(bytes[page...], path)
        return DataFileHeader(metas: [first, second], fileBytes: size)
    }

    /// Refuses what liblmdb could not survive or would misread.
    static func check(directory: String, mustExist: Bool) throws(StoreError) {
        guard let header = try read(directory: directory) else {
            if mustExist {
                throw StoreError(
                    .notFound, "open an environment for reading", path: directory)
            }
            return
        }
        let pages = UInt64(header.fileBytes / header.newest.pageBytes)
        for root in header.newest.roots {
            guard let root, root >= pages else { continue }
            throw StoreError(
                .corrupted, "open a data file whose root page \(root) is beyond its end",
                path: directory + "/data.mdb")
        }
    }
}
