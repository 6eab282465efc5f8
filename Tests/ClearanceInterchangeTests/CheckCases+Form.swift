import ClearanceEvents

@testable import ClearanceInterchange

extension CheckCase {
    /// What comes before a document can be read, and what an event needs.
    static let formCases: [CheckCase] = [
        CheckCase(
            "json", accepts: .event(), refuses: CheckInput("[1]"), boundary: CheckInput("{}"),
            isMet: false),
        CheckCase(
            "encoding", accepts: .order(), refuses: .text("UTF-8", "BIG5"),
            boundary: CheckInput(
                bytes: [0xEF, 0xBB, 0xBF] + Papers.message(Papers.orderDocument()).utf8),
            isMet: false),
        CheckCase(
            "malformed", accepts: .order(), refuses: .text("</OrderHead>", "</OrderHead"),
            boundary: .text(">NO1<", "><![CDATA[NO1]]><!-- - --><"), isMet: false),
        CheckCase(
            "tooLarge", accepts: .event(),
            refuses: CheckInput(
                String(repeating: " ", count: InterchangeLimits.documentBytes + 1) + Papers.order),
            boundary: .order(["consigneeAddress": String(repeating: "x", count: 200)]),
            isMet: false),
        CheckCase(
            "tooDeep", accepts: .event(data: #""x":[[1]]"#),
            refuses: .event(data: #""x":[[[[[[[[[1]]]]]]]]]"#),
            boundary: .event(data: #""x":[[[1]]]"#), isMet: false),
        CheckCase(
            "duplicate", accepts: .event(data: #""note":"a""#),
            refuses: .event(data: #""note":"a","note":"a""#),
            boundary: .event(data: #""note":"a","Note":"a""#), isMet: false),
        CheckCase(
            "specversion", accepts: .event(),
            refuses: .event(#""specversion":"1.0""#, #""specversion":"1.1""#),
            boundary: .event(#""specversion":"1.0""#, #""specversion":"1""#), isMet: true),
        CheckCase(
            "unknownType", accepts: .event(), refuses: .event("order.submitted", "order.sold"),
            boundary: .event("clearance.order.submitted", "order.submitted"), isMet: true),
        CheckCase(
            "maskedInput", accepts: .event(), refuses: .event(envelope: #""masked":true"#),
            boundary: .event(envelope: #""masked":false"#), isMet: false),
        CheckCase(
            "withheldInput", accepts: .event(),
            refuses: .event(envelope: #""withheld":{"buyer":"erased"}"#),
            boundary: .event(envelope: #""withheld":{}"#), isMet: true),
        CheckCase(
            "corrects", accepts: .event(),
            refuses: .event(envelope: #""corrects":true,"correctionreason":"incorrectData""#),
            boundary: .event(envelope: #""corrects":1,"correctionreason":"incorrectData""#),
            isMet: false),
        CheckCase(
            "doctype", accepts: .order(), refuses: CheckInput("<!DOCTYPE x><x/>"),
            boundary: .text("<CEB311", "<!-- DOCTYPE --><CEB311"), isMet: false),
        CheckCase(
            "entity", accepts: .text(">NO1<", ">NO&amp;1<"), refuses: .text(">NO1<", ">&who;<"),
            boundary: .text(">NO1<", ">&#78;O1<"), isMet: false),
        CheckCase(
            "wrongKind", accepts: .event(), refuses: .event(#""129.12""#, "129.12"),
            boundary: .event(data: #""instalments":2"#), isMet: false),
        CheckCase(
            "malformedSubject", accepts: .event(), refuses: .event("order:EBP1/NO1", "order:NO1"),
            boundary: .event("order:EBP1/NO1", "order:EBP1/"), isMet: true),
        CheckCase(
            "unknownChoice", accepts: .decision("accept"), refuses: .decision("maybe"),
            boundary: .decision("Accept"), isMet: true),
        CheckCase(
            "tooLong", accepts: .event(),
            refuses: .event(
                #""buyerName":"测试""#, #""buyerName":"\#(String(repeating: "测", count: 61))""#),
            boundary: .event(
                #""buyerName":"测试""#, #""buyerName":"\#(String(repeating: "测", count: 60))""#),
            isMet: false),
        CheckCase(
            "subjectMismatch", accepts: .event(),
            refuses: .event("order:EBP1/NO1", "order:EBP1/NO2"),
            boundary: .event("order:EBP1/NO1", "order:~EBC1/NO1"), isMet: false),
    ]

    /// What the schema of a message says.
    static let schemaCases: [CheckCase] = [
        CheckCase(
            "namespace", accepts: .order(), refuses: .text("chinaport.gov.cn/ceb", "example.org"),
            boundary: .text("chinaport.gov.cn/ceb", "chinaport.gov.cn/ceb/"), isMet: true),
        CheckCase(
            "unknownMessage", accepts: .order(), refuses: .text("CEB311Message", "CEB999Message"),
            boundary: .text("CEB311Message", "CEB311message"), isMet: true),
        CheckCase(
            "unknownElement", accepts: .order(), refuses: .order(["color": "red"]),
            boundary: .text("orderNo>", "OrderNo>"), isMet: true),
        CheckCase(
            "misplaced", accepts: .order(),
            refuses: .text(
                "<appStatus>2</appStatus><orderType>I</orderType>",
                "<orderType>I</orderType><appStatus>2</appStatus>"),
            boundary: .order(["note": "last"]), isMet: false),
        CheckCase(
            "repeated", accepts: .order(),
            refuses: .text("<appType>1</appType>", "<appType>1</appType><appType>1</appType>"),
            boundary: .order(lines: [[:], ["gnum": "2"]]), isMet: false),
        CheckCase(
            "tooMany", accepts: .orders(1), refuses: .orders(101), boundary: .orders(100),
            isMet: false),
        CheckCase(
            "wrongLength", accepts: .order(), refuses: .order(["orderNo": number(61)]),
            boundary: .order(["orderNo": number(60)]), isMet: false),
        CheckCase(
            "missingField", accepts: .order(), refuses: .order(["orderType": nil]),
            boundary: .order(["note": nil]), isMet: false),
        CheckCase(
            "malformedDecimal", accepts: .order(),
            refuses: .order(["freight": "1e1"]), boundary: .order(["freight": "10.00000"]),
            isMet: false),
        CheckCase(
            "malformedInteger", accepts: .order(), refuses: .order(lines: [["gnum": "1.0"]]),
            boundary: .order(lines: [["gnum": "2147483648"]]), isMet: true),
        CheckCase(
            "decimalRange", accepts: .order(), refuses: .order(["goodsValue": "123456789012345"]),
            boundary: .order(["goodsValue": "12345678901234.12345"]), isMet: false),
        CheckCase(
            "fixedValue", accepts: .order(), refuses: .order(["currency": "502"]),
            boundary: .order(["currency": "CNY"]), isMet: true),
        CheckCase(
            "trailingElement", accepts: .sample("CEB816"),
            refuses: .trailing("<logisticNo>1</logisticNo>"),
            boundary: .trailing("<orderNo/>"), isMet: true),
        CheckCase(
            "base64", accepts: .wrapped(Envelopes.message),
            refuses: CheckInput(Envelopes.around("PD94*")), boundary: .wrapped("<x/>"),
            isMet: false),
        CheckCase(
            "nestedEnvelope", accepts: .wrapped(Envelopes.message),
            refuses: .wrapped(Envelopes.around(Array(Envelopes.message.utf8))),
            boundary: .wrapped(" <x/>"), isMet: false),
        CheckCase(
            "unsigned", accepts: .order(), refuses: .list(),
            boundary: .list(
                (
                    "</BaseTransfer>",
                    "</BaseTransfer><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/>"
                )), isMet: false),
    ]

    private static func number(_ count: Int) -> String { String(repeating: "9", count: count) }
}

extension CheckInput {
    /// A tax bill whose head has something behind the last element that is known.
    fileprivate static func trailing(_ more: String) -> CheckInput {
        let text = String(decoding: sample("CEB816").bytes, as: UTF8.self)
        return CheckInput(text.replacing("</TaxHeadRd>", with: more + "</TaxHeadRd>"))
    }

    /// A text inside an envelope of the exchange.
    fileprivate static func wrapped(_ text: String) -> CheckInput {
        CheckInput(Envelopes.around(Array(text.utf8)))
    }

    /// Somebody's decision over an order.
    fileprivate static func decision(_ action: String) -> CheckInput {
        CheckInput(
            #"{"specversion":"1.0","id":"d","source":"urn:test","#
                + #""type":"clearance.match.decided","subject":"order:EBP1/NO1","#
                + #""time":"2026-03-01T09:00:00+08:00","data":{"action":"\#(action)"}}"#)
    }
}
