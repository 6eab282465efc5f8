import ClearanceEvents

/// The pages `specs/events/<family>.md`: an introduction by hand, tables from the catalogue.
enum EventPages {
    /// Path below `specs/` to content.
    static func files() -> [String: String] {
        var files: [String: String] = [:]
        for family in families { files["events/\(family).md"] = page(family) }
        return files
    }

    private static let families: [String] = {
        var names: [String] = []
        for type in Catalogue.current.types where names.last != family(of: type) {
            names.append(family(of: type))
        }
        return names
    }()

    private static func family(of type: EventDefinition) -> String {
        String(type.name.prefix { $0 != "." })
    }

    /// The page that prints a layout: the family of its name, else the first that uses it.
    private static let homes: [String: String] = {
        var homes: [String: String] = [:]
        for type in Catalogue.current.types where homes[type.layout.name] == nil {
            let isFamily = families.contains(type.layout.name)
            homes[type.layout.name] = isFamily ? type.layout.name : family(of: type)
        }
        return homes
    }()

    private static func page(_ family: String) -> String {
        let types = Catalogue.current.types.filter { EventPages.family(of: $0) == family }
        guard let introduction = introductions[family] else {
            preconditionFailure("no introduction for \(family)")
        }
        var text = "# \(family)\n\n<!-- Generated from the catalogue; do not edit. -->\n\n"
        text += introduction + "\n\n## Types\n\n"
        text += "| Type | Number | Layout | Version | Must hold | 中文 |\n|---|---|---|---|---|---|\n"
        for type in types { text += row(type, family: family) }
        var printed: [String] = []
        for type in types where homes[type.layout.name] == family {
            append(type.layout, to: &text, printed: &printed)
        }
        return text
    }

    private static func row(_ type: EventDefinition, family: String) -> String {
        let home = homes[type.layout.name] ?? family
        let anchor = "#layout-\(type.layout.name.lowercased())"
        let link = "[\(type.layout.name)](\(home == family ? "" : home + ".md")\(anchor))"
        let code = String(type.code, radix: 16, uppercase: true)
        var must = type.required.map { $0.map { "`\($0)`" }.joined(separator: " or ") }
        for rule in type.conditions {
            let groups = rule.required.map { $0.map { "`\($0)`" }.joined(separator: " or ") }
            let values = rule.values.joined(separator: " ")
            let given = rule.isNegated ? "not \(values)" : values
            must.append("\(rule.field) \(given): " + groups.joined(separator: ", "))
        }
        let list = must.isEmpty ? "–" : must.joined(separator: "; ")
        let number = String(repeating: "0", count: 4 - code.count) + code
        return "| `\(type.name)` | 0x\(number) | \(link) | \(type.layoutVersion) | \(list) | "
            + "\(type.chinese) |\n"
    }

    private static func append(
        _ layout: RecordLayout, to text: inout String, printed: inout [String]
    ) {
        guard !printed.contains(layout.name) else { return }
        printed.append(layout.name)
        text += "\n## Layout \(layout.name)\n\n\(layout.chinese)\n\n"
        text += "| # | Field | Kind | Section | 中文 | Source |\n|---|---|---|---|---|---|\n"
        for field in layout.fields {
            let mark = field.mark == nil ? "" : " · mark"
            let place =
                field.isTransport
                ? "transport" : field.section == .body ? "–" : "\(field.section)\(mark)"
            let origin = field.origin.isEmpty ? "–" : field.origin
            text += "| \(field.number) | `\(field.name)`\(field.isMandatory ? " !" : "") | "
            text += "\(kind(field)) | \(place) | \(field.chinese) | \(origin) |\n"
        }
        for field in layout.fields where field.name != "baseTransfer" {
            switch field.kind {
            case .record(let name), .list(let name):
                append(Catalogue.current.layout(name), to: &text, printed: &printed)
            default: break
            }
        }
    }

    private static func kind(_ field: FieldDefinition) -> String {
        let most = field.maxLength.map { " ≤ \($0)" } ?? ""
        return switch field.kind {
        case .text: "text\(most)"
        case .code: "code\(most)"
        case .choice(let words): words.joined(separator: " / ")
        case .decimal: "decimal"
        case .integer: "integer"
        case .date: "date"
        case .time: "time"
        case .bool: "true / false"
        case .currency: "currency"
        case .subject: "subject"
        case .record(let name): "record \(name)"
        case .list(let name): "list of \(name)"
        case .texts: "list of texts"
        case .subjects: "list of subjects"
        case .any: "any"
        }
    }
}
