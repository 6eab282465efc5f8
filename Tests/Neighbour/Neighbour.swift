import ClearanceEvents
import ClearanceLedger
import Foundation

/// Another process beside a ledger, for the tests: a reader, a writer, or one that follows.
///
///     ledger-neighbour hold|look|append|follow|fork DIRECTORY NAME COUNT
@main struct Neighbour {
    private let signals: Signals
    private let path: String
    private let name: String
    private let count: Int
    private let parent = getppid()

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 5, let count = Int(words[4]) else { exit(64) }
        let it = Neighbour(
            signals: Signals(path: words[2]), path: words[2], name: words[3], count: count)
        switch words[1] {
        case "hold": try it.hold()
        case "look": try it.look()
        case "append": try it.append()
        case "follow": try await it.follow()
        default: exit(64)
        }
    }

    /// The options of every ledger that has a neighbour.
    static func options() -> LedgerOptions {
        var options = LedgerOptions()
        options.logMapSize = 1 << 30
        options.stateMapSize = 1 << 30
        options.indexKey = Array(repeating: 7, count: 16)
        options.watchMilliseconds = 50
        options.stuckAfter = .seconds(1)
        return options
    }

    /// An order as one of many.
    static func order(_ number: Int) -> Event {
        var event = Event(
            "order.submitted", subject: "order:E/\(number)",
            time: Instant(microseconds: 1_767_225_600_000_000 + Int64(number)),
            source: "urn:test", id: "o-\(number)")
        event.data["orderNo"] = .text("\(number)")
        event.data["ebpCode"] = .text("E")
        event.data["acturalPaid"] = .text("10.00")
        event.data["currency"] = .text("CNY")
        return event
    }

    private var goesOn: Bool { signals.text("end") == nil && getppid() == parent }

    private func views(of ledger: Ledger) throws -> [LedgerView] {
        try (0..<count).map { _ in try ledger.view() }
    }

    /// Keeps views of one moment until the sign; what they say must not change.
    private func hold() throws {
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        let views = try views(of: ledger)
        let before = try views.map { try $0.digest() }
        signals.give(name)
        while goesOn { usleep(20_000) }
        guard try views.map({ try $0.digest() }) == before else { exit(1) }
    }

    /// Takes new views all the time, until the sign.
    private func look() throws {
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        var views = try views(of: ledger)
        signals.give(name)
        while goesOn {
            let last = views.last?.position ?? 0
            views = try self.views(of: ledger)
            guard views.allSatisfy({ $0.position >= last }) else { exit(1) }
            usleep(100_000)
        }
    }

    /// Appends small batches until it is killed.
    private func append() throws {
        let ledger = try Ledger.open(path, options: Neighbour.options())
        var number = count * 1_000_000
        signals.give(name)
        while getppid() == parent {
            let batch = (0..<Int.random(in: 1...20)).map { Neighbour.order(number + $0) }
            number += batch.count
            _ = try append(batch, to: ledger)
            usleep(UInt32.random(in: 0...2_000))
        }
    }

    private func append(_ batch: [Event], to ledger: Ledger) throws -> [AppendOutcome] {
        try ledger.append(batch, recordedAt: .input)
    }

    /// Follows from the first position and writes down each that it is handed, until the one
    /// that the sign names.
    private func follow() async throws {
        let file = path + "." + name + ".seen"
        guard FileManager.default.createFile(atPath: file, contents: nil) else { exit(74) }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        signals.give(name)
        for try await batch in ledger.subscribe(from: 1) {
            let lines = batch.map { "\($0.position) \($0.event.id)\n" }.joined()
            try output.write(contentsOf: Data(lines.utf8))
            let end = signals.text("end").flatMap { UInt64($0) } ?? .max
            if let last = batch.last, last.position >= end { return }
            if getppid() != parent { exit(1) }
        }
    }
}
