/// An entry of a table as the pages hold it, its value read only when asked for.
public struct PageValue: Sendable {
    private enum Place: Sendable {
        case inside(RawPage, Range<Int>)
        case large(UInt64)
    }

    private let file: PageFile
    private let place: Place

    /// The file.
    public var path: String { file.path }

    /// The key.
    public let key: [UInt8]

    /// Bytes of the value.
    public let count: Int

    /// The page that the value begins on.
    public let page: UInt64

    init(_ file: PageFile, _ leaf: RawPage, _ number: UInt64, _ node: RawPage.Node) {
        self.file = file
        key = Array(leaf.bytes[node.key])
        count = node.valueBytes
        if node.flags & RawPage.largeFlag != 0 {
            page = leaf.largePage(node)
            place = .large(page)
        } else {
            page = number
            place = .inside(leaf, node.valueAt..<(node.valueAt + node.valueBytes))
        }
    }

    /// A copy of the value.
    ///
    /// - Throws: `.corrupted` when the file ends before it, `.io`.
    public func read() throws(StoreError) -> [UInt8] {
        switch place {
        case .inside(let leaf, let range): return Array(leaf.bytes[range])
        case .large(let first):
            do throws(PageFlaw) {
                return try file.large(first, count: count)
            } catch {
                throw StoreError(
                    .corrupted, "read a value on page \(first): \(error.what)", path: file.path)
            }
        }
    }
}
