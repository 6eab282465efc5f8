import ClearanceEvents
import Testing

@Suite struct IdentifierTests {
    @Test("A social credit code needs 18 characters of its alphabet and its check character")
    func socialCredit() {
        #expect(SocialCreditCode("91350100M000100Y43").isWellFormed)
        #expect(!SocialCreditCode("91350100M000100Y44").isWellFormed)
        #expect(!SocialCreditCode("91350100M000100Y4").isWellFormed)
        #expect(!SocialCreditCode("91350100M000100Y433").isWellFormed)
        #expect(!SocialCreditCode("91350100I000100Y43").isWellFormed)
        #expect(!SocialCreditCode("91350100m000100Y43").isWellFormed)
        #expect(!SocialCreditCode("").isWellFormed)
        #expect(SocialCreditCode("91350100M000100Y43").organisation?.isWellFormed == true)
    }

    @Test("An organisation code may have its hyphen and needs its check character")
    func organisation() {
        #expect(OrganisationCode("D2143569X").isWellFormed)
        #expect(OrganisationCode("D2143569-X").isWellFormed)
        #expect(!OrganisationCode("D21435691").isWellFormed)
        #expect(!OrganisationCode("D2143569").isWellFormed)
        #expect(!OrganisationCode("D214356-9X").isWellFormed)
    }

    @Test("A customs code has ten characters and begins with four digits")
    func customsCode() {
        #expect(CustomsCode("4601910001").isWellFormed)
        #expect(CustomsCode("460166K001").isWellFormed)
        #expect(!CustomsCode("46016600").isWellFormed)
        #expect(!CustomsCode("46016600011").isWellFormed)
        #expect(!CustomsCode("A601660001").isWellFormed)
        #expect(!CustomsCode("460166000a").isWellFormed)
        #expect(EnterpriseCode("4601910001").isWellFormed)
        #expect(EnterpriseCode("91350100M000100Y43").isWellFormed)
        #expect(!EnterpriseCode("无").isWellFormed)
    }

    @Test("A list number has nine digits behind I, nine to eleven behind E")
    func listNumber() {
        #expect(InvtNo("46012026I000000001").isWellFormed)
        #expect(InvtNo("46012026E000000001").isWellFormed)
        #expect(InvtNo("46012026E00000000001").isWellFormed)
        #expect(!InvtNo("46012026I0000000001").isWellFormed)
        #expect(!InvtNo("46012026E000000000001").isWellFormed)
        #expect(!InvtNo("46012026E00000001").isWellFormed)
        #expect(!InvtNo("46012026X000000001").isWellFormed)
        #expect(!InvtNo("4601202AI000000001").isWellFormed)
        #expect(InvtNo("46012026I000000001").district?.text == "4601")
    }

    @Test("A pre-entry number holds a day that there is")
    func preEntry() {
        #expect(PreNo("B20260228000000001").isWellFormed)
        #expect(!PreNo("B20260229000000001").isWellFormed)
        #expect(!PreNo("b20260228000000001").isWellFormed)
        #expect(!PreNo("B2026022800000001").isWellFormed)
        #expect(!PreNo("B202602280000000011").isWellFormed)
    }

    @Test("A trade item number of 8, 12, 13 or 14 digits needs its check digit")
    func gtin() {
        #expect(Gtin("96385074").isWellFormed)
        #expect(Gtin("036000291452").isWellFormed)
        #expect(Gtin("4006381333931").isWellFormed)
        #expect(Gtin("10614141000415").isWellFormed)
        #expect(!Gtin("4006381333932").isWellFormed)
        #expect(!Gtin("963850749").isWellFormed)
        #expect(!Gtin("400638133393X").isWellFormed)
        #expect(Gtin("4006381333931").wide == "04006381333931")
        #expect(Gtin("1").wide == nil)
    }

    @Test("Short numbers are told by their length and characters")
    func shortOnes() {
        #expect(HsCode("3304990039").isWellFormed && HsCode("3304990039").chapter == "33")
        #expect(!HsCode("330499003").isWellFormed && !HsCode("33049900390").isWellFormed)
        #expect(CustomsDistrict("4601").isWellFormed && !CustomsDistrict("46O1").isWellFormed)
        #expect(WaybillNo("W1").isWellFormed && !WaybillNo("").isWellFormed)
        #expect(WaybillNo(String(repeating: "1", count: 60)).isWellFormed)
        #expect(!WaybillNo(String(repeating: "1", count: 61)).isWellFormed)
        #expect(!WaybillNo("W 1").isWellFormed)
    }

    @Test("An identity number needs its birth date and check character")
    func identity() {
        #expect(IdCardNumber("110101190001010006").isWellFormed == idCheck("11010119000101000"))
        #expect(!IdCardNumber("110101190013010006").isWellFormed)
        #expect(!IdCardNumber("11010119000101000").isWellFormed)
    }

    /// Whether 6 is the check character by the weights of GB 11643, computed the long way.
    private func idCheck(_ digits: String) -> Bool {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let sum = zip(digits.utf8, weights).reduce(0) { $0 + Int($1.0 - 48) * $1.1 }
        return Array("10X98765432".utf8)[sum % 11] == UInt8(ascii: "6")
    }
}
