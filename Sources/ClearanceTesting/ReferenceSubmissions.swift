public import ClearanceEvents

/// A slow and obvious model of what customs makes of submissions, over owned events.
///
/// A clerk puts all papers on one pile in the order of their times and works it off with a card
/// for each document. The model knows orders, payments, waybills, proceeds, lists, cancel and
/// return requests and split messages; it does not know answers with a number, which a fold reads
/// from receipts.
public struct ReferenceSubmissions {
    /// What the clerk writes on the card of a document.
    struct Card {
        var stands = false
        var wasRejected = false
        var isEntered = false
        var isOver = false
        var begun: Instant?
        /// The places of the versions that customs has.
        var held: [Int] = []
        /// What it had when customs rejected the document.
        var refused: [Int] = []
        var verb = ""
        var count = 0
        var numbers: Set<Int> = []
        /// The version that was worked off last.
        var last: Int?
    }

    let events: [Event]
    var cards: [String: Card] = [:]
    var outcomes: [String?]

    /// The outcome of each event, in the order given; nil for what is no version of a document.
    public static func outcomes(_ events: [Event]) -> [String?] {
        var model = ReferenceSubmissions(events)
        model.workOff()
        return model.outcomes
    }

    private init(_ events: [Event]) {
        self.events = events
        outcomes = Array(repeating: nil, count: events.count)
    }

    // MARK: Reading

    private static let families = [
        "order", "payment", "waybill", "proceeds", "declare", "return", "move",
    ]
    private static let split = [
        "move.arrived", "move.departed", "declare.manifest", "declare.summaryRequested",
    ]

    /// `draft`, `new`, `change`, `delete`; nil for what is no version.
    func verb(_ event: Event) -> String? {
        let name = event.type.name
        let last = name.split(separator: ".").last.map(String.init) ?? ""
        let isOne =
            ReferenceSubmissions.split.contains(name) || name.hasPrefix("return.tall")
            || ["declare.cancel", "declare.manifest", "declare.summary"].contains(
                where: name.hasPrefix)
        guard ReferenceSubmissions.families.contains(where: name.hasPrefix) else { return nil }
        if isOne || last == "status" || last == "delivered" {
            guard let type = event.data.text("appType") else { return nil }
            if event.data.text("appStatus") == "1" { return "draft" }
            return type == "2" ? "change" : type == "3" ? "delete" : "new"
        }
        if name.hasPrefix("move.") { return nil }
        if name.hasPrefix("declare."), !isList(event) { return nil }
        return [
            "drafted": "draft", "submitted": "new", "requested": "new", "amended": "change",
            "withdrawn": "delete",
        ][last]
    }

    private func isList(_ event: Event) -> Bool {
        event.subject.hasPrefix("declaration:")
            && (event.data.text("form") ?? "list") == "list"
    }

    private func own(_ event: Event) -> Instant {
        guard let text = event.data.text("appTime") else { return event.time }
        return Instant(customs: text.utf8Span.span) ?? Instant(rfc3339: text) ?? event.time
    }

    /// The card's name: the subject, and what separates documents of one subject.
    private func card(_ event: Event) -> String {
        let name = event.type.name
        if name.hasPrefix("payment.") {
            return event.subject + "#" + (event.data.text("orderNo") ?? "")
        }
        if name.hasPrefix("move."), let status = event.data.text("logisticsStatus") {
            return event.subject + "#" + status
        }
        return name.hasPrefix("return.tall") ? "tally of " + event.subject : event.subject
    }

    private func rank(_ event: Event) -> Int {
        guard let verb = verb(event) else { return 1_000 }
        let papers = ["order:", "payment:", "waybill:", "move", "proceeds:", "declaration:"]
        let requests = ["cancel:", "return:"]
        let place =
            event.type.name.hasPrefix("move.")
            ? 3 : (papers + requests).firstIndex(where: event.subject.hasPrefix) ?? 20
        let verbs = ["draft", "new", "change", "delete"]
        return place * 10 + (verbs.firstIndex(of: verb) ?? 0)
    }

    // MARK: Working off

    private mutating func workOff() {
        let marks = events.map(ReferenceSubmissions.mark)
        for index in events.indices where verb(events[index]) != nil {
            let rivals = events.indices.filter { marks[$0].0 == marks[index].0 }
            let best = rivals.map { marks[$0].1 }.max()
            if marks[index].1 != best {
                outcomes[index] = "conflict"
            } else if rivals.first(where: { marks[$0].1 == best }) != index {
                outcomes[index] = "alreadyKnown"
            }
        }
        let pile = events.indices.filter { outcomes[$0] == nil }.sorted { left, right in
            let (one, other) = (events[left], events[right])
            let (first, second) = (at(one), at(other))
            if first != second { return first < second }
            if rank(one) != rank(other) { return rank(one) < rank(other) }
            let parts = [one, other].map { Int($0.data.text("msgSeqNo") ?? "") ?? 0 }
            if parts[0] != parts[1] { return parts[0] < parts[1] }
            if verb(one) != nil { return marks[left].1 < marks[right].1 }
            if word(one) != word(other) { return word(one) < word(other) }
            return marks[left].0 < marks[right].0
        }
        for index in pile { step(index) }
        for card in cards.values where card.stands && card.numbers.count < card.count {
            for index in card.held where outcomes[index] == "taken" {
                outcomes[index] = "partsMissing"
            }
        }
    }

