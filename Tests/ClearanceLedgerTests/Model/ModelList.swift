import ClearanceEvents
import ClearanceLedger

/// The log as a plain list: what every promise of the ledger is compared with.
///
/// Slow and obvious on purpose: everything is looked for from the front.
struct ModelList {
    struct Entry {
        var event: Event
        var recorded: Int64
        /// Whether the keys of its personal sections were overwritten.
        var isErased = false
    }

    private(set) var entries: [Entry] = []
    /// Refused requests and where their refusals stand.
    private(set) var refusals: [(request: Event, position: UInt64)] = []

    var count: UInt64 { UInt64(entries.count) }

    /// The entry at a position from 1.
    subscript(position: UInt64) -> Entry { entries[Int(position) - 1] }

    /// Which fact an event of the toy's trade is.
    static func key(_ event: Event) -> String {
        "\(event.type.name) \(event.subject) \(event.source) \(event.id)"
    }

    /// Whether an event is too large to become an entry.
    static func isMalformed(_ event: Event) -> Bool {
        event.data.text("buyerName").map { $0.utf8.count > 60_000 } ?? false
    }

    /// The position of the same fact with the same content.
    func known(_ event: Event) -> UInt64? {
        entries.firstIndex { $0.event == event }.map { UInt64($0) + 1 }
    }

    /// The position of the first entry of the same fact.
    func first(of event: Event) -> UInt64? {
        let key = ModelList.key(event)
        return entries.firstIndex { ModelList.key($0.event) == key }.map { UInt64($0) + 1 }
    }

    private func told(_ position: UInt64) -> AppendOutcome {
        self[position].isErased
            ? .alreadyAppendedErased(position: position) : .alreadyAppended(position: position)
    }

    /// Erases a person; the positions that it touches.
    mutating func erase(_ identity: String) -> [UInt64] {
        var touched: [UInt64] = []
        for index in entries.indices
        where entries[index].event.data.text("buyerIdNumber") == identity
            && !entries[index].isErased
        {
            entries[index].isErased = true
            touched.append(UInt64(index) + 1)
        }
        return touched
    }

    /// Takes events in as the ledger promises to; the outcomes, conflicts without their field.
    mutating func append(_ events: [Event], _ recorded: RecordedTime) -> [AppendOutcome?] {
        events.map { event -> AppendOutcome? in
            if ModelList.isMalformed(event) { return nil }
            if let known = known(event) { return told(known) }
            let first = first(of: event)
            add(event, recorded)
            if let first { return .conflict(position: count, with: first, field: "") }
            return .appended(position: count)
        }
    }

    /// Takes events in if nothing newer than the positions is about the subjects.
    mutating func append(
        _ events: [Event], _ recorded: RecordedTime,
        if conditions: [(subject: String, after: UInt64)]
    ) -> [AppendOutcome?] {
        let newest = conditions.map { stream(of: $0.subject).last ?? 0 }
        let failed = conditions.indices.first { newest[$0] > conditions[$0].after }
        guard let failed else { return append(events, recorded) }
        return events.map { event -> AppendOutcome? in
            if ModelList.isMalformed(event) { return nil }
            if let known = known(event) { return told(known) }
            return .conditionFailed(newest: newest[failed], about: failed)
        }
    }

    /// Takes events in one by one, refusing a second order of one thing.
    mutating func enforce(_ events: [Event], _ recorded: RecordedTime) -> [AppendOutcome?] {
        events.map { event -> AppendOutcome? in
            let isRefused =
                event.type == .orderSubmitted && !ModelList.isMalformed(event)
                && known(event) == nil && !orders(with: event).isEmpty
            guard isRefused else { return append([event], recorded)[0] }
            if let old = refusals.first(where: { $0.request == event }) {
                return .refused(position: old.position, code: ModelRule.code)
            }
            var refusal = Event(
                "ledger.refused", subject: event.subject, time: event.time,
                source: "urn:clearance:ledger", id: "")
            refusal.data["code"] = .text(ModelRule.code)
            add(refusal, recorded)
            refusals.append((event, count))
            return .refused(position: count, code: ModelRule.code)
        }
    }

    /// Adds an entry that the ledger says it has.
    mutating func add(_ event: Event, _ recorded: RecordedTime) {
        let time =
            switch recorded {
            case .at(let instant): instant.microseconds
            case .input: event.time.microseconds
            }
        entries.append(Entry(event: event, recorded: max(time, entries.last?.recorded ?? .min)))
    }

    /// Loses the last entry: the fault that is planted to see whether it is found.
    mutating func forgetLast() { _ = entries.popLast() }

    /// The orders that are one thing with an event, among the first `end` entries.
    func orders(with event: Event, through end: UInt64 = .max) -> [Event] {
        thing(of: event.data.text("orderNo") ?? "", through: end)
            .filter { $0.type == .orderSubmitted }
    }

    /// All events that are one thing with an order number: waybills join numbers, the rest follow.
    func thing(of number: String, through end: UInt64 = .max) -> [Event] {
        let known = entries.prefix(Int(min(end, count))).map(\.event)
        let waybills = known.filter { $0.type == .waybillSubmitted }
        var orders: Set<String> = [number]
        var bills: Set<String> = []
        while true {
            let before = orders.count + bills.count
            for waybill in waybills {
                guard let order = waybill.data.text("orderNo"),
                    let bill = waybill.data.text("logisticsNo"),
                    orders.contains(order) || bills.contains(bill)
                else { continue }
                orders.insert(order)
                bills.insert(bill)
            }
            if orders.count + bills.count == before { break }
        }
        return known.filter { event in
            event.type.name != "ledger.refused"
                && orders.contains(event.data.text("orderNo") ?? "")
        }
    }

    /// The positions of a subject, ascending, among the first `end`.
    func stream(of subject: String, through end: UInt64 = .max) -> [UInt64] {
        (1...max(count, 1)).filter {
            $0 <= min(end, count) && self[$0].event.subject == subject
        }
    }
}

/// The rule under which the model's ledgers enforce: one order a thing.
struct ModelRule: AdmissionRule {
    static let code = "secondOrder"
    let fold = ToyFold()

    func isRequest(_ type: EventType) -> Bool { type == .orderSubmitted }

    func judge(_ request: EventView, row: ToyRow) -> Verdict {
        row.subjects.contains { $0.hasPrefix("order:") } ? .refuse(code: Self.code) : .admit
    }
}
