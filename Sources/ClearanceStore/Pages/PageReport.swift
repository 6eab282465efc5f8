/// What a look at the pages of a data file found.
public struct PageReport: Sendable {
    /// What contradicts itself, the first hundred places; empty for a sound file.
    public internal(set) var damage: [PageDamage] = []

    /// The newest commit; nil when the meta pages do not tell it.
    public internal(set) var newest: RawMeta?

    /// The tables of the newest commit, by name.
    public internal(set) var tables: [String: TableRecord] = [:]

    /// Pages of the newest commit that can be used again.
    public internal(set) var freePages: UInt64 = 0

    /// Whether every page was looked at: not so when the effort was bounded and did not reach, or
    /// while a writer went on faster than its pages could be read.
    public internal(set) var isWhole = true

    /// Whether nothing was found.
    public var isSound: Bool { damage.isEmpty }
}

/// How much of a data file is looked at.
public enum PageEffort: Sendable, Hashable {
    /// Meta pages, free list, and at most this many pages of the trees, newest commit first; the
    /// pages of large values are counted and not read.
    case bounded(pages: Int)
    /// Every page in use, with its header.
    case whole
}
