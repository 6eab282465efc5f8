public import ClearanceEvents
import ClearanceTesting

/// The events that are measured: a seeded world of trade, told day by day.
public struct Workload: Sendable {
    /// In the order of time.
    public let events: [Event]
    /// The last day that the log says has ended.
    public let lastDay: CivilDay

    /// The seed of every measurement, so that two runs have the same events.
    public static let seed: UInt64 = 20_260_301

    /// At least `count` events of whole days, cut to `count`.
    ///
    /// A life has about twenty events, so a world of the right size is looked for by doubling.
    public init(events count: Int) {
        var orders = max(count / 20, 8)
        while true {
            let told = Workload.told(orders: orders, limit: count)
            if told.events.count >= count {
                events = told.events
                lastDay = told.lastDay
                return
            }
            orders += max(orders / 2, 8)
        }
    }

    private static func told(orders: Int, limit: Int) -> (events: [Event], lastDay: CivilDay) {
        var events: [Event] = []
        var lastDay = CivilDay(number: 0)
        events.reserveCapacity(limit)
        World(seed: seed, orders: orders).eachDay { day in
            guard events.count < limit else { return }
            events += day.events.prefix(limit - events.count)
            lastDay = day.day
        }
        return (events, lastDay)
    }

    /// How many of the events are versions of orders, payments, waybills, proceeds or lists.
    public var papers: Int {
        events.count { event in
            let family = event.type.code >> 8
            let step = event.type.code & 0xFF
            return ((1...4).contains(family) && (2...4).contains(step))
                || (family == 6 && (2...4).contains(step))
        }
    }
}
