internal import ClearanceEvents

/// Makes an event of the rows of one document.
struct TableDocument {
    let mapping: TableMapping
    let columns: TableColumns
    let rows: [TableRow]
    let place: Place
    private(set) var faults: [InputFault] = []
    /// The rows behind the records of each list.
    private var listed: [String: [TableRow]] = [:]

    init(_ rows: [TableRow], mapping: TableMapping, columns: TableColumns, place: Place) {
        self.rows = rows
        self.mapping = mapping
        self.columns = columns
        self.place = place
    }

    /// The event, or the refusal with every fault; `findings` are what is known already.
    mutating func item(profile: EventProfile, findings: [InputFault]) -> ParsedItem {
        let event = event()
        guard faults.isEmpty, let event else { return refusal(faults) }
        let lacking = event.faults(profile: profile)
        if !lacking.isEmpty { return refusal(lacking.map(located)) }
        return .event(
            event, findings: findings + event.findings().map(located), notes: InputNotes(),
            place: place)
    }

    /// The refusal of all rows.
    func refusal(_ faults: [InputFault]) -> ParsedItem {
        var raw: [UInt8] = []
        for row in rows where raw.count < InterchangeLimits.rawBytes {
            if !raw.isEmpty { raw.append(10) }
            raw += row.row.bytes.prefix(InterchangeLimits.rawBytes - raw.count)
        }
        let text = columns.raw(raw)
        return .reject(
            Reject(
                place: place, faults: Array(faults.prefix(InterchangeLimits.faults)), raw: text,
                maskedRaw: Masking.blind(text)))
    }

    private mutating func event() -> Event? {
        let type = type()
        var data = DataRecord(mapping.layout)
        for rule in mapping.fields {
            if let value = value(rule, rows) { data[rule.name] = value }
        }
        for list in mapping.lists {
            let items = items(list)
            if !items.isEmpty { data[list.name] = .list(items) }
        }
        var time: Instant?
        if let rule = mapping.time {
            if case .text(let text)? = value(rule, rows) { time = Instant(rfc3339: text) }
            if time == nil, faults.isEmpty {
                note("malformedTime", rows[0], rule, TableProblem.malformedTime.message)
            }
        }
        guard let type, let time, faults.isEmpty else { return nil }
        let subject =
            mapping.subject.map { TableSubject.of($0, data) } ?? TableSubject.of(type, data)
        guard let subject else {
            note("malformedSubject", rows[0], nil, .noSubject)
            return nil
        }
        var event = Event(
            type, subject: subject.text, time: time, source: mapping.source,
            id: "\(type);\(subject.text);\(time.rfc3339)")
        if type.hasPrefix("payment."), let order = data.text("orderNo") { event.id += ";" + order }
        if let rule = mapping.id, case .text(let id)? = value(rule, rows) { event.id = id }
        event.data = data
        return faults.isEmpty ? event : nil
    }

    private mutating func type() -> String? {
        guard let column = mapping.type.column else { return mapping.type.types[""] }
        let rule = TableRule(
            name: "type", kind: .code, source: .columns([column], join: ""),
            map: mapping.type.types)
        guard case .text(let name)? = value(rule, rows) else {
            if faults.isEmpty {
                note("unknownCode", rows[0], rule, TableProblem.unknownCode.message)
            }
            return nil
        }
        return name
    }

    private mutating func items(_ list: TableMapping.ListRule) -> [DataValue] {
        var items: [DataValue] = []
        for row in rows {
            if let when = list.when {
                let text = (try? columns.text(when, of: row.row)) ?? ""
                if TableFormat().trimmed(text).isEmpty { continue }
            }
            var item = DataRecord(list.layout)
            for rule in list.rules {
                if case .count = rule.source {
                    item[rule.name] = .number(String(items.count + 1))
                } else if let value = value(rule, [row]) {
                    item[rule.name] = value
                }
            }
            items.append(.record(item))
            listed[list.name, default: []].append(row)
        }
        return items
    }

    // MARK: Values

    /// The value of a rule over rows; nil when they say nothing, or say it wrongly.
    private mutating func value(_ rule: TableRule, _ rows: [TableRow]) -> DataValue? {
        switch rule.source {
        case .constant(let text): return try? rule.value(text)
        case .count: return .number(String(rows.count))
        case .sum: return computed(rule, rows)
        case .columns:
            if rule.isComputed { return computed(rule, rows) }
            return plain(rule, rows)
        }
    }

