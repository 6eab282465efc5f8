internal import ClearanceEvents

extension EventParser {
    /// The members of an object as a record of `layout`.
    mutating func record(_ node: Int, layout: RecordLayout, depth: Int) -> DataRecord {
        var record = DataRecord(layout)
        guard depth < EventLimits.depth else {
            tooDeep(node)
            return record
        }
        var index = node + 1
        while index < tape.next(node) {
            let name = tape.text(index)
            if let value = value(
                index + 1, field: layout.number(of: name), layout: layout, depth: depth + 1),
                !record.add(value, name: name)
            {
                fault(
                    "duplicate", at: index + 1, zh: "成员重复", en: "the member stands twice")
            }
            index = tape.next(index + 1)
        }
        return record
    }

    /// One value as it was given; the event's own check says whether it is of the right kind.
    mutating func value(
        _ node: Int, field: UInt16?, layout: RecordLayout?, depth: Int
    ) -> DataValue? {
        switch tape.kind(node) {
        case .string: return .text(tape.text(node))
        case .number: return .number(tape.text(node))
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .null: return .null
        case .object:
            let element = field.flatMap { layout?.element(of: $0) }
            return .record(
                record(node, layout: element ?? Catalogue.extras, depth: depth))
        case .array: return list(node, field: field, layout: layout, depth: depth)
        case .key: preconditionFailure("a key is not a value")
        }
    }

    private mutating func list(
        _ node: Int, field: UInt16?, layout: RecordLayout?, depth: Int
    ) -> DataValue? {
        guard depth < EventLimits.depth else {
            tooDeep(node)
            return nil
        }
        var items: [DataValue] = []
        items.reserveCapacity(tape.children(node))
        var index = node + 1
        while index < tape.next(node) {
            if let item = value(index, field: field, layout: layout, depth: depth + 1) {
                items.append(item)
            }
            index = tape.next(index)
        }
        return .list(items)
    }

    private mutating func tooDeep(_ node: Int) {
        fault("tooDeep", at: node, zh: "嵌套过深", en: "nested too deeply")
    }
}
