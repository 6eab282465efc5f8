/// What a histogram of release times in whole minutes says (`specs/statistics.md`, release time).
public struct ReleaseTimes: Sendable, Equatable {
    /// 货到 24 小时内办结: the target of the policy documents, in minutes.
    public static let target = 1440

    /// How many lists have both points of time.
    public let n: Int64
    /// Mean in minutes.
    public let mean: Double
    public let p50: Double
    public let p90: Double
    public let p95: Double
    /// Share of lists with at most 24 hours.
    public let within24h: Double
    /// Sample standard deviation in minutes; nil for fewer than two lists.
    public let deviation: Double?

    /// The figures of `counted` minutes, in any order; nil when nothing was counted.
    public init?(_ counted: [Int: Int64]) {
        let sorted = counted.filter { $0.value > 0 }.sorted { $0.key < $1.key }
            .map { (value: $0.key, count: $0.value) }
        let total = sorted.reduce(Int64(0)) { $0 + $1.count }
        guard total > 0, let median = Quantile.of(sorted, 0.5),
            let ninety = Quantile.of(sorted, 0.9), let ninetyFive = Quantile.of(sorted, 0.95)
        else { return nil }
        n = total
        // Exact sums first: a mean must not depend on the order of the additions.
        var sum: Int128 = 0
        var squares: Int128 = 0
        var within: Int64 = 0
        for (value, count) in sorted {
            sum += Int128(value) * Int128(count)
            squares += Int128(value) * Int128(value) * Int128(count)
            if value <= ReleaseTimes.target { within += count }
        }
        mean = Double(sum) / Double(total)
        p50 = median
        p90 = ninety
        p95 = ninetyFive
        within24h = Double(within) / Double(total)
        let spread = squares * Int128(total) - sum * sum
        deviation =
            total < 2
            ? nil
            : SquareRoot.of(Double(spread) / (Double(total) * Double(total - 1)))
    }
}
