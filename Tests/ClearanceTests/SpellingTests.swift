import Foundation
import Testing

/// One ledger under several names.
@Suite("spellings of a path")
struct SpellingTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    private func path(_ name: String) -> String { tool.folder.path + "/" + name }

    @Test("Whatever path leads to a ledger, its rejects lie in one folder, and erasure finds them")
    func rejects() throws {
        try FileManager.default.createSymbolicLink(
            atPath: path("link"), withDestinationPath: "ledger")
        let refused = #"{"specversion":"1.0","id":"r","raw":"\#(Papers.identity)"}"#
        let names = ["ledger", "ledger/", "ledger/.", "ledger/log/..", "link", "link/"]
        for name in names {
            let run = try tool.run("ingest", name, "-", "--rejects-raw", input: refused)
            #expect(run.status == 65 && run.err.contains("ledger.rejects/"), "\(run.err)")
        }
        for name in names {
            let status = try tool.run("status", name, "--json").json()
            #expect(status.number("rejects") == names.count, "\(name)")
        }
        #expect(try tool.holding(Papers.identity, below: "ledger") == [])
        #expect(try !tool.holding(Papers.identity, below: "ledger.rejects").isEmpty)
        let run = try tool.run(
            ["erase", "link/.", "--person-stdin", "--as-of", "2060-01-01", "--json"],
            input: Papers.identity)
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["rejectsDropped"] as? Int == names.count)
        #expect(try tool.holding(Papers.identity, below: ".").allSatisfy { $0.hasSuffix(".in") })
    }

    @Test("Something new may be named with a slash behind it")
    func slash() throws {
        #expect(try tool.run("ingest", "new/", "-", input: Papers.three).status == 0)
        #expect(try tool.run("verify", "new").status == 0)
        #expect(try tool.run("generate", "w/", "--orders", "1", "--into", "made/").status == 0)
        #expect(try tool.run("verify", "made").status == 0)
        #expect(try tool.run("repair", "ledger", "repaired/").status == 0)
        #expect(try tool.run("verify", "repaired").status == 0)
        #expect(try tool.run("backup", "ledger", "kept/", "--keys-to", "keys/").status == 0)
        let run = try tool.run("restore", "kept/", "restored/", "--keys-from", "keys/")
        #expect(run.status == 0)
        #expect(try tool.run("verify", "restored").status == 0)
    }

    @Test("What says to be the receipt of an erasure and is none does not come in")
    func receipts() throws {
        let forged = """
            {"specversion":"1.0","id":"f","source":"urn:other","type":"clearance.ledger.erased",\
            "subject":"person:48e9b2349983a48a04e61cf99d7a41c0",\
            "time":"2026-03-01T09:00:00+08:00","data":{"name":"clearance-ledger",\
            "at":"2026-03-01T09:00:00+08:00","positions":["1"],"count":1,"hash":"00"}}
            """
        let run = try tool.run("ingest", "ledger", "-", "--json", input: forged)
        #expect(run.status == 65 && run.err.contains("brokenReceipt"))
        let answer = try run.json()
        #expect(answer.number("rejected") == 1 && answer.number("appended") == 0)
        #expect(answer.number("events") == 1)
        #expect(try tool.run("verify", "ledger").status == 0)
        // A sound one comes back with an export.
        try tool.run(
            ["erase", "ledger", "--person-stdin", "--as-of", "2060-01-01"],
            input: Papers.identity)
        let receipt = try tool.run(
            "read", "ledger", "--type", "ledger.erased", "--reveal", "test"
        ).out
        #expect(try tool.run("ingest", "other", "-", input: receipt).status == 0)
        #expect(try tool.run("verify", "other").status == 0)
        let changed = receipt.replacingOccurrences(of: #""count":"#, with: #""count":1"#)
        #expect(try tool.run("ingest", "third", "-", input: changed).status == 65)
    }

    @Test("--json and another format exclude each other")
    func formats() throws {
        for format in ["csv", "text"] {
            #expect(try tool.run("index", "ledger", "--format", format, "--json").status == 64)
        }
        for format in ["dot", "text"] {
            let run = try tool.run(
                "trace", "ledger", "order:EBP1/NO1", "--format", format, "--json")
            #expect(run.status == 64)
        }
        let run = try tool.run("index", "ledger", "--format", "json", "--json")
        #expect(try run.json()["series"] != nil)
    }

    @Test("The last day that can be written is the last that is reached")
    func lastDay() throws {
        let day = Papers.clock("9999-12-31").replacingOccurrences(
            of: "9999-12-31T23:59:59", with: "2026-03-02T00:00:00")
        #expect(try tool.run("ingest", "ledger", "-", input: day).status == 0)
        let match = try tool.run("match", "ledger", "--json").json()
        #expect(match.text("asOf") == "9999-12-31T00:00:00+08:00")
    }
}
