import Foundation
import Testing

@testable import clearance

/// Paths and files as the command takes them.
@Suite("paths")
struct PathTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
        try tool.run("keygen", "clearance-ledger", "--out", "note.key")
        try tool.run("checkpoint", "ledger", "--signing-key", "note.key")
    }

    private func path(_ name: String) -> String { tool.folder.path + "/" + name }

    private func names(_ folder: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
            // What a run of the tool left of its own output.
            .filter { !$0.hasSuffix(".out") && !$0.hasSuffix(".err") && !$0.hasSuffix(".in") }
    }

    @Test("An epoch is not moved into the ledger, and the next writer finds it where it was")
    func move() throws {
        try tool.run("epoch", "ledger", "close")
        try FileManager.default.createDirectory(
            atPath: path("archive"), withIntermediateDirectories: true)
        for folder in ["ledger/log", "ledger", path("ledger/log"), "archive/../ledger/log"] {
            for _ in 0..<2 {
                let run = try tool.run("epoch", "ledger", "move", "1", folder)
                #expect(run.status == 74 && run.err.contains("lies in the ledger"), "\(run.err)")
            }
        }
        #expect(try tool.run("epoch", "ledger", "move", "1", "archive").status == 0)
        #expect(try tool.run("epoch", "ledger", "move", "1", "ledger/log").status == 74)
        let more = try tool.run("ingest", "ledger", "-", input: Papers.order("NO2"))
        #expect(more.status == 0)
        #expect(try tool.run("read", "ledger").objects().count >= 4)
        #expect(try tool.run("verify", "ledger").status == 0)
    }

    @Test(
        "No output replaces a file of a ledger",
        arguments: ["head", "config", "log/epochs", "keys/slots", "keys/new", "new"])
    func outputs(_ name: String) throws {
        let before = try? tool.read("ledger/" + name)
        for file in ["ledger/" + name, path("ledger/" + name), "ledger/../ledger/./" + name] {
            let run = try tool.run("prove", "ledger", "--position", "1", "-o", file)
            #expect(run.status == 74 && run.err.contains("lies in the ledger"), "\(run.err)")
            #expect(try tool.run("tiles", "ledger", file).status == 74)
            let fed = try tool.run("ingest", "ledger", "-", "--rejects", file, input: "")
            #expect(fed.status == 74 && fed.err.contains("lies in the ledger"), "\(fed.err)")
            #expect(try tool.run("backup", "ledger", file).status == 74)
            #expect(try tool.run("keygen", "b", "--out", file).status == 74)
            #expect(try tool.run("generate", file, "--orders", "1").status == 74)
        }
        let after = try? tool.read("ledger/" + name)
        #expect(after == before)
        #expect(try tool.run("verify", "ledger").status == 0)
        #expect(try tool.run("ingest", "ledger", "-", input: Papers.order("NO2")).status == 0)
    }

    @Test("A proof is written for its owner alone, whole, and in the place of a file only")
    func proof() throws {
        for _ in 0..<2 {
            #expect(
                try tool.run("prove", "ledger", "--position", "1", "-o", "p").status == 0)
            #expect(try tool.mode("p") == 0o600)
        }
        #expect(try tool.read("p") == tool.run("prove", "ledger", "--position", "1").out)
        #expect(try names() == ["ledger", "note.key", "p"])
        try Process.run(URL(filePath: "/usr/bin/mkfifo"), arguments: [path("pipe")])
            .waitUntilExit()
        for place in ["pipe", ".", "none/p"] {
            let run = try tool.run("prove", "ledger", "--position", "1", "-o", place)
            #expect(run.status == 74, "\(place): \(run.err)")
        }
        #expect(try names() == ["ledger", "note.key", "p", "pipe"])
    }

    @Test(
        "An empty argument is wrong use, and leaves nothing behind",
        arguments: [
            ["ingest", "", "-"], ["ingest", "ledger", ""],
            ["generate", "", "--orders", "1"], ["validate", ""], ["status", ""],
            ["backup", "ledger", ""], ["backup", "ledger", "b", "--keys-to", ""],
            ["restore", "", "r"], ["restore", "b", ""], ["repair", "ledger", ""],
            ["prove", "ledger", "--position", "1", "-o", ""], ["demo", "--orders", "1", ""],
            ["prove", "ledger", "--position", "1", "--out="], ["keygen", "b", "--out="],
            ["epoch", "ledger", "move", "1", ""], ["match", "ledger", "--reveal", ""],
        ])
    func empty(_ arguments: [String]) throws {
        let run = try tool.run(arguments)
        #expect(run.status == 64, "\(run.err)")
        #expect(run.out.isEmpty && run.err.contains("is empty"))
        #expect(try names() == ["ledger", "note.key"])
    }

    @Test("The last day that can be asked about is the one before the last of the calendar")
    func lastDay() throws {
        func asOf(_ time: String) throws -> Tool.Run {
            try tool.run("match", "ledger", "--as-of", time, "--json")
        }
        let last = try asOf("9999-12-30")
        #expect(last.status == 0)
        #expect(try last.json().text("asOf") == "9999-12-31T00:00:00+08:00")
        #expect(try asOf("9999-12-31T23:59:59+08:00").status == 0)
        for time in [
            "9999-12-31", "9999-12-31T23:59:59-10:00", "0001-01-01T00:00:00+09:00",
            "10000-01-01",
        ] {
            #expect(try asOf(time).status == 64, "\(time)")
        }
        #expect(try asOf("0001-01-02").status == 0)
        #expect(try tool.run("read", "ledger").status == 0)
    }

    @Test("What the machine refuses is told with its reason")
    func reasons() throws {
        try tool.run("prove", "ledger", "--position", "1", "-o", "p")
        let loop = path("loop")
        try FileManager.default.createSymbolicLink(atPath: loop, withDestinationPath: loop)
        try tool.run("backup", "ledger", "b")
        try tool.write(try tool.run("keygen", "v", "--out", "v.key").out, to: "v.vkey")
        let cases: [([String], Int32, String)] = [
            (["check-proof", "/etc", "--key", "v.vkey"], 74, "s a directory"),
            (["check-proof", "p", "--key", "/etc"], 74, "s a directory"),
            (["status", "loop"], 74, "oo many levels"),
            (["ingest", "loop", "p"], 74, "oo many levels"),
            (["status", "nowhere"], 74, "notALedger"),
            (["epoch", "ledger", "move", "9", "."], 74, "notFound: there is no epoch 9"),
            (["epoch", "ledger", "move", "0", "."], 74, "notFound: there is no epoch 0"),
            (["epoch", "ledger", "move", "1", "."], 74, "notClosed: epoch 1 is not closed"),
            (["restore", "b", "ledger"], 74, "alreadyExists"),
            (["repair", "ledger", "b"], 74, "alreadyExists"),
            (["restore", "b", "r", "--until", "4"], 64, "ends at position 3"),
            (["prove", "ledger", "--position", "99999"], 64, "the ledger ends at 3"),
            (["prove", "ledger", "--position", "4"], 64, "the ledger ends at 3"),
            (["keygen", String(repeating: "n", count: 256), "--out", "k"], 64, "255 bytes"),
            (["ingest", "n", "-", "--index-key", "/dev/null"], 64, "16 bytes"),
        ]
        for (arguments, status, reason) in cases {
            let run = try tool.run(arguments)
            #expect(run.status == status, "\(arguments): \(run.err)")
            #expect(run.err.contains(reason), "\(arguments): \(run.err)")
            #expect(!run.err.contains("NSCocoaErrorDomain"))
        }
        let name = String(repeating: "n", count: 255)
        #expect(try tool.run("keygen", name, "--out", "k").status == 0)
        try tool.run("ingest", "ledger", "-", input: Papers.order("NO2"))
        let behind = try tool.run("prove", "ledger", "--position", "4")
        #expect(behind.status == 64 && behind.err.contains("give --signing-key"))
    }

    @Test("No file takes the number of a standard stream that is closed")
    func closedStreams() throws {
        let process = try tool.process([], name: "closed")
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "exec \"$0\" ingest ledger - <&-", Tool.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 74)
        #expect(try tool.read("closed.err").contains("Bad file descriptor"))
    }

    @Test("A runtime that cannot know the arguments is a failure, not a call for help")
    func noArguments() {
        #expect(throws: MachineFailure.self) { try Clearance.checkArguments([]) }
        #expect(throws: Never.self) { try Clearance.checkArguments(["clearance"]) }
    }
}
