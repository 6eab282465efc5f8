internal import ClearanceEvents

/// The business checks of one document: what its own figures say of each other.
///
/// Every breach is a finding; the event is kept. Works on the bytes of the fields: nothing is made
/// of a sound document. Cost: linear in its elements.
struct CEBCheck {
    let shape: CEBShape
    private(set) var findings: [InputFault] = []
    /// Group by group, by the places of its record's fields, the element; -1 where it has none.
    private var elements: [Int32]
    private let stride: Int
    /// The places of the lines among the groups.
    let lines: Range<Int>
    private let head: Int?

    init(_ shape: CEBShape) {
        self.shape = shape
        head = shape.groups.firstIndex { $0.number == 0 }
        let first = shape.groups.firstIndex { $0.number > 0 } ?? shape.groups.count
        lines = first..<shape.groups.count
        stride = max(
            shape.message.head.fields.count, shape.message.lines?.fields.count ?? 0)
        elements = Array(repeating: -1, count: shape.groups.count * stride)
        for (number, group) in shape.groups.enumerated() {
            for place in group.leaves {
                let leaf = shape.leaves[place]
                guard let field = leaf.field else { continue }
                elements[number * stride + field] = Int32(leaf.element)
            }
        }
    }

    /// What is remarkable, row by row.
    static func findings(of shape: CEBShape) -> [InputFault] {
        guard !shape.message.checks.isEmpty else { return [] }
        var check = CEBCheck(shape)
        // A document with a second head or a head among its lines has been told so already.
        guard check.head != nil, check.lines.allSatisfy({ shape.groups[$0].number > 0 }) else {
            return []
        }
        for row in shape.message.checks { check.run(row) }
        return check.findings
    }

    private mutating func run(_ row: CEBCheckRow) {
        switch row {
        case .numbers(let field, let part): numbers(field, part: part)
        case .once(let field): once(field)
        case .product(let total, let price, let quantity): product(total, price, quantity)
        case .sum(let head, let line, let currencies): sum(head, line, currencies)
        case .total(let field, let terms): total(field, terms)
        case .atMost(let small, let large): atMost(small, large)
        case .equal(let quantities, let units): equal(quantities, units)
        case .pair(let unit, let quantity): pair(unit, quantity)
        case .need(let fields, let isLine, let condition): need(fields, isLine, condition)
        case .value(let wanted, let condition): value(wanted, condition)
        case .other(let unwanted): other(unwanted)
        case .among(let field, let others): among(field, others)
        case .part(let number, let count): part(number, count)
        case .range(let start, let end): range(start, end)
        case .limit(let total, let quantity, let day): limit(total, quantity, day)
        case .identity(let number, let type): identity(number, type)
        }
    }

    // MARK: Values

    /// The place of the head among the groups.
    var headPlace: Int { head ?? 0 }

    /// Where the bytes of a field lie; nil when it is absent or empty.
    func range(_ field: Int, in group: Int) -> Range<Int>? {
        let element = elements[group * stride + field]
        guard element >= 0 else { return nil }
        let text = shape.document.elements[Int(element)].range
        return text.isEmpty ? nil : text
    }

    func has(_ field: Int, in group: Int) -> Bool { range(field, in: group) != nil }

    /// The number in a field; nil when it is absent or none.
    func decimal(_ field: Int, in group: Int) -> FixedDecimal? {
        guard let range = range(field, in: group) else { return nil }
        let bytes = shape.document.bytes.span.extracting(range)
        // `+1` and `.5` are numbers of XSD, and rare.
        return FixedDecimal(bytes) ?? CEBNumber.decimal(bytes).flatMap { FixedDecimal($0) }
    }

    func integer(_ field: Int, in group: Int) -> Int32? {
        range(field, in: group).flatMap {
            CEBNumber.integer(shape.document.bytes.span.extracting($0))
        }
    }

    /// Whether two fields hold the same bytes; false when one is absent.
    func areSame(_ left: Int, in group: Int, _ right: Int, in other: Int) -> Bool {
        guard let first = range(left, in: group), let second = range(right, in: other),
            first.count == second.count
        else { return false }
        let bytes = shape.document.bytes.span
        for offset in 0..<first.count
        where bytes[first.lowerBound + offset] != bytes[second.lowerBound + offset] {
            return false
        }
        return true
    }

    /// Whether a head field has one of the condition's values.
    func holds(_ condition: CEBCheckRow.Condition) -> Bool {
        guard let range = range(condition.field, in: headPlace) else { return false }
        let bytes = shape.document.bytes.span.extracting(range)
        for word in condition.words where CEBRule.equal(word, bytes) { return true }
        return false
    }

    // MARK: Findings

    /// A finding at a field of a group.
    mutating func find(_ code: String, _ field: Int, in group: Int, zh: String, en: String) {
        find(code, field, in: group, MessageText(zh: zh, en: en))
    }

    mutating func find(_ code: String, _ field: Int, in group: Int, _ message: MessageText) {
        guard findings.count < InterchangeLimits.faults else { return }
        let group = shape.groups[group]
        findings.append(
            shape.fault(code, group, group.record.fields[field].name, message))
    }
}
