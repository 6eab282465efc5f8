import Foundation
import Testing

@Suite("an input that is fed again")
struct ResumeTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.write(Papers.order("A") + Papers.payment("A", order: "A"), to: "in/1.ndjson")
        try tool.write(Papers.order("B") + Papers.waybill("B", order: "B"), to: "in/2.ndjson")
    }

    /// Feeds everything and gives the report without its seconds.
    private func feed(
        _ ledger: String = "ledger", _ arguments: String..., input: String = "in",
        status: Int32 = 0, _ place: SourceLocation = #_sourceLocation
    ) throws -> [String: Any] {
        let run = try tool.run(["ingest", ledger, input, "--json"] + arguments)
        #expect(run.status == status, "\(run.err)", sourceLocation: place)
        var report = try run.json()
        report["seconds"] = nil
        return report
    }

    private func files(_ report: [String: Any]) -> [Int] {
        let files = report.counts("files")
        return ["read", "skipped", "failed"].map { files[$0] ?? -1 }
    }

    private func move(_ name: String, to other: String) throws {
        try FileManager.default.moveItem(
            at: tool.folder.appendingPathComponent(name),
            to: tool.folder.appendingPathComponent(other))
    }

    private func copy(_ name: String, to other: String) throws {
        try FileManager.default.copyItem(
            at: tool.folder.appendingPathComponent(name),
            to: tool.folder.appendingPathComponent(other))
    }

    private func remove(_ name: String) throws {
        try FileManager.default.removeItem(at: tool.folder.appendingPathComponent(name))
    }

    @Test("Skipping it says what reading it again would say; --reread reads it")
    func same() throws {
        #expect(files(try feed()) == [2, 0, 0])
        var skipped = try feed()
        #expect(files(skipped) == [0, 2, 0])
        var read = try feed("ledger", "--reread")
        #expect(files(read) == [2, 0, 0])
        skipped["files"] = nil
        read["files"] = nil
        #expect(skipped as NSDictionary == read as NSDictionary)
        #expect(read.number("alreadyAppended") == 4)
    }

    @Test("A changed byte, another name and another way of reading")
    func changes() throws {
        _ = try feed()
        try move("in/1.ndjson", to: "in/9.ndjson")
        #expect(files(try feed()) == [0, 2, 0])
        #expect(files(try feed("ledger", "--profile", "open")) == [2, 0, 0])
        #expect(files(try feed("ledger", "--profile", "open")) == [0, 2, 0])
        let text = try tool.read("in/2.ndjson")
        try tool.write(text.replacing("LOG1", with: "LOG2"), to: "in/2.ndjson")
        let changed = try feed()
        #expect(files(changed) == [1, 1, 0])
        #expect(changed.number("appended") == 1)
        try tool.write(text, to: "in/2.ndjson")
        #expect(files(try feed()) == [0, 2, 0], "what was known before is known still")
    }

    @Test("A ledger that was put back to an earlier day reads again what it lost")
    func restored() throws {
        try tool.write("", to: "empty.ndjson")
        _ = try feed(input: "in/1.ndjson")
        try copy("ledger", to: "backup")
        _ = try feed(input: "in/2.ndjson")
        try remove("backup/state/inputs")
        try copy("ledger/state/inputs", to: "backup/state/inputs")
        let after = try feed("backup")
        #expect(files(after) == [1, 1, 0])
        #expect(after.number("appended") == 2)
        #expect(after.number("position") == 4)
    }

    @Test("Records of another ledger, of a lost state and torn lines count for nothing")
    func foreign() throws {
        _ = try feed()
        try tool.run("ingest", "other", "-", input: Papers.three + Papers.order("C"))
        try copy("ledger/state/inputs", to: "other/state/inputs")
        let other = try feed("other")
        #expect(files(other) == [2, 0, 0])
        #expect(other.number("appended") == 4)
        let lines = try tool.read("ledger/state/inputs")
        try tool.write(lines.replacing("i1 ", with: "i1 f"), to: "ledger/state/inputs")
        #expect(files(try feed()) == [2, 0, 0])
        try tool.write(String(lines.dropLast(9)), to: "ledger/state/inputs")
        #expect(files(try feed()) == [1, 1, 0], "the torn line alone")
        #expect(files(try feed()) == [0, 2, 0])
        try tool.write(lines.replacing(" 1-2 ", with: " 2-3 "), to: "ledger/state/inputs")
        #expect(files(try feed()) == [1, 1, 0], "a changed place")
        try remove("ledger/state")
        #expect(files(try feed()) == [2, 0, 0])
    }

    @Test("Refused documents are counted again and their lines are neither doubled nor lost")
    func rejects() throws {
        try tool.write(Papers.order("D") + "{no\n", to: "in/3.ndjson")
        _ = try feed(status: 65)
        let first = try tool.read("ledger.rejects/000001.ndjson")
        let again = try tool.run("ingest", "ledger", "in", "--json")
        #expect(again.status == 65)
        #expect(files(try again.json()) == [0, 3, 0])
        #expect(try again.json().number("rejected") == 1)
        #expect(again.err.contains("stand in the rejects already"))
        #expect(try tool.run("status", "ledger", "--json").json().number("rejects") == 1)
        // A file of the caller's is made anew, so the lines must come again.
        let own = try feed("ledger", "--rejects", "own.ndjson", status: 65)
        #expect(files(own) == [1, 2, 0])
        #expect(try tool.read("own.ndjson") == first)
        let raw = try feed("ledger", "--rejects-raw", status: 65)
        #expect(files(raw) == [1, 2, 0])
        try remove("ledger.rejects")
        #expect(files(try feed(status: 65)) == [1, 2, 0])
        #expect(try tool.read("ledger.rejects/000001.ndjson") == first)
    }

    @Test("A conflict is known at the second time, as if it were read again")
    func conflicts() throws {
        try tool.write(Papers.order("A", paid: "1.00"), to: "in/3.ndjson")
        #expect(try feed(status: 65).number("conflicts") == 1)
        let again = try feed()
        #expect(files(again) == [0, 3, 0])
        #expect(again.number("conflicts") == 0)
        #expect(again.number("alreadyAppended") == 5)
    }

    @Test("What may end otherwise next time is read again: refused requests, unknown positions")
    func open() throws {
        let list = { (id: String, time: String) in
            Papers.line(
                id, "declare.submitted", "declaration:AGENT1/C1", time,
                #""form":"list","agentCode":"AGENT1","copNo":"C1","orderNo":"NO1","#
                    + #""ebpCode":"EBP1","ebcCode":"EBC1","logisticsCode":"LOG1","#
                    + #""logisticsNo":"W1""#)
        }
        let both =
            list("d-1", "2026-03-01T13:00:00+08:00") + list("d-2", "2026-03-01T14:00:00+08:00")
        try tool.write(both, to: "lists.ndjson")
        for _ in 0..<2 {
            let report = try feed(
                "judged", "--admission", "enforce", input: "lists.ndjson", status: 65)
            #expect(files(report) == [1, 0, 0])
            #expect(report.number("rejected") == 1)
        }
        let correction = Papers.line(
            "p-9", "payment.submitted", "payment:PAY1/A", "2026-03-02T09:00:00+08:00",
            #""payCode":"PAY1","payTransactionId":"A","orderNo":"A","ebpCode":"EBP1","#
                + #""amountPaid":"129.00","currency":"CNY""#,
            extra: #""corrects":5,"correctionreason":"incorrectData","#)
        try tool.write(correction, to: "late.ndjson")
        _ = try feed()
        #expect(try feed(input: "late.ndjson", status: 65).number("rejected") == 1)
        try tool.run("ingest", "ledger", "-", input: Papers.payment("A", order: "A", paid: "5.00"))
        let late = try feed(input: "late.ndjson")
        #expect(late.number("appended") == 1)
        #expect(files(try feed(input: "late.ndjson")) == [0, 1, 0])
    }

    @Test("Standard input is always read")
    func standardInput() throws {
        for round in 0..<2 {
            let run = try tool.run("ingest", "ledger", "-", "--json", input: Papers.three)
            #expect(files(try run.json()) == [1, 0, 0])
            #expect(try run.json().number("alreadyAppended") == 3 * round)
        }
    }

    @Test("Many readings of one file leave a few lines, and tidying keeps the latest")
    func tidy() throws {
        _ = try feed()
        let lines = try tool.read("ledger/state/inputs").split(separator: "\n")
        try #require(lines.count == 2)
        _ = try feed("ledger", "--reread")
        #expect(try tool.read("ledger/state/inputs").split(separator: "\n").count == 2)
        let many = String(repeating: lines[0] + "\n", count: 1_100) + lines[1] + "\n"
        try tool.write(many, to: "ledger/state/inputs")
        #expect(files(try feed()) == [0, 2, 0])
        let tidied = try tool.read("ledger/state/inputs").split(separator: "\n")
        #expect(Set(tidied) == Set(lines) && tidied.count == 2)
        #expect(try tool.mode("ledger/state/inputs") == 0o600)
    }
}
