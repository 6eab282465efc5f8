import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("CEB messages read")
struct CEBReaderTests {
    @Test("An order becomes an event with its place, sender and lines")
    func order() throws {
        let parsed = Parsed(Papers.message(Papers.orderDocument()))
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes == [])
        let event = try #require(parsed.events.first)
        #expect(event.type.name == "order.submitted")
        #expect(event.subject == "order:EBP1/NO1")
        #expect(event.source == "urn:ceb:COP1")
        #expect(event.id == "CEB311;order:EBP1/NO1;1;20260101090000")
        #expect(event.time.rfc3339 == "2026-01-01T09:00:00+08:00")
        #expect(event.data.text("schema") == "202205")
        #expect(event.data.text("message") == "CEB311")
        #expect(event.data.text("messageGuid") == Papers.guid)
        guard case .record(let transfer) = event.data["baseTransfer"] else {
            Issue.record("no transfer block")
            return
        }
        #expect(transfer.text("copName") == "传输企业")
    }

    @Test("Every field that a message has is a field of its event's layout")
    func layouts() throws {
        for message in CEBMessage.all.values {
            let layout = CEBShape(CEBDocument(), of: message).layout
            for field in message.head.fields {
                #expect(layout.number(of: field.name) != nil, "\(message.number) \(field.name)")
            }
            guard let lines = message.lines else { continue }
            let items = try #require(layout.number(of: "items"))
            let inner = try #require(layout.element(of: items))
            for field in lines.fields {
                #expect(inner.number(of: field.name) != nil, "\(message.number) \(field.name)")
            }
        }
    }

    @Test(
        "Application type and status give the type",
        arguments: [
            ("1", "2", "order.submitted"), ("2", "2", "order.amended"),
            ("3", "2", "order.withdrawn"), ("1", "1", "order.drafted"),
            ("3", "1", "order.drafted"),
        ])
    func types(appType: String, appStatus: String, type: String) {
        var head = Papers.changing(Papers.orderHead, "appType", to: appType)
        head = Papers.changing(head, "appStatus", to: appStatus)
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)))
        #expect(parsed.events.first?.type.name == type)
    }

    @Test("An unknown application type is refused, an unknown status remarked")
    func unknownTypes() {
        let type = Papers.changing(Papers.orderHead, "appType", to: "9")
        #expect(Parsed(Papers.message(Papers.orderDocument(type))).codes == ["unknownCode"])
        let status = Papers.changing(Papers.orderHead, "appStatus", to: "100")
        let parsed = Parsed(Papers.message(Papers.orderDocument(status)))
        #expect(parsed.events.first?.type.name == "order.submitted")
        #expect(parsed.findingCodes == ["unknownCode"])
    }

    @Test(
        "Prefixes, blanks, comments, CDATA, a byte order mark and any piece size change nothing",
        arguments: [1, 3, 17, 4096])
    func spelling(piece: Int) {
        let plain = Parsed(Papers.message(Papers.orderDocument()))
        var dressed = Papers.message(Papers.orderDocument())
            .replacing("<orderNo>NO1<", with: "<orderNo> \n<![CDATA[NO1]]>\t<")
            .replacing("<OrderList>", with: "\n\n  <!-- lines --><OrderList>\n")
        dressed = "\u{FEFF}" + dressed
        #expect(Parsed(dressed, piece: piece).events == plain.events)
        #expect(plain.events.count == 1)
        let all = allPrefixed(Papers.message(Papers.orderDocument()))
        #expect(Parsed(all, piece: piece).events == plain.events)
        #expect(Parsed(all, piece: piece).rejects == [])
    }

    /// The same message with every element written with a prefix.
    private func allPrefixed(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        if let end = text.firstRange(of: "?>") {
            result += text[..<end.upperBound]
            rest = text[end.upperBound...]
        }
        var previous: Character = " "
        for character in rest {
            if previous == "<" && character != "/" { result += "ceb:" }
            if previous == "/" && result.hasSuffix("</") { result += "ceb:" }
            result.append(character)
            previous = character
        }
        return result.replacing("xmlns=", with: "xmlns:ceb=")
    }

    @Test(
        "A breach of the form refuses the document with its XPath",
        arguments: [
            ("guid", "short", "wrongLength"), ("orderNo", nil, "missingField"),
            ("orderNo", "", "wrongLength"),
            ("goodsValue", "1e3", "malformedDecimal"),
            ("goodsValue", "1.234567", "malformedDecimal"),
            ("goodsValue", "123456789012345", "decimalRange"),
            ("goodsValue", "", "malformedDecimal"),
            ("currency", "502", "fixedValue"), ("consigneeDistrict", "1101011", "wrongLength"),
            ("surprise", "x", "unknownElement"),
            ("buyerName", String(repeating: "名", count: 61), "wrongLength"),
            ("appTime", "2026", "wrongLength"),
        ] as [(String, String?, String)])
    func form(field: String, value: String?, code: String) {
        let head = Papers.changing(Papers.orderHead, field, to: value)
        let parsed = Parsed(
            Papers.message(Papers.orderDocument() + Papers.orderDocument(head)))
        #expect(parsed.events.count == 1)
        #expect(parsed.codes == [code])
        #expect(parsed.rejects.first?.path == "/CEB311Message/Order[2]/OrderHead/\(field)")
        #expect(parsed.rejects.first?.index == 2)
        #expect(parsed.rejects.first?.line == 2)
    }

    @Test("Sixty characters are sixty characters in any script")
    func characters() {
        let head = Papers.changing(
            Papers.orderHead, "buyerName", to: String(repeating: "名", count: 60))
        #expect(Parsed(Papers.message(Papers.orderDocument(head))).rejects == [])
    }

    @Test("Order, repetition and number of elements are part of the form")
    func sequence() {
        var head = Papers.orderHead
        head.swapAt(5, 6)
        #expect(Parsed(Papers.message(Papers.orderDocument(head))).codes == ["misplaced"])
        head = Papers.orderHead
        head.insert(head[5], at: 6)
        #expect(Parsed(Papers.message(Papers.orderDocument(head))).codes == ["repeated"])
        let line = "<OrderList>\(Papers.elements(Papers.orderLine))</OrderList>"
        let none = Papers.orderDocument().replacing(line, with: "")
        #expect(Parsed(Papers.message(none)).codes == ["missingField"])
        let many = Papers.orderDocument().replacing(
            line, with: String(repeating: line, count: 100))
        #expect(Parsed(Papers.message(many)).codes == ["tooMany"])
    }

    @Test("In the open profile a breach of the form is a finding")
    func open() {
        let head = Papers.changing(Papers.orderHead, "guid", to: "short")
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)), profile: .open)
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes == ["wrongLength"])
    }

    @Test("Elements that do not belong, stand elsewhere or stand twice change nothing of an event")
    func openDisorder() throws {
        let receipt = Papers.receipt("CEB312", status: "120")
        let plain = try #require(Parsed(receipt).events.first)
        let strangers = (0..<12).map { "<x\($0)>1</x\($0)>" }.joined()
        let status = "<returnStatus>120</returnStatus>"
        for changed in [
            receipt.replacing("<OrderReturn>", with: "<OrderReturn>" + strangers),
            receipt.replacing(status, with: "").replacing(
                "</OrderReturn>", with: status + "</OrderReturn>"),
            receipt.replacing(
                "<orderNo>NO1</orderNo>", with: "<orderNo>NO1</orderNo><orderNo>NO2</orderNo>"),
        ] {
            let event = try #require(Parsed(changed, profile: .open).events.first)
            #expect(event.id == plain.id && event.type == plain.type && event.time == plain.time)
            #expect(event.subject == "order:EBP1/NO1" && event.data.text("orderNo") == "NO1")
        }
    }

    @Test("What an event cannot do without refuses a document in the open profile too")
    func openMinimum() {
        let head = Papers.changing(Papers.orderHead, "currency", to: nil)
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)), profile: .open)
        #expect(parsed.codes == ["missingField"])
        #expect(parsed.rejects.first?.path == "/CEB311Message/Order[1]/OrderHead/currency")
        let odd = Papers.changing(Papers.orderHead, "freight", to: "much")
        let wrong = Parsed(Papers.message(Papers.orderDocument(odd)), profile: .open)
        #expect(wrong.codes == ["malformedDecimal"])
    }

    @Test(
        "Decimals take the ledger's form",
        arguments: [
            ("300", "300"), ("+300", "300"), ("300.", "300"), ("300.50", "300.50"),
            (".5", "0.5"), ("-.5", "-0.5"), ("300.1000000", "300.10000"), ("0300", "0300"),
        ])
    func decimals(given: String, written: String) throws {
        let head = Papers.changing(Papers.orderHead, "goodsValue", to: given)
        let event = try #require(Parsed(Papers.message(Papers.orderDocument(head))).events.first)
        #expect(event.data.text("goodsValue") == written)
        #expect(FixedDecimal(written) != nil)
    }

    @Test("A form that only 2018-113 allows is read as that version")
    func versions() throws {
        let bytes = Papers.list(itemNo: String(repeating: "9", count: 25))
        let parsed = Parsed(bytes)
        #expect(parsed.rejects == [])
        #expect(parsed.events.first?.data.text("schema") == "2018-113")
        #expect(
            Parsed(Papers.list(itemNo: "9")).events.first?.data.text("schema") == "202205")
        let neither = Parsed(Papers.list(itemNo: String(repeating: "9", count: 31)))
        #expect(neither.codes == ["wrongLength"])
    }

    @Test("The status of a waybill is delivered when signed for, else under way")
    func waybillStatus() {
        for (status, app, type) in [
            ("S", "2", "move.delivered"), ("R", "2", "move.status"), ("S", "1", "move.status"),
        ] {
            let fields = [
                ("guid", Papers.guid), ("appType", "1"), ("appTime", "20260101090000"),
                ("appStatus", app), ("logisticsCode", "1101180326"), ("logisticsName", "物流"),
                ("logisticsNo", "W1"), ("logisticsStatus", status),
                ("logisticsTime", "20260102090000"),
            ]
            let parsed = Parsed(
                Papers.message(
                    "CEB513", "<LogisticsStatus>\(Papers.elements(fields))</LogisticsStatus>"))
            #expect(parsed.events.first?.type.name == type)
            #expect(parsed.events.first?.time.rfc3339 == "2026-01-02T09:00:00+08:00")
        }
    }

    @Test("What is wrong around the documents is one reject of its own")
    func envelope() {
        let bare = Parsed(Papers.message(Papers.orderDocument(), tail: ""))
        #expect(bare.codes == ["missingField"])
        #expect(bare.rejects.first?.path == "/CEB311Message/BaseTransfer")
        #expect(bare.events.first?.source == "urn:ceb:unknown")
        let twice = Parsed(
            Papers.message(Papers.orderDocument(), tail: Papers.transfer + Papers.transfer))
        #expect(twice.codes == ["repeated"])
        #expect(twice.events.count == 1)
        let early = Parsed(
            Papers.message(Papers.transfer + Papers.orderDocument(), tail: ""))
        #expect(early.codes == ["misplaced"])
        #expect(early.events.first?.source == "urn:ceb:COP1")
    }

    @Test("Subscriptions and extensions are kept as transport fields")
    func transport() throws {
        let tail =
            Papers.transfer
            + "<BaseSubscribe><status>ALL</status><dxpMode>DXP</dxpMode><dxpAddress>D1</dxpAddress>"
            + "</BaseSubscribe><ExtendMessage><name>n</name><version>1</version>"
            + "<Message><x>1 &amp; 2</x></Message></ExtendMessage>"
        let event = try #require(
            Parsed(Papers.message(Papers.orderDocument(), tail: tail)).events.first)
        guard case .list(let subscribes) = event.data["baseSubscribe"] else {
            Issue.record("no subscription")
            return
        }
        #expect(subscribes.count == 1)
        #expect(event.data.text("extendMessage")?.contains("<x>1 &amp; 2</x>") == true)
    }

    @Test("An order without a platform is named by its enterprise")
    func platform() {
        let head = Papers.changing(Papers.orderHead, "ebpCode", to: "无")
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)))
        #expect(parsed.events.first?.subject == "order:~1105910160/NO1")
        let odd = Papers.changing(Papers.orderHead, "orderNo", to: "~A/号")
        #expect(
            Parsed(Papers.message(Papers.orderDocument(odd))).events.first?.subject
                == "order:EBP1/%7EA%2F%E5%8F%B7")
    }

    @Test("A rejected document is kept with its text, and masked")
    func raw() {
        let head = Papers.changing(Papers.orderHead, "guid", to: "short")
        let reject = Parsed(Papers.message(Papers.orderDocument(head))).rejects.first
        #expect(reject?.raw.contains("<buyerIdNumber>110101190001010006<") == true)
        #expect(reject?.maskedRaw.contains("<buyerIdNumber>1101**********0006<") == true)
        #expect(reject?.maskedRaw.contains("测试用户") == false)
        #expect(reject?.maskedRaw.contains("<orderNo>NO1<") == true)
        let line = String(decoding: reject?.json(showsRaw: false) ?? [], as: UTF8.self)
        #expect(line.contains(#""code":"wrongLength""#))
        #expect(line.contains(#""path":"/CEB311Message/Order[1]/OrderHead/guid""#))
        #expect(!line.contains("110101190001010006"))
    }
}
