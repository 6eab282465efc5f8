import ClearanceEvents
import Testing

@testable import ClearanceInterchange

/// Envelopes for the tests.
enum Envelopes {
    static let transInfo =
        "<TransInfo><CopMsgId>MSG-1</CopMsgId><SenderId>DXPENT0000000001</SenderId>"
        + "<ReceiverIds><ReceiverId>DXPEDCCEB0000002</ReceiverId>"
        + "<ReceiverId>DXPEDCCEB0000003</ReceiverId></ReceiverIds>"
        + "<CreatTime>2026-01-01T09:00:00</CreatTime><MsgType>CEB311Message</MsgType></TransInfo>"

    static func text(_ bytes: [UInt8]) -> String {
        String(decoding: Base64Decoder.encoded(bytes), as: UTF8.self)
    }

    /// `DxpMsg` around base64.
    static func around(_ data: String, transInfo: String = transInfo) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            + "<dxp:DxpMsg xmlns:dxp=\"\(DXPScanner.namespace)\" ver=\"1.0\">"
            + prefixed("\(transInfo)\n<Data>\(data)</Data>") + "</dxp:DxpMsg>"
    }

    static func around(_ message: [UInt8]) -> String { around(text(message)) }

    private static func prefixed(_ text: String) -> String {
        text.replacing("</", with: "\u{1}").replacing("<", with: "<dxp:")
            .replacing("\u{1}", with: "</dxp:")
    }

    static let message = Papers.message(Papers.orderDocument())
}

@Suite("Envelopes of the data exchange")
struct DXPTests {
    @Test("The message inside gives the same event, with the envelope's words beside it")
    func unwrapped() throws {
        let plain = Parsed(Envelopes.message)
        let text = Envelopes.around(Array(Envelopes.message.utf8))
        for piece in [nil, 1, 3, 64] {
            let parsed = Parsed(text, piece: piece)
            #expect(parsed.rejects == [])
            #expect(parsed.findings == plain.findings)
            var event = try #require(parsed.events.first)
            #expect(event.extras.text("dxpmessageid") == "MSG-1")
            #expect(event.extras.text("dxpsender") == "DXPENT0000000001")
            #expect(event.extras.text("dxpreceivers") == "DXPEDCCEB0000002 DXPEDCCEB0000003")
            #expect(event.extras.text("dxptime") == "2026-01-01T09:00:00")
            #expect(event.extras.text("dxptype") == "CEB311Message")
            event.extras = try #require(plain.events.first).extras
            #expect([event] == plain.events)
        }
    }

    @Test("Base64 in lines and a message in GBK are read")
    func lines() throws {
        let gbk = try Encoded.bytes(
            Envelopes.message.replacing("\"UTF-8\"", with: "\"GBK\""), as: "GBK")
        var text = ""
        for (index, character) in Envelopes.text(gbk).enumerated() {
            if index % 76 == 0 { text += "\r\n  " }
            text.append(character)
        }
        let parsed = Parsed(Envelopes.around(text), piece: 50)
        #expect(parsed.rejects == [])
        #expect(parsed.events.first?.data.text("ebpName") == "平台")
    }

    @Test("The server's envelope is read with its number")
    func server() {
        let inner = Envelopes.around(Array(Envelopes.message.utf8))
            .replacing("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", with: "")
        let text =
            "<DxpMsgSv xmlns=\"\(DXPScanner.namespace)\" ver=\"1.0\"><SvNo Ver=\"1.0\">"
            + "<MsgId>N1</MsgId><SendTime>2026-01-01T09:00:00+08:00</SendTime><EndNode>E</EndNode>"
            + "<StaNode>S</StaNode></SvNo>\(inner)</DxpMsgSv>"
        let parsed = Parsed(text)
        #expect(parsed.rejects == [])
        #expect(parsed.events.first?.extras.text("dxpserverid") == "N1")
        let broken = Parsed(text.replacing("<MsgId>N1</MsgId>", with: ""))
        #expect(broken.events.count == 1)
        #expect(broken.rejects.first?.path == "/DxpMsgSv/SvNo/MsgId")
    }

    @Test("Faults of the message inside have its own places behind the envelope's path")
    func places() throws {
        let bad = Papers.message(
            Papers.orderDocument(Papers.changing(Papers.orderHead, "orderNo", to: nil))
                + Papers.orderDocument())
        let plain = Parsed(bad)
        let parsed = Parsed(Envelopes.around(Array(bad.utf8)), piece: 11)
        #expect(parsed.events.count == 1)
        let reject = try #require(parsed.rejects.first)
        let own = try #require(plain.rejects.first)
        #expect(reject.path == "/DxpMsg/Data" + own.path)
        #expect(reject.line == own.line && reject.column == own.column)
        #expect(reject.index == own.index)
    }

