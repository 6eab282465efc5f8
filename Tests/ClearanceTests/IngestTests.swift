import Foundation
import Testing

@Suite("ingest")
struct IngestTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    @Test("Three papers are appended, and feeding them again changes nothing")
    func repeated() throws {
        try tool.write(Papers.three, to: "three.ndjson")
        let first = try tool.run("ingest", "ledger", "three.ndjson", "--json")
        #expect(first.status == 0)
        let report = try first.json()
        #expect(
            Set(report.keys) == [
                "events", "appended", "alreadyAppended", "conflicts", "rejected", "findings",
                "position", "seconds", "files",
            ])
        #expect(report.counts("files") == ["read": 1, "skipped": 0, "failed": 0])
        #expect(report.number("appended") == 3)
        #expect(report.number("position") == 3)
        let second = try tool.run("ingest", "ledger", "three.ndjson", "--json")
        #expect(second.status == 0)
        #expect(try second.json().number("alreadyAppended") == 3)
        #expect(try second.json().number("appended") == 0)
        #expect(try second.json().number("position") == 3)
    }

    @Test("The same order with another amount is a conflict, kept, and the exit is 65")
    func conflict() throws {
        let first = try tool.run("ingest", "ledger", "-", "--json", input: Papers.order())
        #expect(first.status == 0)
        let other = Papers.order(paid: "1.00")
        let run = try tool.run("ingest", "ledger", "-", "--json", input: other)
        #expect(run.status == 65)
        #expect(try run.json().number("conflicts") == 1)
        #expect(try run.json().number("position") == 2)
        #expect(run.err.contains("acturalPaid"))
        #expect(!run.err.contains(Papers.identity))
    }

    @Test("A bad line is refused with its place and costs its neighbours nothing")
    func badLine() throws {
        try tool.write(Papers.order() + "{nonsense}\n" + Papers.payment(), to: "in.ndjson")
        let run = try tool.run(
            "ingest", "ledger", "in.ndjson", "--json", "--rejects", "bad.ndjson")
        #expect(run.status == 65)
        let report = try run.json()
        #expect(report.number("appended") == 2)
        #expect(report.number("rejected") == 1)
        #expect(report.number("events") == 3)
        let reject = try #require(Tool.object(try tool.read("bad.ndjson")))
        #expect(
            Set(reject.keys) == [
                "file", "index", "line", "column", "path", "code", "message", "raw",
            ])
        #expect(reject.text("file") == "in.ndjson")
        #expect(reject.number("line") == 2)
        #expect(try tool.mode("bad.ndjson") == 0o600)
    }

    @Test("Without --rejects a file beside the ledger takes what was refused, masked")
    func rejectsFolder() throws {
        let bad = Papers.order().replacing(#""orderNo":"NO1","#, with: "")
        let run = try tool.run("ingest", "ledger", "-", "--json", input: bad)
        #expect(run.status == 65)
        let text = try tool.read("ledger.rejects/000001.ndjson")
        #expect(!text.contains(Papers.identity))
        #expect(try tool.mode("ledger.rejects/000001.ndjson") == 0o600)
        let raw = try tool.run(
            "ingest", "ledger", "-", "--rejects", "raw.ndjson", "--rejects-raw", input: bad)
        #expect(raw.status == 65)
        #expect(try tool.read("raw.ndjson").contains(Papers.identity))
        #expect(try tool.run("status", "ledger", "--json").json().number("rejects") == 1)
    }

    @Test("Masked output does not come back")
    func masked() throws {
        try tool.run("ingest", "ledger", "-", input: Papers.three)
        let masked = try tool.run("read", "ledger")
        let run = try tool.run("ingest", "other", "-", "--json", input: masked.out)
        #expect(run.status == 65)
        #expect(try run.json().number("rejected") == 3)
        #expect(run.err.contains("maskedInput"))
    }

    @Test("Folders are read in the byte order of their paths, hidden files left out")
    func folders() throws {
        try tool.write(Papers.waybill(), to: "in/b/1.ndjson")
        try tool.write(Papers.payment(), to: "in/b.ndjson")
        try tool.write(Papers.order(), to: "in/a/z/1.ndjson")
        try tool.write("nonsense", to: "in/.hidden")
        let run = try tool.run("ingest", "ledger", "in", "--json")
        #expect(run.status == 0)
        let events = try tool.run("read", "ledger").objects()
        #expect(events.map { $0.text("id") ?? "" } == ["o-NO1", "p-T1", "w-W1"])
    }

    @Test("Input times and one index key give equal roots and digests in two ledgers")
    func deterministic() throws {
        try tool.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
        for name in ["one", "two"] {
            let run = try tool.run(
                "ingest", name, "-", "--recorded-at", "input", "--index-key", "key", "--sealing",
                "clear", input: Papers.three)
            #expect(run.status == 0)
        }
        let roots = try ["one", "two"].map {
            try tool.run("verify", $0, "--json").json().text("root")
        }
        #expect(roots[0] == roots[1])
        let digests = try ["one", "two"].map {
            try tool.run("replay", $0, "--json").json().text("digest")
        }
        #expect(digests[0] == digests[1])
    }

    @Test("A recorded time that is given stands in every entry")
    func recordedAt() throws {
        let time = "2026-04-01T00:00:00+08:00"
        try tool.run("ingest", "ledger", "-", "--recorded-at", time, input: Papers.three)
        let times = try tool.run("read", "ledger").objects().map { $0.text("recordedtime") }
        #expect(times == [time, time, time])
    }

    @Test("A correction that names a position is resolved; an unknown position is refused")
    func corrections() throws {
        let correction = { (position: Int, id: String) in
            Papers.line(
                id, "payment.submitted", "payment:PAY1/T1", "2026-03-02T09:00:00+08:00",
                #""payCode":"PAY1","payTransactionId":"T1","orderNo":"NO1","ebpCode":"EBP1","#
                    + #""amountPaid":"129.00","currency":"CNY""#,
                extra: #""corrects":\#(position),"correctionreason":"incorrectData","#)
        }
        let run = try tool.run(
            "ingest", "ledger", "-", "--json", input: Papers.three + correction(2, "p-2"))
        #expect(run.status == 0)
        let last = try #require(try tool.run("read", "ledger", "--from", "4").objects().first)
        #expect(last.object("corrects").text("id") == "p-T1")
        let matched = try tool.run("match", "ledger", "--json").json()
        #expect(matched.counts("outcomes") == ["amountMismatch": 1])
        let far = try tool.run("ingest", "ledger", "-", "--json", input: correction(99, "p-3"))
        #expect(far.status == 65)
        #expect(far.err.contains("unknownPosition"))
    }

    @Test("A second declaration is kept under record and refused, with a trace, under enforce")
    func admission() throws {
        let list = { (id: String, time: String) in
            Papers.line(
                id, "declare.submitted", "declaration:AGENT1/C1", time,
                #""form":"list","agentCode":"AGENT1","copNo":"C1","orderNo":"NO1","#
                    + #""ebpCode":"EBP1","ebcCode":"EBC1","logisticsCode":"LOG1","#
                    + #""logisticsNo":"W1""#)
        }
        let both =
            list("d-1", "2026-03-01T13:00:00+08:00") + list("d-2", "2026-03-01T14:00:00+08:00")
        let record = try tool.run("ingest", "kept", "-", "--json", input: both)
        #expect(record.status == 0, "\(record.err)")
        #expect(try record.json().number("appended") == 2)
        let enforce = try tool.run(
            "ingest", "refused", "-", "--admission", "enforce", "--json", input: both)
        #expect(enforce.status == 65)
        #expect(try enforce.json().number("appended") == 1)
        #expect(try enforce.json().number("rejected") == 1)
        #expect(enforce.err.contains("duplicateDeclaration"))
        let kept = try tool.run("read", "refused", "--type", "ledger.refused").objects()
        #expect(kept.count == 1)
    }

    @Test("Acknowledged positions are written to the descriptor asked for")
    func acknowledgements() throws {
        let run = try tool.run(
            "ingest", "ledger", "-", "--ack-fd", "1", "--batch-events", "2", input: Papers.three)
        #expect(run.status == 0)
        #expect(run.out.hasPrefix("2\n3\n"))
        for descriptor in ["99", "-1"] {
            let run = try tool.run(
                "ingest", "other", "-", "--ack-fd=\(descriptor)", input: Papers.three)
            #expect(run.status == 64)
            #expect(run.err.contains("--ack-fd takes an open descriptor"))
            #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/other"))
        }
    }

    @Test("An input that is not there makes no ledger and ends with 74")
    func missingInput() throws {
        let run = try tool.run("ingest", "ledger", "absent.ndjson")
        #expect(run.status == 74)
        #expect(run.err.contains("absent.ndjson"))
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/ledger"))
    }

    @Test("A file or a folder of other things becomes no ledger and leaves nothing beside it")
    func noPlace() throws {
        try tool.write(Papers.three, to: "papers.ndjson")
        try tool.write("x", to: "full/x")
        for place in ["papers.ndjson", "full"] {
            let run = try tool.run("ingest", place, "papers.ndjson")
            #expect(run.status == 74)
            #expect(run.err.contains("\(place) is no ledger"))
        }
        let left = try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
        #expect(!left.contains { $0.contains(".new-") })
    }

    @Test("validate names every fault and ends with 65; sound input ends with 0")
    func validate() throws {
        try tool.write(Papers.three, to: "good.ndjson")
        let good = try tool.run("validate", "good.ndjson", "--json")
        #expect(good.status == 0)
        #expect(try good.json().number("documents") == 3)
        #expect(try good.json().number("valid") == 3)
        #expect(try good.json().objects("faults").isEmpty)
        try tool.write(Papers.order() + "{}\n", to: "bad.ndjson")
        let bad = try tool.run("validate", "bad.ndjson", "--json")
        #expect(bad.status == 65)
        let fault = try #require(try bad.json().objects("faults").first)
        #expect(
            Set(fault.keys) == ["file", "index", "line", "column", "path", "code", "message"])
        #expect(fault.number("line") == 2)
    }
}
