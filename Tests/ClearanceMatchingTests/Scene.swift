import ClearanceEvents
import ClearanceMatching

/// Events of a small trade, written shortly; identities are impossible ones.
struct Scene {
    static let key = SipKey(7, 9)
    static let day = "2026-03-01"
    var events: [Event] = []
    private var count = 0

    /// The order, payment and waybill that match exactly.
    static func exact() -> Scene {
        var scene = Scene()
        scene.order()
        scene.payment()
        scene.waybill()
        return scene
    }

    @discardableResult
    mutating func add(
        _ type: String, _ subject: String, _ time: String, _ fields: [String: String?]
    ) -> Int {
        count += 1
        guard let instant = Instant(rfc3339: time) else { preconditionFailure(time) }
        var event = Event(
            type, subject: subject, time: instant, source: "urn:test", id: "e\(count)")
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
            if let value { event.data[name] = .text(value) }
        }
        events.append(event)
        return events.count - 1
    }

    @discardableResult
    mutating func order(
        _ number: String = "NO1", ebp: String = "EBP1", step: String = "submitted",
        at time: String = "2026-03-01T09:00:00+08:00", _ more: [String: String?] = [:]
    ) -> Int {
        var fields: [String: String?] = [
            "orderNo": number, "ebpCode": ebp, "ebcCode": "EBC1", "currency": "CNY",
            "acturalPaid": "129.12", "buyerName": "测试", "buyerIdNumber": "110101190001010006",
            "consignee": "测试收", "consigneeTelephone": "10000000000", "consigneeAddress": "甲街一号",
        ]
        fields.merge(more) { $1 }
        return add("order.\(step)", "order:\(ebp)/\(number)", time, fields)
    }

    @discardableResult
    mutating func payment(
        _ transaction: String = "T1", of number: String = "NO1", step: String = "submitted",
        at time: String = "2026-03-01T09:00:05+08:00", _ more: [String: String?] = [:]
    ) -> Int {
        var fields: [String: String?] = [
            "payCode": "PAY1", "payTransactionId": transaction, "orderNo": number,
            "ebpCode": "EBP1", "payerName": "测试", "payerIdNumber": "110101190001010006",
            "amountPaid": "129.12", "currency": "CNY",
        ]
        fields.merge(more) { $1 }
        return add("payment.\(step)", "payment:PAY1/\(transaction)", time, fields)
    }

    @discardableResult
    mutating func waybill(
        _ waybill: String = "W1", of number: String? = "NO1", step: String = "submitted",
        at time: String = "2026-03-01T12:00:00+08:00", _ more: [String: String?] = [:]
    ) -> Int {
        var fields: [String: String?] = [
            "logisticsCode": "LOG1", "logisticsNo": waybill, "orderNo": number, "weight": "1.2",
            "consignee": "测试收", "consigneeTelephone": "10000000000", "consigneeAddress": "甲街一号",
        ]
        fields.merge(more) { $1 }
        return add("waybill.\(step)", "waybill:LOG1/\(waybill)", time, fields)
    }

    @discardableResult
    mutating func list(
        _ cop: String = "C1", of number: String? = "NO1", waybill: String? = "W1",
        step: String = "submitted", at time: String = "2026-03-01T13:00:00+08:00",
        _ more: [String: String?] = [:]
    ) -> Int {
        var fields: [String: String?] = [
            "form": "list", "orderNo": number, "ebpCode": "EBP1", "ebcCode": "EBC1",
            "logisticsCode": "LOG1", "logisticsNo": waybill, "agentCode": "AG1", "copNo": cop,
            "buyerName": "测试", "buyerIdNumber": "110101190001010006",
        ]
        fields.merge(more) { $1 }
        return add("declare.\(step)", "declaration:AG1/\(cop)", time, fields)
    }

    @discardableResult
    mutating func proceeds(
        of number: String = "NO1", at time: String = "2026-03-20T09:00:00+08:00",
        _ more: [String: String?] = [:]
    ) -> Int {
        var fields: [String: String?] = [
            "ebcCode": "EBC1", "orderNo": number, "charge": "100", "currency": "USD",
        ]
        fields.merge(more) { $1 }
        return add("proceeds.submitted", "proceeds:EBC1/\(number)", time, fields)
    }

    @discardableResult
    mutating func receipt(
        _ type: String, _ subject: String, at time: String, _ more: [String: String?] = [:]
    ) -> Int {
        add(type, subject, time, more)
    }

    @discardableResult
    mutating func decide(
        _ action: String, about number: String = "NO1",
        at time: String = "2026-03-05T09:00:00+08:00", papers: [String] = []
    ) -> Int {
        let index = add("match.decided", "order:EBP1/\(number)", time, ["action": action])
        if !papers.isEmpty {
            events[index].data["papers"] = .list(papers.map { .text($0) })
        }
        return index
    }

    /// Sets a list of records of a field on the event at an index.
    mutating func set(
        _ index: Int, _ field: String, layout: String, _ records: [[String: String]]
    ) {
        let layout = Catalogue.current.layout(layout)
        events[index].data[field] = .list(
            records.map { fields in
                var record = DataRecord(layout)
                for (name, value) in fields { record[name] = .text(value) }
                return .record(record)
            })
    }

    @discardableResult
    mutating func order(_ more: [String: String?]) -> Int { order("NO1", more) }

    @discardableResult
    mutating func payment(_ more: [String: String?]) -> Int { payment("T1", more) }

    @discardableResult
    mutating func waybill(_ more: [String: String?]) -> Int { waybill("W1", more) }

    @discardableResult
    mutating func list(_ more: [String: String?]) -> Int { list("C1", more) }

    @discardableResult
    mutating func proceeds(_ more: [String: String?]) -> Int { proceeds(of: "NO1", more) }

    // MARK: - Asking

    /// The outcome of the only order, or of the named one.
    func outcome(
        _ subject: String? = nil, day: String? = nil, rules: MatchRules = .current
    ) throws -> OrderOutcome {
        let all = try outcomes(day: day, rules: rules)
        guard let found = all.first(where: { subject == nil || $0.subjectText == subject }) else {
            throw SceneError.noOutcome
        }
        return found
    }

    func outcomes(day: String? = nil, rules: MatchRules = .current) throws -> [OrderOutcome] {
        MatchDecider(rules: rules).outcomes(
            of: try Folding.row(of: events), day: day.flatMap { CivilDay($0) })
    }

    func orphans() throws -> [Orphan] {
        MatchDecider().orphans(of: try Folding.row(of: events), day: nil)
    }
}

