public import ClearanceEvents

/// A seeded world of trade: enterprises, goods, books, and the lives of orders.
///
/// Everything follows from ``settings``: no clock, no other randomness, no order of a hash table.
/// Lives are made one at a time from their number, so that a world of a million orders needs no
/// more memory than a small one. Identities cannot exist and enterprises are invented.
/// Rates, values and delays: `specs/world.md`; all invented, none is a statistic.
public struct World: Sendable {
    /// What the world was made of.
    public let settings: WorldSettings
    let calendar: TradeCalendar
    let enterprises: Enterprises
    let people: People
    let shelf: Shelf

    /// The world of these settings. Cost: its enterprises, articles and hours.
    public init(_ settings: WorldSettings) {
        self.settings = settings
        calendar = TradeCalendar(settings)
        enterprises = Enterprises(settings)
        people = People(settings)
        shelf = Shelf(settings)
    }

    /// The world of a seed with this many orders; `disturb` scales every disturbance.
    public init(seed: UInt64, orders: Int, disturb: Double = 1.0) {
        self.init(WorldSettings(seed: seed, orders: orders, disturb: disturb))
    }

    /// How many lives there are: one number an order.
    public var lives: Int { settings.orders }

    /// The life of order `index`, in the order of time (of equal times, of telling).
    ///
    /// Two orders that share a payment, a waybill number or an order number are told together in
    /// the life of the first; the life of the second is then empty. Papers of a life refer to no
    /// paper outside of it, so that a slow reference can take lives one by one. Traps for a
    /// number outside of `0..<lives`.
    public func life(of index: Int) -> Life {
        precondition((0..<settings.orders).contains(index), "no such life")
        let first = index & ~1
        let second = first + 1
        let pair = second < settings.orders ? pairTrouble(first) : .none
        var told = LifeTeller(self)
        if pair == .none {
            told.tell(plan(index))
        } else if index == first {
            var left = plan(first)
            var right = plan(second)
            tie(&left, &right, by: pair)
            told.tell(left, right, pair: pair)
        }
        return told.finished()
    }

    /// What order `index` is about: its line of trade and what goes wrong with it.
    public func outline(of index: Int) -> Outline {
        let first = index & ~1
        let pair = first + 1 < settings.orders ? pairTrouble(first) : .none
        let plan = plan(index)
        return Outline(
            line: plan.line, trouble: pair == .none ? plan.trouble : .none, pair: pair,
            placed: plan.placed)
    }

    /// The short form of an order's plan.
    public struct Outline: Sendable, Equatable {
        /// The way across the border.
        public let line: TradeLine
        /// What goes wrong with its papers.
        public let trouble: Trouble
        /// What ties the order to its neighbour.
        public let pair: PairTrouble
        /// When the order was placed, before a tie moved it.
        public let placed: Instant
    }

    /// One told life.
    public struct Life: Sendable, Equatable {
        /// In the order of time.
        public let events: [Event]
    }

    func plan(_ index: Int) -> OrderPlan { OrderPlan(self, index: index) }

    private func line(_ index: Int) -> TradeLine {
        var dice = Dice(seed: settings.seed, tag: Tag.order, index: UInt64(index))
        return TradeLine.allCases[dice.place(TradeLine.shares)]
    }

    private func pairTrouble(_ first: Int) -> PairTrouble {
        guard line(first).isImportRetail, line(first + 1).isImportRetail else { return .none }
        var dice = Dice(seed: settings.seed, tag: Tag.pair, index: UInt64(first))
        return PairTrouble.thrown(&dice, disturb: settings.disturb)
    }

    private func tie(
        _ left: inout OrderPlan, _ right: inout OrderPlan, by pair: PairTrouble
    ) {
        left.trouble = .none
        right.trouble = .none
        switch pair {
        case .combinedPayment:
            right.placed = left.placed.adding(seconds: 3)
            right.buyer = left.buyer
            right.platform = left.platform
            right.payer = left.payer
            right.transaction = left.transaction
        case .numberReused:
            right.placed = left.placed.adding(days: 200)
            right.carrier = left.carrier
            right.waybillNo = left.waybillNo
        case .sharedOrderNo:
            right.orderNo = left.orderNo
            let others = enterprises[.platform].filter { $0.code != left.platform.code }
            if right.platform.code == left.platform.code { right.platform = others[0] }
        case .none: break
        }
    }
}
