import Foundation
import Testing

@Suite("audit")
struct AuditTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: Papers.three)
    }

    @Test("A replay gives the digest of the live projections")
    func replay() throws {
        let run = try tool.run("replay", "ledger", "--json")
        #expect(run.status == 0)
        let report = try run.json()
        #expect(
            Set(report.keys) == ["events", "eventsPerSecond", "digest", "live", "identical"])
        #expect(report["identical"] as? Bool == true)
        #expect(report.text("digest") == report.text("live"))
        #expect(report.number("events") == 3)
        let early = try tool.run("replay", "ledger", "--until", "1", "--json")
        #expect(early.status == 0)
        #expect(try early.json().number("events") == 1)
        #expect(try early.json()["identical"] is NSNull)
    }

    @Test("A thing is shown as known at a position, and what changed between two")
    func history() throws {
        let subject = "order:EBP1/NO1"
        let at = try tool.run("replay", "ledger", "--at", "2", subject, "--json").json()
        #expect(Set(at.keys) == ["subject", "position", "rows"])
        let orders = at.object("rows").object("match").objects("orders")
        #expect(orders.first?.text("outcome") == "waiting")
        let diff = try tool.run("replay", "ledger", "--diff", "2", "3", subject, "--json").json()
        #expect(Set(diff.keys) == ["subject", "from", "to", "changes", "events"])
        let change = diff.objects("changes").first { $0.text("path") == "orders[0].outcome" }
        #expect(change?.text("old") == "waiting")
        #expect(change?.text("new") == "matched")
        #expect(diff["events"] as? [Int] == [3])
    }

    @Test("What was corrected is still read with its correction, and named between two positions")
    func corrected() throws {
        let wrong = Papers.line(
            "p-2", "payment.submitted", "payment:PAY1/T1", "2026-03-02T09:00:00+08:00",
            #""payCode":"PAY1","payTransactionId":"T1","orderNo":"NO1","ebpCode":"EBP1","#
                + #""amountPaid":"1","currency":"CNY""#,
            extra: #""corrects":2,"correctionreason":"didNotOccur","#)
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: wrong)
        for subject in ["order:EBP1/NO1", "payment:PAY1/T1"] {
            let read = try tool.run("read", "ledger", "--subject", subject)
            let expected = subject.hasPrefix("order") ? [1, 2, 3, 4] : [2, 4]
            let found = try read.objects().compactMap { $0.number("position") }
            #expect(found == expected, "\(subject)")
        }
        let diff = try tool.run(
            "replay", "ledger", "--diff", "3", "4", "order:EBP1/NO1", "--json"
        ).json()
        #expect(diff["events"] as? [Int] == [4])
        #expect(!diff.objects("changes").isEmpty)
    }

    @Test("Positions behind each other or beyond the end are usage errors")
    func positions() throws {
        let subject = "order:EBP1/NO1"
        #expect(try tool.run("replay", "ledger", "--diff", "3", "2", subject).status == 64)
        #expect(try tool.run("replay", "ledger", "--diff", "1", "9", subject).status == 64)
        #expect(try tool.run("replay", "ledger", "--at", "9", subject).status == 64)
        #expect(try tool.run("replay", "ledger", "--until", "9").status == 64)
    }

    @Test("verify tells a sound ledger from one with a flipped byte")
    func verify() throws {
        let sound = try tool.run("verify", "ledger", "--json")
        #expect(sound.status == 0)
        let report = try sound.json()
        #expect(
            Set(report.keys) == [
                "entries", "root", "ok", "keys", "receipts", "firstBad", "intact", "intactMore",
                "damage", "damageMore",
            ])
        #expect(report.number("entries") == 3)
        #expect(report.text("root")?.count == 64)
        #expect(report["ok"] as? Bool == true)
        try flip("129.12")
        let damaged = try tool.run("verify", "ledger", "--json")
        #expect(damaged.status == 1)
        #expect(try damaged.json()["ok"] as? Bool == false)
        let damage = try #require(try damaged.json().objects("damage").first)
        #expect(Set(damage.keys) == ["position", "file", "page", "what"])
    }

    /// Changes one bit of the last place in the log that holds this text.
    private func flip(_ text: String) throws {
        let log = tool.folder.appendingPathComponent("ledger/log/epoch-000001")
        let names = try FileManager.default.contentsOfDirectory(atPath: log.path)
        for name in names {
            let file = log.appendingPathComponent(name)
            var data = try Data(contentsOf: file)
            guard let place = data.range(of: Data(text.utf8), options: .backwards) else {
                continue
            }
            data[place.lowerBound] ^= 1
            let handle = try FileHandle(forWritingTo: file)
            try handle.seek(toOffset: UInt64(place.lowerBound))
            try handle.write(contentsOf: data[place.lowerBound...place.lowerBound])
            try handle.close()
            return
        }
        Issue.record("no file of the log holds the text")
    }

    @Test("A directory without a ledger is named, and the exit is 74")
    func notALedger() throws {
        for command in ["status", "match", "verify", "replay", "read", "index"] {
            let run = try tool.run(command, "nowhere")
            #expect(run.status == 74, "\(command)")
            #expect(run.err.contains("nowhere"))
            #expect(run.err.contains("notALedger"))
            #expect(run.out.isEmpty)
        }
    }

    @Test("A ledger that another process holds is refused with its pid; reading goes on")
    func held() throws {
        // The first to come holds the ledger; where that was the other, it is tried again.
        for _ in 0..<50 {
            let pipe = Pipe()
            let holder = try tool.process(["ingest", "ledger", "-"])
            holder.standardInput = pipe
            try holder.run()
            defer {
                try? pipe.fileHandleForWriting.close()
                holder.waitUntilExit()
            }
            for _ in 0..<500 where holder.isRunning {
                let run = try tool.run("ingest", "ledger", "-", input: "")
                // For an instant the lock is taken and its pid not yet written.
                guard run.err.contains("process \(holder.processIdentifier)") else { continue }
                #expect(run.status == 74)
                #expect(try tool.run("match", "ledger", "--json").status == 0)
                return
            }
        }
        Issue.record("the other process never held the ledger")
    }

    @Test("A feed that waits for its acknowledgement gets it, and loses nothing when it is ended")
    func liveFeed() throws {
        let pipe = Pipe()
        let feed = try tool.process(["ingest", "live", "-", "--ack-fd", "1"], name: "feed")
        feed.standardInput = pipe
        try feed.run()
        let acknowledged = tool.folder.appendingPathComponent("feed.out")
        for (number, orders) in [["L1", "L2"], ["L3"]].enumerated() {
            let lines = orders.map { Papers.order($0) }.joined()
            try pipe.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
            let expected = number == 0 ? "2\n" : "2\n3\n"
            for _ in 0..<2_000 {
                if try String(contentsOf: acknowledged, encoding: .utf8) == expected { break }
                try #require(feed.isRunning)
                usleep(10_000)
            }
            #expect(try String(contentsOf: acknowledged, encoding: .utf8) == expected)
        }
        // The feed goes on, in the middle of a line, when it is told to end.
        try pipe.fileHandleForWriting.write(contentsOf: Data(#"{"specversion":"1.0","#.utf8))
        feed.terminate()
        feed.waitUntilExit()
        #expect(feed.terminationStatus == 143)
        #expect(try tool.run("status", "live", "--json").json().number("position") == 3)
        #expect(try tool.run("verify", "live").status == 0)
    }
}
