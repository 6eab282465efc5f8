import Foundation
import Synchronization
import Testing

/// A disk that is full or fails, at every call of a run.
///
/// The workload sends each request again until it is kept, first in the same opening, then in a
/// new one; so a run that ends well, and whose ledger the judge finds good, has lost nothing.
@Suite("A failing disk", .serialized) struct FailureTests {
    private struct Fault: Sendable {
        let name: String
        let environment: [String: String]
    }

    /// Runs every fault; what is not as promised.
    private func found(
        _ faults: [Fault], _ words: [String], _ harness: Harness,
        _ inspect: @escaping @Sendable ([String]) -> String? = { _ in nil }
    ) throws -> [String] {
        let waiting = Mutex(faults[...])
        let found = Mutex<[String]>([])
        DispatchQueue.concurrentPerform(iterations: 2) { _ in
            do {
                let judge = try harness.judge(words, afterPowerLoss: false)
                while let fault = waiting.withLock({ $0.popFirst() }) {
                    let run = try harness.run(fault.name, words, fault.environment)
                    let lines = try run.lines()
                    let verdict =
                        try run.status == 0
                        ? inspect(lines) ?? judge.verdict(on: run.ledger, run.announcements)
                        : "status \(run.status): \(lines.suffix(4))"
                    if let verdict {
                        found.withLock { $0.append("\(fault.name), \(words): \(verdict)") }
                    }
                    run.remove()
                }
            } catch { found.withLock { $0.append("\(error)") } }
        }
        return found.withLock { $0 }
    }

    /// Faults at the calls of some kinds: all in the long version, every so-many-th else.
    private func faults(
        _ kinds: String, _ number: Int32, times: Int = 1, of journal: Journal, everyOther step: Int
    ) -> [Fault] {
        let count = journal.count(of: kinds)
        let first = Harness.isSoak ? 1 : 1 + Int(Harness.seed % UInt64(step))
        return stride(from: first, through: count, by: Harness.isSoak ? 1 : step).map { call in
            Fault(
                name: "\(kinds)-\(number)-\(times)-\(call)",
                environment: [
                    "FAULT_KINDS": kinds, "FAULT_FAIL": "\(call)", "FAULT_TIMES": "\(times)",
                    "FAULT_ERRNO": "\(number)",
                ])
        }
    }

    private func prepared(
        _ extra: [String] = []
    ) throws -> (harness: Harness, words: [String], journal: Journal) {
        let harness = try Harness()
        let words = ["seed=\(Harness.seed)", "requests=12", "keys=12"] + extra
        let whole = try harness.run("whole", words, recording: true)
        #expect(whole.status == 0)
        return (harness, words, try Journal(file: whole.journal))
    }

