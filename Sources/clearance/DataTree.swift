import ClearanceEvents
import ClearanceInterchange

/// The data of an event as a tree: personal fields masked, those that cannot be read told as sealed
/// or erased.
struct DataTree {
    let masks: Bool
    /// Whether something was masked.
    private(set) var masked = false

    init(masks: Bool) { self.masks = masks }

    mutating func tree(_ event: Event) -> Tree {
        tree(event.shownData, withheld: event.withheld.fields)
    }

    private mutating func tree(_ record: DataRecord, withheld: [UInt16] = []) -> Tree {
        var members: [Tree.Member] = []
        for member in record.members {
            // What the layout does not know may be anybody's name or number.
            let isPersonal =
                member.number == 0
                || record.layout.field(member.number).section != .body
                    && !withheld.contains(member.number)
            members.append(.init(member.name, tree(member.value, member.name, isPersonal)))
        }
        return .record(members)
    }

    private mutating func tree(_ value: DataValue, _ name: String, _ isPersonal: Bool) -> Tree {
        if masks, isPersonal {
            masked = true
            if case .text(let text) = value { return .text(Masking.masked(text, field: name)) }
            return .text("***")
        }
        switch value {
        case .text(let text): return .text(text)
        case .number(let digits): return .number(digits)
        case .bool(let flag): return .flag(flag)
        case .null: return .null
        case .record(let record): return tree(record)
        case .list(let items):
            var trees: [Tree] = []
            for item in items { trees.append(tree(item, name, false)) }
            return .list(trees)
        }
    }
}
