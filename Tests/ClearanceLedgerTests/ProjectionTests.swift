import ClearanceEvents
import ClearanceLedger
import Foundation
import Seeded
import Testing

@Suite struct ProjectionTests {
    /// A random little history: late facts, joins by waybills, refunds by way of payments,
    /// corrections of both kinds, corrections of corrections.
    static func history(seed: UInt64, count: Int) -> [Event] {
        var random = SeededGenerator(seed: seed)
        var events: [Event] = []
        for index in 0..<count {
            let order = Int.random(in: 1...8, using: &random)
            let minute = Int.random(in: 0...500, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<3: events.append(Toy.order(index + 100, at: minute))
            case 3..<5: events.append(Toy.payment(index, of: order, at: minute, "\(index).5"))
            case 5: events.append(Toy.refund(index, of: max(0, index - 3), at: minute))
            case 6..<8:
                events.append(
                    Toy.waybill(Int.random(in: 1...5, using: &random), of: order, at: minute))
            default:
                guard let victim = events.randomElement(using: &random) else { continue }
                events.append(
                    Toy.correcting(
                        victim, id: "c-\(index)",
                        Bool.random(using: &random) ? .didNotOccur : .incorrectData))
            }
        }
        return events
    }

    @Test(
        "Row by row, in bulk, and after a restart the projections are the same", arguments: 0..<40)
    func incrementalEqualsBulk(seed: UInt64) throws {
        let directory = TemporaryDirectory()
        var ledger = try directory.open()
        let events = ProjectionTests.history(seed: seed, count: 60)
        // A first build in bulk, then steps small enough to be taken row by row.
        _ = try ledger.append(Array(events.prefix(30)), recordedAt: .input)
        try ledger.project()
        for event in events.dropFirst(30) {
            _ = try ledger.append([event], recordedAt: .input)
            try ledger.project()
        }
        let report = try ledger.replay()
        #expect(report.isIdentical == true, "seed \(seed)")
        try ledger.close()
        ledger = try directory.open()
        #expect(try ledger.view().digest() == report.digest, "seed \(seed)")
        try ledger.rebuildProjections()
        #expect(try ledger.replay().isIdentical == true, "seed \(seed)")
        try ledger.close()
    }

    @Test("A view taken beside a writer that projects is the log's state at its position")
    func besideWriter() async throws { try await onThread { try besideWriterHere() } }

