import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("The rules of single values")
struct CheckRuleTests {
    private func code(_ word: String, _ value: String) -> String? {
        let bytes = Array(value.utf8)
        return CEBRule(word).problem(bytes.span)?.code
    }

    @Test(
        "Each word accepts, refuses and turns at its boundary",
        arguments: [
            ("unit", "011", nil), ("unit", "165", "unknownCode"), ("unit", "11", "unknownCode"),
            ("currency", "142", nil), ("currency", "133", nil), ("currency", "999", "unknownCode"),
            ("country", "999", nil), ("country", "NZL", nil), ("country", "QQQ", "unknownCode"),
            ("country", "14", "unknownCode"), ("traf", "5", nil), ("traf", "Z", nil),
            ("traf", "A", "unknownCode"), ("wrap", "9", nil), ("wrap", "A", "unknownCode"),
            ("customs", "9999", nil), ("customs", "020", "malformedIdentifier"),
            ("customs", "020A", "malformedIdentifier"), ("division", "110101", nil),
            ("division", "010101", "unknownCode"), ("division", "11010", "unknownCode"),
            ("hs", "0101210010", nil), ("hs", "9706000000", nil),
            ("hs", "9801000000", "unknownCode"), ("hs", "0001000000", "unknownCode"),
            ("hs", "970600000", "malformedIdentifier"),
            ("guid", "4CDE1CFD-EDED-46B1-946C-B8022E42FC00", nil),
            ("guid", "4cde1cfd-EDED-46B1-946C-B8022E42FC00", "malformedIdentifier"),
            ("guid", "CEB621_HNZB_FXJK_20220208175055_0035", nil),
            ("preNo", "B20260101000000001", nil),
            ("preNo", "B20261301000000001", "malformedIdentifier"),
            ("preNo", "b20260101000000001", "malformedIdentifier"),
            ("invtNo", "64092023I000722460", nil), ("invtNo", "64092023E00072246012", nil),
            ("invtNo", "64092023I0007224601", "malformedIdentifier"),
            ("invtNo", "64092023X000722460", "malformedIdentifier"),
        ] as [(String, String, String?)])
    func words(word: String, value: String, expected: String?) {
        #expect(code(word, value) == expected, "\(word) \(value)")
    }

    @Test(
        "Enterprises, bar codes and amounts",
        arguments: [
            ("enterprise", "1105910160", nil), ("enterprise", "110591016A", nil),
            ("enterprise", "A105910160", "malformedIdentifier"),
            ("enterprise", "110591016", "malformedIdentifier"),
            ("enterprise", "91350100M000100Y43", nil),
            ("enterprise", "91350100M000100Y44", "wrongCheckCharacter"),
            ("enterprise", "无", "malformedIdentifier"), ("platform", "无", nil),
            ("platform", "W123", nil), ("platform", "91350100M000100Y44", "wrongCheckCharacter"),
            ("owner", "NO", nil), ("owner", "1105910160", nil),
            ("owner", "no", "malformedIdentifier"), ("barCode", "4006381333931", nil),
            ("barCode", "4006381333930", "wrongCheckCharacter"), ("barCode", "96385074", nil),
            ("barCode", "96385075", "wrongCheckCharacter"), ("barCode", "036000291452", nil),
            ("barCode", "00012345600012", nil),
            ("barCode", "00012345600013", "wrongCheckCharacter"),
            ("barCode", "无", nil), ("barCode", "12345", nil), ("barCode", "ABCDEFGH", nil),
            ("amount", "0", nil), ("amount", "-0.0", nil), ("amount", "-0.00001", "negative"),
            ("amount", "+1", nil), ("positive", "0.00001", nil), ("positive", "0", "notPositive"),
            ("positive", "-1", "notPositive"), ("time", "20260101120000123", nil),
            ("time", "20260101240000", "malformedTime"), ("date", "20260229", "malformedDate"),
            ("digits", "12", nil), ("digits", "1a", "unknownCode"), ("integer", "-621004", nil),
            ("integer", "x", "unknownCode"), ("=1,2", "2", nil), ("=1,2", "3", "unknownCode"),
        ] as [(String, String, String?)])
    func more(word: String, value: String, expected: String?) {
        #expect(code(word, value) == expected, "\(word) \(value)")
    }

    @Test("Every word of a rule has a test above, and every lookup names a rule")
    func whole() {
        for word in CEBRule.words.keys where word != "free" {
            #expect(
                code(word, "\u{1}") != nil
                    || ["barCode", "platform", "amount", "positive"].contains(word), "\(word)")
        }
        #expect(CEBRule("free").problem(Array("x".utf8).span) == nil)
    }

    @Test("A field's name gives its rule, by the direction of its message")
    func usual() {
        func usual(_ name: String, isImport: Bool, isReceipt: Bool = false) -> CEBRule {
            CEBRule.usual(name, form: .text(1...9), isImport: isImport, isReceipt: isReceipt)
        }
        #expect(usual("currency", isImport: true) == CEBRule("=142"))
        #expect(usual("currency", isImport: false) == .currency)
        #expect(usual("tradeMode", isImport: true) == CEBRule("=9610,1210"))
        #expect(usual("tradeMode", isImport: false) == CEBRule("=9610,1210,1239,9710,9810"))
        #expect(usual("guid", isImport: true) == .guid)
        #expect(usual("guid", isImport: true, isReceipt: true) == .free)
        #expect(usual("buyerName", isImport: true) == .free)
        #expect(
            CEBRule.usual("tax", form: .decimal, isImport: true, isReceipt: true) == .amount)
    }
}
