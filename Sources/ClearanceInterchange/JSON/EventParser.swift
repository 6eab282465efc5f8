internal import ClearanceEvents

/// Reads one parsed JSON document as a CloudEvents 1.0 envelope.
///
/// Collects every fault of the document, so that the person who mends it sees all of them.
struct EventParser {
    let tape: JSONTape
    let line: Int
    private(set) var faults: [InputFault] = []
    private(set) var notes = InputNotes()
    private var texts = InlineArray<19, String?>(repeating: nil)
    private var dataNode: Int?
    private var correctsNode: Int?
    private var extras = DataRecord(Catalogue.extras)
    private var seen: UInt32 = 0
    private var seenExtras: Set<String> = []

    init(tape: JSONTape, line: Int) {
        self.tape = tape
        self.line = line
    }

    /// The event, sound under the profile; nil when ``faults`` says why there is none.
    mutating func event(profile: EventProfile) -> Event? {
        guard let event = read() else { return nil }
        for found in event.faults(profile: profile).prefix(InterchangeLimits.faults) {
            faults.append(placed(found))
        }
        return faults.isEmpty ? event : nil
    }

    /// A fault or finding of the event itself, at the place of the line that it speaks of.
    func placed(_ fault: Fault) -> InputFault {
        InputFault(
            code: fault.code.rawValue, path: fault.path, line: line,
            column: tape.offset(tape.node(at: fault.path)) + 1,
            message: MessageText(zh: fault.chinese, en: fault.english))
    }

    private mutating func read() -> Event? {
        guard tape.count > 0, tape.kind(0) == .object else {
            fault("json", "", zh: "不是 JSON 对象", en: "not a JSON object")
            return nil
        }
        var index = 1
        let end = tape.next(0)
        while index < end {
            member(index)
            index = tape.next(index + 1)
        }
        guard faults.isEmpty else { return nil }
        return assemble()
    }

    /// The members of an envelope that mean something here, by their names.
    private enum Attribute: Int, CaseIterable {
        case specversion, id, source, type, subject, time, actor, actorrole, onbehalfof, sequence
        case correctionreason, signer, recordedtime, correctssource, correctsid
        case data, corrects, position, masked

        static let table = WordTable(allCases.map(\.name))

        var name: String { String(describing: self) }

        /// The attribute with this number of the table; nil for 0.
        init?(number: UInt16) { self.init(rawValue: Int(number) - 1) }
    }

    private mutating func member(_ key: Int) {
        let node = key + 1
        guard let attribute = Attribute(number: tape.number(key, in: Attribute.table)) else {
            return extra(tape.text(key), node: node)
        }
        let bit: UInt32 = 1 << UInt32(attribute.rawValue)
        guard seen & bit == 0 else { return stoodAlready(node) }
        seen |= bit
        switch attribute {
        case .data: dataNode = node
        case .corrects: correctsNode = node
        case .position: break
        case .masked:
            if tape.kind(node) != .no {
                fault(
                    "maskedInput", at: node, zh: "已脱敏的输出不能再导入",
                    en: "masked output cannot come back")
            }
        case .sequence where tape.kind(node) == .number:
            texts[attribute.rawValue] = tape.text(node)
        default:
            guard tape.kind(node) == .string else {
                return fault("wrongKind", at: node, zh: "应为字符串", en: "a string is due")
            }
            texts[attribute.rawValue] = tape.text(node)
        }
    }

    /// An attribute that nothing here reads is kept as it came.
    private mutating func extra(_ name: String, node: Int) {
        guard seenExtras.insert(name).inserted else { return stoodAlready(node) }
        if let value = value(node, field: 0, layout: Catalogue.extras, depth: 1) {
            _ = extras.add(value, name: name)
        }
    }

    private func text(_ attribute: Attribute) -> String? { texts[attribute.rawValue] }

