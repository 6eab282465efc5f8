internal import ClearanceEvents

/// Follows one envelope of the data exchange through its parser's events.
///
/// What the envelope says is small and kept; the message inside is read while it comes. A message
/// has at most a hundred documents, so its events wait for the envelope's end.
final class DXPScanner {
    struct Stop {
        let code: String
        let message: MessageText
        let line: Int
        let column: Int
    }

    private let file: String
    private let profile: EventProfile
    private let depth: CheckDepth
    /// Tells where the parser stands; it owns the scanner.
    weak var stream: XMLStream?
    private(set) var stop: Stop?
    /// Local names of the open elements of the envelope's own name space.
    private var path: [String] = []
    /// Open elements of other name spaces, whose content is nobody's here.
    private var strangers = 0
    private var text: [UInt8] = []
    private var form = DXPForm()
    private var message: EnvelopedMessage?
    private var hasData = false
    private var reply = DXPReply()
    private var isEnded = false
    private var ready: [ParsedItem] = []

    init(file: String, profile: EventProfile, depth: CheckDepth) {
        self.file = file
        self.profile = profile
        self.depth = depth
    }

    /// The name space of the exchange.
    static let namespace = "http://www.chinaport.gov.cn/dxp"

    // MARK: Parser events

    func start(_ name: String, version: String?) -> Bool {
        let cut = name.utf8.firstIndex(of: CEBNames.separator)
        let local = String(cut.map { name[name.utf8.index(after: $0)...] } ?? name[...])
        let isNative = cut.map { name[..<$0] == DXPScanner.namespace } ?? false
        if strangers > 0 || (!isNative && !path.isEmpty) {
            strangers += 1
            return true
        }
        guard isNative else {
            return refuse(
                "namespace",
                MessageText(zh: "根元素不在 DXP 命名空间", en: "the root is not in DXP's namespace"))
        }
        path.append(local)
        text.removeAll(keepingCapacity: true)
        if path.count == 1 && !["DxpMsg", "DxpMsgSv", "DxpRep"].contains(local) {
            return refuse(
                "unknownMessage", MessageText(zh: "不支持的报文", en: "a message that is not read"))
        }
        if ["DxpMsg", "DxpMsgSv", "DxpRep"].contains(local), version != "1.0" {
            report("unknownCode", "/@ver", MessageText(zh: "版本应为 1.0", en: "version 1.0 is due"))
        }
        form.start(path, place: place)
        if isData {
            if hasData {
                report("repeated", "", .repeated)
            } else {
                hasData = true
                message = EnvelopedMessage(
                    file: file, profile: profile, depth: depth, path: pathText)
            }
        }
        if path == ["DxpRep", "Response"] { reply.begin(place: place) }
        return true
    }

    func end() -> Bool {
        if strangers > 0 {
            strangers -= 1
            return true
        }
        if isData {
            endData()
        } else if path.first == "DxpRep" {
            endOfReply()
        } else {
            endOfMessage()
        }
        text.removeAll(keepingCapacity: true)
        path.removeLast()
        if path.isEmpty { endRoot() }
        return true
    }

    func text(_ bytes: Span<UInt8>) -> Bool {
        if strangers > 0 { return true }
        if isData {
            guard let wrong = message?.push(bytes) else { return true }
            let place = place
            breakOff(
                InputFault(
                    code: "base64", path: pathText, line: place.line,
                    column: place.column + wrong,
                    message: MessageText(zh: "不是合法的 base64", en: "not base64")))
        } else if text.count < DXPForm.textBytes {
            text.append(copying: bytes)
        }
        return true
    }

    // MARK: Parts

    private var isData: Bool {
        path.last == "Data" && path.dropLast().last == "DxpMsg" && path.count <= 3
    }

    private var pathText: String { "/" + path.joined(separator: "/") }

    private var place: (line: Int, column: Int) { stream?.place ?? (1, 1) }

    private func endData() {
        guard let message, !message.isBroken else { return }
        let place = place
        if message.isWhole {
            self.message?.finish()
        } else {
            breakOff(
                InputFault(
                    code: "base64", path: pathText, line: place.line, column: place.column,
                    message: MessageText(zh: "base64 不完整", en: "the base64 is not whole")))
        }
    }

    private func breakOff(_ fault: InputFault) {
        if let reject = message?.breakOff(fault, file: file) { rest.append(.reject(reject)) }
    }

    /// Refusals that stand behind the message's own items.
    private var rest: [ParsedItem] = []

    private var value: String { form.trimmed(text) }

    private func endOfMessage() {
        form.end(path, value: value, place: place)
    }

    private func endOfReply() {
        switch path.dropFirst() {
        case ["Response"]:
            ready.append(reply.item(file: file))
        case let inner where inner.first == "Response":
            reply.take(inner.dropFirst().joined(separator: "/"), value)
        default: break
        }
    }

    private func endRoot() {
        isEnded = true
        deliver()
        guard !form.isReply else { return }
        if !hasData { form.missingData() }
        guard !form.faults.isEmpty else { return }
        let faults = Array(form.faults.prefix(InterchangeLimits.faults))
        let place = Place(file: file, index: 0, line: faults[0].line, column: faults[0].column)
        ready.append(
            .reject(Reject(place: place, faults: faults, raw: "", maskedRaw: "")))
    }

    private func deliver() {
        if let message { ready += message.wrapped(in: form.fields) + rest }
        message = nil
        rest = []
    }

    // MARK: Faults

    private func refuse(_ code: String, _ message: MessageText) -> Bool {
        let place = place
        stop = Stop(code: code, message: message, line: place.line, column: place.column)
        return false
    }

    private func report(_ code: String, _ inner: String, _ message: MessageText) {
        let place = place
        form.report(
            InputFault(
                code: code, path: pathText + inner, line: place.line, column: place.column,
                message: message))
    }

    // MARK: What came of it

    /// What is complete so far; handed out once.
    func take() -> [ParsedItem] {
        let items = ready
        ready = []
        return items
    }

    /// The parse failed: what was complete is kept, and the envelope's own failure is told.
    func finish(_ failure: Stop) {
        let fault = InputFault(
            code: failure.code, path: path.isEmpty ? "" : pathText, line: failure.line,
            column: failure.column, message: failure.message)
        if let message, !message.isBroken {
            breakOff(fault)
            deliver()
            return
        }
        deliver()
        let place = Place(file: file, index: 0, line: failure.line, column: failure.column)
        ready.append(.reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
    }
}