    @Test("An envelope that breaks its schema is one reject, and its message lives")
    func form() {
        let changes: [(String, String, String, String)] = [
            ("<CopMsgId>MSG-1</CopMsgId>", "", "missingField", "TransInfo/CopMsgId"),
            ("DXPENT0000000001", "DXPENT00000000001", "wrongLength", "TransInfo/SenderId"),
            ("2026-01-01T09:00:00", "yesterday", "malformedTime", "TransInfo/CreatTime"),
            ("<MsgType>", "<Odd>1</Odd><MsgType>", "unknownElement", "TransInfo/Odd"),
            (
                "</ReceiverIds>",
                String(repeating: "<ReceiverId>R</ReceiverId>", count: 4) + "</ReceiverIds>",
                "tooMany", "TransInfo/ReceiverIds/ReceiverId"
            ),
        ]
        for (old, new, code, path) in changes {
            let parsed = Parsed(
                Envelopes.around(
                    Envelopes.text(Array(Envelopes.message.utf8)),
                    transInfo: Envelopes.transInfo.replacing(old, with: new)))
            #expect(parsed.events.count == 1, "\(path)")
            #expect(parsed.codes == [code], "\(path)")
            #expect(parsed.rejects.first?.path == "/DxpMsg/" + path)
            #expect(parsed.rejects.first?.line == 2)
        }
        let empty = Parsed(Envelopes.around("").replacing("<dxp:Data></dxp:Data>", with: ""))
        #expect(empty.codes == ["missingField"])
        #expect(empty.rejects.first?.path == "/DxpMsg/Data")
    }

    @Test("Base64 that breaks off keeps what was complete and says where")
    func base64() throws {
        let two = Array(Papers.message(Papers.orderDocument() + Papers.orderDocument()).utf8)
        let text = Envelopes.text(two)
        let cut = String(text.prefix(text.count - 400))
        let garbage = Parsed(Envelopes.around(cut + "!!"), piece: 100)
        #expect(garbage.events.count == 1)
        #expect(garbage.codes == ["base64"])
        let reject = try #require(garbage.rejects.first)
        #expect(reject.path == "/DxpMsg/Data")
        #expect(reject.line == 3)
        #expect(reject.column == "<dxp:Data>".count + cut.count + 1)
        #expect(reject.index == 2)
        #expect(Parsed(Envelopes.around(cut.dropLast() + "")).codes == ["base64"])
        #expect(Parsed(Envelopes.around(text + "QUJD")).codes.count == 1)
        #expect(Parsed(Envelopes.around("====")).codes == ["base64"])
        let open = Envelopes.around(text)
        let half = Parsed(String(open.prefix(open.count - 600)))
        #expect(half.events.count == 1)
        #expect(half.codes == ["malformed"])
    }

    @Test("Nested envelopes, foreign roots and bombs are refused")
    func hostile() {
        let nested = Envelopes.around(
            Array(Envelopes.around(Array(Envelopes.message.utf8)).utf8))
        #expect(Parsed(nested).codes == ["nestedEnvelope"])
        #expect(Parsed(nested).rejects.first?.path == "/DxpMsg/Data/DxpMsg")
        let foreign = Envelopes.around("").replacing(DXPScanner.namespace, with: "urn:x")
        #expect(Parsed(foreign).codes == ["namespace"])
        #expect(Parsed("<DxpOther xmlns=\"\(DXPScanner.namespace)\"/>").codes == ["unknownMessage"])
        let bomb =
            "<!DOCTYPE DxpMsg [<!ENTITY a \"aaaa\">]>"
            + "<DxpMsg xmlns=\"\(DXPScanner.namespace)\" ver=\"1.0\">&a;</DxpMsg>"
        #expect(Parsed(bomb).codes == ["doctype"])
        let deep =
            "<DxpMsg xmlns=\"\(DXPScanner.namespace)\" ver=\"1.0\">"
            + String(repeating: "<AddInfo>", count: 10_000)
        #expect(Parsed(deep).codes == ["tooDeep"])
        #expect(Parsed(Envelopes.around(Array("not xml".utf8))).codes == ["malformed"])
        #expect(Parsed(Envelopes.around(Array("<a/>".utf8))).codes == ["namespace"])
    }

