/// A day of the proleptic Gregorian calendar.
///
/// Month arithmetic clamps to the last day of the month (X4: 31 August + 6 months is the last of
/// February). Source: `specs/credit.md`, calendar rules.
public struct CivilDay: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Days since 1970-01-01.
    public let number: Int

    @inlinable public init(number: Int) { self.number = number }

    /// The day of a calendar date; nil when there is no such date. Years 0001–9999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month),
            day >= 1, day <= CivilDay.length(ofMonth: month, year: year)
        else { return nil }
        // Days are counted from March, so that the leap day is the last of its year.
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        number = era * 146_097 + dayOfEra - 719_468
    }

    /// Parses `YYYY-MM-DD` or customs' `YYYYMMDD`; nil for anything else.
    public init?(_ text: Span<UInt8>) {
        var scan = DigitScanner(text)
        let dashed = text.count == 10
        guard text.count == 8 || dashed, let year = scan.number(4),
            !dashed || scan.take(45), let month = scan.number(2),
            !dashed || scan.take(45), let day = scan.number(2)
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Parses `YYYY-MM-DD` or `YYYYMMDD`.
    public init?(_ text: String) {
        self.init(text.utf8Span.span)
    }

    public static func < (left: CivilDay, right: CivilDay) -> Bool { left.number < right.number }

    /// Year, month and day.
    public var parts: (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let slot = (5 * dayOfYear + 2) / 153
        let month = slot < 10 ? slot + 3 : slot - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * slot + 2) / 5 + 1)
    }

    /// The months since year 0: `year × 12 + month − 1`, the key of monthly series.
    public var monthNumber: Int {
        let parts = self.parts
        return parts.year * 12 + parts.month - 1
    }

    /// The same day `months` later, clamped to the end of that month.
    public func adding(months: Int) -> CivilDay {
        let parts = self.parts
        let total = parts.year * 12 + parts.month - 1 + months
        let year = total / 12
        let month = total % 12 + 1
        let day = min(parts.day, CivilDay.length(ofMonth: month, year: year))
        return CivilDay(year: year, month: month, day: day) ?? self
    }

    /// The day `days` later.
    public func adding(days: Int) -> CivilDay { CivilDay(number: number + days) }

    /// The first instant of the day in Beijing.
    public var beijingStart: Instant {
        Instant(
            microseconds: (Int64(number) * 1440 - Int64(Instant.beijingOffset)) * 60_000_000)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        let parts = self.parts
        let year = String(10_000 + parts.year).dropFirst()
        let month = String(100 + parts.month).dropFirst()
        let day = String(100 + parts.day).dropFirst()
        return "\(year)-\(month)-\(day)"
    }

    private static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
