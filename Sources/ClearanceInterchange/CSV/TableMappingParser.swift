internal import ClearanceEvents

/// Reads the JSON of a mapping and says everything that is wrong with it.
struct TableMappingParser {
    let tape: JSONTape
    private let bytes: [UInt8]
    private(set) var faults: [InputFault] = []
    /// How the table writes its values, unless a rule says otherwise.
    private(set) var format = TableFormat()

    init(_ tape: JSONTape, source: Span<UInt8>) {
        self.tape = tape
        var bytes: [UInt8] = []
        bytes.append(copying: source)
        self.bytes = bytes
    }

    /// The mapping; nil when ``faults`` says why there is none.
    mutating func mapping() -> TableMapping? {
        guard tape.count > 0, tape.kind(0) == .object else {
            fault("wrongKind", at: 0, .mappingObject)
            return nil
        }
        var map = TableMapping()
        let members = members(
            0,
            allowed: [
                "encoding", "separator", "skipLines", "comment", "columns", "document", "source",
                "type", "time", "id", "subject", "fields", "lists", "numbers", "offset", "strip",
            ])
        table(members, &map)
        format(members)
        guard let definition = types(members["type"], &map) else { return nil }
        map.layout = definition.layout
        rules(members, &map)
        subject(members["subject"], of: definition, &map)
        return faults.isEmpty ? map : nil
    }

    // MARK: The table

    private mutating func table(_ members: [String: Int], _ map: inout TableMapping) {
        if let node = members["encoding"] {
            let name = text(node)?.uppercased() ?? ""
            if XMLHead.chinese.contains(name) {
                map.encoding = .gb18030
            } else if name != "UTF-8" {
                fault("encoding", at: node, .mappingEncoding)
            }
        }
        if let node = members["separator"] {
            let word = text(node) ?? ""
            if [",", ";", "\t", "|"].contains(word), let byte = word.utf8.first {
                map.separator = byte
            } else {
                fault("unknownCode", at: node, .mappingSeparator)
            }
            // A bar may be the second byte of a Chinese character.
            if word == "|", map.encoding == .gb18030 {
                fault("unknownCode", at: node, .mappingSeparator)
            }
        }
        if let node = members["skipLines"] {
            if let count = Int(tape.text(node)), tape.kind(node) == .number,
                (0...1_000).contains(count)
            {
                map.skipLines = count
            } else {
                fault("malformedInteger", at: node, .mappingCount)
            }
        }
        map.comment = members["comment"].flatMap { text($0) }
        if let node = members["columns"] { map.columns = texts(node) }
        if let node = members["document"] { map.document = texts(node) }
        if let node = members["source"], let source = text(node), !source.isEmpty {
            map.source = source
        } else {
            missing("source", in: 0)
        }
    }

    private mutating func format(_ members: [String: Int]) {
        var format = TableFormat()
        if let node = members["numbers"] { numbers(node, &format) }
        if let node = members["offset"] { offset(node, &format) }
        if let node = members["strip"] { format.strip = text(node) ?? "" }
        self.format = format
    }

    /// `"type": "order.submitted"` or `{"column": …, "map": {"已付款": "order.submitted"}}`.
    private mutating func types(
        _ node: Int?, _ map: inout TableMapping
    ) -> EventDefinition? {
        guard let node else {
            missing("type", in: 0)
            return nil
        }
        var named: [(node: Int, name: String)] = []
        if tape.kind(node) == .string {
            let name = tape.text(node)
            map.type = TableMapping.TypeRule(column: nil, types: ["": name])
            named = [(node, name)]
        } else {
            let parts = self.members(node, allowed: ["column", "map"])
            var types: [String: String] = [:]
            if let words = parts["map"] {
                for (key, value) in pairs(words) {
                    guard let name = text(value) else { continue }
                    types[key] = name
                    named.append((value, name))
                }
            }
            guard let column = parts["column"].flatMap({ text($0) }), !named.isEmpty else {
                fault("missingField", at: node, .mappingType)
                return nil
            }
            map.type = TableMapping.TypeRule(column: column, types: types)
        }
        var found: EventDefinition?
        for (node, name) in named {
            guard let definition = Catalogue.current.type(named: name) else {
                fault("unknownType", at: node, .mappingUnknownType)
                continue
            }
            if let found, found.layout !== definition.layout {
                fault("wrongKind", at: node, .mappingLayouts)
            }
            found = found ?? definition
        }
        return found
    }

    // MARK: Fields

