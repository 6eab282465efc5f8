/// One place of a data file that contradicts the rest of it.
public struct PageDamage: Sendable, Hashable, CustomStringConvertible {
    /// The file, as it was named when opened.
    public let path: String

    /// The page concerned; nil when it is the file as a whole.
    public let page: UInt64?

    /// What is wrong there; never holds stored bytes.
    public let what: String

    /// Names one place.
    public init(path: String, page: UInt64?, what: String) {
        self.path = path
        self.page = page
        self.what = what
    }

    /// One line: file, page, what.
    public var description: String {
        page.map { "\(path), page \($0): \(what)" } ?? "\(path): \(what)"
    }
}

/// Why a page cannot be used, told inside this room.
struct PageFlaw: Error, Equatable {
    let what: String

    init(_ what: String) { self.what = what }
}
