import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// What one request of a commit suffers costs the others nothing.
@Suite("Requests that share a commit")
struct SharedCommitTests {
    private let directory = TemporaryDirectory()

    private func open(_ level: Durability, map: Int? = nil) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: false)
        options.durability = level
        if let map { options.logMapSize = map }
        return try Ledger.open(directory.path, options: options)
    }

    /// An order whose entry has some more bytes.
    private static func order(_ number: Int, bytes: Int = 0) -> Event {
        var order = Toy.order(number, at: number)
        if bytes > 0 { order.data["note"] = .text(String(repeating: "n", count: bytes)) }
        return order
    }

    private struct Wanted {
        var events: [Event]
        var conditions: [AppendCondition] = []
    }

    /// What each request is told when all are taken in one round, and how many commits that made.
    private func round(
        _ ledger: Ledger, _ wanted: [Wanted]
    ) throws -> (told: [Result<[AppendOutcome], LedgerError>], commits: UInt64) {
        let writer = try ledger.writing()
        let requests = try wanted.map {
            AppendRequest(
                .entries(
                    try ledger.encode($0.events).batch,
                    try ledger.headFields.keys(of: $0.conditions),
                    .input))
        }
        let environment = try ledger.log.live().files.environment
        let before = try environment.lastCommit()
        try writer.inTurn { writer.round(requests, alone: true) }
        let told = requests.map { request in
            Result { () throws(LedgerError) in try request.wait() }
        }
        return (told, try environment.lastCommit() - before)
    }

    private func appended(_ positions: ClosedRange<UInt64>) -> [AppendOutcome] {
        positions.map { .appended(position: $0) }
    }

    /// The events in the log are these, the log is sound, and another opening has them too.
    private func holds(_ ledger: Ledger, _ events: [Event], _ level: Durability) throws {
        #expect(try ledger.events(limit: 5_000).map(\.event) == events)
        try ledger.close()
        let again = try open(level)
        #expect(try again.position() == UInt64(events.count))
        let outcomes = try again.append(events, recordedAt: .input)
        #expect(
            outcomes == (1...UInt64(events.count)).map { .alreadyAppended(position: $0) })
        #expect(try again.verify().isIntact)
        try again.close()
    }

    @Test("are each judged by their own conditions", arguments: Durability.allCases)
    func conditions(level: Durability) throws {
        let ledger = try open(level)
        let orders = (0...9).map { SharedCommitTests.order($0) }
        _ = try ledger.append([orders[1]], recordedAt: .input)
        let (told, commits) = try round(
            ledger,
            [
                Wanted(events: [orders[2]], conditions: [.subject("order:E/2")]),
                // Spoken of before, by the log and by the request before this one.
                Wanted(events: [orders[3], orders[1]], conditions: [.subject("order:E/1")]),
                Wanted(events: [orders[4]], conditions: [.subject("order:E/2")]),
                Wanted(
                    events: [orders[5], orders[6]], conditions: [.subject("order:E/2", after: 2)]),
                Wanted(events: [orders[2], orders[7]]),
            ])
        #expect(commits == 1)
        #expect(
            told == [
                .success([.appended(position: 2)]),
                .success([
                    .conditionFailed(newest: 1, about: 0), .alreadyAppended(position: 1),
                ]),
                .success([.conditionFailed(newest: 2, about: 0)]),
                .success(appended(3...4)),
                .success([.alreadyAppended(position: 2), .appended(position: 5)]),
            ])
        try holds(ledger, [1, 2, 5, 6, 7].map { orders[$0] }, level)
    }

    @Test("are kept when one of them cannot be planned", arguments: Durability.allCases)
    func failingPlan(level: Durability) throws {
        let ledger = try open(level)
        for run in 0..<3 {
            let events = (run * 10..<run * 10 + 10).map { SharedCommitTests.order($0) }
            _ = try ledger.append(events, recordedAt: .input)
        }
        try damage(ledger, SharedCommitTests.order(13))
        let (told, commits) = try round(
            ledger,
            [
                Wanted(events: [SharedCommitTests.order(100)]),
                // Known, in a chunk that was damaged: whether it is the same nobody can say.
                Wanted(events: [SharedCommitTests.order(101), SharedCommitTests.order(13)]),
                Wanted(events: [SharedCommitTests.order(102), SharedCommitTests.order(3)]),
                Wanted(events: [SharedCommitTests.order(101)]),
            ])
        #expect(commits == 1 && told.count == 4)
        #expect(told[0] == .success([.appended(position: 31)]))
        #expect(throws: LedgerError.self) { try told[1].get() }
        #expect(told[2] == .success([.appended(position: 32), .alreadyAppended(position: 4)]))
        // What the failing request would have added was taken back.
        #expect(told[3] == .success([.appended(position: 33)]))
        #expect(try ledger.event(at: 33) == SharedCommitTests.order(101))
        try ledger.close()
    }

    /// Changes a byte of an event's entry in the live file, under the eyes of its map.
    private func damage(_ ledger: Ledger, _ event: Event) throws {
        let path = try ledger.log.live().files.directory + "/data.mdb"
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
        var from = bytes.startIndex
        while let place = bytes.range(of: Data(event.subject.utf8), in: from..<bytes.endIndex) {
            try handle.seek(toOffset: UInt64(place.lowerBound))
            try handle.write(contentsOf: Data([bytes[place.lowerBound] ^ 1]))
            from = place.upperBound
        }
        try handle.close()
        #expect(from > bytes.startIndex)
    }

    @Test(
        "that no epoch can hold together are taken one by one, but for one that is too large alone",
        arguments: Durability.allCases, [0, 1])
    func mapFull(level: Durability, before: Int) throws {
        // A map of 256 KiB; three requests of some 100 KB, one of 300.
        let ledger = try open(level, map: 4 << 16)
        let first = (0..<before).map { SharedCommitTests.order($0) }
        if !first.isEmpty { _ = try ledger.append(first, recordedAt: .input) }
        let requests = [1, 3, 1, 1].enumerated().map { place, size in
            (0..<size * 100).map {
                SharedCommitTests.order(1_000 * (place + 1) + $0, bytes: 700)
            }
        }
        let (told, _) = try round(ledger, requests.map { Wanted(events: $0) })
        let base = UInt64(before)
        #expect(told[0] == .success(appended((base + 1)...(base + 100))))
        let error = #expect(throws: LedgerError.self) { try told[1].get() }
        #expect(error?.store?.code == .mapFull)
        #expect(told[2] == .success(appended((base + 101)...(base + 200))))
        #expect(told[3] == .success(appended((base + 201)...(base + 300))))
        #expect(try ledger.log.epochs().count > 1)
        // Nothing of the one that failed is known, and the ledger goes on.
        let some = Array(requests[1].prefix(50))
        #expect(
            try ledger.append(some, recordedAt: .input)
                == appended((base + 301)...(base + 350)))
        try ledger.close()
        let again = try open(level, map: 4 << 16)
        let all = first + requests[0] + requests[2] + requests[3] + some
        #expect(try again.events(limit: 5_000).map(\.event) == all)
        #expect(try again.verify().isIntact)
        try again.close()
    }
}
