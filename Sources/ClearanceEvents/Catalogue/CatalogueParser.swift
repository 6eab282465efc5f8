/// Reads the text form of the vocabulary.
///
///     layout order · 电子订单
///     orderNo! text 60 · 订单编号 · CEB311
///     buyerName text 60 buyer mark · 订购人姓名 · CEB311
///     items list(orderItem) · 商品
///     include transport
///     oneOf ebpCode ebcCode
///     when form bondedList requires emsNo direction|line
///     unless orderType E|B|W requires acturalPaid
///     type 0x0102 order.submitted order 1 · 订单申报
///     type 0x0104 order.withdrawn order 1 requires orderNo ebpCode|ebcCode · 订单撤回
///
/// `fragment` opens fields that are no layout and only stand for `include`; a layout may be
/// included too. `requires` replaces the layout's own obligations. Behind the second `·` stand the
/// messages that have the field, each with `!` where its schema wants a value.
struct CatalogueParser {
    private(set) var layouts: [String: RecordLayout] = [:]
    private(set) var types: [EventDefinition] = []
    private var fragments: [String: [FieldDefinition]] = [:]
    private var open: (name: String, chinese: String)?
    private var isFragment = false
    private var conditions: [FieldCondition] = []
    private var fields: [FieldDefinition] = []
    private var oneOf: [[String]] = []

    mutating func parse(_ text: String) {
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: "·").map { CatalogueParser.trimmed($0) }
            guard let head = parts.first, !head.isEmpty else { continue }
            let words = head.split(separator: " ").map(String.init)
            let chinese = parts.count > 1 ? parts[1] : ""
            switch words[0] {
            case "layout", "fragment":
                closeLayout()
                open = (words[1], chinese)
                isFragment = words[0] == "fragment"
            case "include": include(words[1])
            case "when", "unless":
                precondition(words.count > 4 && words[3] == "requires", "when line: \(words)")
                conditions.append(
                    FieldCondition(
                        field: words[1], values: words[2].split(separator: "|").map(String.init),
                        isNegated: words[0] == "unless",
                        required: CatalogueParser.groups(words.dropFirst(4))))
            case "oneOf": oneOf.append(Array(words.dropFirst()))
            case "type":
                closeLayout()
                types.append(type(words, chinese: chinese))
            default:
                fields.append(
                    field(
                        words, chinese: chinese,
                        origin: parts.count > 2 ? CatalogueParser.squeezed(parts[2]) : ""))
            }
        }
        closeLayout()
    }

    private mutating func closeLayout() {
        guard let (name, chinese) = open else { return }
        precondition(layouts[name] == nil && fragments[name] == nil, "\(name) stands twice")
        if isFragment {
            fragments[name] = fields
        } else {
            let layout = RecordLayout(
                name: name, chinese: chinese, fields: fields, oneOf: oneOf,
                conditions: conditions, elements: fields.map { element(of: $0) })
            CatalogueParser.check(layout)
            layouts[name] = layout
        }
        open = nil
        fields = []
        oneOf = []
        conditions = []
    }

    private func element(of field: FieldDefinition) -> RecordLayout? {
        switch field.kind {
        case .record(let name), .list(let name): layouts[name]
        default: nil
        }
    }

    private mutating func include(_ name: String) {
        guard let part = fragments[name] ?? layouts[name]?.fields else {
            preconditionFailure("nothing to include: \(name)")
        }
        for field in part { fields.append(field.renumbered(UInt16(fields.count + 1))) }
    }

    private static func check(_ layout: RecordLayout) {
        let named =
            layout.oneOf.joined() + layout.conditions.flatMap { [$0.field] + $0.required.joined() }
        for name in named {
            precondition(layout.number(of: name) != nil, "\(layout.name) has no \(name)")
        }
    }

    private static func groups(_ words: ArraySlice<String>) -> [[String]] {
        words.map { $0.split(separator: "|").map(String.init) }
    }

    private func type(_ words: [String], chinese: String) -> EventDefinition {
        precondition(words.count >= 5 && words[1].hasPrefix("0x"), "type line: \(words)")
        guard let code = UInt16(words[1].dropFirst(2), radix: 16), let layout = layouts[words[3]],
            let version = UInt8(words[4])
        else { preconditionFailure("type line: \(words)") }
        var required = layout.fields.filter(\.isMandatory).map { [$0.name] } + layout.oneOf
        let isOwn = words.count > 5
        if isOwn {
            precondition(words[5] == "requires", "type line: \(words)")
            required = CatalogueParser.groups(words.dropFirst(6))
        }
        for name in required.joined() {
            precondition(layout.number(of: name) != nil, "\(words[2]) requires \(name)")
        }
        return EventDefinition(
            code: code, name: words[2], layout: layout, required: required,
            conditions: isOwn ? [] : layout.conditions, layoutVersion: version, chinese: chinese)
    }

    private func field(_ words: [String], chinese: String, origin: String) -> FieldDefinition {
        precondition(words.count >= 2 && open != nil, "field line: \(words)")
        var maxLength: Int?
        var section = Section.body
        var mark: MarkNormalisation?
        var isTransport = false
        var isShort = false
        for flag in words.dropFirst(2) {
            switch flag {
            case "buyer": section = .buyer
            case "consignee": section = .consignee
            case "mark": mark = .exact
            case "identity": mark = .identity
            case "transport": isTransport = true
            case "short": isShort = true
            default:
                guard let length = Int(flag) else { preconditionFailure("flag \(flag): \(words)") }
                maxLength = length
            }
        }
        let isMandatory = words[0].hasSuffix("!")
        return FieldDefinition(
            number: UInt16(fields.count + 1),
            name: isMandatory ? String(words[0].dropLast()) : words[0],
            kind: kind(words[1]), isMandatory: isMandatory, maxLength: maxLength,
            section: section, mark: mark, isTransport: isTransport, chinese: chinese,
            origin: origin, isShort: isShort)
    }

    private func kind(_ word: String) -> FieldKind {
        let simple: [String: FieldKind] = [
            "text": .text, "code": .code, "decimal": .decimal, "integer": .integer,
            "date": .date, "time": .time, "bool": .bool, "currency": .currency,
            "subject": .subject, "texts": .texts, "subjects": .subjects, "any": .any,
        ]
        if let kind = simple[word] { return kind }
        guard let open = word.firstIndex(of: "("), word.hasSuffix(")") else {
            preconditionFailure("kind \(word)")
        }
        let inner = String(word[word.index(after: open)...].dropLast())
        switch word[..<open] {
        case "list":
            precondition(layouts[inner] != nil, "layout \(inner) must stand before its use")
            return .list(inner)
        case "record":
            precondition(layouts[inner] != nil, "layout \(inner) must stand before its use")
            return .record(inner)
        case "choice": return .choice(inner.split(separator: "|").map(String.init))
        default: preconditionFailure("kind \(word)")
        }
    }

    private static func squeezed(_ text: String) -> String {
        text.split(separator: " ").joined(separator: " ")
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
