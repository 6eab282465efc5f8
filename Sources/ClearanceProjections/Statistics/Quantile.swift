/// Quantiles of sorted values by linear interpolation between order statistics (type 7).
///
/// Type 7 is what spreadsheets and R's default use: the quantile of n values lies at place
/// (n − 1) × p, counted from 0. Source: `specs/statistics.md`, release time.
public enum Quantile {
    /// The quantile `share` (0…1) of ascending `values`; nil when there are none.
    public static func of(_ values: [Double], _ share: Double) -> Double? {
        guard !values.isEmpty, (0...1).contains(share) else { return nil }
        let place = Double(values.count - 1) * share
        let lower = Int(place)
        let upper = min(lower + 1, values.count - 1)
        return values[lower] + (place - Double(lower)) * (values[upper] - values[lower])
    }

    /// The same over counted values, ascending and each once: what a histogram of minutes gives.
    ///
    /// Cost: one pass, whatever the counts are.
    public static func of(_ counted: [(value: Int, count: Int64)], _ share: Double) -> Double? {
        let total = counted.reduce(Int64(0)) { $0 + $1.count }
        guard total > 0, (0...1).contains(share) else { return nil }
        let place = Double(total - 1) * share
        let lower = Int64(place)
        let first = value(at: lower, of: counted)
        let second = value(at: min(lower + 1, total - 1), of: counted)
        return first + (place - Double(lower)) * (second - first)
    }

    private static func value(
        at index: Int64, of counted: [(value: Int, count: Int64)]
    ) -> Double {
        var seen: Int64 = 0
        for (value, count) in counted {
            seen += count
            if index < seen { return Double(value) }
        }
        return Double(counted[counted.count - 1].value)
    }
}
