/// Prints ratios with a fixed number of digits, half away from zero, without locale.
public enum FixedPrinting {
    /// `value` with `digits` decimals; nil when it is no finite number.
    public static func text(_ value: Double, digits: Int) -> String? {
        guard value.isFinite, abs(value) < 1e15 else { return nil }
        var scale: Int64 = 1
        for _ in 0..<digits { scale *= 10 }
        let scaled = (value * Double(scale)).rounded(.toNearestOrAwayFromZero)
        guard abs(scaled) < 9e18 else { return nil }
        return text(Int128(Int64(scaled)), scale: Int128(scale), digits: digits)
    }

    /// The exact quotient rounded to `digits` decimals; nil when `divisor` is zero.
    public static func quotient(_ value: Int128, _ divisor: Int128, digits: Int) -> String? {
        guard divisor != 0 else { return nil }
        var scale: Int128 = 1
        for _ in 0..<digits { scale *= 10 }
        return text(rounded(value * scale, divisor), scale: scale, digits: digits)
    }

    /// `value / divisor` as a whole number, half away from zero.
    public static func rounded(_ value: Int128, _ divisor: Int128) -> Int128 {
        let negative = (value < 0) != (divisor < 0)
        let magnitude = value.magnitude
        let by = divisor.magnitude
        let quotient = Int128((magnitude + by / 2) / by)
        return negative ? -quotient : quotient
    }

    private static func text(_ scaled: Int128, scale: Int128, digits: Int) -> String {
        let magnitude = scaled.magnitude
        let whole = magnitude / UInt128(scale)
        let sign = scaled < 0 ? "-" : ""
        guard digits > 0 else { return "\(sign)\(whole)" }
        let fraction = String(magnitude % UInt128(scale))
        let zeros = String(repeating: "0", count: digits - fraction.utf8.count)
        return "\(sign)\(whole).\(zeros)\(fraction)"
    }
}
