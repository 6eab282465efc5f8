import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Events printed")
struct EventPrinterTests {
    private func printed(_ event: Event, masks: Bool = false) -> String {
        String(decoding: EventPrinter(masks: masks).bytes(of: event), as: UTF8.self)
    }

    @Test(
        "JSON to event to JSON to event is equal",
        arguments: [
            Papers.order, Papers.payment, Papers.waybill,
            Papers.order(
                data:
                    #""unknown":{"b":[1,2.50,null,true,"\u0001\"\\\n"],"a":{}},"#
                    + #""items":[{"gnum":1,"lot":"L"}]"#,
                envelope:
                    #""corrects":{"source":"urn:a","id":"x"},"correctionreason":"didNotOccur","#
                    + #""actor":"A","zeta":[1],"alpha":"é""#
            ),
        ])
    func roundTrip(line: String) throws {
        let first = try #require(Parsed(line).events.first)
        let text = printed(first)
        let second = try #require(Parsed(text).events.first)
        #expect(second == first)
        #expect(printed(second) == text)
    }

    @Test("The order of members does not depend on the input's")
    func order() throws {
        let one = try #require(Parsed(Papers.order(data: #""z":"1","y":"2""#)).events.first)
        let two = try #require(Parsed(Papers.order(data: #""y":"2","z":"1""#)).events.first)
        #expect(printed(one) == printed(two))
    }

    @Test("Position and recorded time are printed and ignored on the way back")
    func place() throws {
        let event = try #require(Parsed(Papers.order).events.first)
        let bytes = EventPrinter(masks: false).bytes(
            of: event, position: 7, recordedTime: Instant(rfc3339: "2026-03-02T00:00:00Z"))
        let back = Parsed(bytes: bytes)
        #expect(back.events == [event])
        #expect(back.notes.first?.recordedTime?.rfc3339 == "2026-03-02T00:00:00Z")
        #expect(String(decoding: bytes, as: UTF8.self).contains(#""position":7"#))
    }

    @Test("Personal fields are masked, and what is masked is refused")
    func masks() throws {
        let line = Papers.order(
            data:
                #""buyerTelephone":"13800000000","consigneeAddress":"测试路一号","#
                + #""consignee":"张三丰","note":"致电","secret":"x1""#
        )
        let event = try #require(Parsed(line).events.first)
        let text = printed(event, masks: true)
        #expect(text.contains(#""buyerIdNumber":"1101**********0006""#))
        #expect(text.contains(#""buyerName":"测*""#))
        #expect(text.contains(#""buyerTelephone":"138****0000""#))
        #expect(text.contains(#""consignee":"张*""#))
        #expect(text.contains(#""consigneeAddress":"***""#))
        #expect(text.contains(#""note":"***""#))
        #expect(text.contains(#""secret":"***""#))
        #expect(text.contains(#""orderNo":"NO1""#))
        #expect(text.contains(#""masked":true"#))
        #expect(Parsed(text).codes == ["maskedInput"])
    }

    @Test("A short identity number shows nothing of itself")
    func short() {
        #expect(Masking.masked("12345678", field: "buyerIdNumber") == "***")
        #expect(Masking.masked("1234567", field: "buyerTelephone") == "***")
        #expect(Masking.masked("张", field: "buyerName") == "张*")
        #expect(Masking.masked("", field: "buyerName") == "")
    }

    @Test("Of customs' words only the check codes are left, and no longer number")
    func words() {
        let said = "[Code:1327;Desc:订购人张三 110101190001010006][Code:13127;Desc:x]"
        #expect(Masking.masked(said, field: "returnInfo") == "1327 13127")
        #expect(Masking.masked("新增入库成功", field: "returnInfo") == "***")
        #expect(Masking.masked("[Code:110101190001010006]", field: "returnInfo") == "***")
    }

    @Test("The blind form of a rejected line has no letter and no digit")
    func blind() {
        let text = Masking.blind(#"{"buyerName":"张三","n":12"#)
        #expect(text == #"{"*********":"**","*":**"#)
        #expect(Parsed(#"{"buyerName":"张三"#).rejects.first?.maskedRaw.contains("张") == false)
    }
}
