import ClearanceEvents

/// Tells the life of one order, or of two that are tied.
struct LifeTeller {
    let world: World
    var scribe: Scribe
    var dice: Dice
    private(set) var events: [Event] = []

    init(_ world: World) {
        self.world = world
        dice = Dice(seed: world.settings.seed)
        scribe = Scribe(schema: world.settings.schema, dice: dice)
    }

    mutating func add(_ event: Event) { events.append(event) }

    /// The order whose throws are used from here on.
    private mutating func take(_ plan: OrderPlan) {
        dice = plan.dice
        scribe.dice = Dice(
            seed: world.settings.seed, tag: Tag.guid, index: UInt64(plan.index))
    }

    /// A life of its own.
    mutating func tell(_ plan: OrderPlan) {
        take(plan)
        if world.isTold(plan, oneOf: 400, from: 1) { refuseMessage(plan) }
        switch plan.line {
        case .bonded1210, .bonded1239, .direct9610: tellImport(plan, payments: nil)
        case .export9610, .export1210: tellExport(plan)
        case .business9710: tellBusiness(plan)
        case .warehouse9810: tellWarehouse(plan)
        case .parcel: tellParcel(plan)
        }
        echo(plan)
    }

    /// Two retail imports that are tied.
    mutating func tell(_ left: OrderPlan, _ right: OrderPlan, pair: PairTrouble) {
        take(left)
        guard pair == .combinedPayment else {
            tellImport(left, payments: nil)
            take(right)
            tellImport(right, payments: nil)
            return
        }
        let paidAt = left.placed.adding(seconds: 10 + dice.delay(median: 40, p95: 400))
        for plan in [left, right] {
            take(plan)
            let version = Version(at: paidAt.adding(seconds: 20))
            let payment = payment(plan, version, amount: plan.paid, paidAt: paidAt)
            tellImport(plan, payments: [payment])
        }
        if left.index % 4 == 0 { evidence(left, right, paidAt: paidAt) }
    }

    /// The raw payment request and its goods (announcements 165 and 179 of 2018).
    private mutating func evidence(_ left: OrderPlan, _ right: OrderPlan, paidAt: Instant) {
        let subject = "payment:\(left.payer.code)/\(left.transaction)"
        add(
            scribe.plain(
                "payment.evidence", subject: subject, at: paidAt.adding(seconds: 30),
                source: "urn:world:platform", id: "evidence-\(left.transaction)"
            ) { data in
                data.put("payCode", left.payer.code)
                data.put("payTransactionId", left.transaction)
                data.put("ebpCode", left.platform.code)
                data.put("totalAmount", Money.text(left.paid + right.paid))
                data.put("currency", "142")
                data.put("verDept", "3")
                data.put("tradingTime", paidAt.wholeSecond.customs)
                data.put("recpName", left.seller.name)
                data.put(
                    "orders",
                    records: [left, right].map { plan in
                        DataRecord.of("evidenceOrder") { $0.put("orderNo", plan.orderNo) }
                    })
            })
    }

    /// Copies of one paper that arrive beside it.
    private mutating func echo(_ plan: OrderPlan) {
        let papers = events.indices.filter {
            events[$0].data.text("appTime") != nil && events[$0].data.text("appStatus") == "2"
        }
        guard !papers.isEmpty else { return }
        let paper = events[papers[dice.below(papers.count)]]
        if plan.echo.duplicate { add(paper) }
        if plan.echo.resent {
            var again = paper
            again.data["guid"] = .text(scribe.dice.guid())
            add(again)
        }
        if plan.echo.conflicting {
            var other = paper
            other.data["guid"] = .text(scribe.dice.guid())
            other.data["note"] = .text("同一编号另一内容")
            add(other)
        }
    }

    /// What was told, in the order of time; equal times stay in the order of telling.
    func finished() -> World.Life {
        let order = events.indices.sorted {
            let left = events[$0].time.microseconds
            let right = events[$1].time.microseconds
            return left == right ? $0 < $1 : left < right
        }
        return World.Life(events: order.map { events[$0] })
    }
}
