internal import ClearanceEvents

/// Makes an event `payment.evidence` of one upload of payment data.
///
/// The form (what is there, of which kind and length) refuses in the profile `ceb` and is a finding
/// in `open`; code lists and times are findings, unless the event cannot do without.
struct EvidenceParser {
    private let tape: JSONTape
    private let source: EvidenceSource
    private var form: [InputFault] = []
    private var findings: [InputFault] = []
    private var fatal: [InputFault] = []
    private var data = DataRecord(Catalogue.current.layout("paymentEvidence"))
    /// The name under which the list of orders stands.
    private var listName = EvidenceForm.lists

    init(_ tape: JSONTape, source: EvidenceSource) {
        self.tape = tape
        self.source = source
    }

    /// The event with what is remarkable about it, or the refusal with every fault.
    mutating func item(profile: EventProfile, place: Place) -> ParsedItem {
        readRoot()
        if !fatal.isEmpty || (profile == .ceb && !form.isEmpty) {
            return refusal(fatal + form, place)
        }
        guard
            let subject = Subject.payment(
                payCode: data.text("payCode"), transactionId: data.text("payTransactionId"))
        else {
            return refusal([fault("malformedSubject", EvidenceForm.head, .noSubject)], place)
        }
        let time = data.text("tradingTime").flatMap { Instant(customs: $0.utf8Span.span) }
        guard let time else {
            return refusal(
                [fault("malformedTime", EvidenceForm.head + ".tradingTime", .time)], place)
        }
        var event = Event(
            "payment.evidence", subject: subject.text, time: time,
            source: "urn:ceb:" + (data.text("ebpCode") ?? "unknown"),
            id: "179;\(subject.text);\(data.text("tradingTime") ?? "")")
        event.data = data
        let lacking = event.faults(profile: .open)
        if !lacking.isEmpty { return refusal(lacking.map(located), place) }
        let all = form + findings
        let others = event.findings().map(located).filter { new in
            !all.contains { $0.path == new.path }
        }
        return .event(event, findings: all + others, notes: InputNotes(), place: place)
    }

    private func refusal(_ faults: [InputFault], _ place: Place) -> ParsedItem {
        .reject(source.reject(Array(faults.prefix(InterchangeLimits.faults)), place: place))
    }

    // MARK: Objects

    private mutating func readRoot() {
        guard tape.count > 0, tape.kind(0) == .object else {
            fatal.append(
                fault("json", "", MessageText(zh: "不是 JSON 对象", en: "not a JSON object")))
            return
        }
        var data = data
        let parts = fill(&data, from: 0, EvidenceForm.root, path: "")
        if let head = parts[EvidenceForm.head], isKind(.object, head, EvidenceForm.head) {
            _ = fill(&data, from: head, EvidenceForm.payment, path: EvidenceForm.head)
        }
        defer { self.data = data }
        guard let lists = parts[EvidenceForm.lists], isKind(.array, lists, listName) else {
            return
        }
        var orders: [DataValue] = []
        var known: Set<String> = []
        for (index, node) in items(lists).enumerated() {
            let path = "\(listName)[\(index)]"
            guard isKind(.object, node, path) else { continue }
            let order = order(node, path: path)
            if let number = order.text("orderNo"), !known.insert(number).inserted {
                remark(fault("repeated", path + ".orderNo", .repeatedOrder))
            }
            orders.append(.record(order))
        }
        if orders.isEmpty { breach(fault("missingField", listName, .missing)) }
        data["orders"] = .list(orders)
    }

    private mutating func order(_ node: Int, path: String) -> DataRecord {
        var order = DataRecord(Catalogue.current.layout("evidenceOrder"))
        let parts = fill(&order, from: node, EvidenceForm.order, path: path)
        let inner = path + ".goodsInfo"
        guard let goods = parts["goodsInfo"], isKind(.array, goods, inner) else { return order }
        var list: [DataValue] = []
        for (index, node) in items(goods).enumerated() {
            let place = "\(inner)[\(index)]"
            guard isKind(.object, node, place) else { continue }
            var one = DataRecord(Catalogue.current.layout("evidenceGoods"))
            _ = fill(&one, from: node, EvidenceForm.goods, path: place)
            list.append(.record(one))
        }
        if list.isEmpty { breach(fault("missingField", inner, .missing)) }
        order["goodsInfo"] = .list(list)
        return order
    }

