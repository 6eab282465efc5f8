import Foundation
import Testing

@Suite("erase")
struct EraseTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    private func erase(_ more: String..., input: String = Papers.identity) throws -> Tool.Run {
        try tool.run(
            ["erase", "ledger", "--person-stdin", "--recorded-at", "input"] + more, input: input)
    }

    @Test("Persons are no arguments, and an empty input is wrong use")
    func usage() throws {
        #expect(try tool.run("erase", "ledger").status == 64)
        #expect(try tool.run("erase", "ledger", Papers.identity, "--person-stdin").status == 64)
        #expect(try erase(input: "\n \n").status == 64)
        #expect(try tool.run("erase", "none", "--person-stdin", input: "1\n").status == 74)
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/none"))
    }

    @Test("Numbers are the same in a file of another system: a byte order mark, ends of lines")
    func otherSystem() throws {
        let run = try erase("--json", input: "\u{FEFF}\(Papers.identity)\r\n")
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["outcome"] as? String == "retained")
    }

    @Test("Inside the retention time the answer names day and rule, in both languages")
    func retained() throws {
        let run = try erase("--json")
        #expect(run.status == 0)
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["outcome"] as? String == "retained")
        #expect((person?["until"] as? String)?.count == 10)
        #expect((person?["rule"] as? [String: Any])?["id"] != nil)
        #expect(!(run.out + run.err).contains(Papers.identity))
        #expect(try erase("--lang", "zh").out.contains("须保存至"))
        #expect(try erase("--lang", "en").out.contains("retained until"))
        let read = try tool.run("read", "ledger", "--reveal", "test")
        #expect(read.out.contains(Papers.identity))
    }

    @Test("What is erased reads as erased, revealed or not, and cannot come back in")
    func erased() throws {
        let run = try erase("--as-of", "2060-01-01", "--json")
        #expect(run.status == 0)
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["outcome"] as? String == "erased")
        #expect(person?["retained"] as? Int == 0)
        for read in [
            try tool.run("read", "ledger"), try tool.run("read", "ledger", "--reveal", "test"),
        ] {
            #expect(!read.out.contains(Papers.identity))
            let order = try #require(try read.objects().first)
            #expect(order.object("data").text("buyerIdNumber") == "erased")
            #expect(order.object("data").text("orderNo") == "NO1")
            #expect(order.object("withheld").text("buyer") == "erased")
        }
        let out = try tool.run("read", "ledger", "--limit", "1", "--reveal", "test").out
        let back = try tool.run("ingest", "other", "-", input: out)
        #expect(back.status == 65 && back.err.contains("withheldInput"))
        #expect(try tool.run("verify", "ledger").status == 0)
        let again = try tool.run(
            "ingest", "ledger", "-", "--recorded-at", "input", "--json", input: Papers.three)
        #expect(try again.json().number("alreadyAppended") == 3)
        #expect(try erase("--as-of", "2060-01-01", "--lang", "zh").out.contains("没有可删除"))
    }

    @Test(
        "Disclosures that wait stand behind the receipt, and no trail keeps a person from erasure")
    func disclosures() throws {
        try tool.run("read", "ledger", "--reveal", "audit 7")
        let trail = "ledger/disclosures/disclosures.ndjson"
        #expect(try !tool.read(trail).isEmpty)
        let run = try erase("--as-of", "2060-01-01", "--json")
        #expect(run.status == 0)
        #expect(try tool.read(trail).isEmpty)
        let types = try tool.run("read", "ledger").objects().compactMap { $0.text("type") }
        #expect(types.suffix(2) == ["clearance.ledger.erased", "clearance.ledger.disclosed"])
        #expect(try run.json().number("position") == types.count)
        // A trail that cannot be read is told, once the person is gone.
        try tool.run("ingest", "other", "-", "--recorded-at", "input", input: Papers.three)
        try FileManager.default.createDirectory(
            atPath: tool.folder.path + "/other/disclosures", withIntermediateDirectories: true)
        try tool.write("no line\n", to: "other/disclosures/disclosures.ndjson")
        let broken = try tool.run(
            "erase", "other", "--person-stdin", "--as-of", "2060-01-01", "--json",
            input: Papers.identity)
        #expect(broken.status == 74 && broken.err.contains("disclosures.ndjson:1"))
        let person = try #require(try broken.json()["persons"] as? [[String: Any]]).first
        #expect(person?["outcome"] as? String == "erased")
    }

    @Test("A line of the trail that was never ended is cut off, and keeps nothing waiting")
    func tornTrail() throws {
        let trail = "ledger/disclosures/disclosures.ndjson"
        for reason in ["first", "second"] {
            try tool.run("read", "ledger", "--reveal", reason)
            try tool.write(try tool.read(trail) + #"{"time":"2026-0"#, to: trail)
        }
        let run = try tool.run("ingest", "ledger", "-", input: Papers.order("NO9"))
        #expect(run.status == 0)
        let told = try tool.run("read", "ledger").objects().compactMap { $0.text("type") }
        #expect(told.count { $0 == "clearance.ledger.disclosed" } == 2)
        #expect(try tool.read(trail).isEmpty)
    }

    @Test("Lines taken out of the rejects are told also where the ledger knows nobody")
    func rejectsAlone() throws {
        let wrong = Papers.order("NO8", time: "no time")
        try tool.run("ingest", "fresh", "-", "--rejects-raw", input: wrong)
        let run = try tool.run(
            "erase", "fresh", "--person-stdin", "--json", input: Papers.identity)
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["outcome"] as? String == "unknown")
        #expect(person?["rejectsDropped"] as? Int == 1)
    }

    @Test("The receipt is signed with the key of checkpoints; another key does not vouch for it")
    func signed() throws {
        let key = try tool.run("keygen", "clearance-ledger", "--out", "note.key").out
        try tool.write(key, to: "note.vkey")
        try tool.write(
            try tool.run("keygen", "other", "--out", "other.key").out, to: "other.vkey")
        #expect(try erase("--key", "none.key").status == 74)
        #expect(try tool.run("read", "ledger").objects().count == 3)
        let run = try erase("--as-of", "2060-01-01", "--key", "note.key", "--json")
        let person = try #require(try run.json()["persons"] as? [[String: Any]]).first
        #expect(person?["signedBy"] as? String == "clearance-ledger")
        let sound = try tool.run("verify", "ledger", "--key", "note.vkey", "--json")
        #expect(sound.status == 0)
        #expect(try sound.json().object("receipts").number("signed") == 1)
        let strange = try tool.run("verify", "ledger", "--key", "other.vkey")
        #expect(strange.status == 1 && strange.out.contains("another key"))
        // The receipt alone is enough to look at it elsewhere; a changed one does not come in.
        let line = try tool.run("read", "ledger", "--type", "ledger.erased", "--reveal", "t").out
        let forged = line.replacing("\"1-2\"", with: "\"1\"")
        #expect(forged != line)
        #expect(try tool.run("ingest", "same", "-", input: line).status == 0)
        #expect(try tool.run("verify", "same").status == 0)
        let refused = try tool.run("ingest", "forged", "-", input: forged)
        #expect(refused.status == 65 && refused.err.contains("brokenReceipt"))
    }

    @Test("Without a key the answer and the ledger say that the receipt is not signed")
    func unsigned() throws {
        let run = try erase("--as-of", "2060-01-01", "--lang", "en")
        #expect(run.status == 0 && run.out.contains("(not signed)"))
        let report = try tool.run("verify", "ledger", "--json").json()
        #expect(report.object("receipts").number("unsigned") == 1)
        #expect(report.object("receipts").number("signed") == 0)
    }

    @Test("What waits is told by status without a name, and the day that allows it signs it off")
    func scheduled() throws {
        var status = try tool.run("status", "ledger", "--json").json()
        #expect(status.number("erasuresWaiting") == 0 && status["nextErasure"] is NSNull)
        _ = try erase()
        let run = try tool.run("status", "ledger", "--json")
        status = try run.json()
        #expect(status.number("erasuresWaiting") == 1)
        // Orders are kept for three years, payments for ten.
        #expect(status.text("nextErasure") == "2029-03-01")
        let text = try tool.run("status", "ledger", "--lang", "en").out
        #expect(text.contains("erasures waiting") && text.contains("1, next 2029-03-01"))
        #expect(!(run.out + text).contains("person:") && !text.contains(Papers.identity))
        try tool.write(
            try tool.run("keygen", "clearance-ledger", "--out", "note.key").out, to: "note.vkey")
        try tool.run(
            "ingest", "ledger", "-", "--key", "note.key", input: Papers.clock("2029-03-01"))
        let order = try #require(try tool.run("read", "ledger").objects().first)
        #expect(order.object("withheld").text("buyer") == "erased")
        #expect(try tool.run("verify", "ledger", "--key", "note.vkey").status == 0)
        status = try tool.run("status", "ledger", "--json").json()
        #expect(status.number("erasuresWaiting") == 1)
        #expect(status.text("nextErasure") == "2036-03-01")
        try FileManager.default.removeItem(atPath: tool.folder.path + "/ledger/keys/slots")
        #expect(try tool.run("status", "ledger", "--json").json()["erasuresWaiting"] is NSNull)
    }

    @Test("An erasure that comes due while input is read takes out its own lines and no later one")
    func dueWhileRead() throws {
        _ = try erase()
        let input = [
            Papers.order("BAD1", time: "no time"), Papers.clock("2029-03-01"),
            Papers.order("NO5"), Papers.clock("no day"), Papers.clock("2029-03-02"),
            Papers.clock("nor this"),
        ]
        let run = try tool.run(
            "ingest", "ledger", "-", "--rejects-raw", "--recorded-at", "input", "--batch-events",
            "1", "--json", input: input.joined())
        #expect(run.status == 65)
        #expect(try run.json().number("rejected") == 3)
        let order = try #require(try tool.run("read", "ledger").objects().first)
        #expect(order.object("withheld").text("buyer") == "erased")
        let lines = try tool.read("ledger.rejects/000001.ndjson").split(separator: "\n")
        #expect(lines.count == 2 && !lines.joined().contains(Papers.identity))
        #expect(lines.first?.contains("no day") == true)
        #expect(lines.last?.contains("nor this") == true)
        #expect(try tool.run("status", "ledger", "--json").json().number("rejects") == 2)
    }

    @Test("Without the slots a ledger reads as sealed, replays to the same digest, and is damaged")
    func keyless() throws {
        let digest = try tool.run("replay", "ledger", "--json").json().text("digest")
        try FileManager.default.removeItem(atPath: tool.folder.path + "/ledger/keys/slots")
        let order = try #require(try tool.run("read", "ledger").objects().first)
        #expect(order.object("data").text("buyerIdNumber") == "sealed")
        #expect(order.object("withheld").text("buyer") == "sealed")
        #expect(try tool.run("replay", "ledger", "--json").json().text("digest") == digest)
        let report = try tool.run("verify", "ledger", "--json")
        let damage = try report.json()["damage"] as? [[String: Any]] ?? []
        #expect(report.status == 1 && damage.map { $0.text("file") } == ["keys/slots"])
        #expect(damage.first?.number("position") == 1)
        let refused = try tool.run("ingest", "ledger", "-", input: Papers.clock("2026-03-02"))
        #expect(refused.status == 74 && refused.err.contains("keys/slots"))
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/ledger/keys/slots"))
        let revealed = try tool.run("read", "ledger", "--reveal", "test")
        #expect(revealed.status == 74 && !revealed.out.contains("NO1"))
        // With no key at all it is the ledger of somebody who was not given them.
        try FileManager.default.removeItem(atPath: tool.folder.path + "/ledger/keys")
        let bare = try tool.run("verify", "ledger", "--json")
        #expect(try bare.status == 0 && bare.json()["keys"] as? Bool == false)
        #expect(try tool.run("replay", "ledger", "--json").json().text("digest") == digest)
    }
}
