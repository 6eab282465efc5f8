internal import ClearanceEvents

extension EventParser {
    /// Adds the members of an object to the open record, which has this layout.
    mutating func members(
        of node: Int, layout: RecordLayout, _ depth: Int, into builder: inout RecordBuilder
    ) {
        var index = node + 1
        let end = tape.next(node)
        while index < end {
            value(
                index + 1, key: index, number: tape.field(index, of: layout), layout: layout,
                depth + 1, into: &builder)
            index = tape.next(index + 1)
        }
    }

    /// Adds one member as it was given; the event's own check says whether it is of the right
    /// kind. The number is 0 for a name that the layout does not know.
    mutating func value(
        _ node: Int, key: Int, number: UInt16, layout: RecordLayout, _ depth: Int,
        into builder: inout RecordBuilder
    ) {
        switch tape.kind(node) {
        case .object:
            guard depth < EventLimits.depth else { return tooDeep(node) }
            let isNew =
                number == 0
                ? tape.with(key) { builder.beginRecord(name: $0) }
                : builder.beginRecord(number: number)
            guard isNew else { return stoodAlready(node) }
            members(of: node, layout: builder.layout, depth, into: &builder)
            builder.endRecord()
        case .array:
            guard depth < EventLimits.depth else { return tooDeep(node) }
            let isNew =
                number == 0
                ? tape.with(key) { builder.beginList(name: $0) }
                : builder.beginList(number: number)
            guard isNew else { return stoodAlready(node) }
            items(of: node, depth, into: &builder)
            builder.endList()
        default:
            let isNew =
                number == 0
                ? tape.add(node, key: key, to: &builder)
                : tape.add(node, number: number, to: &builder)
            if !isNew { stoodAlready(node) }
        }
    }

    private mutating func items(
        of node: Int, _ depth: Int, into builder: inout RecordBuilder
    ) {
        let layout = builder.layout
        var index = node + 1
        let end = tape.next(node)
        while index < end {
            switch tape.kind(index) {
            case .object:
                if depth + 1 < EventLimits.depth {
                    builder.beginRecord()
                    members(of: index, layout: layout, depth + 1, into: &builder)
                    builder.endRecord()
                } else {
                    tooDeep(index)
                }
            case .array:
                if depth + 1 < EventLimits.depth {
                    builder.beginList()
                    items(of: index, depth + 1, into: &builder)
                    builder.endList()
                } else {
                    tooDeep(index)
                }
            default: tape.addItem(index, to: &builder)
            }
            index = tape.next(index)
        }
    }

    mutating func stoodAlready(_ node: Int) {
        fault("duplicate", at: node, zh: "成员重复", en: "the member stands twice")
    }

    private mutating func tooDeep(_ node: Int) {
        fault("tooDeep", at: node, zh: "嵌套过深", en: "nested too deeply")
    }
}
