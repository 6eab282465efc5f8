import ClearanceStore
import Seeded
import Testing

@Suite struct PrefixTableTests {
    @Test("A table tells every record with the tag, and of the others the lowest position")
    func find() {
        let table = PrefixTable()
        for (position, tag) in [(9, 1), (4, 2), (7, 3), (5, 1)] as [(UInt64, UInt64)] {
            table.add(PrefixRecord(prefix: 77, position: position, tag: tag))
        }
        table.add(PrefixRecord(prefix: 78, position: 8, tag: 1))
        var hits: [PrefixHit] = []
        table.find([77, 76, 78].span, tags: [1, 1, 2].span, into: &hits)
        #expect(hits.filter { $0.index == 0 && $0.tag == 1 }.map(\.position).sorted() == [5, 9])
        #expect(hits.filter { $0.index == 0 && $0.tag != 1 }.map(\.position) == [4])
        #expect(hits.filter { $0.index == 1 }.isEmpty)
        #expect(hits.filter { $0.index == 2 }.map(\.position) == [8])
        #expect(Set(table.words(of: 77)).count == 4)
    }

    @Test("A record above the base keeps another of its prefix out, one below does not")
    func unlessAbove() {
        let table = PrefixTable()
        #expect(table.add(PrefixRecord(prefix: 1, position: 10, tag: 0), unlessAbove: 10))
        #expect(table.add(PrefixRecord(prefix: 1, position: 11, tag: 0), unlessAbove: 10))
        #expect(!table.add(PrefixRecord(prefix: 1, position: 12, tag: 0), unlessAbove: 10))
        #expect(table.count == 2)
    }

    @Test("Positions and tags keep their bits to the last one")
    func limits() {
        let record = PrefixRecord(
            prefix: .max, position: PrefixRecord.maxPosition, tag: PrefixRecord.tagMask)
        #expect(record.position == 1 << 40 - 1)
        #expect(record.tag == 1 << 24 - 1)
        #expect(record.word == .max)
    }

    @Test(
        "Random changes and their undoing agree with a dictionary, crowded places included",
        arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func model(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let table = PrefixTable()
        var model: [UInt64: UInt64] = [:]
        var changes: [(PrefixRecord, UInt64)] = []
        for position in 1...20_000 as ClosedRange<UInt64> {
            // Some prefixes crowd the beginning, some the end, so that chains run round.
            let place = random.next() % 3_000
            let prefix =
                switch place % 4 {
                case 0: place
                case 1: UInt64.max - place
                default: place &* 0x9E37_79B9_7F4A_7C15
                }
            let record = PrefixRecord(prefix: prefix, position: position, tag: 5)
            let before = table.put(record)
            #expect(before >> 24 == model[prefix] ?? 0)
            model[prefix] = position
            changes.append((record, before))
            if random.next() % 500 == 0 {
                for _ in 0..<min(Int(random.next() % 400), changes.count) {
                    let (record, before) = changes.removeLast()
                    table.undo(record, before: before)
                    model[record.prefix] = before == 0 ? nil : before >> 24
                }
                changes.removeAll()
            }
        }
        #expect(table.count == model.count)
        for (prefix, position) in model {
            #expect(table.position(of: prefix, tag: 5) == position)
            #expect(table.position(of: prefix, tag: 6) == 0)
        }
        let sorted = table.sorted()
        #expect(sorted.map(\.prefix) == model.keys.sorted())
    }

    @Test("A table crowded with one key is still sorted and searched")
    func crowd() {
        let table = PrefixTable()
        for position in 1...5_000 as ClosedRange<UInt64> {
            table.add(PrefixRecord(prefix: .max, position: position, tag: position))
            table.add(PrefixRecord(prefix: position << 40, position: position, tag: 0))
        }
        let sorted = table.sorted()
        #expect(sorted.count == 10_000)
        #expect(sorted.suffix(5_000).map(\.position) == Array(1...5_000))
        var hits: [PrefixHit] = []
        table.find([.max].span, tags: [4_000].span, into: &hits)
        #expect(hits.map(\.position).sorted() == [1, 4_000])
    }
}
