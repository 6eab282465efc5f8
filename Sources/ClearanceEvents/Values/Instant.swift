/// A point in time with the offset it was given in; finer than a microsecond is refused.
///
/// Equality of meaning is by ``microseconds``; the offset is kept so that the given form can be
/// written again.
public struct Instant: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64
    /// Minutes east of UTC, between -18 h and +18 h.
    public let offsetMinutes: Int16

    /// Beijing time, the only civil time of the rules: a fixed +08:00.
    public static let beijingOffset: Int16 = 480

    @inlinable public init(microseconds: Int64, offsetMinutes: Int16 = Instant.beijingOffset) {
        self.microseconds = microseconds
        self.offsetMinutes = offsetMinutes
    }

    /// The instant of a Beijing clock reading; nil when a part is out of its range.
    public init?(
        year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0,
        microsecond: Int = 0, offsetMinutes: Int16 = Instant.beijingOffset
    ) {
        guard let civil = CivilDay(year: year, month: month, day: day),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second),
            (0..<1_000_000).contains(microsecond), abs(offsetMinutes) <= 18 * 60
        else { return nil }
        let minutes = (civil.number * 24 + hour) * 60 + minute - Int(offsetMinutes)
        self.init(
            microseconds: Int64(minutes * 60 + second) * 1_000_000 + Int64(microsecond),
            offsetMinutes: offsetMinutes)
    }

    /// Parses RFC 3339 with an offset (`2026-03-01T09:00:00.5+08:00`); nil for anything else.
    public init?(rfc3339 text: Span<UInt8>) {
        var scan = DigitScanner(text)
        guard let year = scan.number(4), scan.take(45), let month = scan.number(2), scan.take(45),
            let day = scan.number(2), scan.take(84) || scan.take(116),
            let hour = scan.number(2), scan.take(58), let minute = scan.number(2), scan.take(58),
            let second = scan.number(2)
        else { return nil }
        var micro = 0
        if scan.take(46) {
            guard let fraction = scan.fraction(digits: 6) else { return nil }
            micro = fraction
        }
        var offset = 0
        if !(scan.take(90) || scan.take(122)) {
            let sign = scan.take(43) ? 1 : (scan.take(45) ? -1 : 0)
            guard sign != 0, let hours = scan.number(2), scan.take(58),
                let minutes = scan.number(2), hours < 24, minutes < 60
            else { return nil }
            offset = sign * (hours * 60 + minutes)
        }
        guard scan.isAtEnd else { return nil }
        self.init(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second,
            microsecond: micro, offsetMinutes: Int16(offset))
    }

    /// Parses RFC 3339 with an offset.
    public init?(rfc3339 text: String) {
        self.init(rfc3339: text.utf8Span.span)
    }

    /// Parses a customs time in Beijing: `YYYYMMDDhhmmss`, optionally with milliseconds
    /// (CEB XSD C14 and C17); nil for anything else.
    public init?(customs text: Span<UInt8>) {
        guard text.count == 14 || text.count == 17 else { return nil }
        var scan = DigitScanner(text)
        guard let year = scan.number(4), let month = scan.number(2), let day = scan.number(2),
            let hour = scan.number(2), let minute = scan.number(2), let second = scan.number(2)
        else { return nil }
        var milli = 0
        if text.count == 17 {
            guard let value = scan.number(3) else { return nil }
            milli = value
        }
        self.init(
            year: year, month: month, day: day, hour: hour, minute: minute, second: second,
            microsecond: milli * 1000)
    }

    /// The Beijing day on which the instant falls.
    public var beijingDay: CivilDay {
        let local = microseconds + Int64(Instant.beijingOffset) * 60_000_000
        return CivilDay(number: Int(local.dividedRoundingDown(by: 86_400_000_000)))
    }

    /// RFC 3339 in the given offset, with as many fraction digits as are needed.
    public var rfc3339: String {
        let local = microseconds + Int64(offsetMinutes) * 60_000_000
        let day = CivilDay(number: Int(local.dividedRoundingDown(by: 86_400_000_000)))
        let rest = Int(local - Int64(day.number) * 86_400_000_000)
        let seconds = rest / 1_000_000
        var text = "\(day)T\(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
        let micro = rest % 1_000_000
        if micro != 0 {
            var digits = String(1_000_000 + micro).dropFirst()
            while digits.hasSuffix("0") { digits.removeLast() }
            text += "." + digits
        }
        if offsetMinutes == 0 { return text + "Z" }
        let magnitude = Int(abs(offsetMinutes))
        return text + (offsetMinutes < 0 ? "-" : "+") + two(magnitude / 60) + ":"
            + two(magnitude % 60)
    }

    /// The customs form `YYYYMMDDhhmmss` in Beijing time; the fraction of the second is dropped.
    public var customs: String {
        let beijing = Instant(microseconds: microseconds)
        return String(beijing.rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" && $0 != "T" })
    }

    private func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
}

extension Int64 {
    /// The quotient rounded towards negative infinity.
    @inlinable func dividedRoundingDown(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}

/// Takes fixed-width numbers and single bytes from a text.
struct DigitScanner: ~Escapable {
    private let text: Span<UInt8>
    private var index = 0

    @_lifetime(copy text)
    init(_ text: Span<UInt8>) { self.text = text }

    var isAtEnd: Bool { index == text.count }

    @_lifetime(self: copy self)
    mutating func number(_ width: Int) -> Int? {
        guard index + width <= text.count else { return nil }
        var value = 0
        for offset in 0..<width {
            let digit = text[index + offset] &- 48
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        index += width
        return value
    }

    @_lifetime(self: copy self)
    mutating func take(_ byte: UInt8) -> Bool {
        guard index < text.count, text[index] == byte else { return false }
        index += 1
        return true
    }

    /// One to `digits` digits, as if the missing ones were zeros.
    @_lifetime(self: copy self)
    mutating func fraction(digits: Int) -> Int? {
        var value = 0
        var seen = 0
        while index < text.count, text[index] &- 48 < 10 {
            guard seen < digits else { return nil }
            value = value * 10 + Int(text[index] - 48)
            seen += 1
            index += 1
        }
        guard seen > 0 else { return nil }
        for _ in seen..<digits { value *= 10 }
        return value
    }
}
