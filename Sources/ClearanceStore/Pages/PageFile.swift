/// A data file of LMDB read with the system's own calls, never mapped and never believed.
///
/// For looking at a file before liblmdb does, and at files that it could not survive. A writer may
/// work meanwhile: what is read is then only consistent for the two last commits.
public final class PageFile: Sendable {
    /// The path of the file.
    public let path: String

    /// The bytes of a page, that of this machine.
    public let pageBytes: Int

    private let file: ByteFile

    /// Opens the data file of an environment's directory.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public init(directory: String) throws(StoreError) {
        path = directory + "/data.mdb"
        pageBytes = DataFileHeader.machinePageBytes
        file = try ByteFile(path, .read)
    }

    /// How many whole pages the file has now.
    ///
    /// - Throws: `.io`.
    public func pageCount() throws(StoreError) -> UInt64 {
        UInt64(try file.size() / pageBytes)
    }

    /// Both meta pages; what is wrong with them is told apart.
    ///
    /// - Throws: `.io`.
    public func metas() throws(StoreError) -> (metas: [RawMeta], damage: [PageDamage]) {
        let filePages = try pageCount()
        var metas: [RawMeta] = []
        var damage: [PageDamage] = []
        for slot in 0..<2 {
            let bytes = try file.read(at: slot * pageBytes, count: pageBytes)
            do throws(PageFlaw) {
                metas.append(
                    try RawMeta(
                        bytes.span, slot: slot, pageBytes: pageBytes, filePages: filePages))
            } catch {
                damage.append(PageDamage(path: path, page: UInt64(slot), what: error.what))
            }
        }
        return (metas, damage)
    }

    /// A branch or leaf page.
    func page(_ number: UInt64) throws(PageFlaw) -> RawPage {
        try RawPage(try bytes(number, at: 0, count: pageBytes), number: number)
    }

    /// The number of pages that the header of a large value names.
    func largePages(_ number: UInt64) throws(PageFlaw) -> UInt64 {
        let header = try bytes(number, at: 0, count: RawPage.headerBytes)
        guard NativeBytes.u64(header.span, 0) == number else {
            throw PageFlaw("its header names page \(NativeBytes.u64(header.span, 0))")
        }
        guard NativeBytes.u16(header.span, 10) == RawPage.overflowFlag else {
            throw PageFlaw("it is no page of a large value")
        }
        return UInt64(NativeBytes.u32(header.span, 12))
    }

    /// The bytes of a large value that begins on a page.
    func large(_ number: UInt64, count: Int) throws(PageFlaw) -> [UInt8] {
        try bytes(number, at: RawPage.headerBytes, count: count)
    }

    /// The pages that a large value of this length takes.
    func pages(ofLarge count: Int) -> UInt64 {
        UInt64((RawPage.headerBytes + count + pageBytes - 1) / pageBytes)
    }

    private func bytes(_ number: UInt64, at: Int, count: Int) throws(PageFlaw) -> [UInt8] {
        guard number < UInt64(Int.max / pageBytes / 2) else { throw PageFlaw("beyond any file") }
        let found: [UInt8]
        do throws(StoreError) {
            found = try file.read(at: Int(number) * pageBytes + at, count: count)
        } catch {
            throw PageFlaw("it cannot be read: \(error)")
        }
        guard found.count == count else { throw PageFlaw("it is beyond the end of the file") }
        return found
    }
}
