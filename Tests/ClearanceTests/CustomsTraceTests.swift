import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation
import Seeded
import Testing

@Suite(
    "Messages of customs, end to end",
    .enabled(if: CustomsTraceKit.isThere, "\(CustomsTraceKit.absence)"))
struct CustomsTraceTests {
    private static let papers = ["CEB311", "CEB411", "CEB511", "CEB621"]
    private static let messages = [
        "CEB311", "CEB312", "CEB411", "CEB412", "CEB511", "CEB512", "CEB513", "CEB514", "CEB621",
        "CEB622",
    ]

    private func ask(
        _ kept: LivesLedger, _ command: String, _ subject: String? = nil
    ) throws -> LivesJSON {
        let query = LivesStory.Query(
            command: command, subject: subject, asOf: nil, knownAt: nil, agency: nil, by: nil)
        return try LivesAnswers(kept.ledger, query).answer()
    }

    @Test("The joined set gives one exact, declared order in whatever order it comes")
    func joined() throws {
        let events = try Self.papers.flatMap { message in
            try CustomsTraceKit.events(CustomsTraceKit.joined(message), file: message)
        }
        var digests: Set<String> = []
        for seed in 1...6 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let kept = try LivesLedger(events.shuffled(using: &generator), batch: 1)
            let order = try ask(kept, "match", "order:1105910159/ORD0001")
            let expected = LivesJSON.object([
                "outcome": .text("matched"), "kind": .text("exact"), "declared": .flag(true),
                "reasons": .list([]),
            ])
            #expect(expected.mismatch(in: order) == nil, "seed \(seed)")
            let all = try ask(kept, "match")
            #expect(all["papers"] == .number(3) && all["orders"] == .number(1), "seed \(seed)")
            #expect(all["orphans"] == .object([:]), "seed \(seed)")
            digests.insert(try kept.digest())
        }
        #expect(digests.count == 1)
    }

    // MARK: - A real trace

    private static let own = "TRACE0001"

    /// The phase, the three steps with their times, and the numbers of the released list.
    private func expectation(_ trace: CustomsTrace, paper: Bool) -> LivesJSON {
        let first = trace.ceb622[0]
        let last = trace.ceb622[2]
        func step(_ type: String, _ code: String, _ time: String) -> LivesJSON {
            .object(["type": .text(type), "code": .text(code), "time": .text(time)])
        }
        let steps = [
            step("receipt.progress", "2", "2023-08-07T16:43:57+08:00"),
            step("declare.accepted", "120", "2023-08-07T16:44:07+08:00"),
            step("release.granted", "800", "2023-08-07T16:44:07+08:00"),
        ]
        // Canonical order breaks the tie of one second by keys: only the set of steps is certain.
        let attempt: [String: LivesJSON] = [
            "preNo": .text(first.preno), "invtNo": .optional(last.invtno),
            "phase": .text("released"), "accepted": .text("2023-08-07T16:44:07+08:00"),
            "released": .text("2023-08-07T16:44:07+08:00"), "closed": .null,
            "submitted": paper ? .text("2023-08-07T16:43:51+08:00") : .null,
        ]
        return .object([
            "phase": .text("released"), "holds": .list([]), "steps": .list([steps[0]]),
            "attempts": .list([.object(attempt)]),
            "findings": paper
                ? .list([])
                : .list([.object(["code": .text("paperAbsent"), "severity": .text("info")])]),
        ])
    }

    private func hasSteps(_ answer: LivesJSON, _ codes: Set<String>) -> Bool {
        guard case .list(let steps)? = answer["steps"] else { return false }
        var found: Set<String> = []
        for step in steps {
            if case .text(let code)? = step["code"] { found.insert(code) }
        }
        return found == codes
    }

    @Test("A real trace of receipts releases its list, before or after the list paper")
    func releases() throws {
        let trace = try CustomsTrace.read()
        let list = try CustomsTraceKit.events(trace.list(copNo: Self.own), file: "list")
        let receipts = try trace.messages(copNo: Self.own).enumerated().flatMap { index, text in
            try CustomsTraceKit.events(text, file: "receipt \(index)")
        }
        #expect(list.count == 1 && receipts.count == 3)
        let first = trace.ceb622[0]
        let names = [
            "pre:\(first.preno)", "list:\(trace.ceb622[2].invtno ?? "")",
            "declaration:\(first.agentcode)/\(Self.own)",
            "order:\(first.ebpcode)/\(trace.ceb312[0].orderno)",
        ]
        let orders = [
            list + receipts, receipts + list, receipts.reversed() + list,
            [receipts[2], list[0], receipts[0], receipts[1]],
        ]
        var digests: Set<String> = []
        for events in orders {
            let kept = try LivesLedger(events, batch: 1)
            for name in names {
                let answer = try ask(kept, "show procedure", name)
                let mismatch = expectation(trace, paper: true).mismatch(in: answer)
                #expect(mismatch == nil, "\(name.prefix { $0 != ":" })")
                #expect(hasSteps(answer, ["2", "120", "800"]))
            }
            digests.insert(try kept.digest())
            let report = try kept.ledger.replay()
            #expect(report.isIdentical == true)
        }
        #expect(digests.count == 1)
    }

    @Test("Knowing the e-port's number alone is enough, whatever number of its own a receipt has")
    func onlyPreNo() throws {
        let trace = try CustomsTrace.read()
        var receipts: [Event] = []
        // Each receipt carries another declarant's number: only the e-port's number joins them.
        for (index, text) in trace.messages(copNo: "ELSE").enumerated() {
            let own = text.replacing("<copNo>ELSE<", with: "<copNo>ELSE\(index)<")
            receipts += try CustomsTraceKit.events(own, file: "receipt \(index)")
        }
        var digests: Set<String> = []
        for events in [receipts, receipts.reversed()] {
            let kept = try LivesLedger(events, batch: 1)
            let answer = try ask(kept, "show procedure", "pre:\(trace.ceb622[0].preno)")
            #expect(expectation(trace, paper: false).mismatch(in: answer) == nil)
            #expect(hasSteps(answer, ["2", "120", "800"]))
            digests.insert(try kept.digest())
        }
        #expect(digests.count == 1)
    }

    // MARK: - Official samples

    @Test(
        "All ten official import messages become entries, their faults findings with a path",
        arguments: ["2018-113", "202205"])
    func samples(version: String) throws {
        var events: [Event] = []
        var found: [String: Set<String>] = [:]
        for message in Self.messages {
            let text = try CustomsTraceKit.sample(message, version)
            for item in CustomsTraceKit.items(text, file: message) {
                switch item {
                case .event(let event, let findings, _, _):
                    events.append(event)
                    for finding in findings {
                        #expect(finding.path.hasPrefix("/\(message)Message/"))
                        #expect(!finding.message.zh.isEmpty && finding.line > 0)
                        found[message, default: []].insert(finding.code)
                    }
                case .reject(let reject):
                    Issue.record("\(message): \(reject.code) \(reject.path)")
                }
            }
        }
        #expect(found["CEB311"]?.contains("lineTotal") == true)
        #expect(found["CEB513"]?.contains("unknownCode") == true)
        let kept = try LivesLedger()
        let outcomes = try kept.append(events, batch: 50)
        let digest = try kept.digest()
        let end = try kept.ledger.position()
        // The samples repeat their documents: some are known already, some contradict each other.
        #expect(outcomes.contains { if case .appended = $0 { true } else { false } })
        #expect(!outcomes.contains { if case .rejected = $0 { true } else { false } })
        for outcome in try kept.append(events.reversed(), batch: 50) {
            guard case .alreadyAppended = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
        #expect(try kept.ledger.position() == end)
        #expect(try kept.digest() == digest)
        #expect(try LivesLedger(events.reversed(), batch: 50).digest() == digest)
        let all = try ask(kept, "match")
        // Nothing in the samples joins into a whole trade.
        #expect(all["outcomes"]?["matched"] == nil)
        #expect(all["orders"] != .number(0))
    }
}

extension String {
    fileprivate func replacing(_ old: String, with new: String) -> String {
        components(separatedBy: old).joined(separator: new)
    }
}
