import Foundation
import Testing

@Suite("proofs")
struct ProofTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    /// Makes a key; its verifier key.
    private func key(_ name: String = "clearance-ledger", _ file: String = "note.key") throws
        -> String
    {
        let run = try tool.run("keygen", name, "--out", file, "--json")
        #expect(run.status == 0)
        return try #require(try run.json().text("key"))
    }

    @Test("A key is made once, for its owner alone, and its verifier key is printed")
    func keygen() throws {
        let key = try key()
        #expect(key.hasPrefix("clearance-ledger+"))
        #expect(try tool.mode("note.key") == 0o600)
        let secret = try tool.read("note.key")
        #expect(try tool.run("keygen", "other", "--out", "note.key").status == 74)
        #expect(try tool.read("note.key") == secret)
        #expect(try tool.run("keygen", "a b", "--out", "x.key").status == 64)
        let text = try tool.run("keygen", "b", "--out", "b.key")
        #expect(text.status == 0 && text.out.hasPrefix("b+"))
    }

    @Test("What is signed is printed again, and nothing is signed twice")
    func checkpoint() throws {
        _ = try key()
        #expect(try tool.run("checkpoint", "ledger").status == 64)
        #expect(try tool.run("checkpoint", "nowhere", "--signing-key", "note.key").status == 74)
        #expect(try !tool.run("status", "nowhere").err.isEmpty)
        let signed = try tool.run("checkpoint", "ledger", "--signing-key", "note.key")
        #expect(signed.status == 0)
        let lines = signed.out.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6 && lines[1] == "3" && lines[4].hasPrefix("\u{2014} "))
        let again = try tool.run("checkpoint", "ledger")
        #expect(again.out == signed.out)
        let json = try tool.run("checkpoint", "ledger", "--json").json()
        #expect(json.number("position") == 3 && json.text("note") == signed.out)
        let verified = try tool.run("verify", "ledger", "--json").json()
        #expect(verified.text("root") == json.text("root"))
    }

    @Test("A back-up ships all else beside a checkpoint that was changed, names it and ends with 1")
    func damagedCheckpoint() throws {
        _ = try key()
        try tool.run("checkpoint", "ledger", "--signing-key", "note.key")
        let sound = try tool.run("backup", "ledger", "sound", "--json")
        #expect(sound.status == 0)
        #expect(try sound.json().objects("damage").isEmpty)
        let file = tool.folder.appendingPathComponent("ledger/log/tree/checkpoints")
        var bytes = try Data(contentsOf: file)
        bytes[40] ^= 1
        try bytes.write(to: file)
        let run = try tool.run("backup", "ledger", "folder", "--keys-to", "keys", "--json")
        #expect(run.status == 1)
        let report = try run.json()
        #expect(report.number("position") == 3 && report.number("through") == 3)
        #expect(report.objects("damage").map { $0.text("file") } == ["log/tree/checkpoints"])
        let text = try tool.run("backup", "ledger", "folder")
        #expect(text.status == 1 && text.out.contains("log/tree/checkpoints"))
        #expect(try tool.run("restore", "folder", "again", "--keys-from", "keys").status == 0)
        #expect(try tool.run("verify", "again").status == 0)
    }

    @Test("A key inside the ledger is neither made nor used")
    func inside() throws {
        _ = try key()
        #expect(try tool.run("keygen", "a", "--out", "ledger/note.key").status == 74)
        try tool.write(try tool.read("note.key"), to: "ledger/note.key")
        let run = try tool.run("checkpoint", "ledger", "--signing-key", "ledger/note.key")
        #expect(run.status == 74 && run.err.contains("inside the ledger"))
    }

    @Test("A proof of a subject is checked without the ledger, and says what it proves")
    func proves() throws {
        let key = try key()
        let made = try tool.run(
            "prove", "ledger", "order:EBP1/NO1", "--signing-key", "note.key", "-o", "o.proof",
            "--json")
        #expect(made.status == 0, "\(made.err)")
        #expect(try made.json()["positions"] as? [Int] == [1, 2, 3])
        try FileManager.default.removeItem(
            at: tool.folder.appendingPathComponent("ledger"))
        let checked = try tool.run("check-proof", "o.proof", "--key", key, "--json")
        #expect(checked.status == 0)
        let report = try checked.json()
        #expect(
            Set(report.keys) == [
                "ok", "origin", "position", "root", "signatures", "events", "failures",
            ])
        #expect(report["ok"] as? Bool == true && report.number("position") == 3)
        #expect(report.objects("failures").isEmpty)
        let events = report.objects("events")
        #expect(events.first?.text("type") == "clearance.order.submitted")
        #expect(events.first?.text("subject") == "order:EBP1/NO1")
        for name in ["110101190001010006", "测试"] {
            #expect(!checked.out.contains(name))
        }
        try tool.write("# the log's key\n\(key)\n", to: "keys")
        let text = try tool.run("check-proof", "o.proof", "--key", "keys", "--lang", "en")
        #expect(text.status == 0 && text.out.contains("proven"))
    }

    @Test("A proof that does not hold ends with 1 and names the check")
    func refuses() throws {
        let key = try key()
        let other = try self.key("other.test", "other.key")
        try tool.run(
            "prove", "ledger", "--position", "2", "--signing-key", "note.key", "-o", "p")
        let proof = try tool.read("p")
        func failed(_ text: String, _ options: String...) throws -> [String] {
            try tool.write(text, to: "changed")
            let run = try tool.run(["check-proof", "changed", "--json"] + options)
            #expect(run.status == 1)
            #expect(try run.json()["ok"] as? Bool == false)
            return try run.json().objects("failures").compactMap { $0.text("check") }
        }
        #expect(try failed(proof, "--key", other) == ["keys"])
        #expect(try failed(proof, "--key", key, "--origin", "x") == ["origin"])
        #expect(try failed("no proof\n", "--key", key) == ["format"])
        let moved = proof.replacingOccurrences(of: "index 1\n", with: "index 0\n")
        #expect(try failed(moved, "--key", key) == ["path"])
        #expect(try tool.run("check-proof", "p").status == 64)
        #expect(try tool.run("check-proof", "p", "--key", "nonsense").status == 64)
        #expect(try tool.run("check-proof", "absent", "--key", key).status == 74)
        #expect(try tool.run("check-proof", "p", "--key", key, "--threshold", "2").status == 64)
    }

    @Test("What the checkpoint does not reach, or the ledger does not know, is a usage error")
    func bounds() throws {
        _ = try key()
        #expect(try tool.run("prove", "ledger", "order:EBP1/NO1").status == 64)
        try tool.run("checkpoint", "ledger", "--signing-key", "note.key")
        #expect(try tool.run("prove", "ledger", "order:EBP1/NO1").status == 0)
        #expect(try tool.run("prove", "ledger", "order:EBP1/NO9").status == 64)
        #expect(try tool.run("prove", "ledger", "--position", "4").status == 64)
        #expect(try tool.run("prove", "ledger").status == 64)
    }

    @Test("A checkpoint of another log, or beyond this copy of the log, is no damage of the ledger")
    func foreignCheckpoint() throws {
        _ = try key()
        try tool.run("ingest", "short", "-", "--recorded-at", "input", input: Papers.order("NO1"))
        let signed = try tool.run("checkpoint", "ledger", "--signing-key", "note.key")
        try tool.write(signed.out, to: "note")
        let own = try tool.run("prove", "ledger", "order:EBP1/NO1", "--checkpoint", "note")
        #expect(own.status == 0)
        let short = try tool.run("prove", "short", "order:EBP1/NO1", "--checkpoint", "note")
        #expect(short.status == 64)
        #expect(short.err.contains("note: a checkpoint at 3, the ledger ends at 1"))
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.order("NO9"))
        let behind = try tool.run("prove", "ledger", "--position", "4", "--checkpoint", "note")
        #expect(behind.status == 64 && behind.err.contains("stand behind the checkpoint at 3"))
        #expect(!behind.err.contains("--signing-key"), "which would be wrong use")
        let origin = signed.out.prefix { $0 != "\n" }
        try tool.write("another" + signed.out.dropFirst(origin.count), to: "foreign")
        let run = try tool.run("prove", "ledger", "order:EBP1/NO1", "--checkpoint", "foreign")
        #expect(run.status == 64)
        #expect(run.err.contains("foreign: a checkpoint of another, the ledger is \(origin)"))
    }

    @Test("Personal values in clear are handed out for a reason only, which leaves a line")
    func clear() throws {
        _ = try key()
        try tool.run(
            "ingest", "open", "-", "--recorded-at", "input", "--sealing", "clear",
            input: Papers.three)
        let refused = try tool.run(
            "prove", "open", "order:EBP1/NO1", "--signing-key", "note.key", "-o", "p")
        #expect(refused.status == 64 && refused.err.contains("--reveal"))
        let given = try tool.run(
            "prove", "open", "order:EBP1/NO1", "-o", "p", "--reveal", "audit 7")
        #expect(given.status == 0)
        #expect(try tool.read("open/disclosures/disclosures.ndjson").contains("audit 7"))
    }

    @Test("Tiles lie where the format says, and an export is continued")
    func tiles() throws {
        _ = try key()
        let made = try tool.run(
            "tiles", "ledger", "out/log", "--signing-key", "note.key", "--entries", "--reveal",
            "mirror", "--json")
        #expect(made.status == 0, "\(made.err)")
        #expect(try made.json().number("written") == 2)
        let files = FileManager.default
        func data(_ name: String) throws -> Data {
            try Data(contentsOf: tool.folder.appendingPathComponent("out/log/" + name))
        }
        #expect(try data("tile/0/000.p/3").count == 96)
        #expect(try data("tile/entries/000.p/3").count > 300)
        #expect(try data("checkpoint") == Data(try tool.run("checkpoint", "ledger").out.utf8))
        #expect(!files.fileExists(atPath: tool.folder.path + "/out/log/tile/1"))
        #expect(try tool.run("tiles", "ledger", "out/log", "--entries").status == 64)
    }

    @Test("The short verifier in Python comes to the same answers")
    func python() throws {
        let script = Tool.package.appendingPathComponent("scripts/check_proof.py").path
        guard try run(["python3", "--version"]).status == 0 else { return }
        let key = try key()
        try tool.run(
            "prove", "ledger", "order:EBP1/NO1", "--signing-key", "note.key", "-o", "o.proof")
        let sound = try run(["python3", script, "o.proof", key])
        #expect(sound.status == 0 && sound.out.contains("1 order:EBP1/NO1"))
        let proof = try tool.read("o.proof")
        let lines = proof.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where !line.isEmpty {
            var changed = lines.map(String.init)
            let last = line.last == "A" ? "B" : "A"
            changed[index] = String(line.dropLast()) + last
            try tool.write(changed.joined(separator: "\n"), to: "changed")
            let theirs = try run(["python3", script, "changed", key])
            let ours = try tool.run("check-proof", "changed", "--key", key)
            #expect(theirs.status == 1 && ours.status == 1, "line \(index + 1)")
        }
        let example = Tool.package.appendingPathComponent("specs/vectors/proofs")
        let known = try String(
            contentsOf: example.appendingPathComponent("key.txt"), encoding: .utf8)
        let file = example.appendingPathComponent("proof.txt").path
        let worked = try run(["python3", script, file, known.trimmingCharacters(in: .newlines)])
        #expect(worked.status == 0)
    }

    private func run(_ arguments: [String]) throws -> (status: Int32, out: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = tool.folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }
}
