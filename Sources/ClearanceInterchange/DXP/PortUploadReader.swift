internal import ClearanceEvents

/// Reads CEB messages in the JSON of a port's upload interface, one or many objects behind each
/// other: `{"message": {"messageHead": {…}, "messageBody": {"data": "<base64>"}}}`.
///
/// The text of `data` is decoded while it comes; the rest of the object is small, kept, and
/// parsed when the object ends. A message has at most a hundred documents, which wait for that.
final class PortUploadReader {
    private let file: String
    private let profile: EventProfile
    private let depth: CheckDepth
    private let tape = JSONTape()
    /// The object without the text of its `data`.
    private var skeleton: [UInt8] = []
    private var isOverlong = false
    /// Open objects and lists, and the name of the open member of each of the outermost.
    private var levels = 0
    private var names: [String] = []
    private var lastText: [UInt8] = []
    private var isQuoted = false
    private var isData = false
    private var isEscaped = false
    /// The digits of `\u0041` so far; nil outside.
    private var unicode: [UInt8]?
    private var message: EnvelopedMessage?
    private var refusals: [ParsedItem] = []
    private var line = 1
    private var column = 1
    private var start = (line: 1, column: 1)

    /// Everything of an object but its message.
    private static let skeletonBytes = 64 << 10
    private static let path = ["message", "messageBody", "data"]
    private static let dataPath = path.joined(separator: ".")

    init(file: String, profile: EventProfile, depth: CheckDepth) {
        self.file = file
        self.profile = profile
        self.depth = depth
    }

    func push(_ bytes: Span<UInt8>, into sink: (ParsedItem) -> Void) {
        var index = 0
        while index < bytes.count {
            if isData, !isEscaped, unicode == nil {
                let end = endOfPlain(bytes, from: index)
                take(data: bytes.extracting(index..<end))
                index = end
                if index == bytes.count { break }
            }
            step(bytes[index], into: sink)
            column += 1
            if bytes[index] == 10 {
                line += 1
                column = 1
            }
            index += 1
        }
    }

    /// The input has ended, possibly inside an object.
    func finish(into sink: (ParsedItem) -> Void) {
        if !skeleton.isEmpty { end(isWhole: false, into: sink) }
    }

    // MARK: Bytes

