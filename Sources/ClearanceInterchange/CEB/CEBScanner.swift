internal import ClearanceEvents

/// Follows one CEB message through its parser's events and keeps one document at a time.
///
/// The sender stands behind the documents, so the events of a message (at most 100) wait for its
/// end; the text of a document is gone as soon as it has become an event.
final class CEBScanner {
    struct Stop {
        let code: String
        let message: MessageText
    }

    /// What the child of the root that is open now is.
    private enum Part: Int {
        case document = 0
        case transfer = 1
        case subscribe = 2
        case extend = 3
        case signature = 4
        case unknown = 5
    }

    private let file: String
    private let profile: EventProfile
    /// Attributes of the root, set before its start is told.
    var attributes: [String: String] = [:]
    private(set) var depth = 0
    private(set) var stop: Stop?
    /// Where the last start tag stood.
    private(set) var line = 1
    private(set) var column = 1

    private var message: CEBMessage?
    private var part = Part.unknown
    private var lastPart = Part.document
    private var document = CEBDocument()
    private(set) var documentCount = 0
    private var pending: [PendingDocument] = []
    private var envelope = CEBEnvelope()
    private var isEnded = false

    init(file: String, profile: EventProfile) {
        self.file = file
        self.profile = profile
    }

    func refuse(_ code: String, _ message: MessageText) {
        if stop == nil { stop = Stop(code: code, message: message) }
    }

    // MARK: Parser events

    func start(space: Span<UInt8>, name: Span<UInt8>, line: Int, column: Int) {
        self.line = line
        self.column = column
        guard depth < InterchangeLimits.xmlDepth else {
            return refuse("tooDeep", MessageText(zh: "嵌套过深", en: "nested too deeply"))
        }
        let isNative = CEBScanner.equal(space, CEBScanner.namespace)
        switch depth {
        case 0: startRoot(name, isNative: isNative)
        case 1: startPart(space, name, isNative: isNative)
        default:
            if part != .signature && part != .unknown {
                document.start(name: name, isNative: isNative, line: line, column: column)
            }
        }
        depth += 1
    }

    func end() {
        depth -= 1
        guard stop == nil else { return }
        if depth == 0 {
            isEnded = true
        } else if part != .signature && part != .unknown {
            document.end()
            if depth == 1 { endPart() }
        }
    }

    func text(_ text: Span<UInt8>) {
        if depth > 1, part != .signature, part != .unknown { document.text(text) }
    }

    // MARK: Root and parts

    private static let namespace = Array("http://www.chinaport.gov.cn/ceb".utf8)
    private static let signatures = Array("http://www.w3.org/2000/09/xmldsig#".utf8)

    private static func equal(_ span: Span<UInt8>, _ bytes: [UInt8]) -> Bool {
        guard span.count == bytes.count else { return false }
        for index in span.indices where span[index] != bytes[index] { return false }
        return true
    }

