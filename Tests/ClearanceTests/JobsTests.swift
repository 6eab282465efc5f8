import Foundation
import Testing

@Suite("ingest on several threads")
struct JobsTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.write("000102030405060708090a0b0c0d0e0f\n", to: "key")
    }

    /// Feeds an input to a ledger of its own with so many threads.
    private func feed(_ input: String, _ jobs: Int, _ more: String...) throws -> Tool.Run {
        try tool.run(
            [
                "ingest", "ledger-\(jobs)", input, "--recorded-at", "input", "--index-key", "key",
                "--sealing", "clear", "--jobs", "\(jobs)", "--json",
            ] + more)
    }

    private func log(_ ledger: String) throws -> Data {
        try bytes(ledger + "/log/epoch-000001/data.mdb")
    }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: tool.folder.appendingPathComponent(name))
    }

    private func report(_ run: Tool.Run) throws -> NSDictionary {
        var report = try run.json()
        report["seconds"] = nil
        return report as NSDictionary
    }

    @Test(
        "A generated world gives the same log to the byte, with one thread and with four",
        arguments: ["ndjson", "ceb"])
    func world(format: String) throws {
        try tool.run("generate", "world", "--orders", "60", "--seed", "11", "--format", format)
        let one = try feed("world", 1)
        let four = try feed("world", 4)
        #expect(one.status == 0)
        #expect(try report(one) == report(four))
        #expect(one.err == four.err)
        #expect(try log("ledger-1") == log("ledger-4"))
        let answers = try [1, 4].map {
            try tool.run("replay", "ledger-\($0)", "--json").json().text("digest")
        }
        #expect(answers[0] == answers[1])
    }

    @Test("A file that several threads share keeps its lines, its rejects and their places")
    func large() throws {
        var text = ""
        var bad: [Int] = []
        var lines = 0
        // Four pieces, with blank lines and refused ones in each.
        for number in 0..<12_000 {
            text += number % 700 == 5 ? "\r\n \n" : ""
            lines += number % 700 == 5 ? 3 : 1
            if number % 1_000 == 7 {
                bad.append(lines)
                text += "{\"no\":\n"
            } else {
                text += Papers.order("L\(number)")
            }
        }
        try #require(text.utf8.count > 3 << 20)
        try tool.write(text, to: "in.ndjson")
        let runs = try [1, 4].map { try feed("in.ndjson", $0, "--rejects", "bad-\($0)") }
        #expect(try report(runs[0]) == report(runs[1]))
        #expect(runs[0].status == 65)
        #expect(try tool.read("bad-1") == tool.read("bad-4"))
        #expect(runs[0].err.replacing("bad-1", with: "bad-4") == runs[1].err)
        let rejects = try tool.read("bad-4").split(separator: "\n").compactMap(Tool.object)
        #expect(rejects.map { $0.number("line") ?? 0 } == bad)
        let indices = (0..<12).map { $0 * 1_000 + 8 }
        #expect(rejects.map { $0.number("index") ?? 0 } == indices)
        #expect(try log("ledger-1") == log("ledger-4"))
    }

    @Test(
        "A file that cannot be read ends with 74 and costs the others nothing", arguments: [1, 3])
    func unreadable(jobs: Int) throws {
        try tool.write(Papers.order(), to: "in/1.ndjson")
        try tool.write(Papers.payment(), to: "in/3.ndjson")
        // A file that opens and whose first byte cannot be read, also by root.
        try FileManager.default.createSymbolicLink(
            atPath: tool.folder.path + "/in/2.ndjson", withDestinationPath: "/proc/self/mem")
        for files in [[2, 0, 1], [0, 2, 1]] {
            let run = try feed("in", jobs)
            #expect(run.status == 74)
            #expect(run.err.contains("in/2.ndjson"))
            let counts = try run.json().counts("files")
            #expect(["read", "skipped", "failed"].map { counts[$0] ?? -1 } == files)
            #expect(try run.json().number("position") == 2)
        }
        #expect(try tool.run("verify", "ledger-\(jobs)", "--json").status == 0)
    }

    @Test("Usage: --jobs is at least one")
    func usage() throws {
        try tool.write(Papers.three, to: "in.ndjson")
        #expect(try feed("in.ndjson", 0).status == 64)
    }

    @Test("Asked to stop, it keeps what was acknowledged and does not count the file as read")
    func interrupted() throws {
        var text = ""
        for number in 0..<3_000 { text += Papers.order("S\(number)") }
        try tool.write(text, to: "in.ndjson")
        for number in [SIGINT, SIGTERM] {
            let ledger = "ledger-\(number)"
            let process = try tool.process(
                [
                    "ingest", ledger, "in.ndjson", "--ack-fd", "2", "--batch-events", "1", "--json",
                ],
                name: ledger)
            try process.run()
            while process.isRunning, try tool.read(ledger + ".err").count < 20 { usleep(200) }
            kill(process.processIdentifier, number)
            process.waitUntilExit()
            #expect(process.terminationReason == .exit)
            #expect(process.terminationStatus == 128 + number)
            let said = try tool.read(ledger + ".err")
            #expect(said.contains("interrupted at position"))
            let last = try #require(said.split(separator: "\n").compactMap { Int($0) }.last)
            try #require(last < 3_000, "it was too quick to be interrupted")
            let verified = try tool.run("verify", ledger, "--json")
            let entries = try #require(try verified.json().number("entries"))
            #expect(entries >= last)
            let report = try #require(Tool.object(try tool.read(ledger + ".out")))
            for key in ["position", "events", "appended"] {
                #expect(report.number(key) == entries, "\(key)")
            }
            let again = try tool.run("ingest", ledger, "in.ndjson", "--json").json()
            #expect(again.counts("files")["read"] == 1)
            #expect(again.number("position") == 3_000)
            let third = try tool.run("ingest", ledger, "in.ndjson", "--json").json()
            #expect(third.counts("files")["skipped"] == 1)
        }
    }

    @Test(
        "Asked to stop when nobody reads its report any more, it ends with its status all the same")
    func closedPipe() throws {
        var text = ""
        for number in 0..<3_000 { text += Papers.order("S\(number)") }
        try tool.write(text, to: "in.ndjson")
        let process = try tool.process(
            ["ingest", "ledger", "in.ndjson", "--ack-fd", "2", "--batch-events", "1", "--json"],
            name: "piped")
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        try pipe.fileHandleForWriting.close()
        try pipe.fileHandleForReading.close()
        while process.isRunning, try tool.read("piped.err").count < 20 { usleep(200) }
        kill(process.processIdentifier, SIGINT)
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
    }
}
