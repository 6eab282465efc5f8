public import ClearanceEvents

/// Who hands messages over: CEB's transport block.
public struct CEBSender: Sendable, Equatable {
    /// 传输企业代码, 1 to 18 characters.
    public let code: String
    public let name: String
    /// The address in customs' exchange, at most 30 characters.
    public let exchangeID: String

    public init(code: String, name: String, exchangeID: String) {
        self.code = code
        self.name = name
        self.exchangeID = exchangeID
    }
}

/// Why an event has no place in a CEB message.
public struct CEBRefusal: Error, Sendable, Equatable {
    /// At least one fault; the paths are those of the message that was tried.
    public let faults: [InputFault]
}

/// Writes events back as CEB messages that are valid against the XSD.
///
///     var writer = CEBWriter()
///     for event in events { try writer.add(event) }
///     for message in writer.finish() { … }
///
/// Documents of one message number and one sender share messages of at most 100. Fields that an
/// event lacks and that follow from it (guid, appType, appTime, appStatus, transport block) are
/// derived, the same way every time; a field that nothing tells is a refusal. CEB621, 623, 625
/// and 711 demand a
/// signature: the block has the form, and zeros where the signature would be, because the keys
/// are the enterprise's own. `extendMessage` is somebody's own XML and is not written.
public struct CEBWriter {
    /// One written message.
    public struct Message: Sendable, Equatable {
        /// The message's number, e.g. `CEB311`.
        public let number: String
        public let documents: Int
        /// The message, UTF-8.
        public let bytes: [UInt8]
    }

    private struct Key: Equatable {
        let number: String
        let guid: String?
        let version: String?
        let transfer: DataRecord?
        let subscribes: DataValue?
    }

    private struct Open {
        let key: Key
        let message: CEBMessage
        let first: Event
        var documents: [CEBDocument]
    }

    private let sender: CEBSender?
    private var open: [Open] = []
    private var done: [Message] = []

    /// A writer; without a sender the transport block names the party that made the document.
    public init(sender: CEBSender? = nil) { self.sender = sender }

    /// Adds one document. Throws when the event is none of a CEB message, or lacks what the XSD
    /// demands; then nothing was added.
    public mutating func add(_ event: Event) throws(CEBRefusal) {
        guard event.withheld.isEmpty else {
            throw CEBRefusal(
                faults: [
                    InputFault(
                        code: "withheldInput", path: "data",
                        message: MessageText(
                            zh: "个人信息已加密或已删除", en: "personal parts are sealed or erased"))
                ])
        }
        guard let message = CEBWriter.message(of: event) else {
            throw CEBRefusal(
                faults: [
                    InputFault(
                        code: "unknownMessage", path: "type",
                        message: MessageText(
                            zh: "没有对应的报文", en: "no message carries this event"))
                ])
        }
        let version = event.data.text("schema").flatMap(CEBVersion.init(rawValue:)) ?? .v202205
        let document = CEBComposer(message: message, event: event, version: version).document()
        let faults = CEBShape(document, of: message).formFaults(in: version)
        if !faults.isEmpty { throw CEBRefusal(faults: faults) }
        let key = Key(
            number: message.number, guid: event.data.text("messageGuid"),
            version: event.data.text("messageVersion"), transfer: transfer(of: event),
            subscribes: event.data["baseSubscribe"])
        if let index = open.firstIndex(where: { $0.key == key }) {
            open[index].documents.append(document)
            if open[index].documents.count == CEBWriter.limit(of: message) {
                done.append(CEBWriter.written(open.remove(at: index), sender: sender))
            }
        } else {
            let new = Open(key: key, message: message, first: event, documents: [document])
            if CEBWriter.limit(of: message) == 1 {
                done.append(CEBWriter.written(new, sender: sender))
            } else {
                open.append(new)
            }
        }
    }

    /// The messages that are full so far; they are handed out once.
    public mutating func takeFull() -> [Message] {
        let full = done
        done = []
        return full
    }

    /// All messages that were not taken yet; the writer is empty afterwards.
    public mutating func finish() -> [Message] {
        let sender = sender
        let rest = open.map { CEBWriter.written($0, sender: sender) }
        open = []
        return takeFull() + rest
    }

    private func transfer(of event: Event) -> DataRecord? {
        if case .record(let record) = event.data["baseTransfer"] { return record }
        return nil
    }

    // MARK: Messages

    private static func limit(of message: CEBMessage) -> Int {
        min(message.documentLimit, InterchangeLimits.documents)
    }

    private static func written(_ open: Open, sender: CEBSender?) -> Message {
        let message = open.message
        let root = message.number + "Message"
        let first = open.first
        var writer = XMLWriter()
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(root) xmlns=\"")
        writer.raw("http://www.chinaport.gov.cn/ceb\" guid=\"")
        writer.text(open.key.guid ?? CEBComposer.guid("message;" + first.id))
        writer.raw("\" version=\"")
        writer.text(open.key.version ?? "1.0")
        writer.raw("\">\n")
        for document in open.documents {
            document.write(to: &writer)
            writer.raw("\n")
        }
        if !message.isReceipt {
            let block = open.key.transfer ?? derived(first, message: message, sender: sender)
            write(block, of: message.transfer, to: &writer)
            if case .list(let items) = open.key.subscribes {
                for case .record(let record) in items {
                    write(record, of: CEBMessage.subscribe, to: &writer)
                }
            }
            if message.needsSignature { writer.raw(signature) }
        }
        writer.raw("</\(root)>\n")
        return Message(
            number: message.number, documents: open.documents.count, bytes: writer.bytes)
    }

    private static func write(_ record: DataRecord, of form: CEBRecord, to writer: inout XMLWriter)
    {
        writer.start(form.element)
        for field in form.fields {
            if let text = record.text(field.name) { writer.element(field.name, text) }
        }
        writer.end(form.element)
        writer.raw("\n")
    }

    /// The party that makes a document of this kind hands it over, unless a sender is named.
    private static func derived(
        _ event: Event, message: CEBMessage, sender: CEBSender?
    ) -> DataRecord {
        let party =
            switch message.subject {
            case .order, .proceeds: "ebc"
            case .payment: "pay"
            case .waybill, .departure: "logistics"
            case .arrival, .tallySheet: "operator"
            case .declaration, .cancel, .goodsReturn, .manifest, .summary, .tax, .message:
                "agent"
            }
        var record = DataRecord(Catalogue.current.layout("transfer"))
        record.set("copCode", sender?.code ?? event.data.text(party + "Code"))
        record.set("copName", sender?.name ?? event.data.text(party + "Name") ?? "")
        record.set("dxpMode", "DXP")
        record.set("dxpId", sender?.exchangeID ?? "")
        return record
    }

    /// The enveloped form of the specification, SM2 with SM3, holding zeros: it verifies nowhere.
    static let signature = """
        <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>\
        <ds:CanonicalizationMethod \
        Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>\
        <ds:SignatureMethod \
        Algorithm="http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3"/>\
        <ds:Reference URI=""><ds:Transforms><ds:Transform \
        Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/></ds:Transforms>\
        <ds:DigestMethod Algorithm="http://www.chinaport.gov.cn/2022/04/xmldsig#sm3"/>\
        <ds:DigestValue>\(String(repeating: "A", count: 43))=</ds:DigestValue>\
        </ds:Reference></ds:SignedInfo>\
        <ds:SignatureValue>\(String(repeating: "A", count: 86))==</ds:SignatureValue>\
        </ds:Signature>

        """
}
