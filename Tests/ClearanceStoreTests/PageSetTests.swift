import Testing

@testable import ClearanceStore

@Suite("A set of pages")
struct PageSetTests {
    @Test("adds ranges as one page after another would, up to the first that was there")
    func model() {
        var random = Repeatable(seed: 41)
        for round in 0..<200 as Range<UInt64> {
            let limit = 1 + random.next() % (round < 100 ? 70 : 2_000)
            var set = PageSet(limit: limit)
            var model: Set<UInt64> = []
            for _ in 0..<40 {
                let first = random.next() % limit
                let count = min(limit - first, random.next() % [2, 66, 300][Int(round % 3)])
                var expected: UInt64?
                for page in first..<(first + count) where expected == nil {
                    if !model.insert(page).inserted { expected = page }
                }
                #expect(set.insert(first..<(first + count)) == expected)
            }
            for page in 0..<(limit + 3) { #expect(set.contains(page) == model.contains(page)) }
            let gaps = (0..<limit).filter { !model.contains($0) }
            #expect(set.gaps?.first == gaps.first && (set.gaps?.count ?? 0) == UInt64(gaps.count))
        }
    }

    @Test("takes whole words, the last page, and nothing at all", arguments: [1, 64, 128, 129])
    func edges(limit: UInt64) {
        var set = PageSet(limit: limit)
        #expect(set.insert(0..<0) == nil && set.insert(limit..<limit) == nil)
        #expect(set.insert(0..<limit) == nil && set.gaps == nil)
        #expect(set.insert((limit - 1)..<limit) == limit - 1)
        #expect(!set.contains(limit))
    }
}