    @Test("A huge message inside is refused at its limit and held nowhere")
    func huge() {
        var reader = InterchangeReader(file: "input")
        var items: [ParsedItem] = []
        let whole = Envelopes.around("")
        let parts = whole.components(at: "</dxp:Data>")
        let start = Array((parts.0 + Envelopes.text(Array("<CEB311Message a=\"xxx".utf8))).utf8)
        reader.push(start.span) { items.append($0) }
        let piece = Array(String(repeating: "eHh4", count: 65_536).utf8)
        for _ in 0..<64 { reader.push(piece.span) { items.append($0) } }
        reader.push(Array(("</dxp:Data>" + parts.1).utf8).span) { items.append($0) }
        reader.finish { items.append($0) }
        #expect(items.count == 1)
        guard case .reject(let reject)? = items.first else {
            Issue.record("no reject")
            return
        }
        #expect(reject.code == "tooLarge")
        #expect(reject.path == "/DxpMsg/Data")
    }

    @Test("The exchange's answers are receipts of the message they speak of")
    func replies() throws {
        let response =
            "<Response><NodeId>N</NodeId><ResponseCode>2001</ResponseCode>"
            + "<ResponseInfo>指定的接收方不存在</ResponseInfo>"
            + "<NoticeTime>2026-01-02</NoticeTime><OriHead>"
            + Envelopes.transInfo.dropFirst(11).dropLast(12) + "</OriHead></Response>"
        let text =
            "<DxpRep xmlns=\"\(DXPScanner.namespace)\" ver=\"1.0\"><RecevierId>R</RecevierId>"
            + response + response.replacing("2001", with: "0000") + "</DxpRep>"
        let parsed = Parsed(text, piece: 9)
        #expect(parsed.rejects == [])
        #expect(parsed.events.map(\.type.name) == ["receipt.failed", "receipt.progress"])
        let event = try #require(parsed.events.first)
        #expect(event.subject == "message:MSG-1")
        #expect(event.data.text("returnStatus") == "2001")
        #expect(event.data.text("oriMessageType") == "CEB311Message")
        #expect(event.time.rfc3339 == "2026-01-02T00:00:00+08:00")
        #expect(event.extras.text("dxpnode") == "N")
        let lost = Parsed(text.replacing("<NoticeTime>2026-01-02</NoticeTime>", with: ""))
        #expect(lost.codes == ["malformedTime", "malformedTime"])
        #expect(lost.rejects.last?.path == "/DxpRep/Response[2]/NoticeTime")
    }

    @Test("What is written is read as the same message")
    func written() throws {
        let envelope = DXPEnvelope(
            messageID: "M<1>", sender: "DXPENT0000000001", receivers: ["DXPEDCCEB0000002"],
            created: Instant(microseconds: 1_767_225_600_000_000), type: "CEB311Message")
        let bytes = try DXPWriter.wrap(Array(Envelopes.message.utf8), in: envelope)
        let parsed = Parsed(bytes: bytes)
        #expect(parsed.rejects == [])
        #expect(parsed.events.first?.extras.text("dxpmessageid") == "M<1>")
        #expect(parsed.events.first?.data == Parsed(Envelopes.message).events.first?.data)
        var poor = envelope
        poor.receivers = []
        #expect(throws: DXPRefusal.self) { try DXPWriter.wrap([], in: poor) }
        #expect(Base64Decoder.encoded(Array("f".utf8)) == Array("Zg==".utf8))
        #expect(Base64Decoder.encoded(Array("fo".utf8)) == Array("Zm8=".utf8))
        #expect(Base64Decoder.encoded(Array("foo".utf8)) == Array("Zm9v".utf8))
    }
}

@Suite("Uploads of a port")
struct PortUploadTests {
    private static let head =
        #""messageHead":{"version":"1.0","messageId":"M-1","senderID":"S","receiverID":"R","#
        + #""sendTime":"2026-01-01 09:00:00","messageType":"CEB311Message.xml"}"#

    private static func upload(_ data: String, isHeadLast: Bool = false) -> String {
        let body = "\"messageBody\": {\"data\": \"\(data)\"}"
        let parts = isHeadLast ? [body, head] : [head, body]
        return "{\"message\": {" + parts.joined(separator: ",\n ") + "}}"
    }

    private static let data = Envelopes.text(Array(Envelopes.message.utf8))

