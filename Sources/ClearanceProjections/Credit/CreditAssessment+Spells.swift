import ClearanceEvents

extension CreditAssessment {
    /// The triggers that hold on a day.
    func firings(on day: CivilDay) -> [Firing] {
        guard let rules = rules(on: day) else { return [] }
        let start = day.adding(months: -12)
        let window = counted.filter { start < $0.decidedOn && $0.decidedOn <= day }
        guard !window.isEmpty else { return [] }
        let sum = window.reduce(Int128(0)) { $0 + $1.fine }
        let documents = documents(of: day.parts.year - 1)
        return triggers(of: rules, on: day).filter { trigger in
            CreditAssessment.holds(trigger, window, sum, documents)
        }.map { trigger in
            Firing(
                trigger: trigger, on: day, from: start.adding(days: 1), count: window.count,
                sum: sum, documents: documents, refs: window.map(\.ref), ruleSet: rules.id)
        }
    }

    /// The triggers of a set that apply to the enterprise: with a ratio where N is known and not
    /// 0, by the amount alone where it is not. A set without such a rule keeps its own.
    func triggers(of rules: CreditRules, on day: CivilDay) -> [CreditRules.Trigger] {
        let subject: CreditRules.Subject = isBroker(on: day) ? .broker : .others
        let own = rules.triggers.filter { $0.subject == subject }
        let isKnown = (documents(of: day.parts.year - 1)?.units ?? 0) > 0
        let fitting = own.filter { ($0.ratio != nil) == isKnown }
        return fitting.isEmpty ? own : fitting
    }

    private static func holds(
        _ trigger: CreditRules.Trigger, _ window: [Counted], _ sum: Int128,
        _ documents: FixedDecimal?
    ) -> Bool {
        let scale = Int128(FixedDecimal.scale)
        let byAmount = sum > Int128(trigger.amount) * scale
        guard let ratio = trigger.ratio else { return byAmount }
        var byRatio = false
        if let documents, documents.units > 0 {
            byRatio =
                Int128(window.count) * Int128(ratio.denominator) * scale
                > Int128(documents.units) * Int128(ratio.numerator)
        }
        if ratio.repeats > 0 {
            let limit = Int128(ratio.repeatAmount) * scale
            byRatio = byRatio && window.filter { $0.fine > limit }.count >= ratio.repeats
        }
        return trigger.join == .both ? byRatio && byAmount : byRatio || byAmount
    }

    /// The days on which triggers are evaluated: each decision, and each 1 January after the first,
    /// because the denominator changes then.
    private var evaluationDays: [CivilDay] {
        guard let first = counted.map(\.decidedOn).min() else { return [] }
        var days = Set(counted.map(\.decidedOn))
        var year = first.parts.year + 1
        while let january = CivilDay(year: year, month: 1, day: 1), january <= day {
            days.insert(january)
            year += 1
        }
        return days.sorted()
    }

    /// The spell that holds on the day asked; nil when the enterprise is regular.
    func spell() -> Spell? {
        var current: Spell?
        var lastEnd: CivilDay?
        let repairs = row.repairs.filter { $0.agency == "customs" && $0.step == "granted" }
            .compactMap(\.on).filter { $0 <= day }
        let evaluations = evaluationDays.map { (day: $0, isRepair: false) }
        let ends = repairs.map { (day: $0, isRepair: true) }
        let timeline = (evaluations + ends).sorted {
            $0.day != $1.day ? $0.day < $1.day : !$0.isRepair && $1.isRepair
        }
        for item in timeline {
            if let spell = current, spell.lapses <= item.day {
                lastEnd = spell.lapses
                current = nil
            }
            if item.isRepair {
                if current != nil { lastEnd = item.day }
                current = nil
            } else {
                extend(&current, after: lastEnd, on: item.day)
            }
        }
        guard let spell = current, day < spell.lapses else { return nil }
        return spell
    }

    private func extend(_ spell: inout Spell?, after end: CivilDay?, on day: CivilDay) {
        let firings = firings(on: day)
        guard let first = firings.first, let rules = rules(on: day) else { return }
        let lapses = day.adding(months: rules.lapseMonths)
        if spell != nil {
            spell?.firings += firings
            spell?.lapses = lapses
            return
        }
        // What fired up to the end of a spell is spent; a new one needs a later decision.
        let newest = counted.filter { first.refs.contains($0.ref) }.map(\.decidedOn).max()
        if let end, let newest, newest <= end { return }
        spell = Spell(since: day, firings: firings, lapses: lapses)
    }
}
