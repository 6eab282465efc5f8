import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

@Suite struct AppendTests {
    @Test("Events get gapless positions from 1 and come back as they were given")
    func roundTrip() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let events = (1...50).map { Toy.order($0, at: $0) }
        let outcomes = try ledger.append(events, recordedAt: .input)
        #expect(outcomes == (1...50).map { .appended(position: UInt64($0)) })
        #expect(try ledger.events(limit: 100).map(\.event) == events)
        #expect(try ledger.position() == 50)
        try ledger.close()
    }

    @Test("The same events again are already appended, in any order, after a restart too")
    func exactlyOnce() throws {
        let directory = TemporaryDirectory()
        let events = (1...30).map { Toy.order($0, at: $0) }
        let first = try directory.open()
        _ = try first.append(events, recordedAt: .input)
        let again = try first.append(events.reversed(), recordedAt: .input)
        #expect(again == (1...30).reversed().map { .alreadyAppended(position: UInt64($0)) })
        try first.close()
        let second = try directory.open()
        #expect(
            try second.append([events[4]], recordedAt: .input) == [.alreadyAppended(position: 5)])
        try second.close()
    }

    @Test("A duplicate inside one batch is told against its own batch")
    func duplicateInBatch() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let order = Toy.order(1)
        #expect(
            try ledger.append([order, order], recordedAt: .input)
                == [.appended(position: 1), .alreadyAppended(position: 1)])
        try ledger.close()
    }

    @Test("The same fact with other content is kept as an entry and names what differs")
    func conflict() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let conflicting = Toy.order(1, paid: "11.00")
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        #expect(
            try ledger.append([conflicting], recordedAt: .input)
                == [.conflict(position: 2, with: 1, field: "data.acturalPaid")])
        #expect(
            try ledger.append([conflicting, Toy.order(1)], recordedAt: .input)
                == [.alreadyAppended(position: 2), .alreadyAppended(position: 1)])
        try ledger.close()
    }

    @Test("Equal content in another form is the same event")
    func canonicalContent() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        var other = Toy.order(1, paid: "10")
        other.data["currency"] = .text("142")
        other.data["guid"] = .text("another")
        _ = try ledger.append([Toy.order(1, paid: "10.00")], recordedAt: .input)
        #expect(
            try ledger.append([other], recordedAt: .input) == [.alreadyAppended(position: 1)])
        try ledger.close()
    }

    @Test("An event that is too large is rejected and its neighbours are kept")
    func tooLarge() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        var large = Toy.order(2)
        large.data["buyerName"] = .text(String(repeating: "x", count: 70_000))
        let outcomes = try ledger.append(
            [Toy.order(1), large, Toy.order(3)], recordedAt: .input)
        #expect(outcomes[0] == .appended(position: 1))
        #expect(outcomes[2] == .appended(position: 2))
        guard case .rejected(let refusal) = outcomes[1] else {
            Issue.record("not rejected")
            return
        }
        #expect(refusal.code == "tooLarge")
        try ledger.close()
    }

    @Test("A large batch keeps its order, and its outcomes stand with their events")
    func largeBatch() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(toy: false)
        var events = (1...1_501).map { Toy.order($0, at: $0) }
        for index in [0, 700, 750, 751, 1_500] {
            events[index].data["buyerName"] = .text(String(repeating: "x", count: 70_000))
        }
        let outcomes = try ledger.append(events, recordedAt: .input)
        var next: UInt64 = 0
        for (event, outcome) in zip(events, outcomes) {
            if case .rejected = outcome {
                #expect(event.data["buyerName"] != nil)
            } else {
                next += 1
                #expect(outcome == .appended(position: next))
            }
        }
        #expect(next == 1_496)
        let kept = try ledger.events(limit: 2_000).map(\.event.id)
        #expect(kept == events.filter { $0.data["buyerName"] == nil }.map(\.id))
        try ledger.close()
    }

    @Test("Recorded times never fall, whatever the caller says")
    func recordedTimes() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append([Toy.order(1)], recordedAt: .at(Toy.time(100)))
        _ = try ledger.append([Toy.order(2)], recordedAt: .at(Toy.time(50)))
        _ = try ledger.append([Toy.order(3, at: 20)], recordedAt: .input)
        _ = try ledger.append([Toy.order(4, at: 120)], recordedAt: .input)
        let recorded = try ledger.events(limit: 10).map(\.recorded.microseconds)
        #expect(recorded == [100, 100, 100, 120].map { Toy.time($0).microseconds })
        #expect(try ledger.position(recordedBy: Toy.time(100)) == 3)
        #expect(try ledger.position(recordedBy: Toy.time(99)) == 0)
        #expect(try ledger.position(recordedBy: Toy.time(121)) == 4)
        try ledger.close()
    }

    @Test("The same files in the same order give the same root, in one batch or in many")
    func deterministicBytes() throws {
        let (one, many) = (TemporaryDirectory(), TemporaryDirectory())
        let events = (1...200).map { Toy.order($0, at: 200 - $0) }
        let first = try one.open()
        _ = try first.append(events, recordedAt: .input)
        let second = try many.open()
        for event in events { _ = try second.append([event], recordedAt: .input) }
        let roots = try [first.verify(), second.verify()]
        #expect(roots[0] == roots[1])
        #expect(roots[0].isIntact && roots[0].entries == 200)
        try first.close()
        try second.close()
    }

    @Test("A second writer is refused, a reader in the same place reads on")
    func secondWriter() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        #expect(throws: LedgerError.self) { try directory.open() }
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        try ledger.close()
        let again = try directory.open()
        #expect(try again.position() == 1)
        try again.close()
    }

    @Test("A directory without a ledger is no ledger for a reader")
    func noLedger() throws {
        let directory = TemporaryDirectory()
        #expect(throws: LedgerError.self) { try Ledger.openReader(directory.path) }
    }

    @Test("A full table of natural keys becomes a run that is still searched")
    func manyKeys() throws {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options(toy: false)
        options.keysInMemory = 500
        var ledger = try Ledger.open(directory.path, options: options)
        let events = (1...2_000).map { Toy.order($0, at: $0) }
        for start in stride(from: 0, to: events.count, by: 200) {
            _ = try ledger.append(Array(events[start..<(start + 200)]), recordedAt: .input)
        }
        let known = (1...2_000).map { AppendOutcome.alreadyAppended(position: UInt64($0)) }
        #expect(try ledger.append(events, recordedAt: .input) == known)
        let conflict = Toy.order(700, at: 700, paid: "1")
        let expected = AppendOutcome.conflict(
            position: 2_001, with: 700, field: "data.acturalPaid")
        #expect(try ledger.append([conflict], recordedAt: .input) == [expected])
        try ledger.close()
        ledger = try Ledger.open(directory.path, options: options)
        #expect(
            try ledger.append([conflict] + events, recordedAt: .input)
                == [.alreadyAppended(position: 2_001)] + known)
        try ledger.close()
    }
}
