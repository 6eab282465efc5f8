internal import ClearanceEvents

/// What became of one document before its message's end named the sender.
enum PendingDocument {
    case event(Event, findings: [InputFault], place: Place)
    case reject(Reject)
    /// Taken out, so that its event is completed and handed on without a copy.
    case gone
}

/// Makes an event of one collected document.
struct CEBEvent {
    private(set) var shape: CEBShape
    let profile: EventProfile
    let depth: CheckDepth
    let place: Place
    var findings: [InputFault] = []

    init(
        _ shape: consuming CEBShape, profile: EventProfile, depth: CheckDepth, place: Place
    ) {
        self.shape = shape
        self.profile = profile
        self.depth = depth
        self.place = place
    }

    /// The event with what is remarkable about it, or the refusal with every fault.
    ///
    /// The builder lends its room; it is empty before and afterwards.
    mutating func outcome(
        _ attributes: CEBEnvelope.Attributes, _ builder: inout RecordBuilder
    ) -> PendingDocument {
        if shape.document.isTooLarge {
            return refused([documentFault("tooLarge", .tooLarge)])
        }
        let (schema, faults) = form()
        shape.edition = schema
        if profile == .ceb, !faults.allSatisfy(CEBShape.isTolerated) { return refused(faults) }
        findings = faults
        if depth >= .values {
            findings += CEBEvent.new(shape.valueFindings(), beside: faults)
        }
        guard let type = type() else {
            return refused([shape.fault("unknownCode", shape.head, typeField, .noType)])
        }
        guard let subject = shape.subject() else {
            return refused([documentFault("malformedSubject", .noSubject)])
        }
        guard let time = time() else {
            let field = shape.message.times[0].name
            return refused([shape.fault("malformedTime", shape.head, field, .time)])
        }
        var event = Event(type, subject: subject, time: time, source: "", id: "")
        event.id = shape.identifier(subject: subject)
        event.data = data(layout: event.data.layout, attributes, &builder)
        if !faults.isEmpty {
            let lacking = shape.eventFaults(event)
            if !lacking.isEmpty { return refused(lacking) }
        }
        if depth >= .business {
            findings += CEBEvent.new(CEBCheck.findings(of: shape), beside: faults)
        }
        return .event(event, findings: findings, place: place)
    }

    /// Findings at places of which the form has not spoken already.
    private static func new(_ found: [InputFault], beside faults: [InputFault]) -> [InputFault] {
        if faults.isEmpty { return found }
        return found.filter { finding in !faults.contains { $0.path == finding.path } }
    }

    /// The edition whose form the document has, and what speaks against it; the newest one where
    /// none holds.
    private func form() -> (CEBVersion, [InputFault]) {
        if shape.isSound { return (.v202205, []) }
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