    private mutating func plain(_ rule: TableRule, _ rows: [TableRow]) -> DataValue? {
        var found: DataValue?
        for row in rows {
            do throws(TableProblem) {
                guard let text = try text(rule, row) else { continue }
                let value = try rule.value(text)
                if let found, found != value, rule.rows == .same { throw .rowsDiffer }
                if found == nil || rule.rows == .last { found = value }
            } catch {
                note(error.rawValue, row, rule, error.message)
            }
            if found != nil, rule.rows == .first { break }
        }
        return found
    }

    /// The text of a rule's columns in a row, under its map of codes.
    private func text(_ rule: TableRule, _ row: TableRow) throws(TableProblem) -> String? {
        guard case .columns(let names, let join) = rule.source else { return nil }
        if names.count == 1 { return try rule.coded(columns.text(names[0], of: row.row)) }
        var parts: [String] = []
        for name in names {
            let text = rule.format.trimmed(try columns.text(name, of: row.row))
            if !text.isEmpty { parts.append(text) }
        }
        return try rule.coded(parts.joined(separator: join))
    }

    /// Numbers of a column, each multiplied, summed over the rows when the rule says so.
    private mutating func computed(_ rule: TableRule, _ rows: [TableRow]) -> DataValue? {
        var total: Int128 = 0
        var isThere = false
        var column: String?
        var isSum = false
        switch rule.source {
        case .sum(let name):
            column = name
            isSum = true
        case .columns(let names, _): column = names.first
        default: break
        }
        guard let column else { return nil }
        for row in rows {
            do throws(TableProblem) {
                guard var units = try number(column, rule, row) else { continue }
                if let times = rule.times {
                    guard let factor = try number(times, rule, row) else { continue }
                    units = try TableDocument.product(units, factor)
                }
                if let scale = rule.scale {
                    units = try TableDocument.product(units, Int128(scale.units))
                }
                total += units
                isThere = true
                if !isSum { break }
            } catch {
                note(error.rawValue, row, rule, error.message)
            }
        }
        guard isThere else { return nil }
        let text = FixedDecimal.text(of: total)
        guard FixedDecimal(text) != nil else {
            note("malformedDecimal", rows[0], rule, .decimal)
            return nil
        }
        return .text(text)
    }

    private func number(
        _ column: String, _ rule: TableRule, _ row: TableRow
    ) throws(TableProblem) -> Int128? {
        let text = rule.format.trimmed(try columns.text(column, of: row.row))
        if text.isEmpty { return nil }
        guard let number = rule.format.decimal(text) else { throw .malformedDecimal }
        return Int128(number.units)
    }

    /// A product that five places can hold; nothing is rounded.
    private static func product(_ left: Int128, _ right: Int128) throws(TableProblem) -> Int128 {
        let product = left * right
        let scale = Int128(FixedDecimal.scale)
        guard product % scale == 0 else { throw .malformedDecimal }
        return product / scale
    }

    // MARK: Faults

    private mutating func note(
        _ code: String, _ row: TableRow, _ rule: TableRule?, _ message: MessageText
    ) {
        guard faults.count < InterchangeLimits.faults else { return }
        faults.append(fault(code, row, rule?.columns.first, rule?.name, message))
    }

    /// A fault at a column of a row; without one, at the row.
    func fault(
        _ code: String, _ row: TableRow, _ column: String?, _ field: String?,
        _ message: MessageText
    ) -> InputFault {
        let cell = column.flatMap { columns.cell($0, of: row.row) }
        var path = "row[\(row.number)]"
        if let column { path += "/" + column } else if let field { path += "/(\(field))" }
        let named = field.map { MessageText(zh: "\($0)：\(message.zh)", en: "\($0): \(message.en)") }
        return InputFault(
            code: code, path: path, line: cell?.line ?? row.row.line, column: cell?.column ?? 1,
            message: named ?? message)
    }

    /// The vocabulary's fault at the cell that it speaks of.
    private func located(_ found: Fault) -> InputFault {
        let message = MessageText(zh: found.chinese, en: found.english)
        let parts = found.path.split(separator: ".").map(String.init)
        let name = parts.last ?? found.path
        if parts.count == 3, parts[0] == "data", let bracket = parts[1].firstIndex(of: "[") {
            let list = String(parts[1][..<bracket])
            let index = Int(parts[1][bracket...].dropFirst().dropLast()) ?? 0
            let rules = mapping.lists.first { $0.name == list }?.rules ?? []
            if let rows = listed[list], index < rows.count {
                let column = rules.first { $0.name == name }?.columns.first
                return fault(found.code.rawValue, rows[index], column, name, message)
            }
        }
        let rule = mapping.fields.first { $0.name == name }
        let column = rule?.columns.first ?? (name == "time" ? mapping.time?.columns.first : nil)
        return fault(found.code.rawValue, rows[0], column, name, message)
    }
}
