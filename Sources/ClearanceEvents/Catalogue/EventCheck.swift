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
        check.obligations(definition.demand, of: data.cursor, layout: data.layout)
        check.members(of: data.cursor, layout: data.layout, depth: 0)
        return check.faults
    }
}

/// Collects the faults of one event.
struct EventCheck {
    private(set) var faults: [Fault] = []
    /// The message whose schema is demanded; nil in the `open` profile.
    private let message: String?
    private let data: DataRecord
    /// The slot of the value that is looked at; -1 for the whole record.
    var place = -1

    init(_ data: DataRecord, message: String?) {
        self.data = data
        self.message = message
    }

    mutating func envelope(_ event: Event) {
        if event.id.isEmpty { add(.missingField, "id", "the attribute is empty", "属性为空") }
        if event.source.isEmpty {
            add(.missingField, "source", "the attribute is empty", "属性为空")
        }
        if !Subject.isWellFormed(event.subject.utf8Span.span) {
            add(.malformedSubject, "subject", "not a well-formed subject", "主体标识格式不正确")
        }
        if event.subject == PersonSubject.open {
            let number = event.data.layout.identity.idNumber
            if number == 0 || !event.data.has(number) { missing(["idNumber"]) }
        }
    }

    /// Of each group at least one field must be there; then what the message's schema demands,
    /// and what the choices of the record demand.
    mutating func obligations(
        _ demand: FieldDemand, of record: DataCursor, layout: RecordLayout
    ) {
        let present = FieldSet(of: record)
        // The order of the faults is that of the groups; a sound record need not look at all.
        let groups = present.isSuperset(of: demand.single) ? demand.choices : demand.groups
        for group in groups { one(of: group, present, layout) }
        if let message {
            for field in layout.mandatory(in: message)
            where !present.contains(field) && !demand.single.contains(field) {
                missing([layout.name(field)])
            }
        }
        for condition in demand.conditions {
            guard holds(condition, of: record) else { continue }
            for group in condition.groups { one(of: group, present, layout) }
        }
    }

    private func holds(_ condition: FieldDemand.Condition, of record: DataCursor) -> Bool {
        var cursor = record
        let isThere = cursor.next(number: condition.field) && cursor.kind.isText
        return condition.holds(for: isThere ? cursor.text : nil)
    }

    private mutating func one(of group: [UInt16], _ present: FieldSet, _ layout: RecordLayout) {
        for number in group where present.contains(number) { return }
        missing(group.map { layout.name($0) })
    }

    /// The kind and length of every known member of a record at this depth. Unknown members are
    /// kept as they come.
    mutating func members(of record: DataCursor, layout: RecordLayout, depth: Int) {
        let outer = place
        var cursor = record
        while cursor.next() {
            place = cursor.index
            if cursor.number == 0 {
                checkDepth(cursor, depth: depth)
            } else {
                value(cursor, layout: layout, depth: depth)
            }
        }
        place = outer
    }

    /// A record inside a list or a record field.
    mutating func inner(_ record: DataCursor, layout: RecordLayout, depth: Int) {
        guard depth < EventLimits.depth else { return tooDeep() }
        obligations(layout.demand, of: record, layout: layout)
        members(of: record, layout: layout, depth: depth)
    }

    /// A fault at the value that is looked at.
    mutating func add(_ code: Fault.Code, _ english: String, _ chinese: String) {
        add(code, data.path(to: place), english, chinese)
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
    mutating func checkDepth(_ value: DataCursor, depth: Int) {
        guard value.kind.isContainer else { return }
        guard depth + 1 < EventLimits.depth else { return tooDeep() }
        let outer = place
        var cursor = value.inside
        while cursor.next() {
            place = cursor.index
            checkDepth(cursor, depth: depth + 1)
        }
        place = outer
    }

    private mutating func missing(_ group: [String]) {
        let words = group.joined(separator: ", ")
        add(
            .missingField, "\(data.path(to: place)).\(group[0])",
            group.count == 1 ? "\(words) is missing" : "one of \(words) is missing",
            group.count == 1 ? "缺少 \(words)" : "\(words) 至少须有一项")
    }
}
