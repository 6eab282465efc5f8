import Foundation
import Seeded
import Synchronization
import Testing

@Suite("A killed process", .serialized) struct KillTests {
    /// Runs jobs on both cores; the text of each that is not as promised.
    private func each(
        _ jobs: [String: [String: String]], _ words: [String], _ harness: Harness,
        killedAfter delay: @escaping @Sendable (String) -> UInt32? = { _ in nil }
    ) throws -> [String] {
        let waiting = Mutex(jobs.sorted { $0.key < $1.key }[...])
        let found = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            do {
                let judge = try harness.judge(words, afterPowerLoss: false)
                while let (name, faults) = waiting.withLock({ $0.popFirst() }) {
                    let run = try harness.run(name, words, faults, killedAfter: delay(name))
                    // Killed before the first byte was announced: nothing was promised.
                    if !FileManager.default.fileExists(atPath: run.announcements) {
                        try Data().write(to: URL(fileURLWithPath: run.announcements))
                    }
                    if let verdict = try judge.verdict(on: run.ledger, run.announcements) {
                        found.withLock { $0.append("\(name), \(words): \(verdict)") }
                    }
                    run.remove()
                }
            } catch { found.withLock { $0.append("\(error)") } }
        }
        return found.withLock { $0 }
    }

    @Test("Killed at any call that writes, flushes or names, it loses nothing acknowledged")
    func everyCall() throws {
        let harness = try Harness()
        let words = [
            "seed=\(Harness.seed)", "requests=\(Harness.isSoak ? 24 : 8)", "keys=8",
        ]
        let whole = try harness.run("whole", words, recording: true)
        #expect(whole.status == 0)
        let journal = try Journal(file: whole.journal)
        var jobs: [String: [String: String]] = [:]
        // Every call in the long version, else every third; which ones is the seed's affair.
        let step = Harness.isSoak ? 1 : 3
        let first = 1 + Int(Harness.seed % UInt64(step))
        for call in stride(from: first, through: journal.count(of: "wsdnt"), by: step) {
            jobs["before-\(call)"] = ["FAULT_KILL": "\(call)", "FAULT_KILL_AT": "before"]
            if Harness.isSoak {
                jobs["after-\(call)"] = ["FAULT_KILL": "\(call)", "FAULT_KILL_AT": "after"]
            }
        }
        for call in stride(from: first, through: journal.count(of: "w"), by: step) {
            jobs["mid-\(call)"] = [
                "FAULT_KILL": "\(call)", "FAULT_KILL_AT": "mid", "FAULT_KINDS": "w",
            ]
        }
        print("kill: \(jobs.count) boundaries, seed \(Harness.seed)")
        let found = try each(jobs, words, harness)
        #expect(jobs.count > 100 / step)
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("State that a killed process leaves names the boot in which it was written")
    func marked() throws {
        let harness = try Harness()
        let faults = ["FAULT_KILL": "30", "FAULT_KINDS": "w"]
        let run = try harness.run("run", ["seed=1"], faults)
        #expect(run.status == SIGKILL)
        let boot = try String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)
        let marker = try String(contentsOfFile: run.ledger + "/state/boot", encoding: .utf8)
        let name = boot.filter { !$0.isWhitespace }
        #expect(name.count == 36 && marker.split(separator: "\n")[1] == name)
    }

    @Test("Killed at a random moment with callers side by side, it loses nothing acknowledged")
    func randomMoment() throws {
        let harness = try Harness()
        let words = [
            "seed=\(Harness.seed)", "requests=60", "lanes=4", "tasks=2", "background=1",
            "keys=32",
        ]
        let start = Date()
        let whole = try harness.run("whole", words)
        let length = Date().timeIntervalSince(start) * 1_000_000
        #expect(whole.status == 0)
        var jobs: [String: [String: String]] = [:]
        for moment in 0..<(Harness.isSoak ? 1_000 : 40) { jobs["moment-\(moment)"] = [:] }
        print("kill: \(jobs.count) moments, seed \(Harness.seed)")
        let found = try each(jobs, words, harness) { name in
            let moment = name.split(separator: "-").last.flatMap { UInt64($0) } ?? 0
            var random = SeededGenerator(seed: Harness.seed &* 1_000_003 &+ moment)
            return UInt32.random(in: 0..<UInt32(max(length, 1_000)), using: &random)
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }
}
