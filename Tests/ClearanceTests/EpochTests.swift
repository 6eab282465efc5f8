import Foundation
import Seeded
import Testing

@Suite("epoch")
struct EpochTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
        let key = try tool.run("keygen", "clearance-ledger", "--out", "note.key").out
        try tool.write(key, to: "note.vkey")
        try FileManager.default.createDirectory(
            atPath: path("archive"), withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { tool.folder.path + "/" + name }

    private func epochs(_ arguments: String...) throws -> [[String: Any]] {
        let run = try tool.run(["epoch", "ledger"] + arguments + ["--json"])
        #expect(run.status == 0, "\(run.err)")
        return try #require(try run.json()["epochs"] as? [[String: Any]])
    }

    /// Replaces a file that is write-protected.
    private func put(_ bytes: Data, at name: String) throws {
        try FileManager.default.setAttributes(
            [.posixPermissions: 0o600], ofItemAtPath: path(name))
        try bytes.write(to: URL(filePath: path(name)))
    }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(filePath: path(name)))
    }

    @Test("Wrong use is told, and a key inside the ledger is refused")
    func usage() throws {
        #expect(try tool.run("epoch", "ledger", "list", "--key", "note.key").status == 64)
        #expect(try tool.run("epoch", "ledger", "move", "1").status == 64)
        #expect(try tool.run("epoch", "ledger", "move", "1", "archive").status == 74)
        #expect(try tool.run("epoch", "none", "close").status == 74)
        try put(try bytes("note.key"), at: "note.key")
        try FileManager.default.copyItem(atPath: path("note.key"), toPath: path("ledger/own.key"))
        let run = try tool.run("epoch", "ledger", "close", "--key", "ledger/own.key")
        #expect(run.status == 74 && run.err.contains("inside the ledger"))
        #expect(try epochs().compactMap { $0.text("state") } == ["live"])
    }

    @Test("An epoch is closed under a signature, moved, and read where it lies")
    func closed() throws {
        let before = try tool.run("replay", "ledger", "--json").json().text("digest")
        let export = try tool.run("read", "ledger", "--reveal", "test").out
        let closed = try epochs("close", "--key", "note.key")
        #expect(closed.count == 1 && closed.first?.text("state") == "closed")
        #expect(closed.first?.number("first") == 1 && closed.first?.number("last") == 3)
        let record = try tool.read("ledger/log/epoch-000001.closed/closing")
        #expect(record.contains("\n\n— clearance-ledger "))
        #expect(try epochs("close", "--key", "note.key").isEmpty)
        #expect(try epochs("move", "1", "archive").count == 1)
        #expect(!FileManager.default.fileExists(atPath: path("ledger/log/epoch-000001.closed")))
        let listed = try epochs()
        #expect(listed.compactMap { $0.text("state") } == ["closed", "live"])
        #expect(listed.first?.text("directory")?.hasSuffix("/archive/epoch-000001") == true)
        #expect(try tool.run("read", "ledger", "--reveal", "test").out == export)
        #expect(try tool.run("replay", "ledger", "--json").json().text("digest") == before)
        #expect(try tool.run("verify", "ledger", "--key", "note.vkey").status == 0)
        let more = try tool.run(
            "ingest", "ledger", "-", "--recorded-at", "input", "--json",
            input: Papers.order("NO2"))
        #expect(try more.json().number("appended") == 1)
        #expect(try tool.run("read", "ledger").objects().count >= 4)
        let text = try tool.run("epoch", "ledger", "--lang", "zh")
        #expect(text.out.contains("已封存") && text.out.contains("写入中"))
    }

    @Test("A moved copy that was changed is refused, and a record without its signature is told")
    func changed() throws {
        _ = try epochs("close", "--key", "note.key")
        _ = try epochs("move", "1", "archive")
        let (data, record) = ("archive/epoch-000001/data.mdb", "archive/epoch-000001/closing")
        let sound = try bytes(data)
        for place in [100, sound.count / 2, sound.count - 1] {
            var other = sound
            other[place] ^= 1
            try put(other, at: data)
            let run = try tool.run("verify", "ledger")
            #expect(run.status == 1 && run.out.contains("epoch-000001"), "byte \(place)")
            // The meta pages are looked at whenever it is opened.
            if place == 100 { #expect(try tool.run("read", "ledger").status == 74) }
        }
        try put(sound, at: data)
        let note = try tool.read(record)
        let end = try #require(note.range(of: "\n\n"))
        try put(Data((note[..<end.lowerBound] + "\n").utf8), at: record)
        #expect(try tool.run("verify", "ledger").status == 0)
        let asked = try tool.run("verify", "ledger", "--key", "note.vkey")
        #expect(asked.status == 1 && asked.out.contains("not signed"))
        try put(Data(note.replacing("last 3", with: "last 4").utf8), at: record)
        #expect(try tool.run("read", "ledger").status == 74)
        try put(Data(note.utf8), at: record)
        #expect(try tool.run("verify", "ledger", "--key", "note.vkey").status == 0)
    }

    @Test(
        "While a moved epoch is away it is listed, the others are read, and what needs it is told")
    func away() throws {
        _ = try epochs("close")
        _ = try epochs("move", "1", "archive")
        let more = try tool.run("ingest", "ledger", "-", input: Papers.order("NO2"))
        #expect(more.status == 0)
        let sound = try tool.run("status", "ledger", "--json").json()
        #expect((sound["away"] as? [Any])?.isEmpty == true)
        try FileManager.default.moveItem(atPath: path("archive"), toPath: path("unmounted"))
        let listed = try epochs()
        #expect(listed.compactMap { $0["away"] as? Bool } == [true, false])
        #expect(listed.first?["bytes"] is NSNull && listed.first?.number("last") == 3)
        #expect(listed.first?.text("directory")?.hasSuffix("/archive/epoch-000001") == true)
        #expect(try tool.run("epoch", "ledger", "--lang", "zh").out.contains("目录不在"))
        let read = try tool.run("read", "ledger", "--from", "4")
        #expect(try read.status == 0 && read.objects().first?.number("position") == 4)
        let status = try tool.run("status", "ledger", "--json")
        #expect(status.status == 74 && status.err.contains("archive/epoch-000001"))
        let figures = try status.json()
        #expect(figures.number("position") == 4 && figures["streams"] is NSNull)
        #expect(figures.number("rejects") == 0)
        #expect((figures["away"] as? [[String: Any]])?.first?.number("epoch") == 1)
        #expect(try tool.run("status", "ledger").out.contains("archive/epoch-000001"))
        // What needs the epoch names its folder; nobody writes without it.
        for command in [
            ["read", "ledger"], ["replay", "ledger"], ["epoch", "ledger", "close"],
            ["ingest", "ledger", "-"],
        ] {
            let run = try tool.run(command)
            #expect(run.status == 74 && run.err.contains("archive/epoch-000001"), "\(command)")
        }
        let verified = try tool.run("verify", "ledger", "--json")
        #expect(try verified.status == 1 && verified.json().number("firstBad") == 1)
        #expect(verified.out.contains("the folder of epoch 1 is away"))
        try FileManager.default.moveItem(atPath: path("unmounted"), toPath: path("archive"))
        #expect(try epochs().compactMap { $0["away"] as? Bool } == [false, false])
        #expect(try tool.run("verify", "ledger").status == 0)
        #expect(try tool.run("status", "ledger").status == 0)
    }

    @Test("Whenever a move is killed, the epoch is whole where the list says")
    func killed() throws {
        _ = try epochs("close")
        let seed = UInt64(ProcessInfo.processInfo.processIdentifier)
        var generator = SeededGenerator(seed: seed)
        for moment in 0..<10 {
            let note = Comment(rawValue: "seed \(seed), moment \(moment)")
            let folder = path("archive/\(moment)")
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: true)
            let process = try tool.process(["epoch", "ledger", "move", "1", folder])
            try process.run()
            usleep(UInt32.random(in: 0...60_000, using: &generator))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            // Opening to write tidies the log.
            let more = try tool.run("ingest", "ledger", "-", input: Papers.order("K\(moment)"))
            #expect(more.status == 0, note)
            let verified = try tool.run("verify", "ledger", "--json")
            #expect(verified.status == 0, note)
            #expect(try verified.json().number("entries") ?? 0 >= 4 + moment, note)
            let place = try #require(try epochs().first?.text("directory"), note)
            #expect(
                FileManager.default.fileExists(atPath: path("") + place)
                    || FileManager.default.fileExists(atPath: place), note)
        }
    }
}
