internal import ClearanceEvents

extension EventParser {
    /// The members of an object as a record of `layout`.
    mutating func record(
        _ node: Int, layout: RecordLayout, path: String, depth: Int
    ) -> DataRecord {
        var record = DataRecord(layout)
        guard depth < EventLimits.depth else {
            fault("tooDeep", path, at: node, zh: "嵌套过深", en: "nested too deeply")
            return record
        }
        var index = node + 1
        while index < tape.next(node) {
            let name = tape.text(index)
            let inner = path + "." + name
            let field = layout.number(of: name)
            if let value = value(
                index + 1, field: field, layout: layout, path: inner, depth: depth + 1)
            {
                if !record.add(value, name: name) {
                    fault(
                        "duplicate", inner, at: index, zh: "成员重复",
                        en: "the member stands twice")
                }
                remember(inner, node: index + 1)
            }
            index = tape.next(index + 1)
        }
        return record
    }

    /// One value as it was given; the event's own check says whether it is of the right kind.
    mutating func value(
        _ node: Int, field: UInt16?, layout: RecordLayout?, path: String, depth: Int
    ) -> DataValue? {
        let element = field.flatMap { layout?.element(of: $0) }
        switch tape.kind(node) {
        case .string: return .text(tape.text(node))
        case .number: return .number(tape.text(node))
        case .yes: return .bool(true)
        case .no: return .bool(false)
        case .null: return .null
        case .object:
            return .record(
                record(
                    node, layout: element ?? Catalogue.extras, path: path, depth: depth))
        case .array: return list(node, field: field, layout: layout, path: path, depth: depth)
        case .key: preconditionFailure("a key is not a value")
        }
    }

    private mutating func list(
        _ node: Int, field: UInt16?, layout: RecordLayout?, path: String, depth: Int
    ) -> DataValue? {
        guard depth < EventLimits.depth else {
            fault("tooDeep", path, at: node, zh: "嵌套过深", en: "nested too deeply")
            return nil
        }
        var items: [DataValue] = []
        items.reserveCapacity(tape.children(node))
        var index = node + 1
        while index < tape.next(node) {
            let inner = "\(path)[\(items.count)]"
            if let item = value(
                index, field: field, layout: layout, path: inner, depth: depth + 1)
            {
                items.append(item)
            }
            index = tape.next(index)
        }
        return .list(items)
    }
}
