import ClearanceEvents

/// The papers of all orders.
struct ReferenceMeeting {
    let table: ReferenceTable
    let orders: [ReferenceOrder]
    var found: [String: ReferenceFinding] = [:]
    var orphans: [String: [String]] = [:]

    init(table: ReferenceTable, orders: [ReferenceOrder]) {
        self.table = table
        self.orders = orders
        for order in orders { found[order.subject] = ReferenceFinding() }
    }

    mutating func meet() {
        let lists = meetLists()
        meetPayments()
        meetWaybills(lists)
        for live in table.live("proceeds") {
            let candidates = orders.filter {
                !live.paper.text("orderNo").isEmpty
                    && $0.paper.text("orderNo") == live.paper.text("orderNo")
                    && $0.paper.text("ebcCode") == live.paper.text("ebcCode")
            }
            place(table.choose(candidates), "proceeds", live.name, orphan: "orphanProceeds") {
                $0.proceeds.append(live)
            }
        }
    }

    private mutating func place(
        _ choice: ReferenceChoice, _ family: String, _ name: String, orphan: String,
        _ add: (inout ReferenceFinding) -> Void
    ) {
        switch choice {
        case .none: orphans[orphan, default: []].append(name)
        case .one(let subject): add(&found[subject, default: ReferenceFinding()])
        case .several(let subjects):
            for subject in subjects { found[subject]?.ambiguous.append((family, name)) }
        }
    }

    private mutating func meetLists() -> [(list: ReferencePaper, order: String)] {
        var met: [(list: ReferencePaper, order: String)] = []
        for thing in table.listThings() {
            let versions = thing.filter(\.isVersion)
            guard let newest = table.newest(versions) else { continue }
            if case .one(let subject) = table.choose(list: newest, orders) {
                for receipt in table.rejection(of: newest, in: thing) ?? [] {
                    guard
                        !thing.contains(where: {
                            ($0.step == "withdrawn" && $0.own >= newest.own)
                                || ($0.step == "cancelled"
                                    && $0.event.time.microseconds >= newest.own)
                        }), case .list(let codes)? = receipt.event.data["codes"]
                    else { continue }
                    for case .text(let code) in codes { found[subject]?.customs.append(code) }
                }
            }
            guard let live = table.newest(versions.filter { table.isLive($0, in: thing) }) else {
                continue
            }
            switch table.choose(list: live, orders) {
            case .none: orphans["orphanList", default: []].append(live.subject)
            case .several: continue
            case .one(let subject):
                met.append((live, subject))
                if found[subject]?.list.map({ live.isNewer(than: $0) }) ?? true {
                    found[subject]?.list = live
                }
            }
        }
        return met
    }

    private mutating func meetWaybills(_ lists: [(list: ReferencePaper, order: String)]) {
        for (live, start) in table.liveWaybills() {
            let starts = table.starts(live.paper.subject)
            let declared = lists.filter { list, _ in
                guard !list.text("logisticsNo").isEmpty,
                    list.text("logisticsNo") == live.paper.text("logisticsNo"),
                    list.text("logisticsCode") == live.paper.text("logisticsCode")
                else { return false }
                let nearest = starts.min { one, two in
                    let first = (list.own - one).magnitude
                    let second = (list.own - two).magnitude
                    return first != second ? first < second : one > two
                }
                return nearest == start
            }.map(\.order)
            let number = live.paper.text("orderNo")
            if !number.isEmpty {
                let choice = table.choose(
                    orders.filter { $0.paper.text("orderNo") == number },
                    [
                        { declared.contains($0.subject) },
                        { Self.agree($0.paper, live.paper) },
                    ])
                place(choice, "waybill", live.name, orphan: "orphanWaybill") {
                    $0.waybills.append(live)
                }
                continue
            }
            // An export waybill is of every order whose list names it.
            let candidates = orders.filter { declared.contains($0.subject) }
            for one in Set(candidates.map { $0.paper.text("orderNo") }) {
                let choice = table.choose(
                    candidates.filter { $0.paper.text("orderNo") == one })
                place(choice, "waybill", live.name, orphan: "orphanWaybill") {
                    $0.waybills.append(live)
                }
            }
            if candidates.isEmpty { orphans["orphanWaybill", default: []].append(live.name) }
        }
        markReuse()
    }

    private static func agree(_ order: ReferencePaper, _ waybill: ReferencePaper) -> Bool {
        let known = ["consignee", "consigneeTelephone", "consigneeAddress"].compactMap { field in
            order.person(field).flatMap { one in waybill.person(field).map { one == $0 } }
        }
        return !known.isEmpty && !known.contains(false)
    }

    private mutating func markReuse() {
        let all = table.versions("waybill")
        for subject in Set(all.map(\.subject)) {
            for life in table.windows(subject) {
                let numbers = Set(
                    all.filter {
                        $0.subject == subject && $0.step == "submitted" && $0.own >= life.since
                            && $0.own < life.until && !$0.text("orderNo").isEmpty
                            && !table.isWithdrawn($0, since: life.since, until: life.until)
                            && !table.isRejected($0, since: life.since, until: life.until)
                    }.map { $0.text("orderNo") })
                guard numbers.count > 1 else { continue }
                for number in numbers {
                    switch table.choose(orders.filter { $0.paper.text("orderNo") == number }) {
                    case .none: continue
                    case .one(let order): found[order]?.isReused = true
                    case .several(let several):
                        for order in several { found[order]?.isReused = true }
                    }
                }
            }
        }
    }

    private mutating func meetPayments() {
        let live = table.live("payment")
        for subject in Set(live.map(\.paper.subject)) {
            let lines = live.filter { $0.paper.subject == subject }
                .sorted { $1.paper.isNewer(than: $0.paper) }
            let named = table.named(by: lines)
            let fault = table.shareFault(lines, named)
            var isMet = false
            for one in named {
                let choice = table.choose(one, orders)
                if choice == .none { continue }
                isMet = true
                place(choice, "payment", subject, orphan: "") {
                    $0.payments.append((one.line, one.share, named.count))
                    if let fault { $0.shareFaults.append(fault) }
                }
            }
            if !isMet { orphans["orphanPayment", default: []].append(subject) }
        }
    }
}
