import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Hostile input")
struct HostileInputTests {
    @Test("Document types and entities are refused before they expand")
    func entities() {
        let bomb =
            "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\">"
            + "<!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><x>&b;</x>"
        #expect(Parsed(bomb).codes == ["doctype"])
        #expect(Parsed(bomb, piece: 9).codes == ["doctype"])
        let external = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><x/>"
        #expect(Parsed(external).codes == ["doctype"])
        let undefined = Papers.message(
            Papers.orderDocument().replacing(">NO1<", with: ">&who;<"))
        #expect(Parsed(undefined).codes == ["entity"])
    }

    @Test("Ten thousand levels are refused at the bound")
    func depth() {
        let deep = String(repeating: "<a>", count: 10_000)
        #expect(Parsed(Papers.message("<Order>" + deep)).codes == ["tooDeep"])
    }

    @Test("What was complete before a break is kept, the rest is one reject")
    func truncated() {
        let whole = Papers.message(Papers.orderDocument() + Papers.orderDocument())
        let cut = String(whole.prefix(whole.count - 300))
        let parsed = Parsed(cut)
        #expect(parsed.events.count == 1)
        #expect(parsed.events.first?.source == "urn:ceb:unknown")
        #expect(parsed.codes == ["malformed"])
        #expect(parsed.rejects.first?.path == "/CEB311Message/Order[2]")
        #expect(parsed.rejects.first?.maskedRaw.contains("110101") == false)
        let crossed = Parsed(
            Papers.message(Papers.orderDocument() + "<Order></OrderHead></Order>"))
        #expect(crossed.events.count == 1)
        #expect(crossed.codes == ["malformed"])
    }

    @Test("What is neither UTF-8 nor Chinese is not read")
    func encodings() {
        for name in ["BIG5", "ISO-8859-1", "UTF-16"] {
            let text = Papers.message(Papers.orderDocument())
                .replacing("encoding=\"UTF-8\"", with: "encoding=\"\(name)\"")
            #expect(Parsed(text).codes == ["encoding"])
        }
        #expect(Parsed(bytes: [0xFF, 0xFE, 0x3C, 0x00]).codes == ["encoding"])
        #expect(
            Parsed(
                Papers.message(Papers.orderDocument()).replacing("\"UTF-8\"", with: "\"utf-8\"")
            ).codes == [])
        var broken = Array(Papers.message(Papers.orderDocument()).utf8)
        broken[broken.count / 2] = 0xFF
        #expect(Parsed(bytes: broken).codes == ["encoding"])
    }

    @Test("A huge field costs its document only, and no memory")
    func hugeField() {
        let head = Papers.changing(
            Papers.orderHead, "consigneeAddress", to: String(repeating: "路", count: 2_000_000))
        let parsed = Parsed(
            Papers.message(
                Papers.orderDocument() + Papers.orderDocument(head) + Papers.orderDocument()),
            piece: 65_536)
        #expect(parsed.events.count == 2)
        #expect(parsed.codes == ["tooLarge"])
        #expect(parsed.rejects.first?.index == 2)
        #expect((parsed.rejects.first?.raw.utf8.count ?? 0) <= InterchangeLimits.rawBytes)
    }

    @Test("A tag without end is refused at the bound")
    func hugeTag() {
        var reader = InterchangeReader(file: "input")
        var items: [ParsedItem] = []
        let start = Array("<?xml version=\"1.0\"?><CEB311Message a=\"".utf8)
        reader.push(start.span) { items.append($0) }
        let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 65_536)
        var pushed = 0
        while items.isEmpty, pushed < 64 {
            reader.push(piece.span) { items.append($0) }
            pushed += 1
        }
        #expect(pushed <= InterchangeLimits.documentBytes / piece.count + 1)
        guard case .reject(let reject) = items.first else {
            Issue.record("no reject")
            return
        }
        #expect(reject.code == "tooLarge")
    }

    @Test("Many elements cost their document only")
    func manyElements() {
        let extra = String(repeating: "<x/>", count: InterchangeLimits.elements + 10)
        let document = Papers.orderDocument().replacing(
            "</OrderHead>", with: extra + "</OrderHead>")
        let parsed = Parsed(Papers.message(document + Papers.orderDocument()))
        #expect(parsed.events.count == 1)
        #expect(parsed.codes == ["tooLarge"])
    }

    @Test("The hundred and first document is refused")
    func documents() {
        var body = ""
        for index in 1...103 {
            body += Papers.orderDocument(
                Papers.changing(Papers.orderHead, "orderNo", to: "NO\(index)"))
        }
        let parsed = Parsed(Papers.message(body))
        #expect(parsed.events.count == 100)
        #expect(parsed.codes == ["tooMany"])
        #expect(parsed.rejects.first?.path == "/CEB311Message/Order[101]")
    }

    @Test("Other namespaces and unknown messages are refused")
    func strangers() {
        let foreign = Papers.message(Papers.orderDocument())
            .replacing("http://www.chinaport.gov.cn/ceb", with: "http://example.org/ceb")
        #expect(Parsed(foreign).codes == ["namespace"])
        #expect(Parsed(Papers.message("CEB999", "<Order/>")).codes == ["unknownMessage"])
        let inside = Papers.message(
            Papers.orderDocument().replacing(
                "<orderNo>NO1</orderNo>", with: "<orderNo xmlns=\"urn:x\">NO1</orderNo>"))
        #expect(Parsed(inside).rejects.first?.faults.map(\.code) == ["namespace", "missingField"])
    }

    @Test("Nothing, blanks and nonsense are no crash")
    func nonsense() {
        #expect(Parsed("").rejects == [])
        #expect(Parsed(" \n\t\n").rejects == [])
        #expect(Parsed("<").codes == ["malformed"])
        #expect(Parsed("a,b,c\n1,2,3\n").codes == ["json", "json"])
        #expect(Parsed(bytes: [0, 1, 2, 3, 4]).codes == ["encoding"])
    }

    @Test("Any byte changed anywhere never costs more than its document")
    func mutations() {
        let seed: UInt64 = 20_260_101
        var state = seed
        let bytes = Array(Papers.message(Papers.orderDocument() + Papers.orderDocument()).utf8)
        for _ in 0..<2_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var changed = bytes
            let place = Int(state >> 33) % changed.count
            changed[place] = UInt8(truncatingIfNeeded: state >> 25)
            let parsed = Parsed(bytes: changed)
            #expect(
                parsed.events.count + parsed.rejects.count >= 1, "seed \(seed), place \(place)")
            #expect(parsed.events.count <= 2, "seed \(seed), place \(place)")
        }
    }
}
