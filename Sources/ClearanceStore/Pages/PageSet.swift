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

    /// Adds a number; false when it was there.
    mutating func insert(_ page: UInt64) -> Bool {
        precondition(page < limit, "a page beyond the set")
        let (word, bit) = (Int(page / 64), UInt64(1) << (page % 64))
        guard words[word] & bit == 0 else { return false }
        words[word] |= bit
        return true
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