    /// A version counts at its own time, everything else when it happened.
    private func at(_ event: Event) -> Int64 {
        (verb(event) == nil ? event.time : own(event)).microseconds
    }

    /// Of one instant lists come before requests, and acceptance before rejection and release.
    private func word(_ event: Event) -> Int {
        let name = event.type.name
        let place =
            event.subject.hasPrefix("cancel:") ? 10 : event.subject.hasPrefix("return:") ? 20 : 0
        if name.hasSuffix(".accepted") || name == "declare.cancelled" { return place }
        if name.hasSuffix(".rejected") || name.hasSuffix("efused") { return place + 1 }
        return place + (name == "release.returned" ? 3 : 2)
    }

    private static func mark(_ event: Event) -> (Digest16, Digest16) {
        let encoder = EntryEncoder(indexKey: SipKey(1, 2))
        var writer = ByteWriter()
        guard let identity = try? encoder.encode(event, into: &writer) else {
            preconditionFailure("an event that is no entry: \(event.type.name)")
        }
        return (identity.naturalKey, identity.content)
    }

    private mutating func step(_ index: Int) {
        let event = events[index]
        guard let verb = verb(event) else { return hear(event) }
        if verb == "draft" {
            outcomes[index] = "stored"
            return
        }
        let name = card(event)
        let outcome = judge(event, index, verb, cards[name] ?? Card())
        outcomes[index] = outcome
        if outcome == "taken" { write(index, verb, name) }
        cards[name, default: Card()].last = index
    }

    private func judge(_ event: Event, _ index: Int, _ verb: String, _ card: Card) -> String {
        let number = Int(event.data.text("msgSeqNo") ?? "") ?? 0
        let count = Int(event.data.text("msgCount") ?? "") ?? 0
        let isOpen = card.stands && card.verb == verb && card.numbers.count < card.count
        let fits = count == 0 ? number == 0 : (1...count).contains(number)
        if verb != "new" {
            guard card.stands || card.wasRejected else {
                let later = events.contains {
                    self.card($0) == self.card(event) && self.verb($0) == "new"
                        && own($0).microseconds > own(event).microseconds
                }
                return later ? "older" : "unknown"
            }
            let families = ["order.", "payment.", "waybill."]
            if families.contains(where: event.type.name.hasPrefix), isBound(event) {
                return "afterDeclaration"
            }
            let fixed = ["declare.amended", "declare.withdrawn", "return."]
            let isFixed =
                fixed.contains(where: event.type.name.hasPrefix)
                || event.subject.hasPrefix("cancel:")
            if isFixed, card.stands, card.isEntered { return "stateForbids" }
            if verb == "delete" { return "taken" }
        } else if card.stands, card.last != nil, !isOpen || card.count < 2 {
            let isFree =
                event.type.name == "waybill.submitted"
                && card.begun.map {
                    $0.beijingDay.adding(months: 6) < own(event).beijingDay
                } == true
            if !isFree { return "alreadyExists" }
        }
        if isOpen, card.last != nil, card.count > 1 || count > 1 {
            if count != card.count || !fits { return "partsDisagree" }
            return card.numbers.contains(number) ? "partTwice" : "taken"
        }
        if event.type.name == "declare.submitted" {
            return isDeclared(event) ? "alreadyExists" : "taken"
        }
        if event.subject.hasPrefix("cancel:") { return judgeCancel(event) }
        if event.subject.hasPrefix("return:") { return judgeReturn(event) }
        return fits ? "taken" : "partsDisagree"
    }

    private mutating func write(_ index: Int, _ verb: String, _ name: String) {
        let event = events[index]
        let number = Int(event.data.text("msgSeqNo") ?? "") ?? 0
        var card = cards[name] ?? Card()
        defer { cards[name] = card }
        let isNext = card.stands && card.verb == verb && card.numbers.count < card.count
        let entered = card.stands && card.isEntered && (verb == "change" || card.last == nil)
        card.wasRejected = false
        if verb == "delete" {
            (card.stands, card.held) = (false, [])
        } else if isNext, card.count > 1 {
            card.held.append(index)
            card.numbers.insert(number)
        } else {
            (card.stands, card.held) = (true, [index])
            card.isEntered = entered
            card.count = Int(event.data.text("msgCount") ?? "") ?? 0
            card.numbers = number == 0 ? [] : [number]
            if verb == "new" { (card.begun, card.isOver) = (own(event), false) }
        }
        card.verb = verb
    }
}
