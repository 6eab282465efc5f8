public import ClearanceEvents

extension World {
    /// What was on record around the orders: enterprises, grades, counts, penalties, repairs,
    /// guarantees, sites, books with their stock, goods, quotas that an authority reported.
    ///
    /// In the order of time. Without the days of the clock: ``clockDay(_:)``.
    public func background() -> [Event] {
        var clerk = Clerk(self)
        for enterprise in enterprises.all { clerk.record(enterprise) }
        for office in OrderPlan.offices { clerk.site(office) }
        for article in shelf.imports { clerk.goods(article) }
        for warehouse in enterprises[.warehouse] { clerk.book(warehouse) }
        clerk.quotas()
        return clerk.finished()
    }

    /// The event that a Beijing day has ended.
    public func clockDay(_ day: CivilDay) -> Event {
        var event = Event(
            "clock.day", subject: "clock:beijing", time: day.adding(days: 1).beijingStart,
            source: "urn:world:clock", id: "day-\(day)")
        event.data.put("date", day.description)
        return event
    }
}

/// Writes the records of a world.
struct Clerk {
    let world: World
    var dice: Dice
    private var scribe: Scribe
    private var events: [Event] = []
    let opening: Instant
    let since: String
    private var written = 0

    init(_ world: World) {
        self.world = world
        dice = Dice(seed: world.settings.seed, tag: Tag.record)
        scribe = Scribe(schema: world.settings.schema, dice: dice)
        opening = world.settings.firstDay.adding(days: -1).beijingStart.adding(seconds: 28_800)
        since = world.settings.firstDay.adding(months: -12).description
    }

    func finished() -> [Event] {
        events.indices.sorted {
            let left = events[$0].time.microseconds
            let right = events[$1].time.microseconds
            return left == right ? $0 < $1 : left < right
        }.map { events[$0] }
    }

    mutating func add(
        _ type: String, _ subject: String, _ id: String, at: Instant? = nil,
        fill: (inout DataRecord) -> Void
    ) {
        written += 1
        events.append(
            scribe.plain(
                type, subject: subject, at: at ?? opening.adding(seconds: written),
                source: "urn:world:registry", id: id, fill: fill))
    }

    mutating func record(_ firm: Enterprise) {
        let since = since
        let subject = "enterprise:" + firm.code
        add("record.enterprise", subject, "firm-" + firm.code) { data in
            data.put("action", "create")
            data.put("name", firm.name)
            data.put("uscc", firm.uscc)
            data.put("customsCode", firm.code)
            data.put("roles", texts: [firm.kind.role])
            data.put("agency", "customs")
            data.put("validFrom", since)
        }
        guard firm.kind == .ecommerce || firm.kind == .broker else { return }
        let documents = 200 + dice.below(20_000)
        let limit = String(200_000 + world.settings.orders * 5)
        let year = world.settings.firstDay.adding(months: -12).description.prefix(4)
        add("record.count", subject, "count-" + firm.code) { data in
            data.put("what", "documentsLastYear")
            data.put("year", String(year))
            data.put("value", String(documents))
            data.put("by", "customs")
        }
        grade(firm, subject)
        penalties(firm, subject)
        guard firm.kind == .ecommerce else { return }
        add("settle.guaranteeOpened", "guarantee:GT" + firm.code, "guarantee-" + firm.code) {
            $0.put("assureCode", firm.code)
            $0.put("kind", "letter")
            $0.put("limit", limit)
            $0.put("currency", "142")
            $0.put("validFrom", since)
        }
    }

    private mutating func grade(_ firm: Enterprise, _ subject: String) {
        let newSet = CivilDay(number: 20_544)
        let first = firm.grade == .certified ? Enterprise.Grade.regular : firm.grade
        decide(first, scheme: "C251", subject, "grade-" + firm.code, on: since, at: nil)
        let days = world.settings.firstDay.number
        guard firm.grade == .certified, days < newSet.number else { return }
        decide(
            .certified, scheme: "C282", subject, "grade2-" + firm.code, on: newSet.description,
            at: newSet.beijingStart.adding(seconds: 32_400))
    }

    private mutating func decide(
        _ grade: Enterprise.Grade, scheme: String, _ subject: String, _ id: String, on: String,
        at: Instant?
    ) {
        add("record.grade", subject, id, at: at) { data in
            data.put("agency", "customs")
            data.put("scheme", scheme)
            data.put("grade", grade.rawValue)
            data.put("stage", "decided")
            data.put("decisionNo", id)
            data.put("decidedOn", on)
            data.put("effectiveFrom", on)
        }
    }

    /// 0.4 penalties an enterprise and year for dishonest ones, 0.02 for the others.
    private mutating func penalties(_ firm: Enterprise, _ subject: String) {
        let isDishonest = firm.grade == .dishonest
        guard dice.chance(isDishonest ? 0.4 : 0.02) || isDishonest && dice.chance(0.5) else {
            return
        }
        let span = world.settings.months * 30
        let decided = world.settings.firstDay.adding(days: dice.below(span)).beijingStart
            .adding(seconds: 36_000)
        let fine = Int(dice.logNormal(median: isDishonest ? 900_000 : 12_000, spread: 1)) + 1_000
        let number = "CF" + firm.code
        add("record.penalty", "case:customs/\(number)", number, at: decided) { data in
            data.put("agency", "customs")
            data.put("decisionNo", number)
            data.put("kind", "fine")
            data.put("law", "海关行政处罚实施条例第十五条")
            data.put("decidedOn", decided.beijingDay.description)
            data.put("dueOn", decided.beijingDay.adding(days: 15).description)
            data.put("procedure", "ordinary")
            data.put("category", "declaration")
            data.put("amount", String(fine))
            data.put("currency", "CNY")
            data.put(
                "parties",
                records: [
                    DataRecord.of("party") { party in
                        party.put("subject", subject)
                        party.put("role", firm.kind.role)
                        party.put("amount", String(fine))
                        party.put("intent", "negligent")
                    }
                ])
        }
        let paid = decided.adding(days: dice.number(3...40))
        add("record.penaltyPaid", "case:customs/\(number)", "paid-" + number, at: paid) { data in
            data.put("decisionNo", number)
            data.put("paidOn", paid.beijingDay.description)
            data.put("amount", String(fine))
            data.put("currency", "CNY")
        }
        if isDishonest, dice.chance(0.6) { repair(firm, subject, after: decided) }
    }

    /// Dishonest by ratio and amount: repair may be asked for after six months.
    private mutating func repair(_ firm: Enterprise, _ subject: String, after: Instant) {
        let asked = after.beijingDay.adding(months: 6).beijingStart.adding(seconds: 36_000)
        for (step, days) in [("applied", 0), ("granted", 20)] {
            let at = asked.adding(days: days)
            add("record.repair", subject, "\(step)-\(firm.code)", at: at) { data in
                data.put("agency", "customs")
                data.put("step", step)
                data.put("of", "dishonest")
                data.put("on", at.beijingDay.description)
            }
        }
        let at = asked.adding(days: 20).adding(seconds: 60)
        decide(
            .regular, scheme: "C282", subject, "grade3-" + firm.code,
            on: at.beijingDay.description, at: at)
    }
}
