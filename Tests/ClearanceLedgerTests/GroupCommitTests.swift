import ClearanceEvents
import Foundation
import Synchronization
import Testing

@testable import ClearanceLedger

@Suite("Many callers share a commit")
struct GroupCommitTests {
    private func options(_ level: Durability) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.durability = level
        return options
    }

    @Test(
        "Blocking callers on many threads get their own outcomes, gapless and each once",
        arguments: Durability.allCases)
    func threads(level: Durability) throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: options(level))
        let (callers, each) = (16, 40)
        let found = Mutex<[UInt64]>([])
        let failures = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: callers) { caller in
            for number in 0..<each {
                let event = Toy.order(caller * each + number, at: number)
                guard let outcome = try? ledger.append([event], recordedAt: .input).first,
                    case .appended(let position) = outcome,
                    (try? ledger.event(at: position)) == event
                else {
                    failures.withLock { $0 += 1 }
                    continue
                }
                found.withLock { $0.append(position) }
            }
        }
        #expect(failures.withLock { $0 } == 0)
        #expect(found.withLock { $0.sorted() } == (1...UInt64(callers * each)).map { $0 })
        #expect(try ledger.verify().isIntact)
        try ledger.close()
        let again = try Ledger.open(directory.path, options: options(level))
        #expect(try again.position() == UInt64(callers * each))
        #expect(again.durability == level)
        try again.close()
    }

    @Test("Tasks and threads together, in any level", arguments: Durability.allCases)
    func tasks(level: Durability) async throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: options(level))
        let positions = try await withThrowingTaskGroup(of: [UInt64?].self) { group in
            for caller in 0..<64 {
                group.addTask {
                    var found: [UInt64?] = []
                    for number in 0..<10 {
                        let event = Toy.order(caller * 10 + number, at: number)
                        let outcomes = try await ledger.append([event], recordedAt: .input)
                        found.append(outcomes.first?.position)
                    }
                    return found
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(positions.compactMap { $0 }.sorted() == (1...640).map { UInt64($0) })
        try closeHere(ledger)
    }

    private func closeHere(_ ledger: Ledger) throws { try ledger.close() }

    @Test("The same event from many callers at once is appended once, and all learn where")
    func oneFact() throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: options(.oneFlush))
        let outcomes = Mutex<[AppendOutcome]>([])
        DispatchQueue.concurrentPerform(iterations: 12) { _ in
            let mine = (try? ledger.append([Toy.order(7)], recordedAt: .input)) ?? []
            outcomes.withLock { $0 += mine }
        }
        let all = outcomes.withLock { $0 }
        #expect(all.count == 12 && all.allSatisfy { $0.position == 1 })
        #expect(all.filter { $0 == .appended(position: 1) }.count == 1)
        try ledger.close()
    }

    @Test("An append after closing says that the ledger was closed")
    func closed() throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: options(.twoFlushes))
        try ledger.close()
        #expect(throws: Writer.closed) {
            try ledger.append([Toy.order(1)], recordedAt: .input)
        }
    }
}
