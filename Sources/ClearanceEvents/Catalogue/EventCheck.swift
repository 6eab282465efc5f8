extension Event {
    /// What is malformed about the event, in the order of its fields; empty for a sound event.
    ///
    /// Faults refuse the event in either admission mode. Cost: one pass over the members.
    public func faults(profile: EventProfile = .open) -> [Fault] {
        guard let definition = type.definition else {
            return [Fault(.unknownChoice, "type", "no such event type", "没有这种事件")]
        }
        var check = EventCheck(message: profile == .ceb ? data.text("message") : nil)
        check.envelope(self)
        check.groups(definition.required, of: data, path: "data")
        check.conditions(definition.conditions, of: data, path: "data")
        check.members(of: data, path: "data", depth: 0)
        return check.faults
    }
}

/// Collects the faults of one event.
struct EventCheck {
    private(set) var faults: [Fault] = []
    /// The message whose schema is demanded; nil in the `open` profile.
    private let message: String?

    init(message: String?) { self.message = message }

    mutating func envelope(_ event: Event) {
        for (path, text) in [("id", event.id), ("source", event.source)] where text.isEmpty {
            add(.missingField, path, "the attribute is empty", "属性为空")
        }
        if !Subject(event.subject).isWellFormed {
            add(.malformedSubject, "subject", "not a well-formed subject", "主体标识格式不正确")
        }
        if event.subject == PersonSubject.open && !EventCheck.has(event.data, "idNumber") {
            missing(["idNumber"], path: "data")
        }
    }

    /// Of each group at least one field must be there.
    mutating func groups(_ groups: [[String]], of record: DataRecord, path: String) {
        for group in groups where !group.contains(where: { EventCheck.has(record, $0) }) {
            missing(group, path: path)
        }
        guard let message else { return }
        for field in record.layout.fields
        where field.isMandatory(in: message) && !EventCheck.has(record, field.name)
            && !groups.contains([field.name])
        {
            missing([field.name], path: path)
        }
    }

    /// What the choices of the record demand; an absent choice counts as its first word.
    mutating func conditions(
        _ conditions: [FieldCondition], of record: DataRecord, path: String
    ) {
        for condition in conditions {
            guard let number = record.layout.number(of: condition.field),
                case .choice(let words) = record.layout.field(number).kind
            else { continue }
            let given = record.text(condition.field) ?? words.first
            guard given == condition.value else { continue }
            for group in condition.required
            where !group.contains(where: { EventCheck.has(record, $0) }) {
                missing(group, path: path)
            }
        }
    }

    /// The kind and length of every known member of a record at this depth. Unknown members are
    /// kept as they come.
    mutating func members(of record: DataRecord, path: String, depth: Int) {
        for member in record.members {
            let inner = "\(path).\(member.name)"
            if member.number == 0 {
                checkDepth(member.value, path: inner, depth: depth)
            } else {
                let field = record.layout.field(member.number)
                value(member.value, field: field, layout: record.layout, path: inner, depth: depth)
            }
        }
    }

    /// A record inside a list or a record field.
    mutating func inner(_ record: DataRecord, path: String, depth: Int) {
        guard depth < EventLimits.depth else { return tooDeep(path) }
        let mandatory = record.layout.fields.filter(\.isMandatory).map { [$0.name] }
        groups(mandatory + record.layout.oneOf, of: record, path: path)
        conditions(record.layout.conditions, of: record, path: path)
        members(of: record, path: path, depth: depth)
    }

    mutating func add(_ code: Fault.Code, _ path: String, _ english: String, _ chinese: String) {
        faults.append(Fault(code, path, english, chinese))
    }

    mutating func tooDeep(_ path: String) {
        add(
            .tooDeep, path, "more than \(EventLimits.depth) levels",
            "超过 \(EventLimits.depth) 层")
    }

    /// How deep a value goes whose shape nobody knows; `depth` is that of what holds it.
    mutating func checkDepth(_ value: DataValue, path: String, depth: Int) {
        switch value {
        case .record(let record):
            guard depth + 1 < EventLimits.depth else { return tooDeep(path) }
            for member in record.members {
                checkDepth(member.value, path: "\(path).\(member.name)", depth: depth + 1)
            }
        case .list(let items):
            guard depth + 1 < EventLimits.depth else { return tooDeep(path) }
            for (index, item) in items.enumerated() {
                checkDepth(item, path: "\(path)[\(index)]", depth: depth + 1)
            }
        default: break
        }
    }

    private mutating func missing(_ group: [String], path: String) {
        let words = group.joined(separator: ", ")
        add(
            .missingField, "\(path).\(group[0])",
            group.count == 1 ? "\(words) is missing" : "one of \(words) is missing",
            group.count == 1 ? "缺少 \(words)" : "\(words) 至少须有一项")
    }

    /// An empty text and null count as absent.
    static func has(_ record: DataRecord, _ name: String) -> Bool {
        switch record[name] {
        case nil, .null?: false
        case .text(let text)?: !text.isEmpty
        case .list(let items)?: !items.isEmpty
        default: true
        }
    }
}
