import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

@testable import clearance

@Suite("status, epoch and their like beside a host that holds the ledger")
struct OperationsTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    private var path: String { tool.folder.appendingPathComponent("ledger").path }

    private func orders(_ numbers: ClosedRange<Int>) -> [Event] {
        numbers.map { number in
            var event = Event(
                "order.submitted", subject: "order:EBP1/\(number)",
                time: Instant(microseconds: 1_767_225_600_000_000 + Int64(number)),
                source: "urn:test", id: "o-\(number)")
            event.data["orderNo"] = .text("\(number)")
            event.data["ebpCode"] = .text("EBP1")
            return event
        }
    }

    @Test("A view that is kept is told by status with process, age and cost")
    func keptView() throws {
        var options = Wiring.options()
        options.watchMilliseconds = 50
        options.stuckAfter = .milliseconds(1_100)
        let ledger = try Ledger.open(path, options: options)
        _ = try ledger.append(orders(1...200), recordedAt: .input)
        try ledger.project()
        let view = try ledger.view()
        for start in stride(from: 201, through: 381, by: 20) {
            _ = try ledger.append(orders(start...(start + 19)), recordedAt: .input)
            try ledger.project()
        }
        var readers: [[String: Any]] = []
        for _ in 0..<200 {
            let run = try tool.run("status", "ledger", "--json")
            #expect(run.status == 0)
            readers = try run.json().objects("readers").filter { $0["stuck"] as? Bool == true }
            if readers.contains(where: { $0.text("file") == "state" }) { break }
            usleep(50_000)
        }
        let kept = try #require(readers.first { $0.text("file") == "state" })
        #expect(kept.number("process") == Int(ProcessInfo.processInfo.processIdentifier))
        #expect(kept.number("ageSeconds") ?? 0 >= 1)
        #expect(kept.number("commitsBehind") == 10)
        #expect(kept.number("pagesHeld") ?? 0 > 0)
        #expect(kept.number("grownBytes") ?? 0 > 0)
        let text = try tool.run("status", "ledger").out
        let line = try #require(
            text.split(separator: "\n").first { $0.contains("old reader") && $0.contains("state") })
        #expect(line.contains("stuck"))
        #expect(line.contains("\(ProcessInfo.processInfo.processIdentifier)"))
        // What it says is still of its own position.
        #expect(view.position == 200)
        #expect(try view.stream(of: "order:EBP1/200") == [200])
        #expect(try view.stream(of: "order:EBP1/201") == [])
        try ledger.close()
    }

    @Test("A ledger of many small epochs is read, verified, continued and closed by the command")
    func smallEpochs() throws {
        var options = Wiring.options()
        options.logMapSize = 2 << 16
        var ledger = try Ledger.open(path, options: options)
        for start in stride(from: 1, through: 1_951, by: 50) {
            let outcomes = try ledger.append(orders(start...(start + 49)), recordedAt: .input)
            #expect(outcomes == (start...(start + 49)).map { .appended(position: UInt64($0)) })
        }
        try ledger.close()
        func read() throws -> [Int] {
            try tool.run("read", "ledger").objects().compactMap { $0.number("position") }
        }
        let before = try tool.run("epoch", "ledger", "--json").json().objects("epochs")
        #expect(before.count > 3)
        #expect(before.dropLast().allSatisfy { $0.text("state") == "full" })
        #expect(try read() == Array(1...2_000))
        #expect(try tool.run("verify", "ledger", "--json").json()["ok"] as? Bool == true)
        let run = try tool.run("ingest", "ledger", "-", "--json", input: Papers.three)
        #expect(try run.json().number("appended") == 3)
        #expect(try read() == Array(1...2_003))
        let closed = try tool.run("epoch", "ledger", "close", "--json").json().objects("epochs")
        #expect(closed.count == before.count)
        #expect(closed.allSatisfy { $0.text("state") == "closed" })
        #expect(try read() == Array(1...2_003))
        #expect(try tool.run("verify", "ledger", "--json").json()["ok"] as? Bool == true)
        ledger = try Ledger.open(path, options: options)
        for start in stride(from: 2_001, through: 2_951, by: 50) {
            _ = try ledger.append(orders(start...(start + 49)), recordedAt: .input)
        }
        try ledger.close()
        #expect(try read() == Array(1...3_003))
    }
}
