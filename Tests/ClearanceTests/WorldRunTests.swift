import Foundation
import Seeded
import Testing

@Suite("a generated world")
struct WorldRunTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    @Test(
        "Matching a generated world gives what the slow reference says",
        arguments: [(7, "ndjson"), (8, "ceb")])
    func expected(seed: Int, format: String) throws {
        let generated = try tool.run(
            "generate", "world", "--orders", "60", "--seed", "\(seed)", "--format", format,
            "--json"
        ).json()
        #expect(
            Set(generated.keys).isSuperset(of: ["files", "papers", "events", "expected"]))
        let ingested = try tool.run(
            "ingest", "ledger", "world", "--recorded-at", "input", "--json"
        ).json()
        #expect(ingested.number("events") == generated.number("events"))
        #expect(ingested.number("rejected") == 0)
        let matched = try tool.run("match", "ledger", "--json").json()
        #expect(matched.counts("outcomes") == generated.counts("expected"))
        #expect(matched.counts("orphans") == generated.counts("expectedOrphans"))
        #expect(try tool.run("replay", "ledger", "--json").json()["identical"] as? Bool == true)
    }

    /// Worlds whose files are fed in another order; `CLEARANCE_LONG=1` asks for twenty.
    private static let shuffles =
        ProcessInfo.processInfo.environment["CLEARANCE_LONG"] == nil ? 1...6 : 1...20

    @Test("Files in another order, twice, give the same outcomes", arguments: shuffles)
    func shuffled(seed: Int) throws {
        let generated = try tool.run(
            "generate", "world", "--orders", "40", "--seed", "\(seed)", "--format",
            seed % 2 == 0 ? "ceb" : "ndjson", "--json"
        ).json()
        let world = tool.folder.appendingPathComponent("world").path
        var generator = SeededGenerator(seed: UInt64(seed))
        let files = try FileManager.default.subpathsOfDirectory(atPath: world)
            .filter { $0.contains(".") }.sorted().shuffled(using: &generator)
            .map { "world/" + $0 }
        for round in 0..<2 {
            let run = try tool.run(["ingest", "ledger"] + files + ["--json"])
            if round == 1 { #expect(try run.json().number("appended") == 0, "seed \(seed)") }
        }
        let matched = try tool.run("match", "ledger", "--json").json()
        #expect(matched.counts("outcomes") == generated.counts("expected"), "seed \(seed)")
        #expect(matched.counts("orphans") == generated.counts("expectedOrphans"), "seed \(seed)")
    }

    @Test("The demonstration agrees with itself")
    func demo() throws {
        let run = try tool.run("demo", "place", "--orders", "20", "--json")
        #expect(run.status == 0)
        let report = try run.json()
        #expect(Set(report.keys).isSuperset(of: ["ingest", "match", "replay", "verify"]))
        #expect(report.object("replay")["identical"] as? Bool == true)
        #expect(report.object("verify")["ok"] as? Bool == true)
    }

    @Test("A life is told event by event; one that is not there ends with 74")
    func life() throws {
        try tool.write(Papers.three, to: "life.ndjson")
        let run = try tool.run("demo", "--life", "life.ndjson", "--lang", "en")
        #expect(run.status == 0)
        #expect(run.out.contains("waiting → matched"))
        let absent = try tool.run("demo", "--life", "99")
        #expect(absent.status == 74)
        #expect(absent.err.contains("specs/lives/99-"))
    }
}