    private func endOfPlain(_ bytes: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "\\"),
            bytes[end] != 10
        { end += 1 }
        return end
    }

    private func step(_ byte: UInt8, into sink: (ParsedItem) -> Void) {
        if isQuoted { return stepInside(byte) }
        if names.isEmpty {
            // Between objects: blanks are dropped, and anything else is an object that is none.
            if [32, 9, 10, 13].contains(byte), skeleton.isEmpty { return }
            if skeleton.isEmpty { start = (line, column) }
        }
        hold(byte)
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            levels += 1
            if levels <= InterchangeLimits.jsonDepth { names.append("") }
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            levels -= 1
            if levels < names.count, !names.isEmpty { names.removeLast() }
            if names.isEmpty { end(isWhole: true, into: sink) }
        case UInt8(ascii: "\""):
            isQuoted = true
            lastText = []
            if levels == names.count, names == PortUploadReader.path, message == nil {
                isData = true
                message = EnvelopedMessage(
                    file: file, profile: profile, depth: depth, path: PortUploadReader.dataPath)
            }
        case UInt8(ascii: ":"):
            name(String(decoding: lastText, as: UTF8.self))
        case UInt8(ascii: ","): name("")
        case 10 where names.isEmpty: end(isWhole: true, into: sink)
        default: break
        }
    }

    /// The open member of the innermost object, as deep as names are kept.
    private func name(_ text: String) {
        if !names.isEmpty, levels == names.count { names[names.count - 1] = text }
    }

    private func stepInside(_ byte: UInt8) {
        if isData, let digits = unicode {
            unicode = digits + [byte]
            guard digits.count == 3 else { return }
            let text = String(decoding: digits + [byte], as: UTF8.self)
            unicode = nil
            // What is no ASCII character is no base64 either.
            return take(one: UInt8(text, radix: 16) ?? 0)
        }
        if isEscaped {
            isEscaped = false
            if !isData { return hold(byte) }
            switch byte {
            case UInt8(ascii: "u"): unicode = []
            case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"): take(one: 32)
            default: take(one: byte)
            }
            return
        }
        switch byte {
        case UInt8(ascii: "\\"):
            isEscaped = true
            if !isData { hold(byte) }
        case UInt8(ascii: "\""):
            isQuoted = false
            if isData { endData() }
            isData = false
            hold(byte)
        default:
            if isData { return take(one: byte) }
            if lastText.count < 64 { lastText.append(byte) }
            hold(byte)
        }
    }

    private func hold(_ byte: UInt8) {
        if skeleton.count < PortUploadReader.skeletonBytes {
            skeleton.append(byte)
        } else {
            isOverlong = true
        }
    }

    // MARK: The message

    private func take(one byte: UInt8) { take(data: [byte].span, isPlain: false) }

    private func take(data: Span<UInt8>, isPlain: Bool = true) {
        if let wrong = message?.push(data) {
            breakOff(
                fault(
                    "base64", PortUploadReader.dataPath, line, column + wrong,
                    MessageText(zh: "不是合法的 base64", en: "not base64")))
        }
        if isPlain { column += data.count }
    }

    private func endData() {
        guard let message, !message.isBroken else { return }
        if message.isWhole {
            self.message?.finish()
        } else {
            breakOff(
                fault(
                    "base64", PortUploadReader.dataPath, line, column,
                    MessageText(zh: "base64 不完整", en: "the base64 is not whole")))
        }
    }

    private func breakOff(_ fault: InputFault) {
        if let reject = message?.breakOff(fault, file: file) { refusals.append(.reject(reject)) }
    }

    // MARK: The object

    private func end(isWhole: Bool, into sink: (ParsedItem) -> Void) {
        var faults: [InputFault] = []
        var fields = EnvelopeFields()
        do throws(JSONTape.Failure) {
            if isOverlong { throw JSONTape.Failure(reason: .size, offset: 0) }
            try tape.parse(skeleton.span)
            head(&fields)
            if message == nil {
                faults.append(
                    fault(
                        "missingField", PortUploadReader.dataPath, start.line, start.column,
                        .missing))
            }
        } catch {
            let place = isWhole ? start : (line, column)
            let message = error.reason == .size ? MessageText.tooLarge : error.reason.message
            faults.append(fault(error.reason.code, "", place.0, place.1, message))
        }
        if let first = faults.first, let message, !message.isBroken { breakOff(first) }
        for item in message?.wrapped(in: fields) ?? [] { sink(item) }
        for item in refusals { sink(item) }
        if let first = faults.first, refusals.isEmpty {
            let place = Place(file: file, index: 0, line: first.line, column: first.column)
            let raw = String(
                decoding: skeleton.prefix(InterchangeLimits.rawBytes), as: UTF8.self)
            sink(
                .reject(
                    Reject(
                        place: place, faults: faults, raw: raw, maskedRaw: Masking.blind(raw))))
        }
        restart()
    }

    private func restart() {
        skeleton = []
        isOverlong = false
        levels = 0
        names = []
        lastText = []
        isQuoted = false
        isData = false
        isEscaped = false
        unicode = nil
        message = nil
        refusals = []
    }

    private func head(_ fields: inout EnvelopeFields) {
        for (attribute, name) in [
            ("portmessageid", "messageId"), ("portsender", "senderID"),
            ("portreceivers", "receiverID"), ("porttime", "sendTime"), ("porttype", "messageType"),
        ] {
            guard let root = tape.member("message", of: 0),
                let head = tape.member("messageHead", of: root),
                let node = tape.member(name, of: head),
                tape.kind(node) == .string || tape.kind(node) == .number
            else { continue }
            fields.add(attribute, String(tape.text(node).prefix(255)))
        }
    }

    private func fault(
        _ code: String, _ path: String, _ line: Int, _ column: Int, _ message: MessageText
    ) -> InputFault {
        InputFault(code: code, path: path, line: line, column: column, message: message)
    }
}
