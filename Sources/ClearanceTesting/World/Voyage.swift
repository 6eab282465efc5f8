import ClearanceEvents

/// A shipment that retail exports share: one consignor, agent, carrier, site and flight.
struct Voyage: Sendable {
    let number: Int
    let seller: Enterprise
    let agent: Enterprise
    let carrier: Enterprise
    let site: Enterprise
    let customs: String
    /// When the goods are at the site, and when they leave the country.
    let arrives: Instant
    let leaves: Instant

    var serial: String { String(100_000_000 + number).dropFirst().description }
    var billNo: String { "998-\(serial)" }

    /// How many orders, of all lines of trade, stand between one voyage and the next.
    static func size(orders: Int) -> Int { max(1, min(64, orders / 200)) }

    init(_ world: World, number: Int) {
        self.number = number
        var dice = Dice(seed: world.settings.seed, tag: Tag.voyage, index: UInt64(number))
        seller = world.enterprises.pick(.ecommerce, &dice)
        agent = world.enterprises.pick(.broker, &dice)
        carrier = world.enterprises.pick(.logistics, &dice)
        site = world.enterprises.pick(.siteOperator, &dice)
        customs = OrderPlan.offices[number % OrderPlan.offices.count]
        let size = Voyage.size(orders: world.settings.orders)
        let last = Double(min(world.settings.orders, (number + 1) * size))
        let closes = world.calendar.time(
            at: min(0.999_999_999, last / Double(max(1, world.settings.orders))))
        arrives = closes.adding(days: 3).adding(seconds: dice.below(20_000))
        leaves = arrives.adding(seconds: 108_000 + dice.below(30_000))
    }
}

extension World {
    /// How many shared shipments there are.
    public var voyages: Int {
        let size = Voyage.size(orders: settings.orders)
        return (settings.orders + size - 1) / size
    }

    func voyage(of index: Int) -> Voyage {
        Voyage(self, number: index / Voyage.size(orders: settings.orders))
    }

    /// What is told of a shipment as a whole: manifest, arrival, departure, the summary of its
    /// lists, the refund claim and the settlement; in the order of time.
    ///
    /// It refers to the lists of its lives, whose own papers and receipts stand in
    /// ``life(of:)``; it holds no order, payment or waybill paper. Empty without exports.
    /// Cost: the lives of its orders. Traps for a number outside of `0..<voyages`.
    public func shipment(_ number: Int) -> Life {
        precondition((0..<voyages).contains(number), "no such voyage")
        let size = Voyage.size(orders: settings.orders)
        var cargo: [Cargo] = []
        for index in number * size..<min(settings.orders, (number + 1) * size) {
            let plan = plan(index)
            guard plan.line.isExportRetail else { continue }
            if let entry = Cargo(plan, life(of: index).events) { cargo.append(entry) }
        }
        guard !cargo.isEmpty else { return Life(events: []) }
        var teller = LifeTeller(self)
        teller.tell(Voyage(self, number: number), cargo)
        return teller.finished()
    }
}

/// One list on board.
struct Cargo: Sendable {
    let plan: OrderPlan
    let invtNo: String
    let isReleased: Bool

    /// What customs took in of an order; nil when it took no list in.
    init?(_ plan: OrderPlan, _ events: [Event]) {
        let accepted = events.first { $0.type.name == "declare.accepted" }
        guard let invtNo = accepted?.data.text("invtNo") else { return nil }
        self.plan = plan
        self.invtNo = invtNo
        isReleased = events.contains { $0.type.name == "release.closed" }
    }
}
