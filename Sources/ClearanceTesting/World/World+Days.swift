public import ClearanceEvents

extension World {
    /// One Beijing day of the world, all of it in the order of time; its `clock.day` comes last.
    public struct Day: Sendable {
        /// The day.
        public let day: CivilDay
        /// What happened on it.
        public let events: [Event]
    }

    /// Tells the world day by day, from its first record to its last event.
    ///
    /// Lives reach over weeks. What comes on later days is held up to ``heldEvents``; lives
    /// beyond that are remembered by number and told again on each of their days, so that memory
    /// stays bounded and a large world costs a few times its telling. The events do not depend on
    /// which way was taken.
    public func eachDay<Failure: Error>(_ take: (Day) throws(Failure) -> Void) throws(Failure) {
        var diary = Diary(self)
        while let day = diary.next() { try take(day) }
    }

    /// How many events of later days are held in memory.
    static let heldEvents = 150_000

    /// When order `index` is placed, before a tie moves it; rises with the index.
    func placed(_ index: Int) -> CivilDay {
        var dice = Dice(seed: settings.seed, tag: Tag.order, index: UInt64(index))
        _ = dice.unit()
        let place = (Double(index) + dice.unit()) / Double(max(1, settings.orders))
        return calendar.time(at: place).beijingDay
    }
}

/// Where the telling of a world stands.
private struct Diary {
    /// What comes on one day. Rank 2n is life n, 2n + 1 shipment n, -1 the records.
    private struct Held {
        let rank: Int
        let events: [Event]
    }

    private let world: World
    private var day: CivilDay
    private var nextOrder = 0
    private var nextShipment = 0
    private var held: [Int: [Held]] = [:]
    private var remembered: [Int: [Int]] = [:]
    private var heldCount = 0
    private var isStarted = false

    init(_ world: World) {
        self.world = world
        day = world.settings.firstDay
    }

    mutating func next() -> World.Day? {
        if !isStarted {
            isStarted = true
            let records = world.background()
            day = records.first.map { $0.time.beijingDay } ?? day
            keep(records, rank: -1, from: day)
        }
        let lastDay = world.settings.firstDay.adding(months: world.settings.months)
        guard day < lastDay || !held.isEmpty || !remembered.isEmpty else { return nil }
        var parts: [Held] = held.removeValue(forKey: day.number) ?? []
        for part in parts { heldCount -= part.events.count }
        for rank in remembered.removeValue(forKey: day.number) ?? [] {
            parts.append(Held(rank: rank, events: events(of: rank).filter(isToday)))
        }
        start(into: &parts)
        parts.sort { $0.rank < $1.rank }
        let events = Diary.merged(parts)
        defer { day = day.adding(days: 1) }
        return World.Day(day: day, events: events + [world.clockDay(day)])
    }

    /// Begins the lives of the day, and the shipments whose orders are all placed.
    private mutating func start(into parts: inout [Held]) {
        let size = Voyage.size(orders: world.settings.orders)
        while nextOrder < world.settings.orders, world.placed(nextOrder) <= day {
            begin(rank: nextOrder * 2, into: &parts)
            nextOrder += 1
            if nextOrder % size == 0 || nextOrder == world.settings.orders {
                begin(rank: nextShipment * 2 + 1, into: &parts)
                nextShipment += 1
            }
        }
    }

    private mutating func begin(rank: Int, into parts: inout [Held]) {
        let events = events(of: rank)
        let today = events.filter { $0.time.beijingDay <= day }
        if !today.isEmpty { parts.append(Held(rank: rank, events: today)) }
        keep(events.filter { day < $0.time.beijingDay }, rank: rank, from: day)
    }

    /// Holds what comes later, or remembers on which days it comes.
    private mutating func keep(_ events: [Event], rank: Int, from: CivilDay) {
        let isHeld = rank < 0 || heldCount + events.count <= World.heldEvents
        var start = 0
        while start < events.count {
            let number = events[start].time.beijingDay.number
            var end = start
            while end < events.count, events[end].time.beijingDay.number == number { end += 1 }
            if isHeld {
                held[number, default: []].append(
                    Held(rank: rank, events: Array(events[start..<end])))
                heldCount += end - start
            } else {
                remembered[number, default: []].append(rank)
            }
            start = end
        }
    }

    private func events(of rank: Int) -> [Event] {
        rank % 2 == 0 ? world.life(of: rank / 2).events : world.shipment(rank / 2).events
    }

    private func isToday(_ event: Event) -> Bool { event.time.beijingDay == day }

    /// All parts by time; of equal times the lower rank first, inside a part as told.
    private static func merged(_ parts: [Held]) -> [Event] {
        let all = parts.flatMap(\.events)
        return all.indices.sorted {
            let left = all[$0].time.microseconds
            let right = all[$1].time.microseconds
            return left == right ? $0 < $1 : left < right
        }.map { all[$0] }
    }
}