    private static func string(_ span: Span<UInt8>) -> String {
        var bytes: [UInt8] = []
        bytes.append(copying: span)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func startRoot(_ name: Span<UInt8>, isNative: Bool) {
        guard isNative else {
            return refuse(
                "namespace",
                MessageText(zh: "根元素不在 CEB 命名空间", en: "the root is not in CEB's namespace"))
        }
        let root = CEBScanner.string(name)
        guard root.hasSuffix("Message"), let found = CEBMessage.all[String(root.dropLast(7))]
        else {
            return refuse(
                "unknownMessage", MessageText(zh: "不支持的报文", en: "a message that is not read"))
        }
        message = found
        envelope.begin(found, attributes: attributes, line: line, column: column)
    }

    private func startPart(_ space: Span<UInt8>, _ name: Span<UInt8>, isNative: Bool) {
        guard let message else { return }
        part = kind(space, name, isNative: isNative, of: message)
        if rank(part, of: message) < rank(lastPart, of: message) {
            envelope.misplaced(CEBScanner.string(name), line: line, column: column)
        }
        if part != .unknown { lastPart = part }
        switch part {
        case .unknown: envelope.unknown(CEBScanner.string(name), line: line, column: column)
        case .signature: envelope.isSigned = true
        default:
            document.clear()
            if part == .document {
                documentCount += 1
                document.index = documentCount
            }
            document.start(name: name, isNative: isNative, line: line, column: column)
        }
    }

    /// The place of a part in the message's sequence.
    private func rank(_ part: Part, of message: CEBMessage) -> Int {
        guard message.extendStandsLast else { return part.rawValue }
        return switch part {
        case .signature: Part.extend.rawValue
        case .extend: Part.signature.rawValue
        default: part.rawValue
        }
    }

    private func kind(
        _ space: Span<UInt8>, _ name: Span<UInt8>, isNative: Bool, of message: CEBMessage
    ) -> Part {
        if !isNative {
            let isSignature =
                CEBScanner.equal(space, CEBScanner.signatures)
                && CEBScanner.equal(name, Array("Signature".utf8))
            return isSignature && !message.isReceipt ? .signature : .unknown
        }
        let word = CEBScanner.string(name)
        if word == message.document { return .document }
        if message.isReceipt { return .unknown }
        switch word {
        case "BaseTransfer": return .transfer
        case "BaseSubscribe": return .subscribe
        case "ExtendMessage": return .extend
        default: return .unknown
        }
    }

    private func endPart() {
        guard let message else { return }
        switch part {
        case .document: endDocument(of: message)
        case .transfer: envelope.take(transfer: document)
        case .subscribe: envelope.take(subscribe: document)
        case .extend: envelope.take(extend: document)
        case .signature, .unknown: break
        }
        document.clear()
    }

    private func endDocument(of message: CEBMessage) {
        let first = document.elements.first
        let place = Place(
            file: file, index: documentCount, line: first?.line ?? line,
            column: first?.column ?? column)
        guard documentCount <= message.documentLimit else {
            let path = "/\(message.number)Message/\(message.document)[\(documentCount)]"
            let fault = InputFault(
                code: "tooMany", path: path, line: place.line, column: place.column,
                message: .count)
            // Beyond the limit nothing is kept: the first one says it for all.
            if documentCount == message.documentLimit + 1 {
                pending.append(
                    .reject(Reject(place: place, faults: [fault], raw: "", maskedRaw: "")))
            }
            return
        }
        var event = CEBEvent(
            CEBShape(document, of: message), profile: profile, place: place)
        pending.append(event.outcome())
    }

    // MARK: The end

    /// Everything that the message said, in its order; what broke it off, last.
    func finish(failure: Expat.Failure?) -> [ParsedItem] {
        let sender = envelope.sender
        var items: [ParsedItem] = []
        items.reserveCapacity(pending.count + 1)
        for index in pending.indices {
            pending[index].event?.source = sender
            envelope.complete(&pending[index], isWhole: failure == nil)
            let document = pending[index]
            if let event = document.event {
                items.append(
                    .event(
                        event, findings: document.findings, notes: InputNotes(),
                        place: document.place))
            } else if let reject = document.reject {
                items.append(.reject(reject))
            }
        }
        pending = []
        if let failure {
            items.append(.reject(brokenOff(failure)))
        } else if isEnded, let faults = envelope.faults(documents: documentCount) {
            let place = Place(file: file, index: 0, line: faults[0].line, column: faults[0].column)
            items.append(
                .reject(Reject(place: place, faults: faults, raw: "", maskedRaw: "")))
        }
        return items
    }

    private func brokenOff(_ failure: Expat.Failure) -> Reject {
        var path = ""
        let isInside = depth > 1 && part == .document
        if let message {
            path = "/\(message.number)Message"
            if isInside { path += "/\(message.document)[\(documentCount)]" }
        }
        let place = Place(
            file: file, index: isInside ? documentCount : 0, line: failure.line,
            column: failure.column)
        let fault = InputFault(
            code: failure.code, path: path, line: failure.line, column: failure.column,
            message: failure.message)
        return Reject(
            place: place, faults: [fault], raw: isInside ? document.xml { _ in false } : "",
            maskedRaw: isInside ? document.xml { _ in true } : "")
    }
}