enum SceneError: Error {
    case noOutcome
}

/// Encoding, ordering and grouping of events, as the ledger does it.
enum Folding {
    /// Entries with their identities, each fact and content once.
    static func entries(of events: [Event]) throws -> [(bytes: [UInt8], order: CanonicalOrder)] {
        let encoder = EntryEncoder(indexKey: Scene.key)
        var seen: Set<EntryIdentity> = []
        var entries: [(bytes: [UInt8], order: CanonicalOrder)] = []
        for event in events {
            var writer = ByteWriter()
            let identity = try encoder.encode(event, into: &writer)
            guard seen.insert(identity).inserted else { continue }
            let order = CanonicalOrder(time: event.time.microseconds, identity: identity)
            entries.append((writer.bytes, order))
        }
        return entries
    }

    /// One row of all events, in canonical order.
    static func row(of events: [Event]) throws -> MatchRow {
        try row(ofEntries: entries(of: events).sorted { $0.order < $1.order }.map(\.bytes))
    }

    static func row(ofEntries entries: [[UInt8]]) throws -> MatchRow {
        let fold = MatchFold()
        var row = fold.begin()
        for bytes in entries { fold.apply(try EventView(bytes.span), to: &row) }
        return row
    }

    /// The rows of all things, grouped by the links of ``Consignments``.
    static func rows(of events: [Event]) throws -> [MatchRow] {
        let entries = try self.entries(of: events).sorted { $0.order < $1.order }
        var links: [[LinkSink.Link]] = []
        for entry in entries {
            var sink = LinkSink()
            Consignments.links(of: try EventView(entry.bytes.span), into: &sink)
            links.append(sink.links)
        }
        let roots = joined(links)
        var viaThings: [Digest16: Set<Digest16>] = [:]
        for event in links {
            let things = Set(event.filter { $0.role != .via }.map { roots[$0.key] ?? $0.key })
            for link in event where link.role == .via {
                viaThings[link.key, default: []].formUnion(things)
            }
        }
        var members: [Digest16: [[UInt8]]] = [:]
        for (entry, event) in zip(entries, links) {
            var things: Set<Digest16> = []
            for link in event {
                if link.role == .via {
                    things.formUnion(viaThings[link.key] ?? [])
                } else {
                    things.insert(roots[link.key] ?? link.key)
                }
            }
            // What only refers is a thing of its own until something is there.
            if things.isEmpty, let first = event.first { things = [first.key] }
            for thing in things { members[thing, default: []].append(entry.bytes) }
        }
        return try members.sorted { $0.key < $1.key }.map { try row(ofEntries: $0.value) }
    }

    private static func joined(_ links: [[LinkSink.Link]]) -> [Digest16: Digest16] {
        var roots: [Digest16: Digest16] = [:]
        for event in links {
            let keys = event.filter { $0.role == .joins }.map(\.key)
            guard let first = keys.first else { continue }
            let target = roots[first] ?? first
            let merged = Set(keys.map { roots[$0] ?? $0 })
            for key in keys { roots[key] = target }
            for (key, root) in roots where merged.contains(root) { roots[key] = target }
        }
        return roots
    }
}
