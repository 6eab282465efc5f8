import ClearanceInterchange

/// A JSON value in memory, for answers that are printed in more than one form or compared.
indirect enum Tree: Equatable {
    case null
    case flag(Bool)
    /// A number by its digits.
    case number(String)
    case text(String)
    case list([Tree])
    /// Members in the order in which they are printed.
    case record([Member])

    /// A named value.
    struct Member: Equatable {
        let name: String
        let value: Tree
    }

    static func number(_ number: some BinaryInteger) -> Tree { .number(String(number)) }

    /// A text, or null.
    static func optional(_ text: String?) -> Tree { text.map { .text($0) } ?? .null }

    /// A message in both languages.
    static func message(zh: String, en: String) -> Tree {
        .record([Member("zh", .text(zh)), Member("en", .text(en))])
    }

    /// Writes the value.
    func write(to writer: inout JSONWriter) {
        switch self {
        case .null: writer.null()
        case .flag(let flag): writer.value(flag)
        case .number(let digits): writer.number(digits: digits)
        case .text(let text): writer.value(text)
        case .list(let items):
            writer.array { writer in for item in items { item.write(to: &writer) } }
        case .record(let members):
            writer.object { writer in Tree.write(members, to: &writer) }
        }
    }

    /// Writes members into an object that is open.
    static func write(_ members: [Member], to writer: inout JSONWriter) {
        for member in members {
            writer.name(member.name)
            member.value.write(to: &writer)
        }
    }

    /// Every leaf with its path, e.g. `orders[0].outcome`; empty lists and objects are leaves.
    var leaves: [String: Tree] {
        var found: [String: Tree] = [:]
        collect("", into: &found)
        return found
    }

    private func collect(_ path: String, into found: inout [String: Tree]) {
        switch self {
        case .list(let items) where !items.isEmpty:
            for (index, item) in items.enumerated() {
                item.collect("\(path)[\(index)]", into: &found)
            }
        case .record(let members) where !members.isEmpty:
            for member in members {
                let inner = path.isEmpty ? member.name : path + "." + member.name
                member.value.collect(inner, into: &found)
            }
        default: found[path] = self
        }
    }

    /// The value on one line, as people read it.
    var display: String {
        switch self {
        case .null: return "–"
        case .flag(let flag): return flag ? "true" : "false"
        case .number(let digits): return digits
        case .text(let text): return text
        case .list(let items): return items.map(\.display).joined(separator: ", ")
        case .record(let members):
            return members.map { "\($0.name) \($0.value.display)" }.joined(separator: " ")
        }
    }
}

extension Tree.Member {
    init(_ name: String, _ value: Tree) { self.init(name: name, value: value) }
}
