/// What is known of one key: 64 bits of it, where the entry stands, and 24 bits more.
///
/// It is a hint: the entry at the position tells whether it is really meant. So a prefix may be
/// shared by keys, and nothing that says otherwise is believed.
public struct PrefixRecord: Sendable, Hashable {
    /// The first bits of a key that is a hash already; records are ordered by it.
    public let prefix: UInt64

    /// The position in the high 40 bits, the tag in the low 24; 0 is no record.
    public let word: UInt64

    /// 2⁴⁰ − 1: a million events a second for twelve days and nights, a hundred thousand for four
    /// months.
    public static let maxPosition: UInt64 = 1 << 40 - 1

    /// The bits of a word that hold the tag.
    public static let tagMask: UInt64 = 1 << 24 - 1

    /// A record; traps at position 0 and beyond `maxPosition`.
    @inlinable
    public init(prefix: UInt64, position: UInt64, tag: UInt64) {
        precondition(position > 0 && position <= Self.maxPosition, "a position of 40 bits")
        self.prefix = prefix
        word = position << 24 | tag & Self.tagMask
    }

    @inlinable
    init(prefix: UInt64, word: UInt64) {
        self.prefix = prefix
        self.word = word
    }

    /// Where the entry stands.
    @inlinable public var position: UInt64 { word >> 24 }

    /// More bits: of the content for facts, of the key for heads.
    @inlinable public var tag: UInt64 { word & Self.tagMask }

    /// The order of tables and runs: by prefix, then by position.
    @inlinable
    static func precedes(_ left: PrefixRecord, _ right: PrefixRecord) -> Bool {
        left.prefix != right.prefix ? left.prefix < right.prefix : left.word < right.word
    }
}

/// A record that a lookup of many prefixes found.
public struct PrefixHit: Sendable, Hashable {
    /// Which of the prefixes.
    public let index: Int

    /// The word of the record.
    public let word: UInt64

    /// Where the entry stands.
    @inlinable public var position: UInt64 { word >> 24 }

    /// The record's tag.
    @inlinable public var tag: UInt64 { word & PrefixRecord.tagMask }

    @inlinable
    init(index: Int, word: UInt64) {
        self.index = index
        self.word = word
    }
}

/// How many prefixes are looked up at once: what they touch stays in the near cache, and enough
/// are under way that their misses overlap.
public let prefixGroup = 256
