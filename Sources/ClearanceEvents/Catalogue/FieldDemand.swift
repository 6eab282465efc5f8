/// What a record of a layout must have, resolved to field numbers once.
struct FieldDemand: Sendable {
    /// What a code or a choice of the record demands.
    struct Condition: Sendable {
        /// The code or choice field.
        let field: UInt16
        let values: [String]
        let isNegated: Bool
        /// What an absent choice counts as: its first word.
        let absent: String?
        let groups: [[UInt16]]

        /// Whether the condition holds for the field's value; nil when it is absent.
        func holds(for given: Span<UInt8>?) -> Bool {
            if let given { return isListed(given) != isNegated }
            guard let absent else { return isNegated }
            return values.contains(absent) != isNegated
        }

        private func isListed(_ given: Span<UInt8>) -> Bool {
            for value in values where given.isEqual(to: value.utf8Span.span) { return true }
            return false
        }
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
            guard let number = numbers[condition.field] else { return nil }
            var absent: String?
            if case .choice(let words) = fields[Int(number) - 1].kind { absent = words.first }
            return Condition(
                field: number, values: condition.values, isNegated: condition.isNegated,
                absent: absent, groups: resolved(condition.required))
        }
    }
}