    @Test("A full disk costs the request a typed error, and the same opening goes on")
    func full() throws {
        let (harness, words, journal) = try prepared()
        let all =
            faults("w", ENOSPC, of: journal, everyOther: 7)
            + faults("w", ENOSPC, times: 0, of: journal, everyOther: 11)
            + faults("nt", ENOSPC, of: journal, everyOther: 5)
            + faults("s", ENOSPC, of: journal, everyOther: 5)
        let found = try found(all, words, harness) { FailureTests.unexpected(in: $0) }
        #expect(all.count > 20)
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("Where a full disk splits a commit, every key of a section stands in one slot")
    func splitCommit() throws {
        let (harness, words, journal) = try prepared(
            ["requests=24", "lanes=4", "tasks=2", "background=1", "sealed=1"])
        let all = faults("w", ENOSPC, of: journal, everyOther: 5)
        let found = try found(all, words, harness) { FailureTests.unexpected(in: $0) }
        #expect(all.count > 10)
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("A disk that fills up in the middle of a write is survived at any size")
    func spaceRunsOut() throws {
        let (harness, words, _) = try prepared()
        let step = Harness.isSoak ? 2_000 : 30_000
        let all = stride(from: 1_000 + Int(Harness.seed % 999), to: 300_000, by: step).map {
            Fault(name: "space-\($0)", environment: ["FAULT_SPACE": "\($0)"])
        }
        // Less is written than was asked for, which no call tells: it is no failing device.
        let found = try found(all, words, harness) { lines in
            FailureTests.unexpected(in: lines) ?? lines.first { $0.contains(" ended ") }
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("A write that fails is a typed error, and nothing acknowledged is missing")
    func failingWrites() throws {
        let (harness, words, journal) = try prepared()
        let all =
            faults("w", EIO, of: journal, everyOther: 7)
            + faults("nt", EIO, of: journal, everyOther: 7)
        let found = try found(all, words, harness) { FailureTests.unexpected(in: $0) }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("After a flush of the log that failed nothing is taken until the ledger is reopened")
    func failingFlushes() throws {
        let (harness, words, journal) = try prepared()
        let all =
            faults("s", EIO, of: journal, everyOther: 3)
            + faults("d", EIO, of: journal, everyOther: 4)
        let found = try found(all, words, harness) { lines in
            FailureTests.unexpected(in: lines) ?? FailureTests.notEnded(lines)
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("Callers side by side all learn of a failed flush, and lose nothing")
    func sharedFlush() throws {
        let (harness, words, journal) = try prepared(["lanes=4", "tasks=2", "background=1"])
        let all = faults("s", EIO, of: journal, everyOther: 4)
        let found = try found(all, words, harness) { FailureTests.unexpected(in: $0) }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("While epochs end, begin and are closed, a failing disk takes nothing with it")
    func epochs() throws {
        let (harness, words, journal) = try prepared(["epochBytes=32768", "ends=4"])
        let all =
            faults("d", EIO, of: journal, everyOther: 11)
            + faults("d", ENOSPC, of: journal, everyOther: 11)
            + faults("s", EIO, of: journal, everyOther: 11)
            + faults("w", ENOSPC, of: journal, everyOther: 29)
            + faults("nt", EIO, of: journal, everyOther: 29)
        let found = try found(all, words, harness) { FailureTests.unexpected(in: $0) }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test(
        "When nobody knows which list of epochs the disk has, nothing more is taken",
        arguments: [["requests=80", "logMap=131072"], ["ends=3"]])
    func listOfEpochs(extra: [String]) throws {
        let (harness, words, journal) = try prepared(extra)
        let list = "ledger/log/epochs"
        let count = journal.records.count { $0.operation == .rename && $0.names.last == list }
        #expect(count > 0, "no epoch ended")
        let all = (1...max(count, 1)).prefix(Harness.isSoak ? .max : 3).flatMap { call in
            [EIO, ENOSPC].map { number in
                Fault(
                    name: "list-\(number)-\(call)",
                    environment: [
                        "FAULT_KINDS": "b", "FAULT_BEHIND": list, "FAULT_FAIL": "\(call)",
                        "FAULT_ERRNO": "\(number)",
                    ])
            }
        }
        let found = try found(all, words, harness) { lines in
            if let wrong = FailureTests.unexpected(in: lines) { return wrong }
            guard let error = lines.first(where: { $0.hasPrefix("error ") }) else {
                return "no error: \(lines)"
            }
            let rest = lines.drop { $0 != error }.prefix { !$0.hasPrefix("opened") }
            let isTaken = rest.contains { $0.hasPrefix("ack ") }
            return error.contains(" ended ") && !isTaken ? nil : "\(rest)"
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
    }

    @Test("A full map whose next epoch finds no room refuses, and goes on when there is room")
    func nextEpoch() throws {
        let (harness, words, journal) = try prepared(["requests=80", "logMap=131072"])
        let next = "log/epoch-000002"
        let made = journal.records.count {
            [.makeDirectory, .create].contains($0.operation)
                && $0.names.first?.contains(next) == true
        }
        #expect(made > 1, "no epoch ended")
        func faults(_ kinds: String, _ calls: Int, times: [Int]) -> [Fault] {
            (1...max(calls, 1)).flatMap { call in
                times.map { times in
                    Fault(
                        name: "next-\(kinds)-\(call)-\(times)",
                        environment: [
                            "FAULT_KINDS": kinds, "FAULT_ONLY": next, "FAULT_FAIL": "\(call)",
                            "FAULT_TIMES": "\(times)", "FAULT_ERRNO": "\(ENOSPC)",
                        ])
                }
            }
        }
        // The folder and its files; what is written to them first; and the flushes of both.
        let names = faults("n", made, times: [1, 0])
        let found = try found(names, words, harness) { lines in
            if let wrong = FailureTests.unexpected(in: lines) { return wrong }
            let isRefused = lines.contains {
                $0.hasPrefix("error append:") && $0.hasSuffix("store mapFull")
            }
            return isRefused ? FailureTests.ended(lines) : "not refused: \(lines)"
        }
        #expect(found.isEmpty, "\(found.prefix(5))")
        let others = faults("w", 3, times: [1, 0]) + faults("sd", 2, times: [1])
        let wrong = try self.found(others, words, harness) { lines in
            guard lines.contains(where: { $0.hasPrefix("fault ") }) else { return "no fault" }
            return FailureTests.unexpected(in: lines)
        }
        #expect(wrong.isEmpty, "\(wrong.prefix(5))")
    }

    /// The line that says that writing ended; nil when it went on.
    private static func ended(_ lines: [String]) -> String? {
        lines.first { $0.contains(" ended ") }
    }

    @Test(
        "Zeros ahead of use that cannot be flushed cost nobody anything, unless the log fails too",
        arguments: [1, 2])
    func zerosAhead(flushes: Int) throws {
        let (harness, words, _) = try prepared(["requests=24", "flushes=\(flushes)"])
        for times in [1, 2] {
            let run = try harness.run(
                "zeros-\(times)", words,
                [
                    "FAULT_KINDS": "z", "FAULT_FAIL": "1", "FAULT_TIMES": "\(times)",
                    "FAULT_ERRNO": "\(EIO)",
                ])
            let lines = try run.lines()
            #expect(run.status == 0, "\(lines.suffix(4))")
            #expect(lines.filter { $0.hasPrefix("fault ") }.count == times, "\(lines)")
            #expect(FailureTests.unexpected(in: lines) == nil)
            // Commits need the zeros for nothing; what fails behind them is the log's own flush.
            let errors = lines.filter { $0.hasPrefix("error append:") }
            #expect(errors.isEmpty == (times == 1), "\(flushes), \(times): \(errors)")
            let judge = try harness.judge(words, afterPowerLoss: false)
            #expect(try judge.verdict(on: run.ledger, run.announcements) == nil)
        }
    }

    /// An error without a type, or one that no fault explains.
    private static func unexpected(in lines: [String]) -> String? {
        guard let first = lines.firstIndex(where: { $0.hasPrefix("error ") }) else { return nil }
        if lines.contains(where: { $0.hasPrefix("error ") && $0.contains("untyped") }) {
            return "an untyped error"
        }
        if !lines[..<first].contains(where: { $0.hasPrefix("fault ") }) {
            return "an error without a fault: \(lines[first])"
        }
        // What was refused for want of space has to be taken when it is sent again.
        for (index, line) in lines.enumerated() {
            let words = line.split(separator: " ")
            guard words.count == 4, words[0] == "error", words[1].hasPrefix("append:"),
                words[3] == "diskFull" || words[3] == "mapFull"
            else { continue }
            let request = words[1].dropFirst("append:".count)
            let next = lines[(index + 1)...].first {
                $0.hasPrefix("ack \(request) ") || $0.hasPrefix("error append:\(request) ")
            }
            if next?.hasPrefix("ack ") != true {
                return "after no space: \(next ?? "nothing")"
            }
        }
        return nil
    }

    /// After a failed flush of the log an append in the same opening has to answer `ended`.
    private static func notEnded(_ lines: [String]) -> String? {
        guard
            let fault = lines.firstIndex(where: {
                $0.hasPrefix("fault ") && $0.contains(#/ fdatasync \S+/log/\S*data.mdb/#)
            }),
            let error = lines[fault...].firstIndex(where: { $0.hasPrefix("error append:") })
        else { return nil }
        let after = lines[(error + 1)...].first {
            $0.hasPrefix("ack ") || $0.hasPrefix("error append:") || $0.hasPrefix("opened")
        }
        guard let after, after.hasPrefix("error append:"), after.contains(" ended ") else {
            return "after a failed flush: \(after ?? "nothing")"
        }
        return nil
    }
}
