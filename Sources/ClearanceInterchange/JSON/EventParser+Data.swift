internal import ClearanceEvents

extension EventParser {
    /// The members of an object as a record of `layout`.
    mutating func record(_ node: Int, layout: RecordLayout, depth: Int) -> DataRecord {
        var record = DataRecord(layout)
        guard depth < EventLimits.depth else {
            tooDeep(node)
            return record
        }
        record.reserve(tape.children(node))
        var index = node + 1
        let end = tape.next(node)
        while index < end {
            let field = tape.field(index, of: layout)
            if let value = value(index + 1, field: field, layout: layout, depth: depth + 1) {
                let isNew =
                    field == 0
                    ? record.add(value, name: tape.text(index)) : record.add(value, number: field)
                if !isNew { stoodAlready(index + 1) }
            }
            index = tape.next(index + 1)
        }
        return record
    }

    /// One value as it was given; the event's own check says whether it is of the right kind.
    /// `field` is 0 for a name that `layout` does not know.
    mutating func value(
        _ node: Int, field: UInt16, layout: RecordLayout, depth: Int
    ) -> DataValue? {
        switch tape.kind(node) {
        case .string: return .text(tape.text(node))
        case .number: return .number(tape.text(node))
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .null: return .null
        case .object:
            let element = field == 0 ? nil : layout.element(of: field)
            return .record(
                record(node, layout: element ?? Catalogue.extras, depth: depth))
        case .array: return list(node, field: field, layout: layout, depth: depth)
        case .key: preconditionFailure("a key is not a value")
        }
    }

    private mutating func list(
        _ node: Int, field: UInt16, layout: RecordLayout, depth: Int
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

    mutating func stoodAlready(_ node: Int) {
        fault("duplicate", at: node, zh: "成员重复", en: "the member stands twice")
    }

    private mutating func tooDeep(_ node: Int) {
        fault("tooDeep", at: node, zh: "嵌套过深", en: "nested too deeply")
    }
}