    private mutating func assemble() -> Event? {
        if let version = required(.specversion), version != "1.0" {
            fault("specversion", "specversion", zh: "只接受 1.0", en: "only 1.0 is accepted")
        }
        let id = required(.id)
        let source = required(.source)
        let subject = required(.subject)
        let time = instant("time", required(.time))
        let definition = definition(of: required(.type))
        if let recorded = text(.recordedtime) {
            notes.recordedTime = instant("recordedtime", recorded)
        }
        guard let id, let source, let subject, let time, let definition else { return nil }
        var event = Event(
            type: definition, subject: subject, time: time, source: source, id: id)
        event.actor = text(.actor)
        event.actorRole = text(.actorrole)
        event.onBehalfOf = text(.onbehalfof)
        event.sequence = text(.sequence)
        event.signer = text(.signer)
        event.corrects = correction()
        event.extras = extras
        if let dataNode {
            guard tape.kind(dataNode) == .object else {
                fault("wrongKind", at: dataNode, zh: "应为对象", en: "an object is due")
                return nil
            }
            event.data = record(dataNode, layout: definition.layout, depth: 0)
        }
        return faults.isEmpty ? event : nil
    }

    private mutating func required(_ attribute: Attribute) -> String? {
        guard let text = text(attribute) else {
            fault(
                "missingField", attribute.name, zh: "缺少必填属性", en: "the attribute is missing")
            return nil
        }
        guard !text.isEmpty else {
            fault(
                "missingField", attribute.name, zh: "必填属性为空", en: "the attribute is empty")
            return nil
        }
        return text
    }

    private mutating func instant(_ name: String, _ text: String?) -> Instant? {
        guard let text else { return nil }
        guard let instant = Instant(rfc3339: text) else {
            fault(
                "malformedTime", name, zh: "应为带时区的 RFC 3339 时间",
                en: "an RFC 3339 time with offset is due")
            return nil
        }
        return instant
    }

    private mutating func definition(of type: String?) -> EventDefinition? {
        guard let type else { return nil }
        guard let definition = EventParser.definition(named: type.utf8Span.span) else {
            fault("unknownType", "type", zh: "没有这种事件类型", en: "no such event type")
            return nil
        }
        return definition
    }

    private static let prefix = Array("clearance.".utf8)

    private static func definition(named type: Span<UInt8>) -> EventDefinition? {
        guard type.count > prefix.count else { return nil }
        for index in prefix.indices where type[index] != prefix[index] { return nil }
        return Catalogue.current.type(named: type.extracting(prefix.count...))
    }

    // MARK: Corrections

    /// `{"source", "id"}`, two attributes, `"source id"`, or a position for the tool to resolve.
    private mutating func correction() -> Correction? {
        let reason = correctionReason()
        notes.correctionReason = reason
        guard let (source, id) = correctedEvent() else { return nil }
        guard let reason else {
            fault(
                "missingField", "correctionreason", zh: "更正须说明原因",
                en: "a correction needs its reason")
            return nil
        }
        return Correction(source: source, id: id, reason: reason)
    }

    private mutating func correctionReason() -> Correction.Reason? {
        guard let word = text(.correctionreason) else { return nil }
        guard let reason = Correction.Reason(word: word) else {
            fault(
                "unknownCode", "correctionreason", zh: "应为 incorrectData 或 didNotOccur",
                en: "incorrectData or didNotOccur is due")
            return nil
        }
        return reason
    }

    private mutating func correctedEvent() -> (source: String, id: String)? {
        if let source = text(.correctssource), let id = text(.correctsid) {
            return (source, id)
        }
        if text(.correctssource) != nil || text(.correctsid) != nil {
            fault(
                "missingField", "corrects", zh: "correctssource 与 correctsid 须同时出现",
                en: "correctssource and correctsid stand together")
            return nil
        }
        guard let node = correctsNode else { return nil }
        switch tape.kind(node) {
        case .number:
            notes.correctsPosition = UInt64(tape.text(node))
            if notes.correctsPosition != nil { return nil }
        case .string:
            let text = tape.text(node)
            if let position = UInt64(text) {
                notes.correctsPosition = position
                return nil
            }
            let parts = text.split(separator: " ", maxSplits: 1)
            if parts.count == 2 { return (String(parts[0]), String(parts[1])) }
        case .object:
            if let pair = correctedPair(node) { return pair }
        default: break
        }
        fault(
            "corrects", at: node, zh: "应为 {source, id} 或位置号",
            en: "{source, id} or a position is due")
        return nil
    }

    private func correctedPair(_ node: Int) -> (source: String, id: String)? {
        var found: [String: String] = [:]
        var index = node + 1
        while index < tape.next(node) {
            guard tape.kind(index + 1) == .string else { return nil }
            found[tape.text(index)] = tape.text(index + 1)
            index = tape.next(index + 1)
        }
        guard tape.children(node) == 2, let source = found["source"], let id = found["id"] else {
            return nil
        }
        return (source, id)
    }

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