    @Test("The message inside gives the same event, with the head's words beside it")
    func unwrapped() throws {
        let plain = Parsed(Envelopes.message)
        for isHeadLast in [false, true] {
            let text = Self.upload(Self.data, isHeadLast: isHeadLast)
            for piece in [nil, 1, 7] {
                let parsed = Parsed(text, piece: piece)
                #expect(parsed.rejects == [])
                var event = try #require(parsed.events.first)
                #expect(event.extras.text("portmessageid") == "M-1")
                #expect(event.extras.text("porttype") == "CEB311Message.xml")
                event.extras = try #require(plain.events.first).extras
                #expect([event] == plain.events)
            }
        }
        let two = Self.upload(Self.data) + "\n" + Self.upload(Self.data) + "\n"
        #expect(Parsed(two).events.count == 2)
    }

    @Test("Escapes of JSON are undone before base64")
    func escapes() {
        let text = Self.data.replacing("+", with: "\\u002B").replacing("/", with: "\\/")
        let lines = text.prefix(100) + "\\r\\n" + text.dropFirst(100)
        let parsed = Parsed(Self.upload(String(lines)), piece: 3)
        #expect(parsed.rejects == [])
        #expect(parsed.events.count == 1)
    }

    @Test("What is broken is refused with its path, and what was complete is kept")
    func broken() throws {
        let two = Papers.message(Papers.orderDocument() + Papers.orderDocument())
        let data = Envelopes.text(Array(two.utf8))
        let garbage = Parsed(Self.upload(String(data.dropLast(400)) + "!!"))
        #expect(garbage.events.count == 1)
        #expect(garbage.codes == ["base64"])
        let reject = try #require(garbage.rejects.first)
        #expect(reject.path == "message.messageBody.data")
        #expect(reject.line == 2)
        #expect(reject.column == " \"messageBody\": {\"data\": \"".count + data.count - 400 + 1)
        let cut = Parsed(String(Self.upload(data).dropLast(600)))
        #expect(cut.events.count == 1)
        #expect(cut.codes == ["json"])
        #expect(Parsed(Self.upload(data) + "nonsense\n" + Self.upload(data)).codes == ["json"])
        #expect(Parsed(#"{"message": {"messageHead": {}}}"#).codes == ["missingField"])
        let bad = Papers.message(
            Papers.orderDocument(Papers.changing(Papers.orderHead, "orderNo", to: nil)))
        #expect(
            Parsed(Self.upload(Envelopes.text(Array(bad.utf8)))).rejects.first?.path.hasPrefix(
                "message.messageBody.data/CEB311Message/Order[1]") == true)
    }

    @Test("Deep and endless objects are refused within the limits")
    func hostile() {
        let deep = #"{"message": {"a": "# + String(repeating: "[", count: 100_000)
        #expect(Parsed(deep, piece: 4_096).codes.count == 1)
        let long = #"{"message": {"a": ""# + String(repeating: "x", count: 1 << 20) + "\"}}"
        #expect(Parsed(long).codes == ["tooLarge"])
    }
}

@Suite("Written envelopes and the official schema", .enabled(if: Kit.isThere && Xmllint.isThere))
struct DXPSchemaTests {
    @Test("What is written is valid against the schema of both editions", arguments: Kit.versions)
    func valid(version: String) throws {
        let envelope = DXPEnvelope(
            messageID: "M-1", sender: "DXPENT0000000001",
            receivers: ["DXPEDCCEB0000002", "DXPEDCCEB0000003"],
            created: Instant(microseconds: 1_767_225_600_123_000), type: "CEB311Message")
        let bytes = try DXPWriter.wrap(Array(Envelopes.message.utf8), in: envelope)
        let broken = String(decoding: bytes, as: UTF8.self).replacing("SenderId", with: "Sender")
        let name = version == "202205" ? "海关跨境终端节点报文定义202205.xsd" : "终端节点报文.xsd"
        let verdicts = try Xmllint.verdicts(
            [bytes, Array(broken.utf8)], schema: "\(Kit.root)/official-\(version)/xsd/\(name)")
        #expect(verdicts[0] == nil)
        #expect(verdicts[1] != nil)
    }
}

extension String {
    /// What stands before and behind the first occurrence of a word.
    fileprivate func components(at word: String) -> (String, String) {
        guard let range = firstRange(of: word) else { return (self, "") }
        return (String(self[..<range.lowerBound]), String(self[range.upperBound...]))
    }
}
