import Foundation
import Seeded
import Testing

@Suite("A loss of power", .serialized) struct PowerLossTests {
    @Test("After a loss of power at any call every image opens and holds what was acknowledged")
    func images() throws { try holds(["requests=16"], images: 100) }

    @Test("With sealed sections every image has the keys of what was acknowledged")
    func sealed() throws { try holds(["requests=10", "sealed=1"], images: 60) }

    @Test("With callers side by side every image holds what any of them was told")
    func sideBySide() throws {
        try holds(
            ["requests=32", "lanes=4", "tasks=2", "background=1", "keys=16"],
            ["FAULT_DELAY": "200"], images: 60)
    }

    @Test("Without flushes a ledger is whole as soon as it is closed, and refused before that")
    func noFlush() throws { try holds(["requests=12", "flushes=0"], images: 60) }

    @Test("With one flush a commit the acknowledgement one commit behind is kept all the same")
    func oneFlush() throws {
        try holds(["requests=16", "flushes=1"], images: 60)
        try holds(
            ["requests=32", "flushes=1", "lanes=4", "tasks=2", "keys=16"],
            ["FAULT_DELAY": "200"], images: 60)
    }

    @Test(
        "With one flush a commit no back-up is ahead of the ledger, whoever makes it",
        arguments: [1, 2])
    func backUps(who: Int) throws {
        // The log's flushes take long, a back-up's do not: it would end within one of the log's.
        try holds(
            [
                "requests=12", "flushes=1", "lanes=2", "repeats=0", "phases=1", "backups=\(who)",
            ],
            ["FAULT_DELAY": "30000", "FAULT_SLOW": "/log/epoch-"], images: 20)
    }

    @Test("While one epoch ends and the next begins nothing acknowledged is lost")
    func epochs() throws { try holds(["requests=16", "epochBytes=65536"], images: 80) }

    @Test(
        "A flush that failed takes nothing with it that was acknowledged before or is later",
        arguments: [(1, EIO), (1, ENOSPC), (2, EIO), (2, ENOSPC)])
    func failedFlush(flushes: Int, number: Int32) throws {
        let words = ["requests=12", "flushes=\(flushes)"]
        var random = SeededGenerator(seed: Harness.seed)
        for _ in 0..<(Harness.isSoak ? 12 : 1) {
            let call = Int.random(in: 8...30, using: &random)
            try holds(
                words,
                [
                    "FAULT_KINDS": "s", "FAULT_FAIL": "\(call)", "FAULT_ERRNO": "\(number)",
                ], images: 40)
        }
    }

    /// Records a run and has the images of its crashes judged.
    private func holds(
        _ words: [String], _ faults: [String: String] = [:], images least: Int
    ) throws {
        let harness = try Harness()
        let words = ["seed=\(Harness.seed)"] + words
        let run = try harness.run("run", words, faults, recording: true)
        #expect(run.status == 0)
        var power = PowerLoss(
            journal: try Journal(file: run.journal), run: run, seed: Harness.seed)
        power.share = Harness.isSoak ? 1 : 0.12
        power.randomImages = Harness.isSoak ? 8 : 2
        let (findings, images) = try power.findings(harness, words)
        print("power loss: \(images) images, \(words)")
        #expect(findings.isEmpty, "\(words) \(faults) \(findings.prefix(5))")
        #expect(images > least)
    }
}
