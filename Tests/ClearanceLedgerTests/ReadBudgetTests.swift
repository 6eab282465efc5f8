import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

@Suite struct ReadBudgetTests {
    /// Orders with enough text that a few hundred fill a chunk.
    private static func orders(_ numbers: Range<Int>) -> [Event] {
        numbers.map { number in
            var order = Toy.order(number, at: number)
            order.data["note"] = .text(String(repeating: "n", count: 500))
            return order
        }
    }

    /// Scans a log of several chunks while one event after another is appended beside it; answers
    /// the positions seen and how far behind the scan's own commit ever was.
    private func scan(milliseconds: UInt64) throws -> (seen: [UInt64], behind: UInt64) {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options(toy: false)
        options.readMilliseconds = milliseconds
        let ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.append(Self.orders(0..<2_000), recordedAt: .input)
        var seen: [UInt64] = []
        var behind: UInt64 = 0
        var failure: (any Error)?
        try ledger.forEachEntry { position, _ in
            seen.append(position)
            guard position % 50 == 0 else { return true }
            do {
                _ = try ledger.append([Toy.order(10_000 + Int(position))], recordedAt: .input)
                let own = try ledger.health().readers.filter { $0.place == .log }
                behind = max(behind, own.map(\.commitsBehind).max() ?? 0)
            } catch { failure = error }
            return failure == nil
        }
        if let failure { throw failure }
        try ledger.close()
        return (seen, behind)
    }

    @Test("A scan gives its commit back when its time is used up, and goes on without a gap")
    func renewed() throws {
        let (seen, behind) = try scan(milliseconds: 0)
        #expect(seen == Array(1...2_000))
        // At most what is appended while one chunk is looked at, of the forty.
        #expect(behind < 10)
    }

    @Test("Within its time a scan stays at one commit")
    func kept() throws {
        let (seen, behind) = try scan(milliseconds: 600_000)
        #expect(seen == Array(1...2_000))
        #expect(behind >= 39)
    }

    @Test("Scans inside a scan give back their own commits alone")
    func nested() throws {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options()
        options.readMilliseconds = 0
        let ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.append(Self.orders(0..<500), recordedAt: .input)
        var inner = 0
        try ledger.forEachEntry(from: 1, through: 3) { _, _ in
            try? ledger.forEachEntry { _, _ in
                inner += 1
                return true
            }
            return true
        }
        #expect(inner == 1_500)
        try ledger.close()
    }
}
