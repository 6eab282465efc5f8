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
        // A reason is a free text: it waits under a key, and is told by the log alone.
        #expect(line.text("reason") == nil && line.text("sealed") != nil)
        #expect(line.text("command") == "read")
        #expect(line.text("time") != nil)
        #expect(try tool.mode(file) == 0o600)
        try tool.run("match", "ledger", "--reveal", "again")
        #expect(try tool.read(file).split(separator: "\n").count == 2)
    }

    @Test("Without words a reason is none: nothing is shown and nothing kept")
    func emptyReason() throws {
        for command in [["read", "ledger"], ["match", "ledger"]] {
            let run = try tool.run(command + ["--reveal", " "])
            #expect(run.status == 64, "\(command)")
            #expect(run.out.isEmpty)
        }
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/ledger/disclosures"))
    }

    @Test("The next process that holds the ledger takes the disclosures in, each once")
    func takenIn() throws {
        try tool.run("read", "ledger", "--reveal", "audit 7")
        try tool.run("match", "ledger", "--reveal", "audit 8")
        #expect(try tool.holding("audit 7", below: "ledger") == [])
        for _ in 0..<2 {
            let run = try tool.run("ingest", "ledger", "-", "--json", input: "")
            #expect(run.status == 0)
            let read = try tool.run("read", "ledger", "--type", "ledger.disclosed")
            #expect(read.out.split(separator: "\n").count == 2)
            #expect(!read.out.contains("audit 7"))
            #expect(try tool.read("ledger/disclosures/disclosures.ndjson").isEmpty)
            #expect(try tool.holding("audit 7", below: "ledger") == [])
        }
        let shown = try tool.run(
            "read", "ledger", "--type", "ledger.disclosed", "--reveal", "audit 9")
        let acts = try shown.objects().map { $0.object("data") }
        #expect(acts.map { $0.text("reason") } == ["audit 7", "audit 8"])
        #expect(acts.map { $0.text("command") } == ["read", "match"])
        #expect(try tool.run("verify", "ledger").status == 0)
    }

    @Test("Who reveals while the trail is being taken in loses no line")
    func sideBySide() throws {
        let reveals = try (0..<12).map { number in
            try tool.process(["read", "ledger", "--limit", "1", "--reveal", "audit \(number)"])
        }
        for (number, process) in reveals.enumerated() {
            try process.run()
            if number % 4 == 3 { try tool.run("ingest", "ledger", "-", input: "") }
        }
        for process in reveals {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        try tool.run("ingest", "ledger", "-", input: "")
        let shown = try tool.run(
            "read", "ledger", "--type", "ledger.disclosed", "--reveal", "count")
        let reasons = try shown.objects().compactMap { $0.object("data").text("reason") }
        #expect(reasons.sorted() == (0..<12).map { "audit \($0)" }.sorted())
    }

    @Test("A reason that the log could not keep is wrong use, and nothing is shown")
    func longReason() throws {
        for (length, status) in [(1_000, 0), (1_001, 64)] {
            let reason = String(repeating: "因", count: length)
            let run = try tool.run("read", "ledger", "--limit", "1", "--reveal", reason)
            #expect(run.status == status && run.out.isEmpty == (status != 0))
        }
        try tool.run("ingest", "ledger", "-", input: "")
        let kept = try tool.run("read", "ledger", "--type", "ledger.disclosed", "--reveal", "count")
        #expect(try kept.objects().count { $0.object("data").text("reason")?.first == "因" } == 1)
    }

    @Test("A trail that was changed ends the taking in with its place, and stays")
    func changedTrail() throws {
        try tool.run("read", "ledger", "--reveal", "audit 7")
        let file = "ledger/disclosures/disclosures.ndjson"
        let trail = try tool.read(file)
        let sealed = try #require(Tool.object(trail)?.text("sealed"))
        let other = sealed.dropLast() + (sealed.last == "0" ? "1" : "0")
        let later = trail.replacing(#/"position":3/#, with: #""position":2"#)
        #expect(later != trail)
        for text in ["no line\n", trail.replacing(sealed, with: other), later] {
            try tool.write(text, to: file)
            let run = try tool.run("ingest", "ledger", "-", input: "")
            #expect(run.status == 74 && run.err.contains("disclosures.ndjson:1"))
            #expect(try tool.read(file) == text)
        }
    }

    @Test("A changed line of the trail is named by verify, and what a crash tore is none")
    func verifiedTrail() throws {
        let file = "ledger/disclosures/disclosures.ndjson"
        for reason in ["first", "second"] { try tool.run("read", "ledger", "--reveal", reason) }
        #expect(try tool.run("verify", "ledger").status == 0)
        let trail = try tool.read(file)
        try tool.write(trail + #"{"time":"2026"#, to: file)
        #expect(try tool.run("verify", "ledger").status == 0)
        let lines = trail.split(separator: "\n")
        let later = lines[1].replacing(#/"position":3/#, with: #""position":2"#)
        try tool.write(lines[0] + "\n" + later + "\n", to: file)
        let run = try tool.run("verify", "ledger", "--json")
        let damage = try run.json()["damage"] as? [[String: Any]] ?? []
        #expect(run.status == 1 && damage.count == 1)
        #expect(damage.first?.text("file") == "disclosures/disclosures.ndjson")
        #expect(damage.first?.text("what") == "line 2 is not what was written")
        #expect(damage.first?.number("position") == 0)
        // Behind a line feed that was changed nothing is added, and nothing is shown.
        try tool.write(trail.dropLast() + "x", to: file)
        let refused = try tool.run("read", "ledger", "--reveal", "third")
        #expect(refused.status == 74 && refused.out.isEmpty)
        #expect(try tool.run("verify", "ledger").out.contains("line 2"))
    }

    @Test("Revealed output comes back without loss")
    func export() throws {
        let export = try tool.run("read", "ledger", "--reveal", "move")
        let back = try tool.run(
            "ingest", "other", "-", "--recorded-at", "input", "--index-key",
            "ledger/keys/index.key", "--json", input: export.out)
        #expect(back.status == 0)
        #expect(try back.json().number("appended") == 3)
        // Fresh keys make other leaves; what is said, and what folds make of it, is the same.
        let digests = try ["ledger", "other"].map {
            try tool.run("replay", $0, "--json").json().text("digest")
        }
        #expect(digests[0] == digests[1])
        let again = try tool.run("read", "other", "--reveal", "move")
        #expect(again.out == export.out)
    }
}
