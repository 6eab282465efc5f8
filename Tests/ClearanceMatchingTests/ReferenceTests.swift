import ClearanceEvents
import ClearanceMatching
import ClearanceTesting
import Seeded
import Testing

extension SeededGenerator {
    mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

    mutating func pick<T>(_ values: [T]) -> T {
        values[Int.random(in: 0..<values.count, using: &self)]
    }
}

/// What must be equal between the fold and the reference.
struct Compared: Equatable, CustomStringConvertible {
    /// One line for each order.
    let orders: [String]
    let orphans: [String: Int]

    var description: String {
        "\n" + orders.joined(separator: "\n") + "\n\(orphans.sorted { $0.key < $1.key })\n"
    }

    private static func line(
        _ subject: String, _ outcome: String, _ kind: String, _ codes: [String],
        _ papers: [String], _ declared: Bool
    ) -> String {
        "\(subject) \(outcome)/\(kind) \(codes.joined(separator: ",")) | "
            + "\(papers.joined(separator: " ")) | \(declared)"
    }

    init(folding events: [Event], day: CivilDay?) throws {
        var summary = MatchSummary(MatchDecider(), day: day)
        var outcomes: [OrderOutcome] = []
        for row in try Folding.rows(of: events) { outcomes += summary.add(row) }
        orders = outcomes.map { outcome in
            Compared.line(
                outcome.subjectText, outcome.outcome.name, outcome.kind.name,
                Set(outcome.reasons.map(\.code.name)).sorted(), outcome.papers.map(\.text),
                outcome.declared)
        }.sorted()
        orphans = Dictionary(
            uniqueKeysWithValues: summary.orphans.map { ($0.key.name, $0.value) })
    }

    init(reference events: [Event], day: CivilDay?) throws {
        var unique: [Event] = []
        var seen: Set<EntryIdentity> = []
        let encoder = EntryEncoder(indexKey: Scene.key)
        for event in events {
            var writer = ByteWriter()
            if seen.insert(try encoder.encode(event, into: &writer)).inserted {
                unique.append(event)
            }
        }
        let result = ReferenceMatcher(indexKey: Scene.key).match(unique, day: day)
        orders = result.orders.map {
            Compared.line($0.subject, $0.outcome, $0.kind, $0.codes, $0.papers, $0.declared)
        }.sorted()
        orphans = result.orphans.mapValues(\.count)
    }
}

@Suite struct ReferenceTests {
    /// Those beyond 300 hold papers that stand in rows of several things without any order.
    private static let seeds = Array(0..<300) + [491, 982, 1_670]

    @Test("The fold over grouped entries says what the slow reference says", arguments: seeds)
    func equalsReference(seed: Int) throws {
        let events = RandomTrade.events(seed: UInt64(seed))
        var dice = SeededGenerator(seed: UInt64(seed) &+ 77)
        let day = dice.pick([nil, "2026-03-07", "2026-03-08", "2026-03-20", "2027-01-01"])
            .flatMap { CivilDay($0) }
        try check(events, day: day, "seed \(seed)")
        let part = events.filter { _ in dice.chance(70) }
        try check(part, day: day, "seed \(seed), a part")
    }

    @Test("Clean trades are mostly matched, disturbed ones give every outcome")
    func coversOutcomes() throws {
        var seen: Set<MatchOutcome> = []
        var kinds: Set<MatchCode> = []
        for seed in 0..<300 {
            var summary = MatchSummary(MatchDecider(), day: CivilDay("2026-03-20"))
            for row in try Folding.rows(of: RandomTrade.events(seed: UInt64(seed))) {
                summary.add(row)
            }
            seen.formUnion(summary.outcomes.keys)
            kinds.formUnion(summary.kinds.keys)
        }
        #expect(seen == Set(MatchOutcome.allCases))
        #expect(kinds.count >= 20, "\(kinds)")
    }

    private func check(_ events: [Event], day: CivilDay?, _ label: String) throws {
        let fold = try Compared(folding: events, day: day)
        let reference = try Compared(reference: events, day: day)
        #expect(fold == reference, "\(label), day \(day?.description ?? "none")")
    }

    @Test("Arrival order does not change the bytes of a row", arguments: 0..<40)
    func ignoresArrival(seed: Int) throws {
        let events = RandomTrade.events(seed: UInt64(seed))
        var dice = SeededGenerator(seed: UInt64(seed))
        let entries = try Folding.entries(of: events).map(\.bytes)
        let first = try encoded(Folding.row(of: events))
        for _ in 0..<3 {
            let shuffled = entries.shuffled(using: &dice)
            #expect(
                try encoded(Folding.row(ofEntries: shuffled)) == first, "seed \(seed)")
        }
    }

    @Test("A row read back from its bytes is the same row", arguments: 0..<40)
    func roundTrip(seed: Int) throws {
        let row = try Folding.row(of: RandomTrade.events(seed: UInt64(seed)))
        let bytes = encoded(row)
        var reader = ByteReader(bytes.span)
        let back = try MatchRow(from: &reader)
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
        #expect(back == row)
        #expect(encoded(back) == bytes)
        for cut in stride(from: 0, to: bytes.count, by: 7) {
            let part = Array(bytes[..<cut])
            #expect(throws: DecodingError.self) {
                var reader = ByteReader(part.span)
                _ = try MatchRow(from: &reader)
            }
        }
    }

    private func encoded(_ row: MatchRow) -> [UInt8] {
        var writer = ByteWriter()
        row.encode(into: &writer)
        return writer.bytes
    }
}
