import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Findings of CEB documents")
struct CEBFindingTests {
    @Test(
        "Values outside the code lists are findings",
        arguments: [
            ("buyerIdType", "2", "unknownCode"),
            ("orderType", "E", "unknownCode"),
            ("buyerIdNumber", "110101190001010007", "wrongCheckCharacter"),
            ("consigneeDistrict", "11010A", "unknownCode"),
        ])
    func values(field: String, value: String, code: String) {
        let head = Papers.changing(Papers.orderHead, field, to: value)
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)))
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes == [code])
        #expect(
            parsed.findings.joined().first?.path == "/CEB311Message/Order[1]/OrderHead/\(field)")
    }

    @Test(
        "Figures that contradict each other are findings",
        arguments: [
            ("qty", "3", ["lineTotal"]), ("totalPrice", "299", ["lineTotal", "goodsValue"]),
            ("gnum", "2", ["gnum"]), ("unit", "999", ["unknownCode"]),
            ("country", "QQQ", ["unknownCode"]),
        ])
    func figures(field: String, value: String, codes: [String]) {
        let line = Papers.changing(Papers.orderLine, field, to: value)
        let parsed = Parsed(Papers.message(Papers.orderDocument(Papers.orderHead, line)))
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes == codes)
        #expect(
            parsed.findings.joined().first?.path.hasPrefix("/CEB311Message/Order[1]/OrderList[1]/")
                == true)
    }

    @Test("A price that was rounded to five places is not remarked")
    func rounding() {
        var line = Papers.changing(Papers.orderLine, "qty", to: "3")
        line = Papers.changing(line, "price", to: "33.33333")
        line = Papers.changing(line, "totalPrice", to: "100")
        var head = Papers.changing(Papers.orderHead, "goodsValue", to: "100")
        head = Papers.changing(head, "acturalPaid", to: "138.21")
        #expect(Parsed(Papers.message(Papers.orderDocument(head, line))).findingCodes == [])
    }

    @Test("What is paid is goods, freight and tax less the discount")
    func paid() {
        let head = Papers.changing(Papers.orderHead, "acturalPaid", to: "338.2")
        #expect(Parsed(Papers.message(Papers.orderDocument(head))).findingCodes == ["actualPaid"])
    }

    @Test("A list without its signature is remarked")
    func unsigned() {
        #expect(Parsed(Papers.list(itemNo: "9")).findingCodes == ["unsigned"])
        let signed = Papers.list(itemNo: "9").replacing(
            "</BaseTransfer>",
            with: "</BaseTransfer><s:Signature xmlns:s=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<s:SignedInfo/></s:Signature>")
        #expect(Parsed(signed).findingCodes == [])
        #expect(Parsed(signed).events.first?.extras["signed"] == .bool(true))
    }

    @Test("A trade mode asks for its own fields")
    func modes() {
        let bonded = Papers.list(itemNo: "9").replacing("<emsNo>EMS1</emsNo>", with: "")
        #expect(Parsed(bonded).findingCodes == ["modeField", "unsigned"])
        let direct = Papers.list(itemNo: "9").replacing(">1210<", with: ">9610<")
        #expect(
            Parsed(direct).findingCodes
                == ["modeField", "modeField", "modeField", "unsigned"])
    }

    @Test("Weights and units of a list are checked")
    func weights() {
        let heavy = Papers.list(itemNo: "9").replacing(
            "<netWeight>1.8</netWeight>", with: "<netWeight>2.8</netWeight>")
        #expect(Parsed(heavy).findingCodes == ["weight", "unsigned"])
        let units = Papers.list(itemNo: "9").replacing(
            "<unit1>035</unit1>", with: "<unit1>122</unit1>")
        #expect(Parsed(units).findingCodes == ["unit", "unsigned"])
        let second = Papers.list(itemNo: "9").replacing(
            "<unit1>035</unit1>", with: "<unit1>035</unit1><qty2>1</qty2>")
        #expect(Parsed(second).findingCodes == ["unit", "unsigned"])
    }
}
