import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("NDJSON in")
struct NDJSONTests {
    @Test("The three papers of the command-line contract become events")
    func papers() {
        let parsed = Parsed([Papers.order, Papers.payment, Papers.waybill].joined(separator: "\n"))
        #expect(parsed.rejects == [])
        #expect(
            parsed.events.map(\.subject) == [
                "order:EBP1/NO1", "payment:PAY1/T1", "waybill:LOG1/W1",
            ])
        #expect(parsed.events[0].data.text("acturalPaid") == "129.12")
        #expect(parsed.events[0].time.rfc3339 == "2026-03-01T09:00:00+08:00")
        #expect(parsed.events[2].type.name == "waybill.submitted")
    }

    @Test("Pieces may end anywhere", arguments: [1, 2, 3, 7, 64, 1000])
    func pieces(size: Int) {
        let text =
            "\u{FEFF}\(Papers.order)\r\n\n   \n\(Papers.payment)\nnot json\n\(Papers.waybill)"
        let whole = Parsed(text)
        let parts = Parsed(text, piece: size)
        #expect(parts.events == whole.events)
        #expect(parts.rejects == whole.rejects)
        #expect(whole.events.count == 3)
        #expect(whole.rejects.map(\.line) == [5])
        #expect(whole.rejects.map(\.index) == [3])
    }

    @Test(
        "What is not a JSON object is refused with its column",
        arguments: [
            (#"{"a":1,}"#, "json", 6), (#"{"a":1}x"#, "json", 8), (#"{"a":01}"#, "json", 6),
            (#"{"a":"b}"#, "json", 6), ("[1,2]", "json", 1), ("42", "json", 1),
            (#"{"a":1.}"#, "json", 6), (#"{"a":tru}"#, "json", 6),
            (#"{"a":"\ud800"}"#, "json", 6), (#"{"a":1}{"b":2}"#, "json", 8),
        ])
    func syntax(text: String, code: String, column: Int) {
        let parsed = Parsed(text)
        #expect(parsed.codes == [code])
        #expect(parsed.rejects.first?.column == column)
        #expect(parsed.rejects.first?.line == 1)
        #expect(parsed.rejects.first?.raw == text)
    }

    @Test("Bytes that are not UTF-8 are refused with their place")
    func encoding() {
        var bytes = Array(#"{"a":""#.utf8)
        bytes += [0xC3, 0x28]
        bytes += Array(#""}"#.utf8)
        let parsed = Parsed(bytes: bytes)
        #expect(parsed.codes == ["encoding"])
        #expect(parsed.rejects.first?.column == 7)
    }

    @Test("A bad line never costs its neighbours")
    func neighbours() {
        let parsed = Parsed("{\n\(Papers.order)\n}\n\(Papers.payment)\n")
        #expect(parsed.events.count == 2)
        #expect(parsed.rejects.map(\.line) == [1, 3])
    }

    @Test("A member that stands twice is a duplicate, in the envelope and in data")
    func duplicates() {
        let envelope = Parsed(Papers.order(envelope: #""id":"o-2""#))
        #expect(envelope.codes == ["duplicate"])
        #expect(envelope.rejects.first?.path == "id")
        let data = Parsed(Papers.order(data: #""ebpCode":"X""#))
        #expect(data.codes == ["duplicate"])
        #expect(data.rejects.first?.path == "data.ebpCode")
    }

    @Test("A number is refused where a decimal string is due, and kept where an integer is")
    func numbers() {
        let parsed = Parsed(Papers.order(data: #""freight":5.10"#))
        #expect(parsed.codes == ["wrongKind"])
        #expect(parsed.rejects.first?.path == "data.freight")
        #expect((parsed.rejects.first?.column ?? 0) > 1)
        let whole = Parsed(Papers.order(data: #""items":[{"gnum":1,"qty":"2.50"}]"#))
        #expect(whole.rejects == [])
        guard case .list(let items) = whole.events.first?.data["items"],
            case .record(let item) = items.first
        else {
            Issue.record("no items")
            return
        }
        #expect(item["gnum"] == .number("1"))
        #expect(item["qty"] == .text("2.50"))
        #expect(item.layout.name == "orderItem")
    }

    @Test("A missing, empty or mistyped attribute is named")
    func attributes() {
        #expect(
            Parsed(Papers.order.replacing(#""id":"o-1","#, with: "")).rejects.first?.path == "id")
        #expect(
            Parsed(Papers.order.replacing(#""o-1""#, with: #""""#)).codes == ["missingField"])
        #expect(Parsed(Papers.order.replacing(#""o-1""#, with: "7")).codes == ["wrongKind"])
        #expect(Parsed(Papers.order.replacing("1.0", with: "0.3")).codes == ["specversion"])
        #expect(
            Parsed(Papers.order.replacing("order.submitted", with: "order.sent")).codes
                == ["unknownType"])
        #expect(Parsed(Papers.order.replacing("+08:00", with: "")).codes == ["malformedTime"])
    }

    @Test("Every fault of an envelope is listed")
    func all() {
        let line = Papers.order.replacing(#""id":"o-1","#, with: "")
            .replacing("1.0", with: "2.0")
        #expect(Parsed(line).rejects.first?.faults.map(\.code) == ["specversion", "missingField"])
    }

    @Test("Masked output cannot come back")
    func masked() {
        #expect(Parsed(Papers.order(envelope: #""masked":true"#)).codes == ["maskedInput"])
        #expect(Parsed(Papers.order(envelope: #""masked":false"#)).codes == [])
    }

    @Test("Extension attributes are read, unknown ones are kept")
    func extensions() {
        let parsed = Parsed(
            Papers.order(
                envelope:
                    #""actor":"EBC1","actorrole":"ecommerce","onbehalfof":"EBP1","sequence":"7","#
                    + #""signer":"S","datacontenttype":"application/json","partitionkey":"k","#
                    + #""position":9,"recordedtime":"2026-03-01T10:00:00+08:00""#
            ))
        let event = parsed.events.first
        #expect(parsed.rejects == [])
        #expect(event?.actor == "EBC1")
        #expect(event?.actorRole == "ecommerce")
        #expect(event?.onBehalfOf == "EBP1")
        #expect(event?.sequence == "7")
        #expect(event?.signer == "S")
        #expect(event?.extras.members.map(\.name) == ["datacontenttype", "partitionkey"])
        #expect(parsed.notes.first?.recordedTime?.rfc3339 == "2026-03-01T10:00:00+08:00")
    }

    @Test(
        "A correction may be written in four ways",
        arguments: [
            #""corrects":{"source":"urn:a","id":"x 1"}"#, #""corrects":"urn:a x 1""#,
            #""correctssource":"urn:a","correctsid":"x 1""#,
        ])
    func corrections(text: String) {
        let parsed = Parsed(
            Papers.order(envelope: text + #","correctionreason":"didNotOccur""#))
        #expect(parsed.rejects == [])
        #expect(
            parsed.events.first?.corrects
                == Correction(source: "urn:a", id: "x 1", reason: .didNotOccur))
    }

    @Test("A corrected position is left to the tool")
    func position() {
        for text in ["12", #""12""#] {
            let parsed = Parsed(
                Papers.order(
                    envelope: #""corrects":\#(text),"correctionreason":"incorrectData""#))
            #expect(parsed.events.first?.corrects == nil)
            #expect(parsed.notes.first?.correctsPosition == 12)
            #expect(parsed.notes.first?.correctionReason == .incorrectData)
        }
    }

    @Test("A correction without a reason, or of nothing, is refused")
    func badCorrections() {
        #expect(Parsed(Papers.order(envelope: #""corrects":"urn:a x""#)).codes == ["missingField"])
        #expect(
            Parsed(Papers.order(envelope: #""corrects":true,"correctionreason":"didNotOccur""#))
                .codes == ["corrects"])
        #expect(
            Parsed(Papers.order(envelope: #""corrects":"urn:a x","correctionreason":"oops""#))
                .codes == ["unknownCode"])
    }

    @Test("A line beyond the limit is refused and the next one read")
    func limit() {
        let long = Papers.order(
            data: #""note":"\#(String(repeating: "x", count: InterchangeLimits.documentBytes))""#)
        let parsed = Parsed(long + "\n" + Papers.order, piece: 65_536)
        #expect(parsed.codes == ["tooLarge"])
        #expect(parsed.events.count == 1)
        #expect((parsed.rejects.first?.raw.utf8.count ?? 0) <= InterchangeLimits.rawBytes)
    }

    @Test("Nesting is bounded")
    func depth() {
        let deep = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
        #expect(Parsed(Papers.order(data: #""x":\#(deep)"#)).codes == ["tooDeep"])
        let five = String(repeating: "[", count: 5) + String(repeating: "]", count: 5)
        #expect(Parsed(Papers.order(data: #""x":\#(five)"#)).codes == [])
        let six = "[" + five + "]"
        #expect(Parsed(Papers.order(data: #""x":\#(six)"#)).codes == ["tooDeep"])
    }

    @Test("What was accepted can be written as an entry, at the greatest depth too")
    func encodable() throws {
        let five = String(repeating: "[", count: 5) + String(repeating: "]", count: 5)
        let parsed = Parsed(Papers.order(data: #""x":\#(five)"#))
        let event = try #require(parsed.events.first)
        var writer = ByteWriter()
        _ = try EntryEncoder(indexKey: .published).encode(event, into: &writer)
        let bytes = writer.bytes
        let view = try EventView(bytes.span)
        #expect(try Event(view) == event)
    }

    @Test("The ceb profile demands what the message's schema demands")
    func profile() {
        let line = Papers.order(data: #""message":"CEB311""#)
        #expect(Parsed(line).rejects == [])
        let strict = Parsed(line, profile: .ceb)
        #expect(strict.codes == ["missingField"])
        #expect((strict.rejects.first?.faults.count ?? 0) > 10)
    }

    @Test("A fault in data stands at its column")
    func columns() throws {
        let line = Papers.order(data: #""items":[{"gnum":1},{"gnum":2,"qty":"x"}]"#)
        let reject = try #require(Parsed(line).rejects.first)
        #expect(reject.path == "data.items[1].qty")
        let place = try #require(line.firstRange(of: #""x""#)).lowerBound
        #expect(reject.column == line.utf8.distance(from: line.startIndex, to: place) + 1)
    }

    @Test("Odd values of a sound event are findings at their column")
    func findings() {
        let parsed = Parsed(
            Papers.order.replacing("110101190001010006", with: "110101190001010007"))
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes.contains("wrongCheckCharacter"))
        #expect((parsed.findings.joined().first?.column ?? 0) > 1)
    }
}
