import ClearanceEvents

/// When orders are placed: the hours of the world's months by weight (`specs/world.md`).
///
/// The orders are numbered in the order of their times, so that the days of a world can be told
/// one after the other without holding it.
struct TradeCalendar: Sendable {
    private let start: Instant
    /// The weight of all hours before hour n, from 0 to 1.
    private let reached: [Double]

    private static let monthIndex = [
        0.95, 0.70, 1.05, 0.90, 0.95, 1.25, 0.85, 0.90, 0.95, 0.95, 1.75, 1.00,
    ]
    /// The hours of a day: a trough at night, a peak in the evening.
    private static let hourIndex = [
        0.7, 0.5, 0.2, 0.15, 0.15, 0.2, 0.5, 0.8, 1.0, 1.2, 1.3, 1.2,
        1.2, 1.2, 1.2, 1.2, 1.1, 1.0, 1.1, 1.3, 1.6, 1.8, 1.6, 1.1,
    ]

    init(_ settings: WorldSettings) {
        start = settings.firstDay.beijingStart
        let days =
            settings.firstDay.adding(months: settings.months).number
            - settings.firstDay.number
        var sums: [Double] = [0]
        sums.reserveCapacity(days * 24 + 1)
        for day in 0..<days {
            let date = settings.firstDay.adding(days: day)
            for hour in 0..<24 {
                sums.append(sums[sums.count - 1] + TradeCalendar.weight(date, hour: hour))
            }
        }
        let total = sums[sums.count - 1]
        reached = sums.map { $0 / total }
    }

    /// The time of the order at `place` of [0, 1).
    func time(at place: Double) -> Instant {
        var low = 0
        var high = reached.count - 1
        while high - low > 1 {
            let middle = (low + high) / 2
            if reached[middle] <= place { low = middle } else { high = middle }
        }
        let part = (place - reached[low]) / (reached[high] - reached[low])
        let seconds = low * 3600 + min(3599, Int(part * 3600))
        return start.adding(seconds: seconds)
    }

    private static func weight(_ date: CivilDay, hour: Int) -> Double {
        let key = date.monthNumber % 12
        let monthDay = Int(date.description.suffix(2)) ?? 1
        if key == 10 && monthDay == 11 && hour < 3 { return 12 }
        let month = monthIndex[key]
        if key == 5 && monthDay == 18 { return month * hourIndex[hour] * 6 }
        let festival = key == 1 && (15...21).contains(monthDay)
        return month * hourIndex[hour] * (festival ? 0.35 : 1)
    }
}

extension Instant {
    func adding(seconds: Int) -> Instant {
        Instant(
            microseconds: microseconds + Int64(seconds) * 1_000_000, offsetMinutes: offsetMinutes)
    }

    func adding(milliseconds: Int) -> Instant {
        Instant(
            microseconds: microseconds + Int64(milliseconds) * 1_000,
            offsetMinutes: offsetMinutes)
    }

    func adding(days: Int) -> Instant { adding(seconds: days * 86_400) }

    /// The same second without its fraction: what fourteen customs digits can say.
    var wholeSecond: Instant {
        let rest = microseconds % 1_000_000
        return Instant(microseconds: microseconds - rest, offsetMinutes: offsetMinutes)
    }

    /// Seventeen customs digits, milliseconds included.
    var customsMilliseconds: String {
        let part = microseconds / 1_000 % 1_000
        return customs + String(1_000 + part).dropFirst()
    }
}
