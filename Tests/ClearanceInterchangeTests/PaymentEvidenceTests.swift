import ClearanceEvents
import Testing

@testable import ClearanceInterchange

/// Uploads of payment data that the tests change.
enum Uploads {
    static let head = #"""
        "payExchangeInfoHead":{"guid":"4CDE1CFD-EDED-46B1-946C-B8022E42FC00",\#
        "initalRequest":"GET /pay?sum=50","initalResponse":"{\"ok\":true}","ebpCode":"1105910160",\#
        "payCode":"1101110323","payTransactionId":"T1","totalAmount":50.5,"currency":"142",\#
        "verDept":"3","payType":"1","tradingTime":"20260105133320","note":"备注"}
        """#
    static let orders = #"""
        "payExchangeInfoLists":[{"orderNo":"NO1","goodsInfo":[{"gname":"奶粉","itemLink":\#
        "http://example.com/1"}],"recpAccount":"0000","recpCode":"","recpName":"平台"},\#
        {"orderNo":"NO2","goodsInfo":[{"gname":"面霜","itemLink":"http://example.com/2"}],\#
        "recpAccount":"0000","recpName":"平台"}]
        """#
    static let one =
        #"{"sessionID":"S-1",\#(head),\#(orders),"serviceTime":1767590000000,"#
        + #""certNo":"C1","signValue":"abc+/="}"#
}

@Suite("Payment data of announcements 165 and 179")
struct PaymentEvidenceTests {
    @Test("An upload is one event for all its orders, in pieces of any size")
    func event() throws {
        let parsed = Parsed(Uploads.one)
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes == [])
        let event = try #require(parsed.events.first)
        #expect(event.type.name == "payment.evidence")
        #expect(event.subject == "payment:1101110323/T1")
        #expect(event.source == "urn:ceb:1105910160")
        #expect(event.id == "179;payment:1101110323/T1;20260105133320")
        #expect(event.time.rfc3339 == "2026-01-05T13:33:20+08:00")
        #expect(event.data.text("totalAmount") == "50.5")
        #expect(event.data.text("initalResponse") == "{\"ok\":true}")
        #expect(event.data.text("serviceTime") == "1767590000000")
        guard case .list(let orders) = event.data["orders"] else {
            Issue.record("no orders")
            return
        }
        #expect(orders.count == 2)
        for piece in [1, 7, 100] { #expect(Parsed(Uploads.one, piece: piece) == parsed) }
    }

    @Test("A second upload in another session says the same")
    func session() throws {
        let again = Uploads.one.replacing("S-1", with: "S-2")
            .replacing("1767590000000", with: "\"1767599999999\"")
            .replacing("abc+/=", with: "def")
        let first = try #require(Parsed(Uploads.one).events.first)
        let second = try #require(Parsed(again).events.first)
        #expect(first.id == second.id && first.source == second.source)
        #expect(second.data.text("serviceTime") == "1767599999999")
    }

    @Test("Several uploads stand behind each other, over lines or in one")
    func several() {
        let pretty = Uploads.one.replacing(",\"", with: ",\n  \"")
        let parsed = Parsed(
            pretty + "\n\n" + Uploads.one.replacing("\"T1\"", with: "\"T2\"") + " \n")
        #expect(parsed.events.map(\.subject) == ["payment:1101110323/T1", "payment:1101110323/T2"])
        #expect(parsed.rejects == [])
    }

    @Test("The older name of the list, amounts as strings and the wrapped text are read")
    func variants() throws {
        let plain = try #require(Parsed(Uploads.one).events.first)
        let older = Uploads.one.replacing("payExchangeInfoLists", with: "payExchangeInfoList")
        #expect(Parsed(older).events == [plain])
        let string = Uploads.one.replacing(":50.5,", with: ":\"50.5\",")
        #expect(Parsed(string).events == [plain])
        var writer = JSONWriter()
        writer.object { $0.member("payExInfoStr", Uploads.one) }
        #expect(Parsed(writer.text).events == [plain])
        let body = FormBody.encoded(Array(Uploads.one.utf8))
        for piece in [nil, 1, 5, 64] {
            #expect(Parsed(bytes: body, piece: piece).events == [plain])
        }
        let two = body + Array("&other=1\r\n".utf8) + body
        #expect(Parsed(bytes: two).events.count == 2)
    }

    @Test("Each breach of the form is refused under ceb and remarked in open, at its place")
    func form() throws {
        let changes: [(String, String, String, String)] = [
            ("\"verDept\":\"3\",", "", "missingField", "payExchangeInfoHead.verDept"),
            (
                "\"recpName\":\"平台\"},", "\"recpName\":\"\"},", "missingField",
                "payExchangeInfoLists[0].recpName"
            ),
            (
                "\"verDept\":\"3\"", "\"verDept\":\"33\"", "wrongLength",
                "payExchangeInfoHead.verDept"
            ),
            ("\"verDept\":\"3\"", "\"verDept\":3", "wrongKind", "payExchangeInfoHead.verDept"),
            (
                "\"signValue\":\"abc+/=\"", "\"signValue\":\"\"", "missingField", "signValue"
            ),
            ("1767590000000", "\"soon\"", "malformedInteger", "serviceTime"),
            ("\"note\":", "\"nota\":", "unknownElement", "payExchangeInfoHead.nota"),
        ]
        for (old, new, code, path) in changes {
            let text = Uploads.one.replacing(old, with: new)
            let strict = Parsed(text, profile: .ceb)
            #expect(strict.events == [], "\(path)")
            #expect(
                strict.rejects.first?.faults.contains { $0.code == code && $0.path == path }
                    == true, "\(code) at \(path): \(strict.rejects.first?.faults ?? [])")
            // The vocabulary has lengths of its own, which hold in every profile.
            if code == "wrongLength" { continue }
            let open = Parsed(text)
            #expect(open.events.count == 1, "\(path): \(open.rejects)")
            #expect(
                open.findings.joined().contains { $0.code == code && $0.path == path },
                "\(path)")
        }
    }

    @Test("Codes and repeated orders are remarked, never refused")
    func values() throws {
        let text = Uploads.one.replacing("\"verDept\":\"3\"", with: "\"verDept\":\"7\"")
            .replacing("\"payType\":\"1\"", with: "\"payType\":\"9\"")
            .replacing("\"142\"", with: "\"ZZZ\"").replacing("NO2", with: "NO1")
        let parsed = Parsed(text, profile: .ceb)
        #expect(parsed.events.count == 1)
        #expect(
            Set(parsed.findings.joined().map(\.path)) == [
                "payExchangeInfoHead.verDept", "payExchangeInfoHead.payType",
                "payExchangeInfoHead.currency", "payExchangeInfoLists[1].orderNo",
            ])
    }

    @Test("What an event cannot do without refuses the upload in every profile")
    func refused() throws {
        let bad = [
            (
                "\"tradingTime\":\"20260105133320\"", "\"tradingTime\":\"20261305133320\"",
                "malformedTime"
            ),
            ("\"payCode\":\"1101110323\",", "", "malformedSubject"),
            (":50.5,", ":5e1,", "missingField"),
            ("\"verDept\":\"3\"", "\"verDept\":\"3\",\"verDept\":\"3\"", "duplicate"),
            (Uploads.orders, "\"payExchangeInfoLists\":[]", "missingField"),
        ]
        for (old, new, code) in bad {
            let parsed = Parsed(Uploads.one.replacing(old, with: new))
            #expect(parsed.codes == [code], "\(new)")
            #expect(parsed.rejects.first?.maskedRaw.contains("1105910160") == false)
        }
    }

    @Test("A broken upload names its line and column and leaves its neighbours alone")
    func neighbours() throws {
        let pretty = Uploads.one.replacing(",\"", with: ",\n\"")
        let broken = pretty.replacing("\"verDept\":\"3\"", with: "\"verDept\":nope")
        let parsed = Parsed(Uploads.one + "\n" + broken + "\n" + Uploads.one + "\nnonsense\n")
        #expect(parsed.events.count == 2)
        #expect(parsed.codes == ["json", "json"])
        let line = try #require(
            broken.split(separator: "\n").firstIndex { $0.contains("verDept") })
        #expect(parsed.rejects.first?.line == line + 2)
        #expect(parsed.rejects.first?.index == 2)
    }

    @Test("What is written is read as the same event")
    func roundTrip() throws {
        let event = try #require(Parsed(Uploads.one).events.first)
        let upload = try PaymentUpload(event)
        #expect(Parsed(bytes: upload.json()).events == [event])
        #expect(Parsed(bytes: upload.formBody()).events == [event])
        let again = upload.signed(certNo: "C2", signValue: "xyz")
        #expect(Parsed(bytes: again.json()).events.first?.data.text("certNo") == "C2")
        var poor = event
        poor.data["initalRequest"] = nil
        #expect(throws: PaymentUploadRefusal.self) { try PaymentUpload(poor) }
    }

    @Test("The string to sign is built of the objects as they stand in the upload")
    func signing() throws {
        let event = try #require(Parsed(Uploads.one).events.first)
        let upload = try PaymentUpload(event)
        let text = String(decoding: upload.stringToSign(), as: UTF8.self)
        #expect(text.hasPrefix(#""sessionID":"S-1"||"payExchangeInfoHead":"{"guid":"#))
        #expect(text.contains(#"}"||"payExchangeInfoLists":"[{"orderNo":"NO1""#))
        #expect(text.hasSuffix(#"]"||"serviceTime":"1767590000000""#))
        let bare = String(decoding: upload.stringToSign(.bare), as: UTF8.self)
        #expect(bare.contains(#"||"payExchangeInfoHead":{"guid":"#))
        // What came is taken byte for byte, with the blanks that it had.
        let spaced = Uploads.one.replacing("\"verDept\":\"3\"", with: "\"verDept\" : \"3\"")
        let taken = try PaymentUpload(json: spaced.utf8Span.span)
        #expect(
            String(decoding: taken.stringToSign(), as: UTF8.self)
                .contains("\"verDept\" : \"3\""))
        #expect(try PaymentUpload(json: upload.json().span) == upload)
    }

    @Test("Endless objects and deep ones are refused within the limits")
    func hostile() {
        let long =
            #"{"sessionID":"#
            + "\"" + String(repeating: "x", count: 2 * InterchangeLimits.documentBytes) + "\"}"
        let parsed = Parsed(long + "\n" + Uploads.one, piece: 65_536)
        #expect(parsed.codes == ["tooLarge"])
        #expect(parsed.events.count == 1)
        let deep = #"{"sessionID":"# + String(repeating: "[", count: 100_000)
        #expect(Parsed(deep).codes == ["tooDeep"])
        let open = #"{"sessionID":""# + String(repeating: "{", count: 100_000)
        #expect(Parsed(open).codes == ["json"])
    }

    @Test("The official sample and the observed upload become events", .enabled(if: Kit.isThere))
    func samples() throws {
        let official = Parsed(
            bytes: Kit.bytes("json/179-payExInfoStr-official-sample-ABRIDGED.json"),
            profile: .ceb)
        #expect(official.rejects == [])
        #expect(official.events.first?.subject == "payment:4403160BUF/201808010XTOO180881108351")
        #expect(official.events.first?.data.text("totalAmount") == "2000")
        let tape = JSONTape.large
        let file = Kit.bytes("json/179-upload-roundtrip-example.json")
        try tape.parse(file.span)
        let node = tape.node(at: "data.payload.payExInfoStr")
        let live = Parsed(tape.text(node), profile: .ceb)
        #expect(live.rejects == [])
        #expect(live.events.first?.data.text("totalAmount") == "5.0")
        let event = try #require(live.events.first)
        let upload = try PaymentUpload(json: tape.text(node).utf8Span.span)
        #expect(try PaymentUpload(event).sessionID == upload.sessionID)
    }
}
