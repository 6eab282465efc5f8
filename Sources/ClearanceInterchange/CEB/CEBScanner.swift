internal import ClearanceEvents

/// Follows one CEB message through its parts and keeps one document at a time.
///
/// The sender stands behind the documents, so the events of a message (at most 100) wait for its
/// end; the text of a document is gone as soon as it has become an event.
final class CEBScanner {
    struct Stop {
        let code: String
        let message: MessageText
    }

    /// What a child of the root is, in the order of the sequence.
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
    private let depth: CheckDepth
    private let tape: XMLTape
    private(set) var stop: Stop?

    private var message: CEBMessage?
    private var lastPart = Part.document
    private var document: CEBDocument
    private var documentCount = 0
    private var pending: [PendingDocument] = []
    private var envelope = CEBEnvelope()
    private var builder = RecordBuilder(Catalogue.extras)

    init(file: String, profile: EventProfile, depth: CheckDepth, tape: XMLTape) {
        self.file = file
        self.profile = profile
        self.depth = depth
        self.tape = tape
        document = CEBDocument(names: tape.names, tape: tape)
    }

    // MARK: Root and parts

    /// The root has begun; false when nothing of it can be read.
    func startRoot(_ name: Int, attributes: [String: String]) -> Bool {
        guard tape.names.space(name) == .native else {
            return refuse(
                "namespace",
                MessageText(zh: "根元素不在 CEB 命名空间", en: "the root is not in CEB's namespace"))
        }
        let root = tape.names.local(name)
        guard root.hasSuffix("Message"), let found = CEBMessage.all[String(root.dropLast(7))]
        else {
            return refuse(
                "unknownMessage", MessageText(zh: "不支持的报文", en: "a message that is not read"))
        }
        message = found
        envelope.begin(found, attributes: attributes, at: tape.current)
        return true
    }

    private func refuse(_ code: String, _ message: MessageText) -> Bool {
        stop = Stop(code: code, message: message)
        return false
    }

    /// A child of the root has ended; false when nothing behind it is to be read.
    func endPart() -> Bool {
        guard let message else { return false }
        tape.copyPart(into: &document)
        let part = kind(of: message)
        if rank(part, of: message) < rank(lastPart, of: message) { envelope.misplaced(document) }
        if part != .unknown { lastPart = part }
        switch part {
        case .document: endDocument(of: message)
        case .transfer: envelope.take(transfer: document)
        case .subscribe: envelope.take(subscribe: document)
        case .extend: envelope.take(extend: document)
        case .signature: envelope.isSigned = true
        case .unknown: envelope.unknown(document)
        }
        return true
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

    /// What the part in ``document`` is.
    private func kind(of message: CEBMessage) -> Part {
        guard let name = document.elements.first?.name else { return .unknown }
        let local = tape.names.local(name)
        switch tape.names.space(name) {
        case .foreign: return .unknown
        case .signature:
            return local == "Signature" && !message.isReceipt ? .signature : .unknown
        case .native: break
        }
        if local == message.document { return .document }
        if message.isReceipt { return .unknown }
        switch local {
        case "BaseTransfer": return .transfer
        case "BaseSubscribe": return .subscribe
        case "ExtendMessage": return .extend
        default: return .unknown
        }
    }

    private func endDocument(of message: CEBMessage) {
        documentCount += 1
        document.index = documentCount
        let found = document.elements.first.map { document.place($0) } ?? tape.current
        let place = Place(
            file: file, index: documentCount, line: found.line, column: found.column)
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
            CEBShape(document, of: message), profile: profile, depth: depth, place: place)
        pending.append(event.outcome(envelope.attributes, &builder))
    }

    // MARK: The end

    /// Tells everything that the message said, in its order; what broke it off, last.
    func finish(failure: XMLTape.Failure?, into sink: (ParsedItem) -> Void) {
        let sender = envelope.sender
        for index in pending.indices {
            var document = PendingDocument.gone
            swap(&document, &pending[index])
            switch consume document {
            case .event(var event, var findings, let place):
                event.source = sender
                envelope.complete(&event, &findings, isWhole: failure == nil)
                sink(
                    .event(
                        event, findings: findings, notes: InputNotes(),
                        place: place))
            case .reject(let reject): sink(.reject(reject))
            case .gone: break
            }
        }
        pending = []
        if let failure {
            sink(.reject(brokenOff(failure)))
        } else if let faults = envelope.faults(documents: documentCount) {
            let place = Place(file: file, index: 0, line: faults[0].line, column: faults[0].column)
            sink(.reject(Reject(place: place, faults: faults, raw: "", maskedRaw: "")))
        }
    }

    private func brokenOff(_ failure: XMLTape.Failure) -> Reject {
        var path = ""
        var isInside = false
        if let message {
            path = "/\(message.number)Message"
            if tape.depth > 1 {
                tape.copyPart(into: &document)
                isInside = kind(of: message) == .document
            }
            if isInside {
                documentCount += 1
                path += "/\(message.document)[\(documentCount)]"
            }
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
