import Seeded
import Testing

@testable import ClearanceProjections

/// The four products and twelve months of `specs/statistics.md`, golden vectors.
struct GoldenProducts {
    static let prices: [[Double]] = [
        [2, 1.75, 1.6, 1.5, 1.45, 1.4, 1.35, 1.3, 1.25, 1.2, 1.15, 1.1],
        [1, 0.5, 1.05, 1.1, 1.12, 1.15, 1.18, 0.6, 1.2, 1.25, 1.28, 1.3],
        [1, 0.95, 0.9, 0.85, 0.4, 0.8, 0.75, 0.72, 0.7, 0.4, 0.7, 0.65],
        [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.7, 0.65, 0.7, 0.75, 0.75, 0.8],
    ]
    static let expenditure: [Double] = [10, 13, 11, 12, 15, 13, 14, 17, 15, 18, 16, 17]
    static let weights = [0.2, 0.2, 0.2, 0.4]

    static func price(_ month: Int) -> [Double] { prices.map { $0[month] } }

    static func quantity(_ month: Int) -> [Double] {
        let price = price(month)
        let whole = zip(weights, price).reduce(0) { $0 + $1.0 / $1.1 }
        return zip(weights, price).map { expenditure[month] * ($0 / $1 / whole) / $1 }
    }

    static func formula(_ first: Int, _ second: Int) -> IndexFormula {
        IndexFormula(
            firstPrices: price(first), firstQuantities: quantity(first),
            secondPrices: price(second), secondQuantities: quantity(second))
    }

    static func fixed(_ of: (IndexFormula) -> Double) -> [Double] {
        (0..<12).map { of(formula(0, $0)) }
    }

    static func chained(_ of: (IndexFormula) -> Double) -> [Double] {
        var levels = [1.0]
        for month in 1..<12 { levels.append(levels[month - 1] * of(formula(month - 1, month))) }
        return levels
    }
}

@Suite struct IndexFormulaTests {
    private func expect(_ values: [Double], _ wanted: [Double]) {
        #expect(values.count == wanted.count)
        for (value, want) in zip(values, wanted) { #expect(abs(value - want) < 5e-8) }
    }

    @Test("Laspeyres equals the published chain and the fixed-base row")
    func laspeyres() {
        expect(
            GoldenProducts.chained(\.laspeyres),
            [
                1, 0.9673077, 1.2905504, 1.3382002, 1.2482444, 1.7346552, 1.6530619, 1.4524186,
                1.8386215, 1.7126802, 2.1810170, 2.2000474,
            ])
        expect(
            GoldenProducts.fixed(\.laspeyres),
            [
                1, 0.9673077, 1.1, 1.1576923, 1.1511538, 1.2769231, 1.2103846, 1.0530769,
                1.2019231, 1.2230769, 1.2719231, 1.3269231,
            ])
    }

    @Test("Paasche equals both rows")
    func paasche() {
        expect(
            GoldenProducts.chained(\.paasche),
            [
                1, 0.8007632, 0.8987146, 0.9247902, 0.6715974, 0.7858912, 0.7472454, 0.5836022,
                0.6431381, 0.5145138, 0.5736947, 0.5745408,
            ])
        expect(
            GoldenProducts.fixed(\.paasche),
            [
                1, 0.8007632, 1.0563447, 1.0663832, 0.6912518, 1.0749855, 1.0256475, 0.8358529,
                0.9773732, 0.6761684, 0.9671483, 0.9259489,
            ])
    }

    @Test("Fisher equals both rows")
    func fisher() {
        expect(
            GoldenProducts.chained(\.fisher),
            [
                1, 0.8801048, 1.0769571, 1.1124543, 0.9155969, 1.1675831, 1.1114148, 0.9206708,
                1.0874224, 0.9387213, 1.1185875, 1.1242851,
            ])
        expect(
            GoldenProducts.fixed(\.fisher),
            [
                1, 0.8801048, 1.0779514, 1.1111002, 0.8920410, 1.1716116, 1.1141938, 0.9381990,
                1.0838484, 0.9093987, 1.1091160, 1.1084507,
            ])
    }

    @Test("Identity, proportionality and independence of units hold for all three")
    func properties() {
        let price = GoldenProducts.price(3)
        let quantity = GoldenProducts.quantity(3)
        let kinds: [@Sendable (IndexFormula) -> Double] = [
            { $0.laspeyres }, { $0.paasche }, { $0.fisher },
        ]
        for kind in kinds {
            let same = IndexFormula(
                firstPrices: price, firstQuantities: quantity, secondPrices: price,
                secondQuantities: GoldenProducts.quantity(5))
            #expect(abs(kind(same) - 1) < 1e-12)
            let doubled = IndexFormula(
                firstPrices: price, firstQuantities: quantity,
                secondPrices: price.map { $0 * 2 },
                secondQuantities: GoldenProducts.quantity(5))
            #expect(abs(kind(doubled) - 2) < 1e-12)
            let plain = GoldenProducts.formula(2, 7)
            let scaled = IndexFormula(
                firstPrices: plain.firstPrices.enumerated().map { $1 * Double($0 + 1) },
                firstQuantities: plain.firstQuantities.enumerated().map { $1 / Double($0 + 1) },
                secondPrices: plain.secondPrices.enumerated().map { $1 * Double($0 + 1) },
                secondQuantities: plain.secondQuantities.enumerated().map {
                    $1 / Double($0 + 1)
                })
            #expect(abs(kind(scaled) - kind(plain)) < 1e-12)
        }
    }

    @Test("Fisher meets time and factor reversal, Laspeyres meets neither")
    func reversal() {
        for month in 1..<12 {
            let formula = GoldenProducts.formula(0, month)
            #expect(abs(formula.fisher * formula.reversed.fisher - 1) < 1e-12)
            #expect(
                abs(formula.fisher * formula.quantities.fisher - formula.valueRatio) < 1e-12)
            #expect(abs(formula.laspeyres * formula.reversed.laspeyres - 1) > 1e-3)
        }
        let ratios = (0..<12).map { GoldenProducts.formula(0, $0).valueRatio }
        expect(ratios, [1, 1.3, 1.1, 1.2, 1.5, 1.3, 1.4, 1.7, 1.5, 1.8, 1.6, 1.7])
    }

