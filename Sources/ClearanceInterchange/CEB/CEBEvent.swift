internal import ClearanceEvents

/// What became of one document before its message's end named the sender.
///
/// Not an enumeration, so that the envelope completes the event where it lies, without a copy.
struct PendingDocument {
    /// Nil when the document was refused.
    var event: Event?
    var findings: [InputFault] = []
    let place: Place
    /// Why there is no event.
    let reject: Reject?

    /// What the reader yields of it.
    var item: ParsedItem {
        if let reject { return .reject(reject) }
        guard let event else { preconditionFailure("a document is an event or a reject") }
        return .event(event, findings: findings, notes: InputNotes(), place: place)
    }

    static func event(
        _ event: Event, findings: [InputFault], place: Place
    ) -> PendingDocument {
        PendingDocument(event: event, findings: findings, place: place, reject: nil)
    }

    static func reject(_ reject: Reject) -> PendingDocument {
        PendingDocument(event: nil, place: reject.place, reject: reject)
    }
}

/// Makes an event of one collected document.
struct CEBEvent {
    private(set) var shape: CEBShape
    let profile: EventProfile
    let place: Place
    var findings: [InputFault] = []

    init(_ shape: CEBShape, profile: EventProfile, place: Place) {
        self.shape = shape
        self.profile = profile
        self.place = place
    }

    /// The event with what is remarkable about it, or the refusal with every fault.
    mutating func outcome() -> PendingDocument {
        if shape.document.isTooLarge {
            return refused([documentFault("tooLarge", .tooLarge)])
        }
        let (schema, faults) = form()
        shape.edition = schema
        if profile == .ceb, !faults.allSatisfy(CEBShape.isTolerated) { return refused(faults) }
        findings = faults + shape.valueFindings()
        guard let type = type() else {
            return refused([shape.fault("unknownCode", shape.head, typeField, .noType)])
        }
        guard let subject = shape.subject() else {
            return refused([documentFault("malformedSubject", .noSubject)])
        }
        guard let time = time() else {
            return refused([shape.fault("malformedTime", shape.head, shape.message.times[0], .time)]
            )
        }
        var event = Event(type, subject: subject, time: time, source: "", id: "")
        event.id = shape.identifier(subject: subject)
        event.data = data(layout: event.data.layout, schema: schema)
        if !faults.isEmpty {
            let lacking = shape.eventFaults(event)
            if !lacking.isEmpty { return refused(lacking) }
        }
        var check = CEBCheck(shape, data: event.data)
        shape.message.checks(&check)
        findings += shape.eventFindings(event, beside: findings)
        return .event(event, findings: findings + check.findings, place: place)
    }

    /// The edition whose form the document has, and what speaks against it; the newest one where
    /// none holds.
    private func form() -> (CEBVersion, [InputFault]) {
        let faults = shape.formFaults(in: .v202205)
        guard faults.contains(where: CEBShape.isBreach) else { return (.v202205, faults) }
        let older = shape.formFaults(in: .v2018)
        return older.contains(where: CEBShape.isBreach) ? (.v202205, faults) : (.v2018, older)
    }

    private func documentFault(_ code: String, _ message: MessageText) -> InputFault {
        shape.fault(code, at: 0, path: shape.path(nil), message)
    }

    private func refused(_ faults: [InputFault]) -> PendingDocument {
        let layout = shape.layout
        return .reject(
            Reject(
                place: place, faults: Array(faults.prefix(InterchangeLimits.faults)),
                raw: shape.document.xml { _ in false },
                maskedRaw: shape.document.xml { CEBEvent.isPersonal($0, in: layout) }))
    }

    /// Elements that neither the head nor the lines know may hold anything.
    private static func isPersonal(_ name: String, in layout: RecordLayout) -> Bool {
        guard let number = layout.number(of: name) else {
            guard let items = layout.number(of: "items"), let inner = layout.element(of: items),
                let field = inner.number(of: name)
            else { return true }
            return inner.field(field).section != .body
        }
        return layout.field(number).section != .body
    }

    // MARK: Data

    private func data(layout: RecordLayout, schema: CEBVersion) -> DataRecord {
        var data = DataRecord(layout)
        if let head = shape.head { fill(&data, from: head) }
        if case .list = shape.message.meaning { data.set("form", "list") }
        if shape.message.lines != nil, let number = layout.number(of: "items"),
            let inner = layout.element(of: number)
        {
            var items: [DataValue] = []
            for group in shape.groups where group.number > 0 {
                var item = DataRecord(inner)
                fill(&item, from: group)
                items.append(.record(item))
            }
            _ = data.add(.list(items), number: number)
        }
        data.set("message", shape.message.number)
        data.set("schema", schema.rawValue)
        return data
    }

    /// Empty elements say what the edition implies, else nothing, and are left out; numbers take
    /// the ledger's form.
    private func fill(_ record: inout DataRecord, from group: CEBShape.Group) {
        record.reserve(group.leaves.count)
        let document = shape.document
        for place in group.leaves {
            let leaf = shape.leaves[place]
            let element = document.elements[leaf.element]
            if element.range.isEmpty {
                if let index = leaf.field,
                    let literal = group.record.fields[index].literal(in: shape.edition)
                {
                    record.set(group.record.fields[index].name, literal.text)
                }
                continue
            }
            guard let index = leaf.field else {
                _ = record.add(.text(document.text(element)), name: document.name(element))
                continue
            }
            let field = group.record.fields[index]
            _ = record.add(
                CEBEvent.value(element, of: document, form: field.form), name: field.name)
        }
    }

    private static func value(
        _ element: CEBElement, of document: CEBDocument, form: CEBForm
    ) -> DataValue {
        let bytes = document.bytes.span.extracting(element.range)
        switch form {
        case .text: break
        case .decimal: if let text = CEBNumber.decimal(bytes) { return .text(text) }
        case .integer:
            if let value = CEBNumber.integer(bytes) { return .number(String(value)) }
        }
        return .text(document.text(element))
    }
}

extension MessageText {
    static let tooLarge = MessageText(zh: "单证过大", en: "the document is too large")
    static let noType = MessageText(
        zh: "报送类型或状态无法识别", en: "the type of the document is not known")
    static let noSubject = MessageText(
        zh: "缺少构成业务主键的编号", en: "the numbers that name the subject are missing")
    static let unexpectedStatus = MessageText(
        zh: "此类单证不应有该状态", en: "a status that this document does not have")
}
