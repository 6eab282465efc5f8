import Foundation

/// A JSON value of an expected answer or of an answer given, to compare one with the other.
enum LivesJSON: Decodable, Equatable, CustomStringConvertible {
    case null
    case flag(Bool)
    case number(Double)
    case text(String)
    case list([LivesJSON])
    case object([String: LivesJSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .flag(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([LivesJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: LivesJSON].self))
        }
    }

    /// What a library answer looks like when it is printed.
    init(encoding value: some Encodable) throws {
        self = try JSONDecoder().decode(LivesJSON.self, from: JSONEncoder().encode(value))
    }

    /// A text, or null.
    static func optional(_ text: String?) -> LivesJSON { text.map { .text($0) } ?? .null }

    static func texts(_ texts: [String]) -> LivesJSON { .list(texts.map { .text($0) }) }

    subscript(name: String) -> LivesJSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    var description: String {
        switch self {
        case .null: return "null"
        case .flag(let value): return "\(value)"
        case .number(let value): return "\(value)"
        case .text(let value): return "\"\(value)\""
        case .list(let items):
            return "[" + items.map(\.description).joined(separator: ", ") + "]"
        case .object(let members):
            let sorted = members.sorted { $0.key < $1.key }
            return "{" + sorted.map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        }
    }

    /// Where this expected value does not hold in `given`; nil when it holds.
    ///
    /// An object holds when each of its members does. A list of objects holds when its elements
    /// hold of elements of the other list in the same order; a list of texts, and an empty list,
    /// only of an equal list.
    func mismatch(in given: LivesJSON?, path: String = "answer") -> String? {
        guard let given else { return "\(path) is absent, expected \(self)" }
        switch (self, given) {
        case (.object(let members), .object(let others)):
            for (name, value) in members.sorted(by: { $0.key < $1.key }) {
                // An absent member is no value, as null is.
                if value == .null, others[name] == nil { continue }
                let inner = value.mismatch(in: others[name], path: "\(path).\(name)")
                if let inner { return inner }
            }
            return nil
        case (.list(let items), .list(let others)) where isListOfObjects:
            var rest = others[...]
            for (index, item) in items.enumerated() {
                guard let place = rest.firstIndex(where: { item.mismatch(in: $0) == nil })
                else { return "\(path)[\(index)] \(item) is not (in this order) in \(given)" }
                rest = rest[(place + 1)...]
            }
            return nil
        default: return self == given ? nil : "\(path) is \(given), expected \(self)"
        }
    }

    private var isListOfObjects: Bool {
        guard case .list(let items) = self, let first = items.first else { return false }
        if case .object = first { return true }
        return false
    }
}
