/// The Hidiroglou-Berthelot test for outlying changes between two periods.
///
/// Ratios are made symmetric around their median and weighted by size, so that a small item must
/// move far and a large one less far to stand out. Source: `specs/statistics.md`, golden vectors.
public struct OutlierTest: Sendable, Equatable {
    /// How size counts: the effect of a change is multiplied by this power of the size.
    public enum SizeWeight: Sendable { case none, squareRoot, linear }

    /// How size counts; the square root is usual.
    public var sizeWeight = SizeWeight.squareRoot
    /// The least distance of the quartiles, as a share of the median effect.
    public var leastDistance = 0.05
    /// How many quartile distances are tolerated.
    public var tolerance = 4.0

    public init() {}

    /// What the test found.
    public struct Outcome: Sendable, Equatable {
        /// The median of the ratios.
        public let medianRatio: Double
        public let lowerBound: Double
        public let upperBound: Double
        /// Places (from 0) of the outlying items.
        public let outliers: [Int]
    }

    /// Tests `after` against `before`, item by item; pairs without a positive ratio are left out.
    /// Nil when no pair is left.
    public func outcome(before: [Double], after: [Double]) -> Outcome? {
        precondition(before.count == after.count, "one length for both periods")
        let places = before.indices.filter { before[$0] > 0 && after[$0] > 0 }
        let ratios = places.map { after[$0] / before[$0] }
        guard let median = Quantile.of(ratios.sorted(), 0.5) else { return nil }
        let effects = zip(places, ratios).map { place, ratio in
            let change = ratio < median ? 1 - median / ratio : ratio / median - 1
            return change * power(max(before[place], after[place]))
        }
        let sorted = effects.sorted()
        guard let low = Quantile.of(sorted, 0.25), let middle = Quantile.of(sorted, 0.5),
            let high = Quantile.of(sorted, 0.75)
        else { return nil }
        let least = abs(leastDistance * middle)
        let lower = middle - tolerance * max(middle - low, least)
        let upper = middle + tolerance * max(high - middle, least)
        let outliers = zip(places, effects).filter { $1 < lower || $1 > upper }.map(\.0)
        return Outcome(
            medianRatio: median, lowerBound: lower, upperBound: upper, outliers: outliers)
    }

    private func power(_ size: Double) -> Double {
        switch sizeWeight {
        case .none: 1
        case .squareRoot: SquareRoot.of(size)
        case .linear: size
        }
    }
}
