import Foundation
import Testing

@Suite("answers")
struct AnswerTests {
    private let tool: Tool
    private static let head: Set<String> = [
        "ledger", "position", "asOf", "knownAt", "ruleSets", "provisional", "coverage",
    ]

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    @Test("The three sample papers match")
    func match() throws {
        let run = try tool.run("match", "ledger", "--json")
        #expect(run.status == 0)
        let answer = try run.json()
        #expect(
            Set(answer.keys) == Self.head.union(["papers", "orders", "outcomes", "orphans"]))
        #expect(answer.counts("outcomes") == ["matched": 1])
        #expect(answer.counts("orphans").isEmpty)
        #expect(answer.number("papers") == 3)
        #expect(answer.number("orders") == 1)
        #expect(answer.text("coverage") == "ledger")
        let rules = try #require(answer.objects("ruleSets").first)
        #expect(Set(rules.keys) == ["id", "hash", "status"])
    }

    @Test("--explain answers for an order by any of its papers, --list prints its line")
    func explain() throws {
        for subject in ["order:EBP1/NO1", "payment:PAY1/T1", "waybill:LOG1/W1"] {
            let answer = try tool.run("match", "ledger", "--explain", subject, "--json").json()
            #expect(answer.text("subject") == "order:EBP1/NO1")
            #expect(answer.text("outcome") == "matched")
            #expect(answer.text("kind") == "exact")
            #expect(answer.text("rule") == "match-1/M4")
            #expect((answer["papers"] as? [String])?.count == 3)
        }
        let lines = try tool.run("match", "ledger", "--list", "matched").objects()
        #expect(lines.count == 1)
        #expect(
            Set(lines[0].keys) == [
                "subject", "outcome", "kind", "reasons", "papers", "declared",
            ])
        #expect(try tool.run("match", "ledger", "--list", "missing").objects().isEmpty)
    }

    @Test("A subject that nobody spoke of is answered with nulls and exit 0")
    func unknown() throws {
        let run = try tool.run("match", "ledger", "--explain", "order:A/B", "--json")
        #expect(run.status == 0)
        #expect(try run.json()["outcome"] is NSNull)
    }

    @Test("An amount that differs by a cent says by how much")
    func reasons() throws {
        let input = Papers.order("NO2") + Papers.payment("T2", order: "NO2", paid: "129.11")
        try tool.run("ingest", "ledger", "-", input: input + Papers.waybill("W2", order: "NO2"))
        let answer = try tool.run(
            "match", "ledger", "--explain", "order:EBP1/NO2", "--json"
        ).json()
        #expect(answer.text("outcome") == "amountMismatch")
        let reason = try #require(answer.objects("reasons").first)
        #expect(Set(reason.keys) == ["code", "field", "left", "right", "delta"])
        #expect(reason.text("delta") == "-0.01")
    }

    @Test("--as-of hides later events and decides which deadlines have passed")
    func asOf() throws {
        try tool.run("ingest", "ledger", "-", input: Papers.order("NO2"))
        let waiting = try tool.run("match", "ledger", "--as-of", "2026-03-07", "--json").json()
        #expect(waiting.counts("outcomes") == ["matched": 1, "waiting": 1])
        #expect(waiting.text("asOf") == "2026-03-08T00:00:00+08:00")
        let missing = try tool.run("match", "ledger", "--as-of", "2026-03-08", "--json").json()
        #expect(missing.counts("outcomes") == ["matched": 1, "missing": 1])
        let morning = try tool.run(
            "match", "ledger", "--as-of", "2026-03-01T09:00:00+08:00", "--json"
        ).json()
        #expect(morning.number("papers") == 2)
        #expect(morning.counts("outcomes") == ["waiting": 2])
        let before = try tool.run("match", "ledger", "--as-of", "2026-02-28", "--json").json()
        #expect(before.number("papers") == 0)
    }

    @Test("Without --as-of the greatest clock.day decides")
    func clock() throws {
        try tool.run("ingest", "ledger", "-", input: Papers.order("NO2"))
        #expect(
            try tool.run("match", "ledger", "--json").json().counts("outcomes")["waiting"] == 1)
        try tool.run("ingest", "ledger", "-", input: Papers.clock("2026-03-08"))
        let answer = try tool.run("match", "ledger", "--json").json()
        #expect(answer.counts("outcomes")["missing"] == 1)
        #expect(answer.text("asOf") == "2026-03-09T00:00:00+08:00")
    }

    @Test("--known-at takes a position or a time of recording")
    func knownAt() throws {
        let two = try tool.run("match", "ledger", "--known-at", "2", "--json").json()
        #expect(two.number("position") == 2)
        #expect(two.counts("outcomes") == ["waiting": 1])
        let time = try tool.run(
            "match", "ledger", "--known-at", "2026-03-01T09:00:01+08:00", "--json"
        ).json()
        #expect(time.number("knownAt") == 1)
        let far = try tool.run("match", "ledger", "--known-at", "9", "--json")
        #expect(far.status == 64)
    }

    @Test("Every answering command begins with the common head")
    func heads() throws {
        let commands: [([String], Set<String>)] = [
            (
                ["grade", "ledger", "enterprise:X"],
                ["subject", "grades", "recorded", "computed", "ruleSet", "fired"]
            ),
            (
                ["trace", "ledger", "order:EBP1/NO1"],
                ["subject", "nodes", "edges", "gaps", "responsible"]
            ),
            (["index", "ledger"], ["series"]),
            (
                ["show", "procedure", "ledger", "list:1"],
                [
                    "subject", "aliases", "phase", "holds", "paper", "attempts", "steps",
                    "cancels", "returns", "taxes", "deadlines", "findings",
                ]
            ),
            (
                ["show", "registry", "ledger", "enterprise:X"],
                [
                    "subject", "aliases", "kind", "valid", "versions", "credentials", "listings",
                    "findings",
                ]
            ),
        ]
        for (command, keys) in commands {
            let run = try tool.run(command + ["--json"])
            #expect(run.status == 0, "\(command): \(run.err)")
            #expect(Set(try run.json().keys) == Self.head.union(keys), "\(command)")
        }
    }

    @Test("status counts what the ledger holds")
    func status() throws {
        let status = try tool.run("status", "ledger", "--json").json()
        #expect(
            Set(status.keys) == [
                "position", "entries", "bytes", "streams", "firstTime", "lastTime",
                "lastClockDay", "sources", "ruleSets", "rejects", "erasuresWaiting", "nextErasure",
                "away", "projections", "holder",
                "durability", "projectionLag", "integrationLag", "queue", "written", "logBytes",
                "logMapBytes", "stateBytes", "ended", "readers",
            ])
        #expect(status["holder"] is NSNull && status["written"] is NSNull)
        #expect(status.text("durability") == "twoFlushes")
        #expect(status.number("projectionLag") == 0)
        #expect(status.objects("readers").isEmpty)
        #expect(status.number("entries") == 3)
        #expect(status.number("streams") == 3)
        #expect(status.number("sources") == 1)
        #expect(status.text("firstTime") == "2026-03-01T09:00:00+08:00")
        #expect(status.counts("projections")["match"] == 3)
    }

    @Test("read filters by position, type and subject")
    func read() throws {
        let ids = { (arguments: [String]) in
            try tool.run(["read", "ledger"] + arguments).objects().map { $0.text("id") ?? "" }
        }
        #expect(try ids(["--from", "2", "--limit", "1"]) == ["p-T1"])
        #expect(try ids(["--type", "order"]) == ["o-NO1"])
        #expect(try ids(["--type", "waybill.submitted"]) == ["w-W1"])
        #expect(try ids(["--subject", "order:EBP1/NO1"]) == ["o-NO1", "p-T1", "w-W1"])
        #expect(try tool.run("read", "ledger", "--type", "nonsense").status == 64)
    }

    @Test("Of a subject that the ledger does not know, answers have null and empty arrays")
    func nothingKnown() throws {
        let trace = try tool.run("trace", "ledger", "order:EBP1/NONE", "--json").json()
        for key in ["nodes", "edges", "gaps", "responsible"] {
            let items = trace[key] as? [Any]
            #expect(items?.count == 0, "\(key)")
        }
        let run = try tool.run("match", "ledger", "--explain", "order:EBP1/NONE", "--json")
        #expect(run.status == 0)
        let match = try run.json()
        for key in ["outcome", "kind", "rule", "message"] {
            let isNull = match[key] is NSNull
            #expect(isNull, "\(key)")
        }
        let criteria = match["criteria"] as? [Any]
        #expect(criteria?.count == 0)
    }

    @Test("The index is CSV when asked for, with a header")
    func csv() throws {
        let run = try tool.run("index", "ledger", "--by", "direction,zone", "--format", "csv")
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("name,period,value,unit"))
        #expect(try tool.run("index", "ledger", "--by", "nonsense").status == 64)
        #expect(
            try tool.run("index", "ledger", "--from", "2026-02", "--to", "2026-01").status == 64)
    }

    @Test("Text is Chinese or English as asked")
    func language() throws {
        #expect(try tool.run("match", "ledger", "--lang", "zh").out.contains("三单一致"))
        #expect(try tool.run("match", "ledger", "--lang", "en").out.contains("the papers match"))
    }
}