    private func besideWriterHere() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let events = ProjectionTests.history(seed: 9, count: 400)
        _ = try ledger.append(Array(events.prefix(40)), recordedAt: .input)
        try ledger.project()
        let writer = Thread {
            for event in events.dropFirst(40) {
                _ = try? ledger.append([event], recordedAt: .input)
                _ = try? ledger.project()
            }
        }
        writer.start()
        var seen: [UInt64: String] = [:]
        while !writer.isFinished {
            let view = try ledger.view()
            seen[view.position] = try view.digest()
        }
        #expect(seen.count > 1)
        for (position, digest) in seen where position < (try ledger.position()) {
            #expect(try ledger.view(knownAt: position).digest() == digest, "at \(position)")
        }
        try ledger.close()
    }

    @Test("A replay beside a writer that projects compares with the tables of its own position")
    func replayBesideWriter() async throws { try await onThread { try replayBesideWriterHere() } }

    private func replayBesideWriterHere() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let events = ProjectionTests.history(seed: 10, count: 120)
        _ = try ledger.append(Array(events.prefix(40)), recordedAt: .input)
        try ledger.project()
        let writer = Thread {
            for event in events.dropFirst(40) {
                _ = try? ledger.append([event], recordedAt: .input)
                _ = try? ledger.project()
            }
        }
        writer.start()
        var replays = 0
        while !writer.isFinished || replays == 0 {
            #expect(try ledger.replay().isIdentical == true)
            replays += 1
        }
        try ledger.close()
    }

    @Test("A reader with a projection that the last writer did not have answers from the log")
    func addedProjection() throws {
        let directory = TemporaryDirectory()
        let old = try directory.open(toy: false)
        _ = try old.append(ProjectionTests.history(seed: 3, count: 40), recordedAt: .input)
        try old.project()
        try old.close()
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(key: nil))
        let digest = try reader.view().digest()
        #expect(try reader.replay().live == nil)
        try reader.close()
        let writer = try directory.open()
        try writer.project()
        #expect(try writer.view().digest() == digest)
        #expect(try writer.replay().isIdentical == true)
        try writer.close()
    }

    @Test("Any order of arrival gives the same projections", arguments: 0..<20)
    func arrivalOrder(seed: UInt64) throws {
        // Without corrections that name events of two contents: which of two equal ids is meant
        // would depend on arrival.
        let events = ProjectionTests.history(seed: seed, count: 50)
        var random = SeededGenerator(seed: seed &+ 1)
        var digests: Set<String> = []
        for _ in 0..<3 {
            let directory = TemporaryDirectory()
            let ledger = try directory.open()
            for event in events.shuffled(using: &random) {
                _ = try ledger.append([event], recordedAt: .input)
            }
            digests.insert(try ledger.view().digest())
            try ledger.close()
        }
        #expect(digests.count == 1, "seed \(seed)")
    }

    @Test("A thing is found by any of its aliases and lists its events in canonical order")
    func aliases() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append(
            [
                Toy.waybill(1, of: 5, at: 30), Toy.order(5, at: 10),
                Toy.payment(9, of: 5, at: 20, "3"), Toy.refund(1, of: 9, at: 40),
                Toy.order(6, at: 10),
            ], recordedAt: .input)
        let view = try ledger.view()
        for subject in ["order:E/5", "waybill:L/1", "payment:P/9"] {
            let things = try view.things(ToyGroup.self, subject: subject)
            #expect(things.count == 1)
            let events = try view.events(ToyGroup.self, thing: things[0])
            #expect(events.map(\.position) == [2, 3, 1, 4], "\(subject)")
        }
        #expect(try view.things(ToyGroup.self, subject: "order:E/77").isEmpty)
        try ledger.close()
    }

    @Test("A correction takes an event out, splits what it had joined, and is itself corrected")
    func corrections() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let join = Toy.waybill(1, of: 5, at: 30)
        let other = Toy.waybill(1, of: 6, at: 31)
        _ = try ledger.append(
            [Toy.order(5), Toy.order(6), join, other], recordedAt: .input)
        try ledger.project()
        func things() throws -> Int {
            var count = 0
            try ledger.view().forEachRow(of: ToyFold.self) { _, _ in
                count += 1
                return true
            }
            return count
        }
        #expect(try things() == 1)
        let void = Toy.correcting(other, id: "void", .didNotOccur)
        _ = try ledger.append([void], recordedAt: .input)
        try ledger.project()
        #expect(try things() == 2)
        #expect(try ledger.replay().isIdentical == true)
        var undone = Toy.correcting(void, id: "undo", .didNotOccur)
        undone.time = Toy.time(60)
        _ = try ledger.append([undone], recordedAt: .input)
        try ledger.project()
        #expect(try things() == 1)
        #expect(try ledger.replay().isIdentical == true)
        try ledger.close()
    }

    @Test("Known at a position and as of a time, a view sees no more than was there")
    func horizons() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append(
            [
                Toy.order(5, at: 0), Toy.payment(1, of: 5, at: 50, "3"),
                Toy.payment(2, of: 5, at: 20, "4"),
            ], recordedAt: .input)
        try ledger.project()
        func paid(_ knownAt: UInt64?, _ minute: Int?) throws -> Int64? {
            let view = try ledger.view(
                knownAt: knownAt, asOf: minute.map { Toy.time($0).microseconds })
            let thing = try view.things(ToyGroup.self, subject: "order:E/5")
            guard let id = thing.first else { return nil }
            return try view.row(of: ToyFold.self, thing: id)?.paid
        }
        #expect(try paid(nil, nil) == 700_000)
        #expect(try paid(2, nil) == 300_000)
        #expect(try paid(1, nil) == 0)
        #expect(try paid(nil, 20) == 400_000)
        #expect(try paid(2, 20) == 0)
        #expect(try paid(0, nil) == nil)
        let view = try ledger.view()
        let thing = try #require(try view.things(ToyGroup.self, subject: "order:E/5").first)
        #expect(try view.refold(ToyFold(), thing: thing, knownAt: 2).paid == 300_000)
        try ledger.close()
    }

    @Test("Totals undo themselves when rows change")
    func totals() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append([Toy.order(5), Toy.order(6)], recordedAt: .input)
        try ledger.project()
        _ = try ledger.append([Toy.payment(1, of: 5, at: 3, "2")], recordedAt: .input)
        var cells: [UInt8: Total] = [:]
        try ledger.view().forEachTotal(of: ToyFold.self) { cell, total in
            cells[cell[0]] = total
            return true
        }
        #expect(cells == [1: Total(count: 1), 2: Total(count: 1, first: 200_000)])
        try ledger.close()
    }
}
