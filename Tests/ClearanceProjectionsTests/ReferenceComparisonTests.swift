import ClearanceEvents
import ClearanceTesting
import Seeded
import Testing

@testable import ClearanceProjections

/// Folds against the slow models of ``ReferenceProjections`` on seeded consignments.
@Suite struct ReferenceComparisonTests {
    /// A consignment that may be rejected, declared again, cancelled, released, closed.
    private func life(_ random: inout SeededGenerator, index: Int) -> Life {
        var life = Life()
        let isExport = Bool.random(using: &random)
        let message = isExport ? "CEB604" : "CEB622"
        let subject = "declaration:AG1/C\(index)"
        var clock = Int64.random(in: 0..<5_000_000, using: &random)
        func next(_ least: Int64 = 0) -> String {
            clock += Int64.random(in: least...200_000, using: &random)
            let start = Life.time("2026-01-01T00:00:00").microseconds
            return String(
                Instant(microseconds: start + clock * 1_000_000).rfc3339.dropLast(6))
        }
        for attempt in 1...Int.random(in: 1...3, using: &random) {
            let pre = "PRE\(index)-\(attempt)"
            let invt = "INVT\(index)-\(attempt)"
            let lines = (1...Int.random(in: 1...3, using: &random)).map {
                Life.line(
                    gnum: "\($0)", price: "\(Int.random(in: 0...900, using: &random)).5")
            }
            life.declare(
                next(1), subject: subject, mode: isExport ? "9610" : "1210",
                direction: isExport ? "E" : "I", lines: lines)
            func hear(_ type: String, _ status: String, _ least: Int64 = 0) {
                life.receipt(
                    type, status, next(least), subject: subject, pre: pre, invt: invt,
                    message: message)
            }
            let fate = Int.random(in: 0...9, using: &random)
            if fate < 3 {
                hear("declare.rejected", "100", 1)
                continue
            }
            hear("declare.accepted", "120")
            if fate == 3 { hear("declare.cancelled", "399", 1) }
            if fate > 4 { hear("release.granted", "800") }
            if fate > 6 { hear("release.closed", "899") }
            if fate == 9 { hear("release.returned", "700", 1) }
            break
        }
        return life
    }

    @Test("Phases, times and months equal the slow models", arguments: [1, 2, 3, 4] as [UInt64])
    func world(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var sink = TotalsSink()
        var consignments: [[Event]] = []
        for index in 0..<150 {
            let life = life(&random, index: index).shuffled(&random)
            let row = life.procedure
            let slow = ReferenceProjections.attempts(life.events)
            let fast = row.state.attempts
            #expect(fast.map(\.phase.rawValue) == slow.map(\.phase), "seed \(seed), \(index)")
            #expect(fast.map(\.acceptedAt) == slow.map(\.acceptedAt), "seed \(seed), \(index)")
            #expect(fast.map(\.releasedAt) == slow.map(\.releasedAt), "seed \(seed), \(index)")
            #expect(fast.map(\.submittedAt) == slow.map(\.submittedAt), "seed \(seed), \(index)")
            ProcedureFold().totals(of: row, into: &sink)
            consignments.append(life.events)
        }
        compare(ReferenceProjections.months(consignments), sink.cells, seed)
    }

    private func compare(
        _ months: [Int: [String: ReferenceProjections.Month]], _ cells: [[UInt8]: Total],
        _ seed: UInt64
    ) {
        var query = MonthlySeries.Query()
        query.by = [.direction]
        let points = MonthlySeries.read(cells.map { (cell: $0.key, total: $0.value) }, query)
        var compared = 0
        for (month, directions) in months {
            for (direction, wanted) in directions {
                let own = points.filter {
                    $0.period == MonthlySeries.period(month) && $0.by[0].code == direction
                }
                #expect(own.first { $0.name == "lists" }?.value == "\(wanted.lists)")
                let value = own.first { $0.name == "value" && $0.unit == "CNY" }
                #expect(value?.value == FixedDecimal.text(of: wanted.value["CNY"] ?? 0))
                #expect(value?.n == wanted.lines, "seed \(seed)")
                compared += 1
            }
        }
        #expect(compared > 2)
        #expect(
            points.filter { $0.name == "lists" }.count
                == months.values.reduce(0) { $0 + $1.count })
    }
}
