import ClearanceEvents

extension Meeting {
    /// Cuts every waybill number into its lives: a gap of more than six months between submitted
    /// versions begins a new one.
    mutating func gatherLives() {
        for index in row.waybills.indices {
            let stream = row.waybills[index]
            guard let first = stream.versions.first else { continue }
            if stream.versions.count == 1 {
                let live = stream.isLive(0) ? 0 : nil
                lives.append(
                    WaybillLife(stream: index, version: live, start: first.own, window: .all))
                continue
            }
            var starts: [Int64] = []
            var last: Int64?
            for version in stream.versions where version.isFirst {
                if let last, !isBeyondReuse(last, version.own) {
                    // The same life goes on.
                } else {
                    starts.append(version.own)
                }
                last = version.own
            }
            if starts.isEmpty { starts = [first.own] }
            for (place, start) in starts.enumerated() {
                let end = place + 1 < starts.count ? starts[place + 1] : Int64.max
                let window = (place == 0 ? Int64.min : start)..<end
                let live = stream.versions.indices.last {
                    window.contains(stream.versions[$0].own) && stream.isLive($0, window: window)
                }
                lives.append(
                    WaybillLife(stream: index, version: live, start: start, window: window))
            }
        }
    }

    private func isBeyondReuse(_ earlier: Int64, _ later: Int64) -> Bool {
        let limit = Instant(microseconds: earlier).beijingDay.adding(months: rules.reuseMonths)
        return limit < Instant(microseconds: later).beijingDay
    }

    /// The name of a waybill in answers.
    func name(_ life: WaybillLife) -> PaperName {
        PaperName(subject: row.waybills[life.stream].subject, life: life.day)
    }

    mutating func meetWaybills() {
        for index in lives.indices {
            markReuse(lives[index])
            guard let version = lives[index].version else { continue }
            let facts = row.waybills[lives[index].stream].versions[version].facts
            let declared = ordersDeclared(with: facts, life: index)
            if facts.number == Tokens.none {
                meetDeclared(index, declared)
                continue
            }
            let found = resolve(
                orders(numbered: facts.number) { _ in true },
                first: { declared.contains($0) },
                then: { agree(self.facts($0).consignee, facts.consignee) })
            place(found, life: index)
        }
    }

    private mutating func place(_ found: Resolution, life index: Int) {
        let life = lives[index]
        switch found {
        case .none: unmet(life)
        case .order(let order): papers[order].waybills.append(index)
        case .ambiguous(let candidates):
            for order in candidates { papers[order].ambiguous.append(name(life)) }
        }
    }

    /// An export waybill names no order: it is of every order whose list names it.
    private mutating func meetDeclared(_ index: Int, _ declared: [Int]) {
        guard !declared.isEmpty else { return unmet(lives[index]) }
        var numbers: [NameToken] = []
        for order in declared { numbers.add(facts(order).number) }
        for number in numbers {
            place(resolve(declared.filter { facts($0).number == number }), life: index)
        }
    }

    /// A row with orders also holds other lives of its waybill numbers: those are judged in the
    /// rows of the orders that they name.
    private mutating func unmet(_ life: WaybillLife) {
        guard let version = life.version else { return }
        let stream = row.waybills[life.stream]
        let number = stream.versions[version].facts.number
        let isNumbered = number != Tokens.none
        if isNumbered && !orders.isEmpty { return }
        // A list that names it under another number has it in a row of its own.
        let isOnly =
            stream.versions.allSatisfy { $0.facts.number == number }
            && !row.lists.contains { $0.facts.number != number }
        orphans.append(
            Unmet(
                kind: .orphanWaybill, paper: name(life), own: stream.versions[version].own,
                isShared: !(isNumbered && isOnly)))
    }

    /// The orders whose live lists name the waybill; of several lives, the nearest in time.
    private func ordersDeclared(with facts: WaybillFacts, life: Int) -> [Int] {
        var found: [Int] = []
        for (list, order) in liveLists {
            guard let order else { continue }
            let said = row.lists[list]
            guard said.facts.waybill != Tokens.none, said.facts.waybill == facts.waybill,
                said.facts.carrier == facts.carrier,
                nearestLife(of: lives[life].stream, to: said.own) == life,
                !found.contains(order)
            else { continue }
            found.append(order)
        }
        return found
    }

    /// The life of a waybill number whose beginning is nearest; of two the later.
    func nearestLife(of stream: Int, to time: Int64) -> Int? {
        var best: Int?
        for index in lives.indices where lives[index].stream == stream {
            guard let chosen = best else {
                best = index
                continue
            }
            let distance = lives[index].start.distanceMagnitude(to: time)
            if distance <= lives[chosen].start.distanceMagnitude(to: time) { best = index }
        }
        return best
    }

    /// Two submitted versions of one life that name different orders: both orders have it.
    private mutating func markReuse(_ life: WaybillLife) {
        let stream = row.waybills[life.stream]
        guard stream.versions.count > 1 else { return }
        var numbers: [NameToken] = []
        for index in stream.versions.indices {
            let version = stream.versions[index]
            guard version.isFirst, life.window.contains(version.own),
                version.facts.number != Tokens.none, !numbers.contains(version.facts.number),
                stream.isLive(index, window: life.window)
            else { continue }
            numbers.append(version.facts.number)
        }
        guard numbers.count > 1 else { return }
        for number in numbers {
            let named = orders(numbered: number) { _ in true }
            switch resolve(named) {
            case .none: continue
            case .order(let order): papers[order].reused.append(name(life))
            case .ambiguous(let several):
                for order in several { papers[order].reused.append(name(life)) }
            }
        }
    }
}

/// Whether nothing that both sides know differs, and at least one thing is known to both.
func agree(_ left: PersonMarks, _ right: PersonMarks) -> Bool {
    var known = false
    for (one, two) in [
        (left.name, right.name), (left.phone, right.phone), (left.address, right.address),
    ] {
        guard let one, let two else { continue }
        if one != two { return false }
        known = true
    }
    return known
}

extension Int64 {
    /// |other − self| without overflow.
    func distanceMagnitude(to other: Int64) -> UInt64 {
        self < other
            ? UInt64(bitPattern: other &- self) : UInt64(bitPattern: self &- other)
    }
}
