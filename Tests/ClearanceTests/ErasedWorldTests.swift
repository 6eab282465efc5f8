import Foundation
import Testing

/// One walk through an erasure, as somebody does it who has just read the page.
@Suite("a person erased from a generated world")
struct ErasedWorldTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    private func check(_ proof: String) throws {
        let run = try tool.run("check-proof", proof, "--key", "note.vkey", "--json")
        #expect(run.status == 0)
        #expect(try run.json()["ok"] as? Bool == true)
    }

    private func digest(until position: Int) throws -> String? {
        try tool.run("replay", "ledger", "--until", "\(position)", "--json").json().text("digest")
    }

    /// An order of a person: its subject and what is told of the buyer.
    private func person() throws -> (subject: String, data: [String: Any]) {
        let orders = try tool.run(
            "read", "ledger", "--type", "order.submitted", "--reveal", "choose one"
        ).objects()
        let order = try #require(
            orders.first { $0.object("data").text("buyerIdNumber")?.count == 18 })
        return (try #require(order.text("subject")), order.object("data"))
    }

    @Test("Proofs and digests stay, and what was erased is told as erased everywhere")
    func walk() throws {
        try tool.run("generate", "world", "--orders", "40", "--seed", "9")
        let fed = try tool.run("ingest", "ledger", "world", "--recorded-at", "input", "--json")
        let count = try #require(try fed.json().number("appended"))
        let key = try tool.run("keygen", "clearance-ledger", "--out", "note.key")
        try tool.write(key.out, to: "note.vkey")
        let (subject, data) = try person()
        let number = try #require(data.text("buyerIdNumber"))
        try tool.run(
            "prove", "ledger", subject, "--signing-key", "note.key", "-o", "before.proof")
        try check("before.proof")
        let before = try digest(until: count)

        let run = try tool.run(
            ["erase", "ledger", "--person-stdin", "--as-of", "2060-01-01"]
                + ["--recorded-at", "input", "--key", "note.key", "--json"], input: number)
        let answer = try #require(try run.json()["persons"] as? [[String: Any]]).first ?? [:]
        #expect(answer.text("outcome") == "erased" && (answer.number("entries") ?? 0) > 1)
        #expect(answer.text("signedBy") == "clearance-ledger")
        try traces(of: data, number)
        try shown(subject, data, number)

        // Proofs of before and of now hold, and so does the digest, with the keys and without.
        try check("before.proof")
        try tool.run("prove", "ledger", subject, "--signing-key", "note.key", "-o", "after.proof")
        try check("after.proof")
        #expect(try tool.run("verify", "ledger", "--key", "note.vkey").status == 0)
        #expect(try digest(until: count) == before)
        let (keys, away) = (tool.folder.path + "/ledger/keys", tool.folder.path + "/away")
        try FileManager.default.moveItem(atPath: keys, toPath: away)
        #expect(try digest(until: count) == before)
        try FileManager.default.moveItem(atPath: away, toPath: keys)

        // The same input again brings nothing back.
        let again = try tool.run(
            "ingest", "ledger", "world", "--reread", "--recorded-at", "input", "--json")
        let outcome = try again.json()
        #expect(
            outcome.number("appended") == 0 && (outcome.number("alreadyAppended") ?? 0) >= count)
        try traces(of: data, number)
    }

    /// Nothing is left, revealed or not, in the ledger's files.
    private func traces(of data: [String: Any], _ number: String) throws {
        let export = try tool.run("read", "ledger", "--reveal", "look for traces").out
        #expect(!export.isEmpty && !export.contains(number))
        for text in [number, data.text("buyerTelephone"), data.text("consigneeAddress")] {
            guard let text, !text.isEmpty else { continue }
            #expect(!export.contains(text))
            #expect(try tool.holding(text, below: "ledger") == [])
        }
    }

    /// Told as erased, and never as empty, by whatever shows the event.
    private func shown(
        _ subject: String, _ data: [String: Any], _ number: String
    ) throws {
        let read = try tool.run(
            "read", "ledger", "--subject", subject, "--type", "order.submitted")
        let order = try #require(try read.objects().first)
        for field in ["buyerName", "buyerIdNumber"] {
            #expect(order.object("data").text(field) == "erased", "\(field)")
        }
        #expect(order.object("withheld").text("buyer") == "erased")
        #expect(order.object("data").text("orderNo") == data.text("orderNo"))
        // Customs' words about the order too.
        let procedure = try tool.run("show", "procedure", "ledger", subject, "--json")
        #expect(procedure.status == 0 && procedure.out.contains("\"erased\""))
        for command in [
            ["show", "papers", "ledger", subject], ["match", "ledger", "--explain", subject],
            ["trace", "ledger", subject],
        ] {
            let run = try tool.run(command + ["--reveal", "look for traces"])
            #expect(run.status == 0, "\(command): \(run.err)")
            #expect(!run.out.contains(number), "\(command)")
        }
    }
}
