/// A set of page numbers below a limit: one bit a page.
struct PageSet {
    private var words: [UInt64]
    let limit: UInt64

    /// An empty set of numbers below `limit`, which the size of a file bounds.
    init(limit: UInt64) {
        self.limit = limit
        words = [UInt64](repeating: 0, count: Int(limit / 64) + 1)
    }

    func contains(_ page: UInt64) -> Bool {
        page < limit && words[Int(page / 64)] >> (page % 64) & 1 == 1
    }

    /// Adds the numbers of a range, a word at a time, until one was there already: that one.
    mutating func insert(_ pages: Range<UInt64>) -> UInt64? {
        precondition(pages.upperBound <= limit, "pages beyond the set")
        var page = pages.lowerBound
        while page < pages.upperBound {
            let (word, bit) = (Int(page / 64), page % 64)
            let count = min(64 - bit, pages.upperBound - page)
            let wanted = (UInt64.max >> (64 - count)) << bit
            let taken = words[word] & wanted
            if taken != 0 {
                let first = UInt64(taken.trailingZeroBitCount)
                words[word] |= wanted & ((1 << first) - 1)
                return page - bit + first
            }
            words[word] |= wanted
            page += count
        }
        return nil
    }

    /// The first number that is absent, and how many are.
    var gaps: (first: UInt64, count: UInt64)? {
        var first: UInt64?
        var count: UInt64 = 0
        for (index, word) in words.enumerated() where word != .max {
            let base = UInt64(index) * 64
            for bit in 0..<64 as Range<UInt64> where base + bit < limit {
                if word >> bit & 1 == 1 { continue }
                first = first ?? base + bit
                count += 1
            }
        }
        return first.map { ($0, count) }
    }
}
