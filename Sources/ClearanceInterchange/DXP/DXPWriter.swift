public import ClearanceEvents

/// What an envelope of customs' data exchange says of the message inside.
/// Source: XSD 202205, 终端节点报文.
public struct DXPEnvelope: Sendable, Equatable {
    /// 原始报文 id, 1 to 255 characters, the sender's own.
    public var messageID: String
    /// The sender's address in the exchange, at most 16 characters.
    public var sender: String
    /// One to five addresses of at most 16 characters.
    public var receivers: [String]
    /// When the message was made.
    public var created: Instant
    /// The message's type, e.g. `CEB311Message`, at most 30 characters.
    public var type: String

    /// An envelope; nothing is checked before it is written.
    public init(
        messageID: String, sender: String, receivers: [String], created: Instant, type: String
    ) {
        self.messageID = messageID
        self.sender = sender
        self.receivers = receivers
        self.created = created
        self.type = type
    }
}

/// Why a message cannot be put into an envelope.
public struct DXPRefusal: Error, Sendable, Equatable {
    /// At least one fault; the paths are those of the envelope.
    public let faults: [InputFault]
}

/// Puts messages into envelopes of customs' data exchange.
///
/// A receiver's signature is his own affair: the envelope is written without one, as its schema
/// allows.
public enum DXPWriter {
    /// The bytes of `DxpMsg` around a message. Throws when the envelope breaks its schema.
    public static func wrap(
        _ message: [UInt8], in envelope: DXPEnvelope
    ) throws(DXPRefusal) -> [UInt8] {
        let faults = faults(of: envelope)
        if !faults.isEmpty { throw DXPRefusal(faults: faults) }
        var writer = XMLWriter()
        writer.raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
        writer.raw("<DxpMsg xmlns=\"\(DXPScanner.namespace)\" ver=\"1.0\">\n")
        writer.start("TransInfo")
        writer.element("CopMsgId", envelope.messageID)
        writer.element("SenderId", envelope.sender)
        writer.start("ReceiverIds")
        for receiver in envelope.receivers { writer.element("ReceiverId", receiver) }
        writer.end("ReceiverIds")
        writer.element("CreatTime", envelope.created.rfc3339)
        writer.element("MsgType", envelope.type)
        writer.end("TransInfo")
        writer.raw("\n")
        writer.start("Data")
        writer.raw(String(decoding: Base64Decoder.encoded(message), as: UTF8.self))
        writer.end("Data")
        writer.raw("\n</DxpMsg>\n")
        return writer.bytes
    }

    private static func faults(of envelope: DXPEnvelope) -> [InputFault] {
        var faults: [InputFault] = []
        func check(_ name: String, _ text: String, _ length: ClosedRange<Int>) {
            guard !length.contains(text.unicodeScalars.count) else { return }
            faults.append(
                InputFault(
                    code: "wrongLength", path: "/DxpMsg/TransInfo/\(name)", message: .length))
        }
        check("CopMsgId", envelope.messageID, 1...255)
        check("SenderId", envelope.sender, 1...16)
        for receiver in envelope.receivers { check("ReceiverIds/ReceiverId", receiver, 1...16) }
        if !(1...5).contains(envelope.receivers.count) {
            faults.append(
                InputFault(
                    code: envelope.receivers.isEmpty ? "missingField" : "tooMany",
                    path: "/DxpMsg/TransInfo/ReceiverIds/ReceiverId", message: .count))
        }
        check("MsgType", envelope.type, 0...30)
        return faults
    }
}
