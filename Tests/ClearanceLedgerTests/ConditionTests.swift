import ClearanceEvents
import Foundation
import Seeded
import Testing

@testable import ClearanceLedger

@Suite struct ConditionTests {
    private static func options(limit: Int) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.keysInMemory = limit
        options.conditionalReferences = ["orderNo"]
        return options
    }

    private static func open(_ directory: TemporaryDirectory, limit: Int = 60) throws -> Ledger {
        try Ledger.open(directory.path, options: options(limit: limit))
    }

    @Test("A subject that must be new is refused once it was spoken of, and names where")
    func mustBeNew() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        let new = [AppendCondition.subject("order:E/1")]
        #expect(
            try ledger.append([Toy.order(1)], recordedAt: .input, conditions: new)
                == [.appended(position: 1)])
        #expect(
            try ledger.append([Toy.order(1, paid: "2")], recordedAt: .input, conditions: new)
                == [.conditionFailed(newest: 1, about: 0)])
        #expect(try ledger.position() == 1)
        #expect(
            try ledger.append(
                [Toy.order(1, paid: "2")], recordedAt: .input,
                conditions: [.subject("order:E/1", after: 1)])
                == [.conflict(position: 2, with: 1, field: "data.acturalPaid")])
        try ledger.close()
    }

    @Test("What is known is told first, whatever the conditions say")
    func knownFirst() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        let request = [Toy.order(1), Toy.order(2)]
        let new: [AppendCondition] = [.subject("order:E/1"), .subject("order:E/2")]
        let known: [AppendOutcome] = [
            .alreadyAppended(position: 1), .alreadyAppended(position: 2),
        ]
        _ = try ledger.append(request, recordedAt: .input, conditions: new)
        #expect(try ledger.append(request, recordedAt: .input, conditions: new) == known)
        #expect(
            try ledger.append(request + [Toy.order(3)], recordedAt: .input, conditions: new)
                == known + [.conditionFailed(newest: 1, about: 0)])
        #expect(try ledger.position() == 2)
        try ledger.close()
    }

    @Test("All conditions of a request hold, or nothing new of it is kept")
    func manyAtOnce() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        _ = try ledger.append((1...9).map { Toy.order($0) }, recordedAt: .input)
        let holding = (1...9).map { AppendCondition.subject("order:E/\($0)", after: UInt64($0)) }
        let failing = holding + [.reference("orderNo", "5", after: 4)]
        let request = [Toy.order(10), Toy.order(11)]
        let failed = AppendOutcome.conditionFailed(newest: 5, about: 9)
        #expect(
            try ledger.append(request, recordedAt: .input, conditions: failing)
                == [failed, failed])
        #expect(
            try ledger.append(request, recordedAt: .input, conditions: holding)
                == [.appended(position: 10), .appended(position: 11)])
        try ledger.close()
    }

    @Test("A reference joins what different subjects say")
    func reference() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        _ = try ledger.append([Toy.payment(1, of: 7, at: 0, "1.00")], recordedAt: .input)
        #expect(
            try ledger.append(
                [Toy.order(7)], recordedAt: .input, conditions: [.reference("orderNo", "7")])
                == [.conditionFailed(newest: 1, about: 0)])
        #expect(
            try ledger.append(
                [Toy.order(7)], recordedAt: .input,
                conditions: [.reference("orderNo", "7", after: 1), .subject("order:E/7")])
                == [.appended(position: 2)])
        try ledger.close()
    }

    @Test("A reference that the ledger does not keep is refused, and so are too many conditions")
    func limits() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        func code(_ conditions: [AppendCondition]) -> LedgerError.Code? {
            do throws(LedgerError) {
                _ = try ledger.append([Toy.order(1)], recordedAt: .input, conditions: conditions)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code([.reference("logisticsNo", "1")]) == .notConditional)
        let many = Array(
            repeating: AppendCondition.subject("order:E/1"), count: LedgerLimits.conditions)
        #expect(code(many + [.subject("order:E/1")]) == .tooLarge)
        #expect(code(many) == nil)
        try ledger.close()
    }

    @Test("Only texts of the clear body can be conditional references, each once, at most eight")
    func configuration() {
        #expect(throws: Never.self) { try HeadFields(["orderNo", "logisticsNo"]) }
        #expect(throws: LedgerError.self) { try HeadFields(["buyerName"]) }
        #expect(throws: LedgerError.self) { try HeadFields(["noSuchField"]) }
        #expect(throws: LedgerError.self) { try HeadFields(["orderNo", "orderNo"]) }
        #expect(throws: LedgerError.self) {
            try HeadFields([
                "orderNo", "logisticsNo", "invtNo", "preNo", "copNo", "ebpCode", "ebcCode",
                "payCode", "customsCode",
            ])
        }
    }

    @Test("A failing request costs its neighbours in the commit nothing, and all see each other")
    func oneCommit() throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory)
        let index = try #require(ledger.writer?.index)
        let fields = ledger.headFields
        let plan = try index.plan(after: 0)
        func admit(_ events: [Event], _ conditions: [AppendCondition]) throws -> [AppendOutcome] {
            try plan.admit(
                ledger.encode(events).batch, fields.keys(of: conditions)
            ).told
        }
        let (new, seen) = (
            AppendCondition.subject("order:E/1"), AppendCondition.subject("order:E/1", after: 1)
        )
        #expect(try admit([Toy.order(1)], [new]) == [.appended(position: 1)])
        #expect(
            try admit([Toy.order(2)], [new]) == [.conditionFailed(newest: 1, about: 0)])
        #expect(
            try admit([Toy.order(1), Toy.order(3)], [new])
                == [.alreadyAppended(position: 1), .conditionFailed(newest: 1, about: 0)])
        #expect(try admit([Toy.order(3)], [seen]) == [.appended(position: 2)])
        // Nothing of it was added: the next plan begins where this one did.
        let again = try index.plan(after: 0)
        #expect(
            try again.admit(ledger.encode([Toy.order(3)]).batch, fields.keys(of: [new])).told
                == [.appended(position: 1)])
        _ = try index.plan(after: 0)
        try ledger.close()
    }

    @Test(
        "Random conditional appends agree with a list, over runs and reopenings",
        arguments: [21, 22, 23, 24] as [UInt64])
    func model(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let directory = TemporaryDirectory()
        var ledger: Ledger? = try ConditionTests.open(directory)
        var model = FactModel()
        for _ in 0..<400 {
            let abouts = (0..<Int(random.next() % 4)).map { _ in
                let number = random.next() % 200
                return random.next() % 2 == 0 ? "order:E/\(number)" : "orderNo \(number)"
            }
            let conditions = abouts.map { about in
                // Sometimes what was seen last, sometimes older.
                let after = random.next() % 2 == 0 ? model.head(about) : random.next() % 50
                return about.hasPrefix("orderNo ")
                    ? AppendCondition.reference(
                        "orderNo", String(about.dropFirst(8)), after: after)
                    : AppendCondition.subject(about, after: after)
            }
            let failing = zip(abouts, conditions).enumerated().first { _, pair in
                model.head(pair.0) > pair.1.after
            }
            let orders = (0..<Int(random.next() % 5)).map { _ in
                (Int(random.next() % 200), Int(random.next() % 3) + 1)
            }
            let expected = orders.map { order, paid in
                guard let failing else { return model.outcome(order, paid: paid) }
                return model.known(order, paid: paid).map { .alreadyAppended(position: $0) }
                    ?? .conditionFailed(
                        newest: model.head(failing.element.0), about: failing.offset)
            }
            let events = orders.map { Toy.order($0.0, paid: "\($0.1)") }
            #expect(
                try ledger?.append(events, recordedAt: .input, conditions: conditions)
                    == expected, "seed \(seed)")
            if random.next() % 40 == 0 {
                if random.next() % 2 == 0 { try ledger?.close() }
                ledger = nil
                ledger = try Ledger.open(
                    directory.path, options: ConditionTests.options(limit: 60))
            }
        }
        try ledger?.close()
    }

    @Test("Of racing callers who all saw the same, exactly one wins each position of a stream")
    func racing() async throws {
        let directory = TemporaryDirectory()
        let ledger = try ConditionTests.open(directory, limit: 100)
        let won = try await withThrowingTaskGroup(of: [UInt64].self) { group in
            for caller in 0..<16 {
                group.addTask {
                    var won: [UInt64] = []
                    var seen: UInt64 = 0
                    for attempt in 0..<40 {
                        let outcomes = try await ledger.append(
                            [Toy.order(1, paid: "\(caller * 1_000 + attempt + 1)")],
                            recordedAt: .input,
                            conditions: [.subject("order:E/1", after: seen)])
                        switch outcomes[0] {
                        case .appended(let position), .conflict(let position, _, _):
                            won.append(seen)
                            seen = position
                        case .conditionFailed(let newest, _): seen = newest
                        default: Issue.record("\(outcomes)")
                        }
                    }
                    return won
                }
            }
            var all: [UInt64] = []
            for try await part in group { all += part }
            return all
        }
        // Each winner saw the one before it: the predecessors are all there, each once.
        #expect(won.sorted() == Array(0..<UInt64(won.count)))
        #expect(try ledger.position() == UInt64(won.count))
        let result = Result { try ConditionTests.close(ledger) }
        try result.get()
    }

    private static func close(_ ledger: Ledger) throws { try ledger.close() }
}
