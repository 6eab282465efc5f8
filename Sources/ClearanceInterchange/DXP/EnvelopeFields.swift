internal import ClearanceEvents

/// What an envelope says of the message inside, as it is kept with each event.
///
/// Kept as attributes of the event, because the event is the same whether its document came in an
/// envelope or without one (`specs/dxp.md`).
struct EnvelopeFields {
    private(set) var attributes: [(name: String, text: String)] = []

    mutating func add(_ name: String, _ text: String) {
        guard !text.isEmpty else { return }
        if let index = attributes.firstIndex(where: { $0.name == name }) {
            attributes[index].text += " " + text
        } else {
            attributes.append((name, text))
        }
    }

    /// The item with the envelope's attributes, its places inside the envelope.
    func wrap(_ item: ParsedItem, path: String) -> ParsedItem {
        switch item {
        case .event(var event, let findings, let notes, let place):
            for attribute in attributes { event.extras.set(attribute.name, attribute.text) }
            return .event(
                event, findings: findings.map { $0.inside(path) }, notes: notes, place: place)
        case .reject(let reject):
            return .reject(
                Reject(
                    place: reject.place, faults: reject.faults.map { $0.inside(path) },
                    raw: reject.raw, maskedRaw: reject.maskedRaw))
        }
    }
}

extension InputFault {
    /// The same fault of a message that lies at a path of its input.
    func inside(_ outer: String) -> InputFault {
        InputFault(
            code: code, path: outer + path, line: line, column: column, message: message)
    }
}

/// Decodes the message of an envelope and reads it, while the envelope is still being read.
struct EnvelopedMessage {
    private var base64 = Base64Decoder()
    private var input: XMLInput
    private let path: String
    private var items: [ParsedItem] = []
    private(set) var isBroken = false

    init(file: String, profile: EventProfile, depth: CheckDepth, path: String) {
        input = XMLInput(file: file, profile: profile, depth: depth, isInside: true)
        self.path = path
    }

    /// Takes a piece of base64; the offset of a character that is none, nil when all are.
    mutating func push(_ text: Span<UInt8>) -> Int? {
        if isBroken { return nil }
        var bytes: [UInt8] = []
        let wrong = base64.decode(text, into: &bytes)
        var found: [ParsedItem] = []
        input.push(bytes.span, isLast: false) { found.append($0) }
        items += found
        return wrong
    }

    /// Whether the base64 ended where it may.
    var isWhole: Bool { base64.isWhole }

    /// The message has ended.
    mutating func finish() {
        if isBroken { return }
        isBroken = true
        var found: [ParsedItem] = []
        input.finish { found.append($0) }
        items += found
    }

    /// The message was broken off from outside: what was complete is kept, and the fault stands
    /// where its text ended. The path of the fault is that of the envelope.
    mutating func breakOff(_ fault: InputFault, file: String) -> Reject? {
        if isBroken { return nil }
        let known = items.count
        finish()
        let place = Place(file: file, index: 0, line: fault.line, column: fault.column)
        var reject = Reject(place: place, faults: [fault], raw: "", maskedRaw: "")
        if items.count > known, case .reject(let last)? = items.last, last.code == "malformed" {
            items.removeLast()
            reject = Reject(
                place: Place(
                    file: file, index: last.index, line: fault.line, column: fault.column),
                faults: [fault], raw: last.raw, maskedRaw: last.maskedRaw)
        }
        return reject
    }

    /// What the message said, with what the envelope says of it.
    func wrapped(in fields: EnvelopeFields) -> [ParsedItem] {
        items.map { fields.wrap($0, path: path) }
    }
}
