import ClearanceEvents

// What lists mean for their papers and requests, and what customs says.
extension ReferenceSubmissions {
    /// The lists that stand, by the names of their cards.
    private var lists: [(name: String, events: [Event])] {
        cards.filter { $0.value.stands && $0.key.hasPrefix("declaration:") }
            .map { ($0.key, $0.value.held.map { events[$0] }) }
    }

    private func isSameOrder(_ left: Event, _ right: Event) -> Bool {
        guard let number = left.data.text("orderNo"), number == right.data.text("orderNo") else {
            return false
        }
        return ["ebpCode", "ebcCode"].allSatisfy { field in
            guard let one = left.data.text(field), let other = right.data.text(field) else {
                return true
            }
            return one == "无" || other == "无" || one == other
        }
    }

    private func isSameWaybill(_ left: Event, _ right: Event) -> Bool {
        left.data.text("logisticsNo") == right.data.text("logisticsNo")
            && left.data.text("logisticsCode") == right.data.text("logisticsCode")
    }

    func isBound(_ paper: Event) -> Bool {
        lists.contains { list in
            list.events.contains {
                paper.type.name.hasPrefix("waybill.")
                    ? isSameWaybill($0, paper) : isSameOrder($0, paper)
            }
        }
    }

    func isDeclared(_ list: Event) -> Bool {
        lists.contains { other in
            other.name != list.subject
                && other.events.contains { isSameOrder($0, list) && isSameWaybill($0, list) }
        }
    }

    /// The card of the list with a number, as any paper or receipt told it.
    private func list(numbered number: String?) -> String? {
        guard let number else { return nil }
        return events.first {
            $0.subject.hasPrefix("declaration:") && $0.data.text("invtNo") == number
        }?.subject
    }

    func judgeCancel(_ event: Event) -> String {
        guard let name = list(numbered: event.data.text("invtNo")), let card = cards[name],
            card.last != nil || card.stands
        else { return "listUnknown" }
        let others = cards.filter {
            $0.key.hasPrefix("cancel:") && $0.key != event.subject && $0.value.stands
        }
        let isAsked = others.values.contains { other in
            other.held.contains {
                events[$0].data.text("invtNo") == event.data.text("invtNo")
            }
        }
        if isAsked { return "alreadyCancelled" }
        return card.stands && !card.isOver ? "taken" : "stateForbids"
    }

    func judgeReturn(_ event: Event) -> String {
        guard let name = list(numbered: event.data.text("invtNo")), let card = cards[name],
            card.last != nil || card.stands
        else { return "listUnknown" }
        let listed = lines(card.held.map { events[$0] })
        guard !listed.isEmpty else { return "taken" }
        let asked = lines([event])
        for line in asked {
            let isKnown = listed.contains {
                $0.gnum == line.gnum
                    && ($0.gcode == line.gcode || $0.gcode.isEmpty || line.gcode.isEmpty)
            }
            if !isKnown { return "lineUnknown" }
        }
        let others = cards.filter {
            $0.key.hasPrefix("return:") && $0.key != event.subject && $0.value.stands
        }
        let before = lines(
            others.values.flatMap(\.held).map { events[$0] }.filter {
                $0.data.text("invtNo") == event.data.text("invtNo")
            })
        for line in asked {
            let back = (before + asked).filter { $0.gnum == line.gnum }.reduce(0) { $0 + $1.qty }
            let had = listed.filter { $0.gnum == line.gnum }.reduce(0) { $0 + $1.qty }
            if back > had { return "quantityExceeded" }
        }
        return "taken"
    }

    private func lines(_ events: [Event]) -> [(gnum: String, gcode: String, qty: Int64)] {
        events.flatMap { event -> [(gnum: String, gcode: String, qty: Int64)] in
            guard case .list(let items) = event.data["items"] else { return [] }
            return items.compactMap { item in
                guard case .record(let record) = item else { return nil }
                return (
                    record.text("gnum") ?? "", record.text("gcode") ?? "",
                    FixedDecimal(record.text("qty") ?? "")?.units ?? 0
                )
            }
        }
    }

    /// What customs says of a document.
    mutating func hear(_ event: Event) {
        let name = event.type.name
        let isAcceptance =
            name.hasSuffix(".accepted") || name == "release.granted" || name == "release.closed"
            || name == "declare.cancelled"
        let isRejection =
            name.hasSuffix(".rejected") || name == "return.refused"
            || name == "declare.cancelRefused"
        if cards.keys.allSatisfy({ !isCard($0, of: event) }),
            isAcceptance || name == "release.returned"
        {
            cards[event.subject] = Card()
        }
        let own = cards.keys.filter { isCard($0, of: event) }
        for key in own where !name.hasPrefix("receipt.") {
            var card = cards[key] ?? Card()
            if isAcceptance { accept(&card) }
            if isRejection, card.stands {
                for index in card.held { outcomes[index] = "rejected" }
                (card.refused, card.held) = (card.held, [])
                card.stands = false
                card.wasRejected = true
                card.isEntered = false
            }
            if name.hasPrefix("release.") { card.isOver = true }
            if name == "release.returned" { card.stands = false }
            cards[key] = card
        }
        guard name == "declare.cancelled",
            let list = list(numbered: event.data.text("invtNo"))
        else { return }
        var card = cards[list] ?? Card()
        (card.stands, card.isOver, card.held) = (false, true, [])
        cards[list] = card
    }

    private func isCard(_ name: String, of event: Event) -> Bool {
        name == event.subject || name.hasPrefix(event.subject + "#")
    }

    private mutating func accept(_ card: inout Card) {
        if card.wasRejected {
            for index in card.refused { outcomes[index] = "taken" }
            (card.held, card.refused) = (card.refused, [])
        } else if !card.stands, let last = card.last {
            guard outcomes[last] == "unknown" || outcomes[last] == "older" else { return }
            outcomes[last] = "taken"
            guard verb(events[last]) == "change" else { return }
            card.held = [last]
        }
        card.stands = true
        card.wasRejected = false
        card.isEntered = true
    }
}
