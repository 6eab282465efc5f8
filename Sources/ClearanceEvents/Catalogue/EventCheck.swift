extension Event {
    /// What is malformed about the event, in the order of its fields; empty for a sound event.
    ///
    /// Faults refuse the event in either admission mode. Cost: one pass over the members.
    public func faults(profile: EventProfile = .open) -> [Fault] {
        guard let definition = type.definition else {
            return [Fault(.unknownChoice, "type", "no such event type", "没有这种事件")]
        }
        var check = EventCheck(data, message: profile == .ceb ? data.text("message") : nil)
        check.envelope(self)
        check.obligations(definition.demand, of: data)
        check.members(of: data, depth: 0)
        return check.faults
    }
}

/// Collects the faults of one event.
struct EventCheck {
    private(set) var faults: [Fault] = []
    /// The message whose schema is demanded; nil in the `open` profile.
    private let message: String?
    var trail: Trail

    init(_ data: DataRecord, message: String?) {
        trail = Trail(data)
        self.message = message
    }

    mutating func envelope(_ event: Event) {
        if event.id.isEmpty { add(.missingField, "id", "the attribute is empty", "属性为空") }
        if event.source.isEmpty {
            add(.missingField, "source", "the attribute is empty", "属性为空")
        }
        if !Subject(event.subject).isWellFormed {
            add(.malformedSubject, "subject", "not a well-formed subject", "主体标识格式不正确")
        }
        if event.subject == PersonSubject.open {
            let number = event.data.layout.identity.idNumber
            if number == 0 || !event.data.has(number) { missing(["idNumber"]) }
        }
    }

    /// Of each group at least one field must be there; then what the message's schema demands,
    /// and what the choices of the record demand.
    mutating func obligations(_ demand: FieldDemand, of record: DataRecord) {
        let layout = record.layout
        for group in demand.groups { one(of: group, in: record) }
        if let message {
            for field in layout.mandatory(in: message)
            where !record.has(field) && !demand.groups.contains([field]) {
                missing([layout.name(field)])
            }
        }
        for condition in demand.conditions {
            guard condition.holds(for: record.text(number: condition.field)) else { continue }
            for group in condition.groups { one(of: group, in: record) }
        }
    }

    private mutating func one(of group: [UInt16], in record: DataRecord) {
        for number in group where record.has(number) { return }
        missing(group.map { record.layout.name($0) })
    }

    /// The kind and length of every known member of a record at this depth. Unknown members are
    /// kept as they come.
    mutating func members(of record: DataRecord, depth: Int) {
        for (place, member) in record.members.enumerated() {
            trail.enter(place)
            if member.number == 0 {
                checkDepth(member.value, depth: depth)
            } else {
                value(member.value, number: member.number, layout: record.layout, depth: depth)
            }
            trail.leave()
        }
    }

    /// A record inside a list or a record field.
    mutating func inner(_ record: DataRecord, depth: Int) {
        guard depth < EventLimits.depth else { return tooDeep() }
        obligations(record.layout.demand, of: record)
        members(of: record, depth: depth)
    }

    /// A fault at the place where the trail stands.
    mutating func add(_ code: Fault.Code, _ english: String, _ chinese: String) {
        add(code, trail.path, english, chinese)
    }

    private mutating func add(
        _ code: Fault.Code, _ path: String, _ english: String, _ chinese: String
    ) {
        faults.append(Fault(code, path, english, chinese))
    }

    mutating func tooDeep() {
        add(
            .tooDeep, "more than \(EventLimits.depth) levels",
            "超过 \(EventLimits.depth) 层")
    }

    /// How deep a value goes whose shape nobody knows; `depth` is that of what holds it.
    mutating func checkDepth(_ value: DataValue, depth: Int) {
        switch value {
        case .record(let record):
            guard depth + 1 < EventLimits.depth else { return tooDeep() }
            for (place, member) in record.members.enumerated() {
                trail.enter(place)
                checkDepth(member.value, depth: depth + 1)
                trail.leave()
            }
        case .list(let items):
            guard depth + 1 < EventLimits.depth else { return tooDeep() }
            for (place, item) in items.enumerated() {
                trail.enter(place)
                checkDepth(item, depth: depth + 1)
                trail.leave()
            }
        default: break
        }
    }

    private mutating func missing(_ group: [String]) {
        let words = group.joined(separator: ", ")
        add(
            .missingField, "\(trail.path).\(group[0])",
            group.count == 1 ? "\(words) is missing" : "one of \(words) is missing",
            group.count == 1 ? "缺少 \(words)" : "\(words) 至少须有一项")
    }
}
