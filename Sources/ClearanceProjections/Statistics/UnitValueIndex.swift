/// Chained unit-value indices over matched strata (`specs/statistics.md`, index formulas).
public struct UnitValueIndex: Sendable {
    /// The finest homogeneous group whose unit value stands for a price.
    public struct Stratum: Sendable, Hashable, Comparable {
        /// Ten-digit HS code.
        public let gcode: String
        public let country: String
        public let unit: String

        public init(gcode: String, country: String, unit: String) {
            self.gcode = gcode
            self.country = country
            self.unit = unit
        }

        public static func < (left: Stratum, right: Stratum) -> Bool {
            (left.gcode, left.country, left.unit) < (right.gcode, right.country, right.unit)
        }
    }

    /// Value and quantity of a stratum in a month, in 10⁻⁵.
    public struct Amount: Sendable, Equatable {
        public var value: Int128
        public var quantity: Int128

        public init(value: Int128, quantity: Int128) {
            self.value = value
            self.quantity = quantity
        }
    }

    /// The indices of one month, base month = 100.
    public struct Point: Sendable, Equatable {
        public let month: Int
        /// Chained price indices; nil when the month is not published.
        public let laspeyres: Double?
        public let paasche: Double?
        public let fisher: Double?
        /// Chained Fisher volume index.
        public let volume: Double?
        /// The smaller of both months' shares of value in matched strata, 0…1.
        public let coverage: Double
        /// How many strata were matched.
        public let matched: Int
        /// Why it is not published; nil when it is.
        public let reason: String?
    }

    /// The least share of value that matched strata must hold in both months (N11).
    public static let leastCoverage = 0.7

    private struct Levels {
        var laspeyres = 100.0
        var paasche = 100.0
        var fisher = 100.0
        var volume = 100.0
    }

    /// The points of all months that have values, oldest first. The first month with a stratum is
    /// the base. Cost: one pass over adjacent months.
    public static func points(_ months: [Int: [Stratum: Amount]]) -> [Point] {
        var points: [Point] = []
        var levels = Levels()
        var last: [Stratum: Amount]?
        for month in months.keys.sorted() {
            let strata = (months[month] ?? [:]).filter {
                $0.value.value > 0 && $0.value.quantity > 0
            }
            guard !strata.isEmpty else { continue }
            guard let before = last else {
                last = strata
                points.append(published(month, levels, coverage: 1, matched: strata.count))
                continue
            }
            let keys = before.keys.filter { strata[$0] != nil }.sorted()
            let coverage = min(share(keys, of: before), share(keys, of: strata))
            guard !keys.isEmpty, coverage >= leastCoverage else {
                points.append(
                    Point(
                        month: month, laspeyres: nil, paasche: nil, fisher: nil, volume: nil,
                        coverage: coverage, matched: keys.count, reason: "coverageBelow70"))
                continue
            }
            let link = formula(keys, before, strata)
            levels.laspeyres *= link.laspeyres
            levels.paasche *= link.paasche
            levels.fisher *= link.fisher
            levels.volume *= link.quantities.fisher
            last = strata
            points.append(published(month, levels, coverage: coverage, matched: keys.count))
        }
        return points
    }

    /// The comparison of two months over `keys`, in the order given.
    public static func formula(
        _ keys: [Stratum], _ first: [Stratum: Amount], _ second: [Stratum: Amount]
    ) -> IndexFormula {
        func prices(_ amounts: [Stratum: Amount]) -> [Double] {
            keys.map { key in
                guard let amount = amounts[key] else { return 0 }
                return Double(amount.value) / Double(amount.quantity)
            }
        }
        func quantities(_ amounts: [Stratum: Amount]) -> [Double] {
            keys.map { Double(amounts[$0]?.quantity ?? 0) }
        }
        return IndexFormula(
            firstPrices: prices(first), firstQuantities: quantities(first),
            secondPrices: prices(second), secondQuantities: quantities(second))
    }

    private static func published(
        _ month: Int, _ levels: Levels, coverage: Double, matched: Int
    ) -> Point {
        Point(
            month: month, laspeyres: levels.laspeyres, paasche: levels.paasche,
            fisher: levels.fisher, volume: levels.volume, coverage: coverage, matched: matched,
            reason: nil)
    }

    private static func share(_ keys: [Stratum], of amounts: [Stratum: Amount]) -> Double {
        var part: Int128 = 0
        for key in keys { part += amounts[key]?.value ?? 0 }
        let whole = amounts.values.reduce(Int128(0)) { $0 + $1.value }
        return whole == 0 ? 0 : Double(part) / Double(whole)
    }
}
