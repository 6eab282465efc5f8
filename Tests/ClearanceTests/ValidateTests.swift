import Foundation
import Testing

@Suite("clearance validate")
struct ValidateTests {
    /// An import order in CEB's form whose enterprise and currency can be spoilt.
    private func order(enterprise: String = "1105910160", currency: String = "142") -> String {
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <CEB311Message xmlns="http://www.chinaport.gov.cn/ceb" version="1.0" \
        guid="4CDE1CFD-EDED-46B1-946C-B8022E42FC00"><Order><OrderHead>
        <guid>4CDE1CFD-EDED-46B1-946C-B8022E42FC00</guid><appType>1</appType>
        <appTime>20260101090000</appTime><appStatus>2</appStatus><orderType>I</orderType>
        <orderNo>NO1</orderNo><ebpCode>EBP1</ebpCode><ebpName>平台</ebpName>
        <ebcCode>\(enterprise)</ebcCode><ebcName>电商</ebcName><goodsValue>300</goodsValue>
        <freight>10</freight><discount>0</discount><taxTotal>28.21</taxTotal>
        <acturalPaid>338.22</acturalPaid><currency>\(currency)</currency>
        <buyerRegNo>R1</buyerRegNo><buyerName>测试用户</buyerName>
        <buyerTelephone>13800000000</buyerTelephone><buyerIdType>1</buyerIdType>
        <buyerIdNumber>110101190001010006</buyerIdNumber><consignee>测试用户</consignee>
        <consigneeTelephone>13800000000</consigneeTelephone>
        <consigneeAddress>测试路一号</consigneeAddress></OrderHead><OrderList><gnum>1</gnum>
        <itemName>奶粉</itemName><gmodel>900g</gmodel><unit>122</unit><qty>2</qty>
        <price>150</price><totalPrice>300</totalPrice><currency>142</currency>
        <country>609</country></OrderList></Order><BaseTransfer><copCode>COP1</copCode>
        <copName>传输企业</copName><dxpMode>DXP</dxpMode><dxpId>DXPENT0000000001</dxpId>
        </BaseTransfer></CEB311Message>
        """
    }

    @Test("Findings are listed by layer with customs' numbers, and are no refusals")
    func findings() throws {
        let tool = try Tool()
        try tool.write(order(enterprise: "1"), to: "order.xml")
        let run = try tool.run("validate", "order.xml", "--json")
        #expect(run.status == 0)
        let answer = try run.json()
        #expect(answer.number("documents") == 1)
        #expect(answer.number("valid") == 1)
        #expect(answer.objects("faults").isEmpty)
        let found = answer.objects("findings")
        #expect(found.map { $0["code"] as? String } == ["malformedIdentifier", "actualPaid"])
        #expect(found.map { $0["layer"] as? String } == ["values", "business"])
        #expect(found.map { $0["customsCode"] as? String } == ["-10102", "-301008"])
        let first = try #require(found.first)
        #expect(
            Set(first.keys) == [
                "file", "index", "line", "column", "path", "code", "message", "layer",
                "customsCode",
            ])
        #expect(first["path"] as? String == "/CEB311Message/Order[1]/OrderHead/ebcCode")
        #expect(first.number("line") == 6)
        let layers = try #require(answer["layers"] as? [String: [String: Int]])
        #expect(layers["business"] == ["faults": 0, "findings": 1])
        let codes = try #require(answer["codes"] as? [String: [String: Int]])
        #expect(codes["actualPaid"] == ["faults": 0, "findings": 1])
    }

    @Test("--strict refuses findings, and nothing where there are none")
    func strict() throws {
        let tool = try Tool()
        try tool.write(order(), to: "order.xml")
        let run = try tool.run("validate", "order.xml", "--json", "--strict")
        #expect(run.status == 65)
        #expect(try run.json().number("valid") == 0)
        #expect(try run.json().objects("faults").isEmpty)
        try tool.write(
            order().replacing("338.22", with: "338.21"), to: "sound.xml")
        let sound = try tool.run("validate", "sound.xml", "--json", "--strict")
        #expect(sound.status == 0)
        #expect(try sound.json().number("valid") == 1)
    }

    @Test("Text is grouped by input, in the language asked for, and ends with a summary")
    func text() throws {
        let tool = try Tool()
        try FileManager.default.createDirectory(
            at: tool.folder.appendingPathComponent("out"), withIntermediateDirectories: true)
        try tool.write(order(currency: "502"), to: "out/a.xml")
        try tool.write(order(), to: "out/b.xml")
        let run = try tool.run("validate", "out", "--lang", "en")
        #expect(run.status == 65)
        let lines = run.out.split(separator: "\n").map(String.init)
        #expect(lines.first == "out/a.xml")
        #expect(lines[1].hasPrefix("  "))
        #expect(lines[1].contains(" refused form fixedValue "))
        #expect(lines[1].contains("/CEB311Message/Order[1]/OrderHead/currency: "))
        let second = try #require(lines.firstIndex(of: "out/b.xml"))
        #expect(lines[second + 1].contains(" finding business actualPaid (-301008) "))
        #expect(lines.contains("2 documents, 1 valid, 1 faults, 1 findings"))
        #expect(!run.out.contains("110101"))
        let chinese = try tool.run("validate", "out", "--lang", "zh")
        #expect(chinese.out.contains("2 份单证，1 份通过，1 处错误，1 处提示"))
        #expect(chinese.out.contains(" 提示 业务 actualPaid (-301008) "))
    }
}
