import ArgumentParser
import ClearanceEvents

/// A business time of the command line: RFC 3339, or a date, which means the end of that Beijing
/// day, 24:00: its deadlines have passed, and nothing of the next day is seen.
///
/// None that begins or ends outside the calendar: 9999-12-31 has no midnight behind it, and before
/// 0001-01-01 no day has ended.
struct TimeArgument: ExpressibleByArgument, Sendable {
    /// The instant; for a date the first of the next day.
    let instant: Instant
    private let isDate: Bool

    init?(argument: String) {
        if let day = CivilDay(argument) {
            instant = day.adding(days: 1).beijingStart
            isDate = true
        } else if let instant = Instant(rfc3339: argument) {
            self.instant = instant
            isDate = false
        } else {
            return nil
        }
        guard (1...9_999).contains(instant.beijingDay.parts.year),
            (1...9_999).contains(dayReached.parts.year)
        else { return nil }
    }

    /// The last microsecond whose events are seen.
    var lastSeen: Int64 { isDate ? instant.microseconds - 1 : instant.microseconds }

    /// The Beijing day that is asked about.
    var day: CivilDay { Instant(microseconds: lastSeen).beijingDay }

    /// The last Beijing day that has ended.
    var dayReached: CivilDay { instant.beijingDay.adding(days: -1) }
}

/// `--known-at`: a position, or the last position recorded by a time.
enum KnownArgument: ExpressibleByArgument, Sendable {
    case position(UInt64)
    case time(TimeArgument)

    init?(argument: String) {
        if let position = UInt64(argument) {
            self = .position(position)
        } else if let time = TimeArgument(argument: argument) {
            self = .time(time)
        } else {
            return nil
        }
    }
}

/// `--recorded-at`: the clock's now, the events' own times, or a time.
enum RecordedArgument: ExpressibleByArgument, Sendable {
    case now
    case input
    case time(Instant)

    init?(argument: String) {
        switch argument {
        case "now": self = .now
        case "input": self = .input
        default:
            guard let time = TimeArgument(argument: argument) else { return nil }
            self = .time(time.instant)
        }
    }
}

/// A month `YYYY-MM`.
struct MonthArgument: ExpressibleByArgument, Sendable, Comparable {
    /// Its first day.
    let first: CivilDay

    init?(argument: String) {
        guard argument.utf8.count == 7, let day = CivilDay(argument + "-01") else { return nil }
        first = day
    }

    static func < (left: MonthArgument, right: MonthArgument) -> Bool { left.first < right.first }
}
