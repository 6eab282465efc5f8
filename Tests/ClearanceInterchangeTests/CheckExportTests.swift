import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Checks of the other messages")
struct CheckExportTests {
    private func codes(
        _ number: String, _ head: [String: String?] = [:], lines: [[String: String?]]? = nil
    ) -> Set<String> {
        CheckInput.sample(number, head, lines: lines).codes
    }

    @Test("Bonded export names its warehouse and the books' numbers, B2B export does not")
    func modes() {
        let none: [String: String?] = ["iacCode": nil, "iacName": nil]
        let line: [String: String?] = ["itemRecordNo": nil]
        for (mode, isMet) in [
            ("1210", true), ("1239", true), ("9610", false), ("9710", false), ("9810", false),
        ] {
            let head = none.merging(["tradeMode": mode]) { $1 }
            #expect(codes("CEB603", head, lines: [line]).contains("modeField") == isMet, "\(mode)")
        }
        #expect(codes("CEB603", ["tradeMode": "1039"]).contains("unknownCode"))
    }

    @Test("An arrival names its bill of lading unless it came by post")
    func post() {
        #expect(codes("CEB507", ["billNo": nil, "trafMode": "5"]).contains("modeField"))
        #expect(!codes("CEB507", ["billNo": nil, "trafMode": "6"]).contains("modeField"))
        #expect(!codes("CEB507", ["trafMode": "5"]).contains("modeField"))
    }

    @Test("Returned exports come from abroad, in quantities above zero, each line once")
    func returns() {
        #expect(codes("CEB213", ["country": "142"]).contains("modeField"))
        #expect(!codes("CEB213", ["country": "502"]).contains("modeField"))
        #expect(codes("CEB213", lines: [["qty": "0"]]).contains("notPositive"))
        #expect(codes("CEB625", lines: [["qty": "-1"]]).contains("notPositive"))
        #expect(
            codes("CEB625", lines: [["gnum": "3"], ["gnum": "3"]]).contains("gnumRepeated"))
        #expect(
            codes("CEB625", lines: [["gnum": "3"], ["gnum": "1"]])
                .isDisjoint(with: ["gnum", "gnumRepeated"]))
    }

    @Test("The later parts of a split message count on")
    func parts() {
        let later: [String: String?] = ["msgCount": "2", "msgSeqNo": "2"]
        let lines: [[String: String?]] = [["gnum": "101"], ["gnum": "102"]]
        #expect(!codes("CEB607", later, lines: lines).contains("gnum"))
        let first: [String: String?] = ["msgCount": "2", "msgSeqNo": "1"]
        #expect(codes("CEB607", first, lines: lines).contains("gnum"))
        #expect(codes("CEB509", later, lines: [["gnum": "5"], ["gnum": "7"]]).contains("gnum"))
        #expect(codes("CEB792", ["msgCount": "1", "msgSeqNo": "2"]).contains("msgSeqNo"))
    }

    @Test("An export order adds up in one currency, and is not added up in two")
    func currencies() {
        let line: [String: String?] = [
            "qty": "1", "price": "2", "totalPrice": "2", "currency": "502",
        ]
        let head: [String: String?] = ["goodsValue": "3", "currency": "502"]
        #expect(codes("CEB303", head, lines: [line]).contains("goodsValue"))
        let other = line.merging(["currency": "300"]) { $1 }
        #expect(!codes("CEB303", head, lines: [other]).contains("goodsValue"))
        #expect(codes("CEB303", head.merging(["currency": "999"]) { $1 }).contains("unknownCode"))
    }

    @Test("A withdrawal of a list is only ever new, and a card is checked where it is one")
    func requests() {
        #expect(codes("CEB623", ["appType": "1"]).contains("unknownCode") == false)
        let bad = "110101190001010007"
        #expect(
            codes("CEB623", ["buyerIdType": "1", "buyerIdNumber": bad])
                .contains("wrongCheckCharacter"))
        #expect(
            codes("CEB411", ["payerIdType": "1", "payerIdNumber": "1234"])
                .contains("malformedIdentifier"))
        #expect(
            !codes("CEB411", ["payerIdType": "1", "payerIdNumber": "110101190001010006"])
                .contains("wrongCheckCharacter"))
    }

    @Test("Every row of every message is read, and names a message that is there")
    func rows() {
        for (number, text) in CEBCheckTable.texts {
            let message = CEBMessage.all[number]
            #expect(message?.checks.count == text.split(separator: "\n").count, "\(number)")
        }
    }

    @Test("A person's number never stands in a finding")
    func persons() {
        let head = Papers.changing(Papers.orderHead, "buyerIdNumber", to: "110101190001010007")
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)))
        #expect(parsed.findingCodes == ["wrongCheckCharacter"])
        #expect(!parsed.findings.joined().contains { "\($0)".contains("110101") })
    }
}