    @Test("Release times of the vector have its mean, deviation and percentiles")
    func releaseTimes() throws {
        let minutes = [35, 40, 42, 50, 55, 61, 70, 95, 300, 1500]
        let figures = try #require(
            ReleaseTimes(Dictionary(uniqueKeysWithValues: minutes.map { ($0, Int64(1)) })))
        #expect(figures.n == 10)
        #expect(abs(figures.mean - 224.8) < 1e-9)
        #expect(figures.p50 == 58)
        #expect(abs(figures.p90 - 420) < 1e-9)
        #expect(abs(figures.p95 - 960) < 1e-9)
        #expect(figures.within24h == 0.9)
        #expect(abs(try #require(figures.deviation) - 454.9004) < 5e-5)
        #expect(ReleaseTimes([:]) == nil)
    }

    @Test("1440 minutes are within 24 hours, 1441 are not")
    func within() throws {
        #expect(try #require(ReleaseTimes([1440: 1])).within24h == 1)
        #expect(try #require(ReleaseTimes([1441: 1])).within24h == 0)
        #expect(StatisticsCells.minutes(from: 0, to: 1440 * 60_000_000) == 1440)
        #expect(StatisticsCells.minutes(from: 0, to: 1440 * 60_000_000 + 1) == 1441)
        #expect(StatisticsCells.minutes(from: 1, to: 0) == StatisticsCell.withoutStart)
    }

    @Test("A counted histogram has the quantiles of the values it counts")
    func quantiles() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<50 {
            let values = (0..<Int.random(in: 1...40, using: &random)).map { _ in
                Int.random(in: 0...9, using: &random)
            }.sorted()
            let counted = Dictionary(grouping: values, by: { $0 }).sorted { $0.key < $1.key }
                .map { (value: $0.key, count: Int64($0.value.count)) }
            for share in [0, 0.25, 0.5, 0.9, 0.95, 1] {
                let one = Quantile.of(values.map(Double.init), share)
                let other = Quantile.of(counted, share)
                #expect(abs((one ?? -1) - (other ?? -2)) < 1e-9)
            }
        }
    }

    @Test("The outlier test finds the two of the vector")
    func outliers() throws {
        let outcome = try #require(
            OutlierTest().outcome(
                before: [100, 120, 80, 95, 110, 105, 90, 130, 100, 10],
                after: [104, 118, 84, 97, 240, 108, 93, 128, 99, 40]))
        #expect(abs(outcome.medianRatio - 1.030952) < 5e-7)
        #expect(abs(outcome.lowerBound + 1.3338) < 5e-5)
        #expect(abs(outcome.upperBound - 0.6002) < 5e-5)
        #expect(outcome.outliers == [4, 9])
        #expect(OutlierTest().outcome(before: [0], after: [1]) == nil)
    }

    @Test("Ratios are printed with fixed digits, half away from zero")
    func printing() {
        #expect(FixedPrinting.text(0.125, digits: 2) == "0.13")
        #expect(FixedPrinting.text(-0.125, digits: 2) == "-0.13")
        #expect(FixedPrinting.text(100, digits: 5) == "100.00000")
        #expect(FixedPrinting.text(.nan, digits: 2) == nil)
        #expect(FixedPrinting.quotient(1, 3, digits: 5) == "0.33333")
        #expect(FixedPrinting.quotient(-1, 2, digits: 0) == "-1")
        #expect(FixedPrinting.quotient(1, 0, digits: 5) == nil)
    }
}
