import ClearanceEvents
import Testing

@testable import ClearanceInterchange
@testable import ClearanceTesting

/// Shares in a world of 20,000 orders with a fixed seed, within four deviations of a binomial.
@Suite struct WorldProportionTests {
    static let orders = 20_000
    static let seed: UInt64 = 20_260_101
    static let world = World(seed: seed, orders: orders)

    private func expect(
        _ count: Int, of whole: Int, share: Double, _ what: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let mean = Double(whole) * share
        let bound = 4 * (mean * (1 - share)).squareRoot() + 1
        #expect(
            abs(Double(count) - mean) <= bound,
            "\(what): \(count) of \(whole), \(mean) due, seed \(Self.seed)",
            sourceLocation: sourceLocation)
    }

    @Test("Lines of trade, troubles and pairs have their shares")
    func outlines() {
        let all = (0..<Self.orders).map { Self.world.outline(of: $0) }
        for line in TradeLine.allCases {
            let share = TradeLine.shares[line.rawValue] / 10_000
            expect(all.count { $0.line == line }, of: all.count, share: share, "\(line)")
        }
        let imports = all.filter(\.line.isImportRetail)
        let free = imports.filter { $0.pair == .none }
        for trouble in Trouble.allCases where trouble != .none {
            let share = Trouble.shares[trouble.rawValue - 1]
            expect(
                free.count { $0.trouble == trouble }, of: free.count, share: share, "\(trouble)")
        }
        expect(
            imports.count { $0.pair == .combinedPayment }, of: imports.count, share: 0.02,
            "combined")
        expect(imports.count { $0.pair == .numberReused }, of: imports.count, share: 0.001, "reuse")
    }

    @Test("November has the most orders and February the fewest")
    func months() {
        var counts = [Int](repeating: 0, count: 12)
        for index in 0..<Self.orders {
            counts[Self.world.outline(of: index).placed.beijingDay.monthNumber % 12] += 1
        }
        #expect(counts.max() == counts[10] && counts.min() == counts[1])
        let night = (0..<Self.orders).count { index in
            let hour = Self.world.outline(of: index).placed.customs.dropFirst(8).prefix(2)
            return ["02", "03", "04", "05"].contains(hour)
        }
        #expect(Double(night) / Double(Self.orders) < 0.05)
    }

    @Test("Values have the medians and tails that the page gives")
    func values() {
        var imports: [Int] = []
        for index in 0..<Self.orders {
            let plan = Self.world.plan(index)
            if plan.line.isImportRetail { imports.append(plan.goods) }
        }
        imports.sort()
        let median = imports[imports.count / 2]
        let p95 = imports[imports.count * 95 / 100]
        #expect(median > 15_500 && median < 18_100, "\(median)")
        #expect(p95 > 78_000 && p95 < 102_000, "\(p95)")
        expect(imports.count { $0 > 500_000 }, of: imports.count, share: 0.002, "above limit")
    }

    @Test("Rejections, cancellations and returns have their shares")
    func lists() {
        var lists = 0
        var rejected = 0
        var cancelled = 0
        var released = 0
        var returned = 0
        for index in 0..<Self.orders / 2 {
            guard Self.world.outline(of: index).line.isImportRetail else { continue }
            let events = Self.world.life(of: index).events.map(\.type.name)
            if events.contains("declare.submitted") { lists += 1 }
            if events.contains("declare.rejected") { rejected += 1 }
            if events.contains("declare.cancelled") { cancelled += 1 }
            if events.contains("release.granted") { released += 1 }
            if events.contains("return.requested") { returned += 1 }
        }
        expect(rejected, of: lists, share: 0.025, "rejected")
        expect(cancelled, of: lists, share: 0.012, "cancelled")
        expect(returned, of: released, share: 0.032, "returned")
    }
}
