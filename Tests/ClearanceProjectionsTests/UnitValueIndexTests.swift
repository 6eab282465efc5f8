import Testing

@testable import ClearanceProjections

@Suite struct UnitValueIndexTests {
    private typealias Stratum = UnitValueIndex.Stratum
    private typealias Amount = UnitValueIndex.Amount

    private func stratum(_ code: String) -> Stratum {
        Stratum(gcode: code, country: "116", unit: "035")
    }

    private func amount(_ value: Int128, _ quantity: Int128) -> Amount {
        Amount(value: value * 100_000, quantity: quantity * 100_000)
    }

    @Test("The golden products as strata give the golden chain on base 100")
    func golden() {
        var months: [Int: [Stratum: Amount]] = [:]
        for month in 0..<12 {
            for (index, price) in GoldenProducts.price(month).enumerated() {
                let quantity = GoldenProducts.quantity(month)[index]
                months[24_300 + month, default: [:]][stratum("\(index)")] = Amount(
                    value: Int128((price * quantity * 1e12).rounded()),
                    quantity: Int128((quantity * 1e12).rounded()))
            }
        }
        let points = UnitValueIndex.points(months)
        let wanted = GoldenProducts.chained(\.fisher)
        let values = GoldenProducts.expenditure
        #expect(points.count == 12)
        for (point, want) in zip(points, wanted) {
            #expect(abs((point.fisher ?? 0) - want * 100) < 1e-6)
            // All strata match, so that value is unit value times volume.
            let value = values[point.month - 24_300] / values[0] * 100
            #expect(abs((point.fisher ?? 0) * (point.volume ?? 0) / 100 - value) < 1e-6)
        }
    }

    @Test("Exactly 70 percent of matched value is published, less is not, with the reason")
    func coverage() {
        let first = [stratum("1"): amount(70, 10), stratum("2"): amount(30, 10)]
        let published = UnitValueIndex.points([
            1: first, 2: [stratum("1"): amount(70, 5), stratum("3"): amount(30, 1)],
        ])
        #expect(published.map(\.reason) == [nil, nil])
        #expect(published[1].coverage == 0.7)
        #expect(abs((published[1].fisher ?? 0) - 200) < 1e-9)
        let withheld = UnitValueIndex.points([
            1: first, 2: [stratum("1"): amount(69, 5), stratum("3"): amount(31, 1)],
        ])
        #expect(withheld[1].reason == "coverageBelow70")
        #expect(withheld[1].fisher == nil)
    }

    @Test("The chain goes on from the last published month")
    func gap() {
        let points = UnitValueIndex.points([
            1: [stratum("1"): amount(100, 10)], 2: [stratum("9"): amount(100, 10)],
            3: [stratum("1"): amount(150, 10)],
        ])
        #expect(points.map { $0.reason == nil } == [true, false, true])
        #expect(abs((points[2].fisher ?? 0) - 150) < 1e-9)
    }

    @Test("Strata without value or quantity are in no index")
    func empty() {
        #expect(UnitValueIndex.points([1: [stratum("1"): amount(0, 5)]]) == [])
        #expect(UnitValueIndex.points([1: [stratum("1"): amount(5, 0)]]) == [])
        #expect(UnitValueIndex.points([:]) == [])
    }
}
