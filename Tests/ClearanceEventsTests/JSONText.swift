import ClearanceEvents

/// A JSON value for tests: members in order, numbers as their digits.
indirect enum JSON: Equatable, Sendable {
    case object([Member])
    case array([JSON])
    case string(String)
    case number(String)
    case bool(Bool)
    case null

    struct Member: Equatable, Sendable {
        let name: String
        let value: JSON

        init(_ name: String, _ value: JSON) {
            self.name = name
            self.value = value
        }
    }

    subscript(name: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members.first { $0.name == name }?.value
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }

    var items: [JSON] {
        if case .array(let items) = self { items } else { [] }
    }

    var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    // MARK: Printing

    /// Indented by two spaces, members in their order, a line feed at the end.
    var pretty: String { printed(indent: "") + "\n" }

    private func printed(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.map {
                "\(inner)\(JSON.quoted($0.name)): \($0.value.printed(indent: inner))"
            }
            return "{\n" + lines.joined(separator: ",\n") + "\n\(indent)}"
        case .array(let items) where items.contains { !$0.isScalar }:
            let lines = items.map { inner + $0.printed(indent: inner) }
            return "[\n" + lines.joined(separator: ",\n") + "\n\(indent)]"
        case .object: return "{}"
        case .array(let items):
            return "[" + items.map { $0.printed(indent: "") }.joined(separator: ", ") + "]"
        case .string(let text): return JSON.quoted(text)
        case .number(let digits): return digits
        case .bool(let flag): return flag ? "true" : "false"
        case .null: return "null"
        }
    }

    private var isScalar: Bool {
        switch self {
        case .object, .array: false
        default: true
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    // MARK: Parsing

    /// Parses a text; nil for anything that is not one JSON value.
    init?(parsing text: String) {
        var scan = Scanner(scalars: Array(text.unicodeScalars))
        guard let value = scan.value() else { return nil }
        scan.skipSpace()
        guard scan.isAtEnd else { return nil }
        self = value
    }

    private struct Scanner {
        let scalars: [Unicode.Scalar]
        var index = 0

        var isAtEnd: Bool { index == scalars.count }

        mutating func skipSpace() {
            while index < scalars.count, " \n\r\t".unicodeScalars.contains(scalars[index]) {
                index += 1
            }
        }

        mutating func take(_ scalar: Unicode.Scalar) -> Bool {
            skipSpace()
            guard index < scalars.count, scalars[index] == scalar else { return false }
            index += 1
            return true
        }

        mutating func value() -> JSON? {
            skipSpace()
            guard index < scalars.count else { return nil }
            switch scalars[index] {
            case "{": return object()
            case "[": return array()
            case "\"": return string().map { .string($0) }
            default: return word()
            }
        }

        private mutating func object() -> JSON? {
            guard take("{") else { return nil }
            var members: [Member] = []
            if take("}") { return .object([]) }
            repeat {
                skipSpace()
                guard let name = string(), take(":"), let value = value() else { return nil }
                members.append(Member(name, value))
            } while take(",")
            return take("}") ? .object(members) : nil
        }

        private mutating func array() -> JSON? {
            guard take("[") else { return nil }
            var items: [JSON] = []
            if take("]") { return .array([]) }
            repeat {
                guard let item = value() else { return nil }
                items.append(item)
            } while take(",")
            return take("]") ? .array(items) : nil
        }

        private mutating func string() -> String? {
            guard take("\"") else { return nil }
            var text = String.UnicodeScalarView()
            while index < scalars.count {
                let scalar = scalars[index]
                index += 1
                if scalar == "\"" { return String(text) }
                guard scalar == "\\" else {
                    text.append(scalar)
                    continue
                }
                guard index < scalars.count else { return nil }
                let kind = scalars[index]
                index += 1
                if kind == "u" {
                    guard index + 4 <= scalars.count,
                        let code = UInt32(
                            String(String.UnicodeScalarView(scalars[index..<(index + 4)])),
                            radix: 16),
                        let escaped = Unicode.Scalar(code)
                    else { return nil }
                    index += 4
                    text.append(escaped)
                } else {
                    text.append(kind == "n" ? "\n" : kind == "t" ? "\t" : kind)
                }
            }
            return nil
        }

        private mutating func word() -> JSON? {
            var text = String.UnicodeScalarView()
            while index < scalars.count, !",]} \n\r\t".unicodeScalars.contains(scalars[index]) {
                text.append(scalars[index])
                index += 1
            }
            switch String(text) {
            case "true": return .bool(true)
            case "false": return .bool(false)
            case "null": return .null
            case let digits where Double(digits) != nil: return .number(digits)
            default: return nil
            }
        }
    }
}

extension JSON {
    /// The value as it stands in an event's data.
    func value(layout: RecordLayout?) -> DataValue {
        switch self {
        case .object: .record(record(layout ?? Catalogue.extras))
        case .array(let items): .list(items.map { $0.value(layout: layout) })
        case .string(let text): .text(text)
        case .number(let digits): .number(digits)
        case .bool(let flag): .bool(flag)
        case .null: .null
        }
    }

    /// The members as a record of the layout.
    func record(_ layout: RecordLayout) -> DataRecord {
        var record = DataRecord(layout)
        for member in members {
            let inner = layout.number(of: member.name).flatMap { layout.element(of: $0) }
            record[member.name] = member.value.value(layout: inner)
        }
        return record
    }

    /// The event of a CloudEvents object; nil when an attribute that it needs is not there.
    var event: Event? {
        guard let type = self["type"]?.text, type.hasPrefix("clearance."),
            let definition = Catalogue.current.type(named: String(type.dropFirst(10))),
            let subject = self["subject"]?.text, let source = self["source"]?.text,
            let id = self["id"]?.text,
            let time = self["time"]?.text.flatMap({ Instant(rfc3339: $0) })
        else { return nil }
        var event = Event(
            type: definition, subject: subject, time: time, source: source, id: id)
        event.actor = self["actor"]?.text
        event.sequence = self["sequence"]?.text
        if let corrected = self["corrects"], let source = corrected["source"]?.text,
            let id = corrected["id"]?.text,
            let reason = self["correctionreason"]?.text.flatMap({ Correction.Reason(word: $0) })
        {
            event.corrects = Correction(source: source, id: id, reason: reason)
        }
        event.data = (self["data"] ?? .object([])).record(definition.layout)
        return event
    }
}
