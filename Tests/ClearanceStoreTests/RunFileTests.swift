import ClearanceStore
import Testing

@Suite struct RunFileTests {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    private func label(_ covered: ClosedRange<UInt64> = 1...1_000_000) -> RunHeader.Label {
        RunHeader.Label(kind: 1, covered: covered, maker: 7, mark: [1, 2, 3, 4])
    }

    /// Writes records, sorted here, as a run.
    private func write(_ records: [PrefixRecord], _ name: String = "a.run") throws -> RunFile {
        let table = PrefixTable()
        for record in records { table.add(record) }
        var writer = try RunWriter(scratch.file(name), label: label(), room: records.count)
        for record in table.sorted() { try writer.add(record) }
        let header = try writer.finish()
        let run = try RunFile(scratch.file(name))
        #expect(run.header == header)
        return run
    }

    private func records(_ count: Int, seed: UInt64) -> [PrefixRecord] {
        var random = Repeatable(seed: seed)
        return (1...UInt64(count)).map { position in
            PrefixRecord(prefix: random.next(), position: position, tag: random.next() & 0xFF)
        }
    }

    @Test(
        "Every record of a run is found, and hardly anything that is not there",
        arguments: [1, 2, 127, 128, 129, 4_096, 50_000])
    func find(count: Int) throws {
        let records = records(count, seed: 11)
        let run = try write(records)
        try run.verify()
        for record in records {
            #expect(try run.position(of: record.prefix, tag: record.tag) == record.position)
        }
        var random = Repeatable(seed: 12)
        var hits: [PrefixHit] = []
        for _ in 0..<40 {
            let prefixes = (0..<256).map { _ in random.next() }
            let tags = [UInt64](repeating: 0, count: 256)
            try run.find(prefixes.span, tags: tags.span, into: &hits)
        }
        #expect(hits.isEmpty)
    }

    @Test("A group tells records by tag, and of the others the lowest position")
    func group() throws {
        let same = [3, 9, 12, 5].map { PrefixRecord(prefix: 1 << 63, position: $0, tag: $0 % 3) }
        let run = try write(same + records(1_000, seed: 13))
        var hits: [PrefixHit] = []
        try run.find([0, 1 << 63].span, tags: [0, 0].span, into: &hits)
        #expect(hits.map(\.index) == [1, 1, 1, 1])
        #expect(hits.filter { $0.tag == 0 }.map(\.position) == [3, 9, 12])
        #expect(hits.filter { $0.tag != 0 }.map(\.position) == [5])
        #expect(try run.words(of: 1 << 63).map { $0 >> 24 } == [3, 5, 9, 12])
    }

    @Test("Crowded and extreme prefixes are found like others")
    func skew() throws {
        var all: [PrefixRecord] = []
        for number in 1...3_000 as ClosedRange<UInt64> {
            all.append(PrefixRecord(prefix: number, position: number, tag: 1))
            all.append(PrefixRecord(prefix: .max - number, position: 10_000 + number, tag: 1))
        }
        all.append(PrefixRecord(prefix: .max, position: 50_000, tag: 1))
        all.append(PrefixRecord(prefix: 0, position: 50_001, tag: 1))
        let run = try write(all)
        for record in all {
            #expect(try run.position(of: record.prefix, tag: 1) == record.position)
        }
    }

    @Test("Merged runs hold what their parts held; of heads only the newest")
    func merge() throws {
        var random = Repeatable(seed: 14)
        var parts: [[PrefixRecord]] = []
        for part in 0..<5 as Range<UInt64> {
            parts.append(
                (1...2_000 as ClosedRange<UInt64>).map {
                    PrefixRecord(
                        prefix: random.next() % 1_000 << 50, position: part * 2_000 + $0,
                        tag: random.next() % 2)
                })
        }
        let runs = try parts.enumerated().map { try write($1, "part\($0).run") }
        for newestOnly in [false, true] {
            let path = scratch.file("merged\(newestOnly).run")
            let header = try RunMerge.merge(
                runs, to: path, label: label(), newestOnly: newestOnly
            ) { true }
            let merged = try RunFile(path)
            #expect(merged.header == header)
            try merged.verify()
            var model: [UInt64: [UInt64]] = [:]
            for record in parts.joined() { model[record.prefix, default: []].append(record.word) }
            for (prefix, words) in model {
                let newest = (0...1 as ClosedRange<UInt64>).compactMap { tag in
                    words.filter { $0 & PrefixRecord.tagMask == tag }.max()
                }
                let expected = (newestOnly ? newest : words).sorted()
                #expect(try merged.words(of: prefix) == expected)
            }
        }
    }

    @Test("A filter is warmed in pieces, as long as it is wanted, and says the same afterwards")
    func warm() throws {
        let records = records(50_000, seed: 17)
        let run = try write(records)
        var pieces = 0
        let isWhole = run.warm(pieces: 4_096) {
            pieces += 1
            return true
        }
        // Ten bits a record.
        #expect(isWhole && pieces == (50_000 * 10 / 8 + 4_095) / 4_096)
        pieces = 0
        let isCut = run.warm(pieces: 4_096) {
            pieces += 1
            return pieces <= 3
        }
        #expect(!isCut && pieces == 4)
        #expect(run.warm { true } && !run.warm { false })
        for record in records.prefix(100) {
            #expect(try run.position(of: record.prefix, tag: record.tag) == record.position)
        }
    }

    @Test("A merge that is ended early answers so")
    func endedMerge() throws {
        let runs = [
            try write(records(150_000, seed: 15), "x.run"),
            try write(records(10, seed: 16), "y.run"),
        ]
        let header = try RunMerge.merge(
            runs, to: scratch.file("z.run"), label: label(), newestOnly: false
        ) { false }
        #expect(header == nil)
        #expect(
            storeError { () throws(StoreError) in _ = try RunFile(scratch.file("z.run")) }?.code
                == .corrupted)
    }

    @Test("A run whose bytes were changed, cut or emptied is refused where it is used")
    func damage() throws {
        let records = records(3_000, seed: 17)
        let path = scratch.file("a.run")
        _ = try write(records)
        let whole = try Files.read(path, limit: 1 << 20)
        var random = Repeatable(seed: 18)
        for _ in 0..<300 {
            var changed = whole
            let place = Int(random.next() % UInt64(whole.count))
            changed[place] ^= 1 << UInt8(random.next() % 8)
            // The padding behind the header's numbers says nothing.
            if (112..<4_096).contains(place) { continue }
            try Files.writeAtomically(path, changed.span)
            let error = storeError { () throws(StoreError) in
                let run = try RunFile(path)
                try run.verify()
            }
            #expect(error?.code == .corrupted, "byte \(place)")
            let wrong = storeError { () throws(StoreError) in
                let run = try RunFile(path)
                for record in records {
                    guard try run.position(of: record.prefix, tag: record.tag) == record.position
                    else { throw StoreError(.invalid, "lost a record") }
                }
            }
            #expect(wrong == nil || wrong?.code == .corrupted, "byte \(place)")
        }
        for count in [0, 1, 4_095, 4_096, whole.count - 1] {
            try Files.writeAtomically(path, Array(whole[..<count]).span)
            #expect(
                storeError { () throws(StoreError) in _ = try RunFile(path) }?.code == .corrupted,
                "\(count) bytes")
        }
    }
}
