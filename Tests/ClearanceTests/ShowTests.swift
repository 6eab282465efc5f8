import Foundation
import Testing

@Suite("grade, trace, index, show")
struct ShowTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    private static let declaration =
        #""form":"list","message":"CEB621","agentCode":"AGENT1","copNo":"C1","orderNo":"NO1","#
        + #""ebpCode":"EBP1","ebcCode":"EBC1","logisticsCode":"LOG1","logisticsNo":"W1","#
        + #""ieFlag":"I","tradeMode":"1210","customsCode":"4601","currency":"CNY","#
        + #""items":[{"gnum":1,"gcode":"3304990039","country":"116","currency":"142","#
        + #""qty":"2","unit":"011","totalPrice":"100.00"}]"#

    private static func receipt(_ status: Int, _ type: String, _ time: String) -> String {
        Papers.line(
            "r-\(status)", type, "declaration:AGENT1/C1", time,
            #""message":"CEB622","agentCode":"AGENT1","copNo":"C1","preNo":"PRE1","#
                + #""invtNo":"INVT1","returnStatus":"\#(status)","returnTime":""#
                + time.prefix(19).filter(\.isNumber) + "000"
                + #"","returnInfo":"[Code:\#(status);Desc:某人]""#)
    }

    private static var released: String {
        Papers.three
            + Papers.line(
                "d-1", "declare.submitted", "declaration:AGENT1/C1", "2026-03-01T13:00:00+08:00",
                declaration)
            + receipt(120, "declare.accepted", "2026-03-01T13:00:10+08:00")
            + receipt(800, "release.granted", "2026-03-01T13:10:00+08:00")
    }

    private func feed(_ text: String) throws {
        let run = try tool.run("ingest", "ledger", "-", "--json", input: text)
        #expect(run.status == 0, "\(run.err)")
    }

    @Test("Versions are shown with what customs makes of each, and missing parts by number")
    func papers() throws {
        try feed(
            Papers.line(
                "o-1", "order.submitted", "order:EBP1/NO1", "2026-03-01T09:00:00+08:00",
                #""orderNo":"NO1","ebpCode":"EBP1","acturalPaid":"5","currency":"CNY""#)
                + Papers.line(
                    "o-2", "order.submitted", "order:EBP1/NO1", "2026-03-01T10:00:00+08:00",
                    #""orderNo":"NO1","ebpCode":"EBP1","acturalPaid":"6","currency":"CNY""#)
                + Papers.line(
                    "a-1", "move.arrived", "arrival:OP1/A1", "2026-03-01T11:00:00+08:00",
                    #""message":"CEB711","appType":"1","appTime":"20260301110000","#
                        + #""appStatus":"2","operatorCode":"OP1","copNo":"A1","billNo":"B1","#
                        + #""msgCount":3,"msgSeqNo":2"#))
        let order = try tool.run("show", "papers", "ledger", "order:EBP1/NO1", "--json").json()
        let document = try #require(order.objects("documents").first)
        #expect(document.text("paper") == "order")
        let versions = document.objects("versions")
        #expect(versions.map { $0.text("outcome") } == ["taken", "alreadyExists"])
        #expect(versions[1]["number"] as? Int == -301_010)
        #expect(document["held"] as? [Int] == [1] && document["live"] as? [Int] == [2])
        let text = try tool.run("show", "papers", "ledger", "order:EBP1/NO1", "--lang", "en")
        #expect(text.out.contains("an order with this number exists"))
        let split = try tool.run("show", "papers", "ledger", "arrival:OP1/A1", "--json").json()
        let arrival = try #require(split.objects("documents").first)
        #expect(arrival.objects("versions").map { $0.text("outcome") } == ["partsMissing"])
        let parts = try #require(arrival["parts"] as? [String: Any])
        #expect(parts["missing"] as? [Int] == [1, 3] && parts["complete"] as? Bool == false)
    }

    @Test("A list is followed by any of its numbers from submission to release")
    func procedure() throws {
        try feed(Self.released)
        for subject in ["declaration:AGENT1/C1", "pre:PRE1", "list:INVT1", "order:EBP1/NO1"] {
            let run = try tool.run("show", "procedure", "ledger", subject, "--json")
            let answer = try run.json()
            #expect(answer.text("phase") == "released", "\(subject)")
            #expect(answer.text("paper") == "declaration:AGENT1/C1")
            let phases = answer.objects("steps").map { $0.text("phase") ?? "" }
            #expect(phases == ["submitted", "accepted", "released"])
            #expect(
                answer["aliases"] as? [String] == [
                    "declaration:AGENT1/C1", "list:INVT1", "pre:PRE1",
                ])
            #expect(answer.objects("findings").isEmpty)
            #expect(!run.out.contains("某人"))
            #expect(answer["masked"] as? Bool == true)
        }
        let days = try tool.run("show", "procedure", "ledger", "list:INVT1", "--json").json()
            .objects("deadlines").map { $0.text("day") ?? "" }
        #expect(days == ["2026-03-31", "2026-04-01", "2026-04-15", "2026-04-15"])
    }

    @Test("A release without acceptance is a finding with its position")
    func findings() throws {
        try feed(
            Papers.line(
                "d-1", "declare.submitted", "declaration:AGENT1/C1",
                "2026-03-01T13:00:00+08:00", Self.declaration)
                + Self.receipt(800, "release.granted", "2026-03-01T13:10:00+08:00"))
        let answer = try tool.run("show", "procedure", "ledger", "list:INVT1", "--json").json()
        let finding = try #require(answer.objects("findings").first)
        #expect(finding.text("code") == "releaseWithoutAcceptance")
        #expect(finding.text("severity") == "error")
        #expect(finding["positions"] as? [Int] == [2])
        #expect(Set(finding.object("message").keys) == ["zh", "en"])
    }

    @Test("A trace joins order, payment, waybill and list, in every format")
    func trace() throws {
        try feed(Self.released)
        let answer = try tool.run("trace", "ledger", "payment:PAY1/T1", "--json").json()
        let kinds = Set(answer.objects("nodes").compactMap { $0.text("kind") })
        #expect(kinds.isSuperset(of: ["order", "payment", "waybill", "list"]))
        #expect(!answer.objects("edges").isEmpty)
        let dot = try tool.run("trace", "ledger", "list:INVT1", "--format", "dot").out
        #expect(dot.contains("digraph"))
        let text = try tool.run("trace", "ledger", "list:INVT1", "--lang", "zh").out
        #expect(text.contains("└─"))
    }

    @Test("The index counts a released list in its month")
    func index() throws {
        try feed(Self.released + Papers.clock("2026-03-31"))
        let series = try tool.run("index", "ledger", "--by", "direction", "--json").json()
            .objects("series")
        let lists = try #require(series.first { $0.text("name") == "lists" })
        #expect(lists.text("value") == "1")
        #expect(lists.text("period") == "2026-03")
        #expect(lists.text("status") == "final")
        #expect(lists.object("by").text("direction") == "import")
        #expect(
            Set(lists.keys) == [
                "name", "period", "value", "unit", "by", "scope", "source", "status", "vintage",
                "n",
            ])
        let value = try #require(series.first { $0.text("name") == "value" })
        #expect(value.text("value") == "100")
    }

    @Test("Penalties above the threshold make a computed grade that differs from the recorded")
    func grade() throws {
        let code = "4601000001"
        try feed(
            Papers.line(
                "e-1", "record.enterprise", "enterprise:\(code)", "2024-01-01T00:00:00+08:00",
                #""action":"create","name":"测试企业","customsCode":"\#(code)","roles":["ebc"],"#
                    + #""validFrom":"2024-01-01","legalRepresentative":"测试人""#)
                + Papers.line(
                    "g-1", "record.grade", "enterprise:\(code)", "2024-01-05T00:00:00+08:00",
                    #""agency":"customs","scheme":"C251","grade":"regular","stage":"decided","#
                        + #""effectiveFrom":"2024-01-05","decisionNo":"1","decidedOn":"2024-01-05""#
                )
                + Papers.line(
                    "n-1", "record.count", "enterprise:\(code)", "2026-01-02T00:00:00+08:00",
                    #""what":"documentsLastYear","year":2025,"value":"100","by":"4600""#)
                + Papers.line(
                    "k-1", "record.penalty", "case:customs/K1", "2026-02-01T00:00:00+08:00",
                    #""agency":"customs","decisionNo":"K1","decidedOn":"2026-02-01","#
                        + #""category":"violation","law":"1","kind":"fine","amount":"2000000","#
                        + #""parties":[{"subject":"enterprise:\#(code)","role":"principal","#
                        + #""amount":"2000000"}]"#
                ))
        let answer = try tool.run(
            "grade", "ledger", "enterprise:\(code)", "--as-of", "2026-03-31", "--json"
        ).json()
        #expect(answer.text("recorded") == "regular")
        #expect(answer.text("computed") == "dishonest")
        #expect(answer.text("ruleSet") == "C251")
        let fired = try #require(answer.objects("fired").first)
        #expect(fired.text("rule") == "C251-22-2a")
        #expect(fired["positions"] as? [Int] == [4])
        let before = try tool.run(
            "grade", "ledger", "enterprise:\(code)", "--as-of", "2026-01-31", "--json"
        ).json()
        #expect(before.text("computed") == "regular")
        let registry = try tool.run("show", "registry", "ledger", "enterprise:\(code)", "--json")
        #expect(try registry.json()["valid"] as? Bool == true)
        #expect(try registry.json().objects("versions").count == 1)
        #expect(!registry.out.contains("测试人"))
    }
}
