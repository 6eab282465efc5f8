/// Counts of values by size, in a fixed number of classes: quantiles without keeping values.
///
/// Four classes to a power of two, so a quantile is at most a quarter too large; values from
/// 2^40 on share the last one. Adding costs a few instructions and no memory.
struct FixedHistogram: Sendable, Equatable {
    private static let powers = 40
    private static let parts = 4

    private var counts = [UInt64](repeating: 0, count: powers * parts)
    private(set) var total: UInt64 = 0

    /// Adds one value.
    mutating func add(_ value: UInt64) {
        counts[FixedHistogram.index(of: value)] += 1
        total += 1
    }

    /// The upper edge of the class in which the `share` of all values ends; nil without values.
    func quantile(_ share: Double) -> UInt64? {
        guard total > 0 else { return nil }
        let wanted = max(1, UInt64((Double(total) * share).rounded(.up)))
        var seen: UInt64 = 0
        for (index, count) in counts.enumerated() {
            seen += count
            if seen >= wanted { return FixedHistogram.edge(of: index) }
        }
        return FixedHistogram.edge(of: counts.count - 1)
    }

    private static func index(of value: UInt64) -> Int {
        guard value >= UInt64(parts) else { return Int(value) }
        let power = 63 - value.leadingZeroBitCount
        let part = Int(value >> (power - 2)) & (parts - 1)
        return min((power - 1) * parts + part, powers * parts - 1)
    }

    private static func edge(of index: Int) -> UInt64 {
        guard index >= parts else { return UInt64(index) }
        let power = index / parts + 1
        let part = UInt64(index % parts)
        return (UInt64(parts) + part + 1) << (power - 2) - 1
    }
}