    /// Puts the plain members of an object into a record; yields the nodes of the others.
    private mutating func fill(
        _ record: inout DataRecord, from node: Int, _ fields: [EvidenceField], path: String
    ) -> [String: Int] {
        var parts: [String: Int] = [:]
        var seen: Set<String> = []
        var index = node + 1
        while index < tape.next(node) {
            let given = tape.text(index)
            let value = index + 1
            let name = given == EvidenceForm.olderLists ? EvidenceForm.lists : given
            let place = path.isEmpty ? given : "\(path).\(given)"
            index = tape.next(value)
            guard seen.insert(name).inserted else {
                fatal.append(fault("duplicate", at: value, place, .repeated))
                continue
            }
            guard let field = fields.first(where: { $0.name == name }) else {
                unknown(value, name: given, path: place, into: &record)
                continue
            }
            switch field.kind {
            case .record, .list:
                if name == EvidenceForm.lists { listName = given }
                parts[name] = value
            default:
                if let text = text(value, of: field, path: place) { record.set(name, text) }
            }
        }
        for field in fields where field.isMandatory {
            let isThere = parts[field.name] != nil || record.text(field.name) != nil
            let place = path.isEmpty ? field.name : "\(path).\(field.name)"
            // What could not be kept was said already.
            let isTold = form.contains { $0.path == source.prefix + place }
            if !isThere && !isTold { breach(fault("missingField", at: node, place, .missing)) }
        }
        return parts
    }

    /// What the announcement does not know is kept when it is a plain value.
    private mutating func unknown(
        _ node: Int, name: String, path: String, into record: inout DataRecord
    ) {
        breach(fault("unknownElement", at: node, path, .unknownMember))
        switch tape.kind(node) {
        case .string, .number: _ = record.add(.text(tape.text(node)), name: name)
        default: break
        }
    }

    private func items(_ node: Int) -> [Int] {
        var all: [Int] = []
        var index = node + 1
        while index < tape.next(node) {
            all.append(index)
            index = tape.next(index)
        }
        return all
    }

    // MARK: Values

    private mutating func isKind(_ kind: JSONTape.Kind, _ node: Int, _ path: String) -> Bool {
        if tape.kind(node) == kind { return true }
        breach(fault("wrongKind", at: node, path, .wrongKind))
        return false
    }

    /// The value as the event keeps it; nil when it says nothing or cannot be kept.
    private mutating func text(_ node: Int, of field: EvidenceField, path: String) -> String? {
        let kind = tape.kind(node)
        if kind == .null { return nil }
        guard kind == .string || kind == .number else {
            breach(fault("wrongKind", at: node, path, .wrongKind))
            return nil
        }
        let text = tape.text(node)
        if text.isEmpty { return nil }
        switch field.kind {
        case .text(let range):
            if kind == .number { breach(fault("wrongKind", at: node, path, .wrongKind)) }
            if !range.contains(text.unicodeScalars.count) {
                breach(fault("wrongLength", at: node, path, .length))
            }
            if !field.codes.isEmpty, !field.codes.contains(text) {
                remark(fault("unknownCode", at: node, path, .code))
            }
        case .amount:
            guard let decimal = CEBNumber.decimal(text.utf8Span.span) else {
                breach(fault("malformedDecimal", at: node, path, .decimal))
                return nil
            }
            return decimal
        case .moment:
            if !text.utf8.allSatisfy({ (48...57).contains($0) }) || text.utf8.count > 19 {
                breach(fault("malformedInteger", at: node, path, .integer))
            }
        case .record, .list: break
        }
        return text
    }

    // MARK: Faults

    /// What breaks the form.
    private mutating func breach(_ fault: InputFault) {
        if form.count < InterchangeLimits.faults { form.append(fault) }
    }

    private mutating func remark(_ fault: InputFault) {
        if findings.count < InterchangeLimits.faults { findings.append(fault) }
    }

    /// The vocabulary's fault at the member that it speaks of.
    private func located(_ found: Fault) -> InputFault {
        fault(
            found.code.rawValue, path(of: found.path),
            MessageText(zh: found.chinese, en: found.english))
    }

    /// `data.orders[0].recpName` is `payExchangeInfoLists[0].recpName` in an upload.
    private func path(of path: String) -> String {
        guard path.hasPrefix("data.") else { return path }
        let rest = String(path.dropFirst(5))
        if rest.hasPrefix("orders") { return listName + rest.dropFirst(6) }
        let isRoot = EvidenceForm.root.contains { $0.name == rest }
        return isRoot ? rest : "\(EvidenceForm.head).\(rest)"
    }

    private func fault(_ code: String, _ path: String, _ message: MessageText) -> InputFault {
        fault(code, at: tape.count > 0 ? tape.node(at: path) : 0, path, message)
    }

    private func fault(
        _ code: String, at node: Int, _ path: String, _ message: MessageText
    ) -> InputFault {
        source.fault(
            code, offset: tape.count > 0 ? tape.offset(node) : 0, path: path, message)
    }
}

extension MessageText {
    static let repeatedOrder = MessageText(
        zh: "同一订单编号出现两次", en: "the order number stands twice")
    static let unknownMember = MessageText(zh: "此处没有这个成员", en: "no such member here")
    static let wrongKind = MessageText(zh: "值的类型不符", en: "a value of another kind is due")
}
