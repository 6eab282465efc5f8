import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Customs' numbers and the PDF's other opinion")
struct CheckNumberTests {
    private func fault(_ code: String, _ path: String) -> InputFault {
        InputFault(code: code, path: path, message: .shape)
    }

    @Test(
        "A fault carries the number that customs has for it",
        arguments: [
            ("gnumRepeated", "/CEB621Message/Inventory[1]/InventoryList[2]/gnum", "-621027"),
            ("gnumRepeated", "/CEB311Message/Order[1]/OrderList[2]/gnum", "-301002"),
            ("missingField", "/CEB311Message/Order[1]/OrderList", "-301001"),
            ("tooMany", "/CEB311Message/Order[101]", "-301015"),
            ("malformedIdentifier", "/CEB311Message/Order[1]/OrderHead/ebcCode", "-10102"),
            ("actualPaid", "/CEB311Message/Order[1]/OrderHead/acturalPaid", "-301008"),
            ("wrongLength", "/CEB311Message/Order[1]/OrderHead/guid", nil),
            ("unsigned", "/CEB621Message/Signature", "-621026"),
            ("gnum", "/DxpMsg/Data/CEB711Message/Delivery[1]/DeliveryList[1]/gnum", "-800001"),
            ("json", "", nil), ("unknownCode", "data.currency", nil),
        ] as [(String, String, String?)])
    func numbers(code: String, path: String, number: String?) {
        #expect(fault(code, path).customsCode == number)
    }

    @Test("Every row names a code, a message and a number that are there")
    func rows() {
        for (key, number) in CustomsNumbers.table {
            let words = key.split(separator: " ").map(String.init)
            let code = words[1].prefix { $0 != ":" }
            #expect(code == "*" || FindingCode.of(String(code)) != nil, "\(key)")
            #expect(words[0] == "*" || words[0].hasPrefix("CEB"), "\(key)")
            #expect(CustomsErrors.text(number) != nil, "\(key)")
        }
        for row in EditionNotes.rows { #expect(FindingCode.of(row.code) != nil, "\(row.code)") }
    }

    @Test("A finding in a document names its layer, and the number stands in its JSON")
    func document() throws {
        let head = Papers.changing(Papers.orderHead, "ebcCode", to: "1")
        let parsed = Parsed(Papers.message(Papers.orderDocument(head)))
        let finding = try #require(parsed.findings.joined().first)
        #expect(finding.layer == .values)
        #expect(finding.customsCode == "-10102")
        var writer = JSONWriter()
        writer.object { finding.writeMembers(to: &$0, withLayer: true) }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(text.contains(#""customsCode":"-10102""#))
        #expect(text.contains(#""layer":"values""#))
    }

    @Test("Where the PDF says otherwise the refusal says so")
    func notes() throws {
        let long = Parsed(Papers.list(itemNo: String(repeating: "9", count: 31)))
        let fault = try #require(long.rejects.first?.faults.first)
        #expect(fault.path.hasSuffix("/itemNo"))
        #expect(fault.note?.en.contains("at most 30 in the PDF, 20 in the XSD") == true)
        let misspelt = Papers.message(
            Papers.orderDocument(
                Papers.orderHead + [("consigneeDitrict", "110101")]))
        let other = try #require(Parsed(misspelt).rejects.first?.faults.first)
        #expect(other.note?.zh.contains("consigneeDistrict") == true)
        #expect(self.fault("wrongLength", "/CEB621Message/Inventory[1]/a/guid").note == nil)
    }
}