    private mutating func rules(_ members: [String: Int], _ map: inout TableMapping) {
        if let node = members["time"] {
            map.time = rule(node, name: "time", kind: .time)
        } else {
            missing("time", in: 0)
        }
        if let node = members["id"] { map.id = rule(node, name: "id", kind: .text) }
        if let node = members["fields"] {
            map.fields = rules(node, of: map.layout)
        } else {
            missing("fields", in: 0)
        }
        guard let node = members["lists"], isObject(node) else { return }
        for (name, value) in pairs(node) {
            guard let number = map.layout.number(of: name),
                let element = map.layout.element(of: number)
            else {
                fault("unknownElement", at: value, .mappingField)
                continue
            }
            let parts = self.members(value, allowed: ["when", "fields"])
            guard let fields = parts["fields"] else {
                missing("fields", in: value)
                continue
            }
            map.lists.append(
                TableMapping.ListRule(
                    name: name, layout: element, rules: rules(fields, of: element),
                    when: parts["when"].flatMap { text($0) }))
        }
    }

    private mutating func rules(_ node: Int, of layout: RecordLayout) -> [TableRule] {
        guard isObject(node) else { return [] }
        var rules: [TableRule] = []
        for (name, value) in pairs(node) {
            guard let field = layout.fields.first(where: { $0.name == name }) else {
                fault("unknownElement", at: value, .mappingField)
                continue
            }
            if let rule = rule(value, name: name, kind: field.kind) { rules.append(rule) }
        }
        return rules
    }

    private mutating func subject(
        _ node: Int?, of definition: EventDefinition, _ map: inout TableMapping
    ) {
        guard let node else {
            if !TableSubject.hasLadder(definition.name) { missing("subject", in: 0) }
            return
        }
        let parts = members(node, allowed: ["scheme", "fields"])
        guard let scheme = parts["scheme"].flatMap({ text($0) }).flatMap(SubjectScheme.init),
            let fields = parts["fields"].map({ texts($0) }),
            scheme.partCounts.contains(fields.count), fields.count <= 3
        else { return fault("malformedSubject", at: node, .mappingSubject) }
        for field in fields where map.layout.number(of: field) == nil {
            fault("unknownElement", at: node, .mappingField)
        }
        map.subject = TableMapping.SubjectRule(scheme: scheme, fields: fields)
    }

    // MARK: JSON

    mutating func isObject(_ node: Int) -> Bool {
        if tape.kind(node) == .object { return true }
        fault("wrongKind", at: node, .mappingObject)
        return false
    }

    /// The members of an object in their order; a name that stands twice is a fault.
    mutating func pairs(_ node: Int) -> [(name: String, node: Int)] {
        guard isObject(node) else { return [] }
        var all: [(String, Int)] = []
        var seen: Set<String> = []
        var index = node + 1
        while index < tape.next(node) {
            let name = tape.text(index)
            if seen.insert(name).inserted {
                all.append((name, index + 1))
            } else {
                fault("duplicate", at: index + 1, .repeated)
            }
            index = tape.next(index + 1)
        }
        return all
    }

    mutating func members(_ node: Int, allowed: [String]) -> [String: Int] {
        var result: [String: Int] = [:]
        for (name, value) in pairs(node) {
            if allowed.contains(name) {
                result[name] = value
            } else {
                fault("unknownElement", at: value, .unknownMember)
            }
        }
        return result
    }

    mutating func text(_ node: Int) -> String? {
        if tape.kind(node) == .string { return tape.text(node) }
        fault("wrongKind", at: node, .mappingText)
        return nil
    }

    /// A text or a list of texts.
    mutating func texts(_ node: Int) -> [String] {
        guard tape.kind(node) == .array else { return text(node).map { [$0] } ?? [] }
        var all: [String] = []
        var index = node + 1
        while index < tape.next(node) {
            if let text = text(index) { all.append(text) }
            index = tape.next(index)
        }
        if all.isEmpty { fault("missingField", at: node, .missing) }
        return all
    }

    // MARK: Faults

    mutating func missing(_ name: String, in node: Int) {
        let path = tape.path(to: node)
        add("missingField", path.isEmpty ? name : "\(path).\(name)", node, .missing)
    }

    mutating func fault(_ code: String, at node: Int, _ message: MessageText) {
        add(code, tape.count > 0 ? tape.path(to: node) : "", node, message)
    }

    private mutating func add(
        _ code: String, _ path: String, _ node: Int, _ message: MessageText
    ) {
        guard faults.count < InterchangeLimits.faults else { return }
        let piece = JSONPiece(bytes: bytes, line: 1, column: 1)
        let place = piece.place(tape.count > 0 ? tape.offset(node) : 0)
        faults.append(
            InputFault(
                code: code, path: path, line: place.line, column: place.column,
                message: message))
    }
}
