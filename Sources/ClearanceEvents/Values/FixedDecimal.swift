/// A decimal of a document: sign and magnitude in units of 10⁻⁵, all of CEB's `N19,5`.
///
/// At most 14 integer digits and 5 fraction digits, and at most 92,233,720,368,547.75807: the
/// values above it, which the XSD allows too, have no units and are texts. Sums and products are
/// taken in `Int128` (``units``), so they cannot overflow. Source: CEB XSD type `N19,5`;
/// `specs/encoding.md`.
public struct FixedDecimal: Sendable, Hashable, Comparable {
    /// The value × 100,000.
    public let units: Int64

    /// The unit of ``units``: how many of them make one.
    public static let scale: Int64 = 100_000

    /// The decimal of `units` hundred-thousandths.
    @inlinable public init(units: Int64) { self.units = units }

    public static let zero = FixedDecimal(units: 0)

    public static func < (left: FixedDecimal, right: FixedDecimal) -> Bool {
        left.units < right.units
    }

    /// Parses `-?digits[.digits]`; nil for anything else, for more than 14 + 5 digits, and for
    /// what the units cannot hold.
    public init?(_ text: Span<UInt8>) {
        var index = 0
        var negative = false
        if text.count > 0, text[0] == UInt8(ascii: "-") {
            negative = true
            index = 1
        }
        // Nineteen digits fit without a sign.
        var value: UInt64 = 0
        var integerDigits = 0
        let start = index
        while index < text.count, text[index] &- 48 < 10 {
            if value != 0 || text[index] != 48 { integerDigits += 1 }
            guard integerDigits <= 14 else { return nil }
            value = value * 10 + UInt64(text[index] - 48)
            index += 1
        }
        guard index > start else { return nil }
        var fraction = 0
        if index < text.count {
            guard text[index] == UInt8(ascii: ".") else { return nil }
            index += 1
            while index < text.count, text[index] &- 48 < 10 {
                guard fraction < 5 else { return nil }
                value = value * 10 + UInt64(text[index] - 48)
                fraction += 1
                index += 1
            }
            guard fraction > 0, index == text.count else { return nil }
        }
        for _ in fraction..<5 { value *= 10 }
        guard let magnitude = Int64(exactly: value) else { return nil }
        units = negative ? -magnitude : magnitude
    }

    /// Parses `-?digits[.digits]`; nil for anything else.
    public init?(_ text: String) {
        self.init(text.utf8Span.span)
    }

    /// The shortest text: no trailing zeros, no exponent, `-` for negative values.
    public var text: String { FixedDecimal.text(of: Int128(units)) }

    /// The shortest text of a sum of units.
    public static func text(of units: Int128) -> String {
        let magnitude = units.magnitude
        let whole = magnitude / UInt128(scale)
        var fraction = String(magnitude % UInt128(scale))
        fraction = String(repeating: "0", count: 5 - fraction.utf8.count) + fraction
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let sign = units < 0 ? "-" : ""
        return fraction.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(fraction)"
    }
}
