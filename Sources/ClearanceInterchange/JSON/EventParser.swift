internal import ClearanceEvents

/// Reads one parsed JSON document as a CloudEvents 1.0 envelope.
///
/// Collects every fault of the document, so that the person who mends it sees all of them. Only
/// what the event owns becomes a text; everything else is read where it lies on the tape.
struct EventParser {
    let tape: JSONTape
    let line: Int
    private(set) var faults: [InputFault] = []
    var notes = InputNotes()
    /// The node of each attribute's value; 0, the envelope itself, for one that is absent.
    private var nodes = InlineArray<20, Int32>(repeating: 0)
    private var hasExtras = false

    init(tape: JSONTape, line: Int) {
        self.tape = tape
        self.line = line
    }

    /// The event, sound under the profile; nil when ``faults`` says why there is none.
    mutating func event(profile: EventProfile, with builder: inout RecordBuilder) -> Event? {
        guard let event = read(with: &builder) else { return nil }
        for found in event.faults(profile: profile).prefix(InterchangeLimits.faults) {
            faults.append(placed(found))
        }
        guard faults.isEmpty else { return nil }
        return event
    }

    /// A fault or finding of the event itself, at the place of the line that it speaks of.
    func placed(_ fault: Fault) -> InputFault {
        InputFault(
            code: fault.code.rawValue, path: fault.path, line: line,
            column: tape.offset(tape.node(at: fault.path)) + 1,
            message: MessageText(zh: fault.chinese, en: fault.english))
    }

    private mutating func read(with builder: inout RecordBuilder) -> Event? {
        guard tape.count > 0, tape.kind(0) == .object else {
            fault("json", "", zh: "不是 JSON 对象", en: "not a JSON object")
            return nil
        }
        builder.start(Catalogue.extras)
        var index = 1
        let end = tape.next(0)
        while index < end {
            member(index, into: &builder)
            index = tape.next(index + 1)
        }
        guard faults.isEmpty else { return nil }
        return assemble(with: &builder)
    }

    /// The members of an envelope that mean something here, by their names.
    enum Attribute: Int, CaseIterable {
        case specversion, id, source, type, subject, time, actor, actorrole, onbehalfof, sequence
        case correctionreason, signer, recordedtime, correctssource, correctsid
        case data, corrects, position, masked, withheld

        static let table = WordTable(allCases.map(\.name))

        var name: String { String(describing: self) }

        /// The attribute with this number of the table; nil for 0.
        init?(number: UInt16) { self.init(rawValue: Int(number) - 1) }
    }

    /// An attribute that nothing here reads is kept as it came.
    private mutating func member(_ key: Int, into builder: inout RecordBuilder) {
        let node = key + 1
        guard let attribute = Attribute(number: tape.number(key, in: Attribute.table)) else {
            hasExtras = true
            return value(node, key: key, number: 0, layout: Catalogue.extras, 1, into: &builder)
        }
        guard nodes[attribute.rawValue] == 0 else { return stoodAlready(node) }
        nodes[attribute.rawValue] = Int32(node)
        switch attribute {
        case .data, .corrects, .position: break
        case .masked:
            if tape.kind(node) != .no {
                fault(
                    "maskedInput", at: node, zh: "已脱敏的输出不能再导入",
                    en: "masked output cannot come back")
            }
        case .withheld:
            fault(
                "withheldInput", at: node, zh: "缺少个人信息的输出不能再导入",
                en: "output without its personal parts cannot come back")
        case .sequence where tape.kind(node) == .number: break
        default:
            if tape.kind(node) != .string {
                fault("wrongKind", at: node, zh: "应为字符串", en: "a string is due")
            }
        }
    }

    /// The node of an attribute's value; nil when it is absent.
    func node(_ attribute: Attribute) -> Int? {
        let node = Int(nodes[attribute.rawValue])
        return node == 0 ? nil : node
    }

    func text(_ attribute: Attribute) -> String? { node(attribute).map { tape.text($0) } }

    private mutating func assemble(with builder: inout RecordBuilder) -> Event? {
        if let version = required(.specversion), !tape.isEqual(version, to: "1.0".utf8Span.span) {
            fault("specversion", "specversion", zh: "只接受 1.0", en: "only 1.0 is accepted")
        }
        let id = required(.id)
        let source = required(.source)
        let subject = required(.subject)
        let time = instant("time", required(.time))
        let definition = definition(of: required(.type))
        if let recorded = node(.recordedtime) {
            notes.recordedTime = instant("recordedtime", recorded)
        }
        guard let id, let source, let subject, let time, let definition else { return nil }
        var event = Event(
            type: definition, subject: tape.text(subject), time: time,
            source: tape.text(source), id: tape.text(id))
        event.actor = text(.actor)
        event.actorRole = text(.actorrole)
        event.onBehalfOf = text(.onbehalfof)
        event.sequence = text(.sequence)
        event.signer = text(.signer)
        event.corrects = correction()
        if hasExtras { event.extras = builder.finish() }
        if let data = node(.data) {
            guard tape.kind(data) == .object else {
                fault("wrongKind", at: data, zh: "应为对象", en: "an object is due")
                return nil
            }
            builder.start(definition.layout)
            members(of: data, layout: definition.layout, 0, into: &builder)
            if faults.isEmpty { event.data = builder.finish() }
        }
        guard faults.isEmpty else { return nil }
        return event
    }

    /// The node of an attribute that must say something.
    private mutating func required(_ attribute: Attribute) -> Int? {
        guard let node = node(attribute) else {
            fault(
                "missingField", attribute.name, zh: "缺少必填属性", en: "the attribute is missing")
            return nil
        }
        guard !tape.with(node, { $0.isEmpty }) else {
            fault(
                "missingField", attribute.name, zh: "必填属性为空", en: "the attribute is empty")
            return nil
        }
        return node
    }

    private mutating func instant(_ name: String, _ node: Int?) -> Instant? {
        guard let node else { return nil }
        guard let instant = tape.with(node, { Instant(rfc3339: $0) }) else {
            fault(
                "malformedTime", name, zh: "应为带时区的 RFC 3339 时间",
                en: "an RFC 3339 time with offset is due")
            return nil
        }
        return instant
    }

    private mutating func definition(of node: Int?) -> EventDefinition? {
        guard let node else { return nil }
        guard let definition = tape.with(node, { EventParser.definition(named: $0) }) else {
            fault("unknownType", "type", zh: "没有这种事件类型", en: "no such event type")
            return nil
        }
        return definition
    }

    private static func definition(named type: Span<UInt8>) -> EventDefinition? {
        guard type.count > prefix.count else { return nil }
        for index in prefix.indices where type[index] != prefix[index] { return nil }
        return Catalogue.current.type(named: type.extracting(prefix.count...))
    }

    private static let prefix = Array("clearance.".utf8)

    // MARK: Faults

    /// A fault of an attribute; one that is absent is a fault of the whole envelope.
    mutating func fault(_ code: String, _ path: String, zh: String, en: String) {
        add(code, path, offset: tape.count > 0 ? tape.offset(tape.node(at: path)) : 0, zh, en)
    }

    /// A fault of a value.
    mutating func fault(_ code: String, at node: Int, zh: String, en: String) {
        add(code, tape.path(to: node), offset: tape.offset(node), zh, en)
    }

    private mutating func add(
        _ code: String, _ path: String, offset: Int, _ zh: String, _ en: String
    ) {
        guard faults.count < InterchangeLimits.faults else { return }
        faults.append(
            InputFault(
                code: code, path: path, line: line, column: offset + 1,
                message: MessageText(zh: zh, en: en)))
    }
}
