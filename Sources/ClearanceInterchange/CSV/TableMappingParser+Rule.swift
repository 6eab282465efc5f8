internal import ClearanceEvents

extension TableMappingParser {
    /// One rule: the name of a column, or an object that says more.
    mutating func rule(_ node: Int, name: String, kind: FieldKind) -> TableRule? {
        if tape.kind(node) == .string {
            return TableRule(
                name: name, kind: kind, source: .columns([tape.text(node)], join: ""),
                format: format)
        }
        let parts = members(
            node,
            allowed: [
                "column", "columns", "join", "value", "sum", "count", "times", "scale", "map",
                "otherwise", "rows", "numbers", "format", "offset", "strip",
            ])
        guard let source = source(parts, node) else { return nil }
        var rule = TableRule(name: name, kind: kind, source: source, format: format)
        rule.times = parts["times"].flatMap { text($0) }
        if let node = parts["scale"] {
            rule.scale = text(node).flatMap { FixedDecimal($0) }
            if rule.scale == nil { fault("malformedDecimal", at: node, .decimal) }
        }
        if rule.isComputed, kind != .decimal { fault("wrongKind", at: node, .mappingComputed) }
        codes(parts, &rule)
        if let node = parts["rows"] {
            if let rows = text(node).flatMap(TableRule.Rows.init(rawValue:)) {
                rule.rows = rows
            } else {
                fault("unknownChoice", at: node, .mappingRows)
            }
        }
        if let node = parts["numbers"] { numbers(node, &rule.format) }
        if let node = parts["offset"] { offset(node, &rule.format) }
        if let node = parts["strip"] { rule.format.strip = text(node) ?? "" }
        if let node = parts["format"] {
            rule.format.times = texts(node).compactMap { TableTime($0) }
            if rule.format.times.isEmpty { fault("malformedTime", at: node, .mappingTime) }
        }
        return check(constantOf: rule, node) ? rule : nil
    }

    /// A constant has to be of the field's kind before the first row is read.
    private mutating func check(constantOf rule: TableRule, _ node: Int) -> Bool {
        guard case .constant(let text) = rule.source else { return true }
        do throws(TableProblem) {
            _ = try rule.value(text)
            return true
        } catch {
            fault(error.rawValue, at: node, error.message)
            return false
        }
    }

    private mutating func source(_ parts: [String: Int], _ node: Int) -> TableRule.Source? {
        let given = ["column", "columns", "value", "sum", "count"].filter { parts[$0] != nil }
        guard given.count == 1, let node = parts[given[0]] else {
            fault("missingField", at: node, .mappingSource)
            return nil
        }
        switch given[0] {
        case "value":
            switch tape.kind(node) {
            case .string, .number: return .constant(tape.text(node))
            case .yes: return .constant("true")
            case .no: return .constant("false")
            default:
                fault("wrongKind", at: node, .mappingText)
                return nil
            }
        case "sum": return text(node).map { .sum($0) }
        case "count": return .count
        default:
            let join = parts["join"].flatMap { text($0) } ?? ""
            let columns = texts(node)
            return columns.isEmpty ? nil : .columns(columns, join: join)
        }
    }

    private mutating func codes(_ parts: [String: Int], _ rule: inout TableRule) {
        if let node = parts["map"] {
            for (key, value) in pairs(node) { rule.map[key] = text(value) }
        }
        guard let node = parts["otherwise"] else { return }
        switch text(node) {
        case "keep": rule.otherwise = .keep
        case "refuse", nil: rule.otherwise = .refuse
        case let word?: rule.otherwise = .value(word)
        }
    }

    /// `{"thousands": ",", "point": "."}`.
    mutating func numbers(_ node: Int, _ format: inout TableFormat) {
        let parts = members(node, allowed: ["thousands", "point"])
        if let node = parts["point"] { format.point = text(node) ?? "." }
        if let node = parts["thousands"] {
            format.thousands = text(node) ?? ""
        } else if format.point == "," {
            format.thousands = "."
        }
        if format.point == format.thousands { fault("duplicate", at: node, .mappingNumbers) }
    }

    /// `+08:00`.
    mutating func offset(_ node: Int, _ format: inout TableFormat) {
        guard let word = text(node), let time = Instant(rfc3339: "2000-01-01T00:00:00" + word)
        else { return fault("malformedTime", at: node, .mappingOffset) }
        format.offsetMinutes = time.offsetMinutes
    }
}

extension MessageText {
    static let mappingObject = MessageText(zh: "应为对象", en: "an object is due")
    static let mappingText = MessageText(zh: "应为字符串", en: "a string is due")
    static let mappingEncoding = MessageText(
        zh: "编码应为 UTF-8、GBK、GB2312 或 GB18030", en: "UTF-8, GBK, GB2312 or GB18030 is due")
    static let mappingSeparator = MessageText(
        zh: "分隔符应为逗号、分号、制表符或竖线(竖线不得用于国标编码)",
        en: "a comma, semicolon, tab or bar is due (no bar in a Chinese encoding)")
    static let mappingCount = MessageText(zh: "应为 0 至 1000 的整数", en: "0 to 1000 is due")
    static let mappingType = MessageText(
        zh: "应为事件类型，或列名与对照表", en: "an event type is due, or a column and a map")
    static let mappingUnknownType = MessageText(zh: "没有这种事件类型", en: "no such event type")
    static let mappingLayouts = MessageText(
        zh: "各事件类型的字段须相同", en: "the types have to share their fields")
    static let mappingField = MessageText(
        zh: "该事件没有这个字段", en: "the event has no such field")
    static let mappingSubject = MessageText(
        zh: "应为 {scheme, fields}，字段数须与标识一致",
        en: "{scheme, fields} is due, with as many fields as the subject has parts")
    static let mappingComputed = MessageText(
        zh: "只有数值字段可以计算", en: "only a decimal field can be computed")
    static let mappingRows = MessageText(
        zh: "应为 same、first 或 last", en: "same, first or last is due")
    static let mappingTime = MessageText(
        zh: "时间格式须有年、月、日", en: "a pattern has year, month and day")
    static let mappingSource = MessageText(
        zh: "column、columns、value、sum、count 须有且仅有一项",
        en: "exactly one of column, columns, value, sum, count is due")
    static let mappingNumbers = MessageText(
        zh: "小数点与千分位不得相同", en: "point and thousands have to differ")
    static let mappingOffset = MessageText(zh: "应为 +08:00 之类", en: "an offset like +08:00 is due")
}
