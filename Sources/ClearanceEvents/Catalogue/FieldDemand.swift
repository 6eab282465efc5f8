/// What a record of a layout must have, resolved to field numbers once.
struct FieldDemand: Sendable {
    /// What a choice of the record demands.
    struct Condition: Sendable {
        /// The choice field.
        let field: UInt16
        let value: String
        /// Whether the value is the choice's first word, which an absent choice counts as.
        let isFirst: Bool
        let groups: [[UInt16]]
    }

    /// Of each group at least one field must be there.
    let groups: [[UInt16]]
    /// The groups of one field.
    let single: FieldSet
    /// The groups of several fields.
    let choices: [[UInt16]]
    let conditions: [Condition]

    /// The demand of groups and conditions by the names of `fields`; traps for a name that is
    /// none of them.
    init(groups: [[String]], conditions: [FieldCondition], of fields: [FieldDefinition]) {
        let numbers = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.number) })
        func resolved(_ groups: [[String]]) -> [[UInt16]] {
            groups.map { group in
                group.map { name in
                    guard let number = numbers[name] else { preconditionFailure("no \(name)") }
                    return number
                }
            }
        }
        self.groups = resolved(groups)
        var single = FieldSet()
        for group in self.groups where group.count == 1 { single.insert(group[0]) }
        self.single = single
        choices = self.groups.filter { $0.count > 1 }
        self.conditions = conditions.compactMap { condition in
            guard let number = numbers[condition.field],
                case .choice(let words) = fields[Int(number) - 1].kind
            else { return nil }
            return Condition(
                field: number, value: condition.value,
                isFirst: words.first == condition.value,
                groups: resolved(condition.required))
        }
    }
}
