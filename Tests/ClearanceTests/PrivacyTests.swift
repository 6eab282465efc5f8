import Foundation
import Testing

@Suite("privacy")
struct PrivacyTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    @Test("Personal values leave masked, and the line says so")
    func masked() throws {
        let run = try tool.run("read", "ledger", "--limit", "1")
        let event = try #require(try run.objects().first)
        #expect(event["masked"] as? Bool == true)
        #expect(event.object("data").text("buyerIdNumber") == "1101**********0006")
        #expect(event.object("data").text("buyerName") == "测*")
        #expect(!run.out.contains(Papers.identity))
    }

    @Test("No command shows an identity number without a reason")
    func everywhere() throws {
        let subject = "order:EBP1/NO1"
        for command in [
            ["match", "ledger", "--explain", subject], ["match", "ledger", "--list", "all"],
            ["trace", "ledger", subject], ["trace", "ledger", subject, "--format", "dot"],
            ["show", "procedure", "ledger", subject], ["status", "ledger"],
            ["replay", "ledger", "--at", "3", subject], ["read", "ledger"],
        ] {
            let run = try tool.run(command)
            #expect(run.status == 0, "\(command)")
            #expect(!(run.out + run.err).contains(Papers.identity), "\(command)")
        }
    }

    @Test("Revealing needs a reason and leaves a line that only the owner reads")
    func revealed() throws {
        let run = try tool.run("read", "ledger", "--reveal", "audit 7")
        #expect(run.out.contains(Papers.identity))
        #expect(!run.out.contains("masked"))
        let file = "ledger/disclosures/disclosures.ndjson"
        let line = try #require(Tool.object(try tool.read(file)))
        #expect(line.text("reason") == "audit 7")
        #expect(line.text("command") == "read")
        #expect(line.text("time") != nil)
        #expect(try tool.mode(file) == 0o600)
        try tool.run("match", "ledger", "--reveal", "again")
        #expect(try tool.read(file).split(separator: "\n").count == 2)
    }

    @Test("Revealed output comes back without loss")
    func export() throws {
        let export = try tool.run("read", "ledger", "--reveal", "move")
        let back = try tool.run(
            "ingest", "other", "-", "--recorded-at", "input", "--index-key",
            "ledger/keys/index.key", "--json", input: export.out)
        #expect(back.status == 0)
        #expect(try back.json().number("appended") == 3)
        let roots = try ["ledger", "other"].map {
            try tool.run("verify", $0, "--json").json().text("root")
        }
        #expect(roots[0] == roots[1])
    }
}
