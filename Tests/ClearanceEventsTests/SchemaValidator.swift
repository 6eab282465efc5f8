/// Checks values against the subset of JSON Schema that the project's schemas use.
struct SchemaValidator {
    /// Schemas by path below `specs/schemas/`.
    let schemas: [String: JSON]

    /// The paths of what is wrong; empty for a valid value. Traps for an unknown keyword, so that
    /// no rule of a schema is passed over.
    func faults(of value: JSON, schema path: String) -> [String] {
        guard let schema = schemas[path] else { return ["no schema \(path)"] }
        return check(value, schema, base: path, place: "")
    }

    private func check(_ value: JSON, _ schema: JSON, base: String, place: String) -> [String] {
        var found: [String] = []
        for keyword in schema.members {
            let rule = keyword.value
            switch keyword.name {
            case "$schema", "$id", "title": break
            case "$ref": found += reference(value, rule.text ?? "", base: base, place: place)
            case "type": found += isOf(rule.text, value) ? [] : ["\(place): \(rule.text ?? "")"]
            case "enum": found += rule.items.contains(value) ? [] : ["\(place): enum"]
            case "maxLength": found += isWithin(rule, value) ? [] : ["\(place): maxLength"]
            case "pattern": found += matches(rule, value) ? [] : ["\(place): pattern"]
            case "required":
                for name in rule.items.compactMap(\.text) where value[name] == nil {
                    found.append("\(place)/\(name): required")
                }
            case "properties":
                for property in rule.members {
                    guard let inner = value[property.name] else { continue }
                    found += check(
                        inner, property.value, base: base, place: "\(place)/\(property.name)")
                }
            case "items":
                for (index, item) in value.items.enumerated() {
                    found += check(item, rule, base: base, place: "\(place)/\(index)")
                }
            case "not":
                let isMet = check(value, rule, base: base, place: place).isEmpty
                found += isMet ? ["\(place): not"] : []
            case "allOf":
                for part in rule.items { found += check(value, part, base: base, place: place) }
            case "anyOf":
                let isAny = rule.items.contains {
                    check(value, $0, base: base, place: place).isEmpty
                }
                found += isAny ? [] : ["\(place): anyOf"]
            default: preconditionFailure("the keyword \(keyword.name) is not checked")
            }
        }
        return found
    }

    private func reference(
        _ value: JSON, _ name: String, base: String, place: String
    ) -> [String] {
        let path = base.hasPrefix("layouts/") ? "layouts/" + name : name
        guard let schema = schemas[path] else { return ["no schema \(path)"] }
        return check(value, schema, base: path, place: place)
    }

    private func isOf(_ type: String?, _ value: JSON) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool):
            true
        case ("integer", .number(let digits)): Int(digits) != nil
        default: false
        }
    }

    private func isWithin(_ rule: JSON, _ value: JSON) -> Bool {
        guard case .number(let digits) = rule, let most = Int(digits), let text = value.text else {
            return true
        }
        return text.unicodeScalars.count <= most
    }

    private func matches(_ rule: JSON, _ value: JSON) -> Bool {
        guard let pattern = rule.text, let text = value.text else { return true }
        guard let regex = try? Regex(pattern) else { return false }
        return text.contains(regex)
    }
}
