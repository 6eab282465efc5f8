import ClearanceEvents

/// JSON Schemas (draft 2020-12) of every layout and type, made from the catalogue.
enum SchemaText {
    private static let dialect = "https://json-schema.org/draft/2020-12/schema"

    /// Path below `specs/` to content.
    static func files() -> [String: String] {
        var files: [String: String] = [:]
        for layout in Catalogue.current.layouts.values {
            files["schemas/layouts/\(layout.name).json"] = schema(of: layout).pretty
        }
        for type in Catalogue.current.types {
            files["schemas/\(type.name).json"] = schema(of: type).pretty
        }
        return files
    }

    private static func schema(of type: EventDefinition) -> JSON {
        var members: [JSON.Member] = [
            .init("$schema", .string(dialect)),
            .init("$id", .string("urn:clearance:schema:\(type.name)")),
            .init("title", .string("clearance.\(type.name) · \(type.chinese)")),
            .init("$ref", .string("layouts/\(type.layout.name).json")),
        ]
        members += obligations(type.required, type.conditions, of: type.layout)
        return .object(members)
    }

    private static func schema(of layout: RecordLayout) -> JSON {
        let properties = layout.fields.map { JSON.Member($0.name, schema(of: $0)) }
        var members: [JSON.Member] = [
            .init("$schema", .string(dialect)),
            .init("$id", .string("urn:clearance:schema:layout:\(layout.name)")),
            .init("title", .string(layout.chinese)),
            .init("type", .string("object")),
            .init("properties", .object(properties)),
        ]
        // Types state their own obligations; a record inside others has only its layout's.
        if inner.contains(layout.name) {
            let mandatory = layout.fields.filter(\.isMandatory).map { [$0.name] }
            members += obligations(mandatory + layout.oneOf, layout.conditions, of: layout)
        }
        return .object(members)
    }

    /// The layouts that stand inside others.
    private static let inner: Set<String> = {
        var names: Set<String> = []
        for field in Catalogue.current.layouts.values.flatMap(\.fields) {
            switch field.kind {
            case .record(let name), .list(let name): names.insert(name)
            default: break
            }
        }
        return names
    }()

    /// What must be there, as keywords beside a `$ref`.
    private static func obligations(
        _ required: [[String]], _ conditions: [FieldCondition], of layout: RecordLayout
    ) -> [JSON.Member] {
        var members: [JSON.Member] = []
        let single = required.filter { $0.count == 1 }.map { JSON.string($0[0]) }
        if !single.isEmpty { members.append(.init("required", .array(single))) }
        let groups = required.filter { $0.count > 1 }.map { oneOf($0) }
        let rules = groups + conditions.map { condition($0, of: layout) }
        if !rules.isEmpty { members.append(.init("allOf", .array(rules))) }
        return members
    }

    private static func oneOf(_ names: [String]) -> JSON {
        .object([
            .init(
                "anyOf",
                .array(names.map { .object([.init("required", .array([.string($0)]))]) }))
        ])
    }

    /// A value without the demand, or what is demanded. An absent choice counts as the first.
    private static func condition(_ rule: FieldCondition, of layout: RecordLayout) -> JSON {
        guard let number = layout.number(of: rule.field) else {
            preconditionFailure("no \(rule.field)")
        }
        var free = JSON.object([.init("enum", .array(rule.values.map { JSON.string($0) }))])
        var isAbsentFree = !rule.isNegated
        if case .choice(let words) = layout.field(number).kind {
            let others = words.filter { rule.values.contains($0) == rule.isNegated }
            free = .object([.init("enum", .array(others.map { JSON.string($0) }))])
            isAbsentFree = others.first == words.first
        } else if !rule.isNegated {
            free = .object([.init("not", free)])
        }
        var other: [JSON.Member] = [.init("properties", .object([.init(rule.field, free)]))]
        if !isAbsentFree { other.append(.init("required", .array([.string(rule.field)]))) }
        let demanded = obligations(rule.required, [], of: layout)
        return .object([.init("anyOf", .array([.object(other), .object(demanded)]))])
    }

    private static func schema(of field: FieldDefinition) -> JSON {
        var members: [JSON.Member] = [.init("title", .string(field.chinese))]
        switch field.kind {
        case .record(let name): members.append(.init("$ref", .string("\(name).json")))
        case .list(let name): members += list(of: name, isShort: field.isShort)
        case .texts:
            members += [
                .init("type", .string("array")),
                .init("items", .object([.init("type", .string("string"))])),
            ]
        case .subjects:
            members += [
                .init("type", .string("array")),
                .init(
                    "items",
                    .object([
                        .init("type", .string("string")), .init("pattern", .string(subject)),
                    ])),
            ]
        case .any: break
        case .bool: members.append(.init("type", .string("boolean")))
        case .integer:
            members.append(
                .init(
                    "anyOf",
                    .array([
                        .object([.init("type", .string("integer"))]),
                        .object([
                            .init("type", .string("string")),
                            .init("pattern", .string("^-?[0-9]{1,14}$")),
                        ]),
                    ])))
        default: members += text(field)
        }
        return .object(members)
    }

    private static func list(of name: String, isShort: Bool) -> [JSON.Member] {
        let record = JSON.object([.init("$ref", .string("\(name).json"))])
        let items =
            isShort
            ? JSON.object([
                .init("anyOf", .array([.object([.init("type", .string("string"))]), record]))
            ]) : record
        return [.init("type", .string("array")), .init("items", items)]
    }

    private static let subject = "^[a-z][A-Za-z]*:.+$"

    private static func text(_ field: FieldDefinition) -> [JSON.Member] {
        var members = [JSON.Member("type", .string("string"))]
        switch field.kind {
        case .decimal:
            members.append(.init("pattern", .string("^-?[0-9]{1,14}(\\.[0-9]{1,5})?$")))
        case .date:
            members.append(
                .init("pattern", .string("^([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8})$")))
        case .time:
            let civil = "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}"
            let zone = "(\\.[0-9]{1,6})?([Zz]|[+-][0-9]{2}:[0-9]{2})"
            members.append(
                .init("pattern", .string("^([0-9]{14}|[0-9]{17}|\(civil)\(zone))$")))
        case .subject: members.append(.init("pattern", .string(subject)))
        case .choice(let words):
            members.append(.init("enum", .array(words.map { .string($0) })))
        default: break
        }
        if let most = field.maxLength { members.append(.init("maxLength", .number("\(most)"))) }
        return members
    }
}
