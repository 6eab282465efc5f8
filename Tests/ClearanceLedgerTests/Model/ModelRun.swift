import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Glibc
import Seeded

/// What a step of a program found wrong.
struct ModelFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// One run of a program: a ledger, the list that it is compared with, and the step's own luck.
struct ModelRun {
    private let directory = TemporaryDirectory()
    private var options: LedgerOptions
    private(set) var open: Ledger?
    var list = ModelList()
    var luck: SeededGenerator

    init(seed: UInt64) throws {
        luck = SeededGenerator(seed: seed)
        options = TemporaryDirectory.options()
        options.admission = ModelRule()
        options.keysInMemory = Bool.random(using: &luck) ? 20 : LedgerLimits.keysInMemory
        options.durability = Durability.allCases.randomElement(using: &luck) ?? .twoFlushes
        // A small one rolls every few hundred events.
        options.epochBytes = Bool.random(using: &luck) ? 200_000 : LedgerLimits.epochBytes
        options.projecting = Bool.random(using: &luck) ? .background : .onDemand
        options.readMilliseconds = Bool.random(using: &luck) ? 0 : 10
        options.watchMilliseconds = Bool.random(using: &luck) ? 0 : 50
        try reopen()
    }

    var ledger: Ledger {
        guard let open else { preconditionFailure("a step left no ledger open") }
        return open
    }

    // MARK: The ways of a ledger's life

    /// Opens the ledger; what was acknowledged before must be there.
    mutating func reopen() throws {
        open = try Ledger.open(directory.path, options: options)
        try expect(try ledger.position(), list.count, "the position after opening")
    }

    /// Closes and opens again.
    mutating func restart() throws {
        try ledger.close()
        open = nil
        try reopen()
    }

    /// Lets the ledger go without closing it, as a process does that dies, and opens again.
    ///
    /// A task of an earlier step, which has told its answer, may hold it for a moment longer.
    mutating func crash() throws {
        open = nil
        for _ in 0..<12_000 {
            do {
                return try reopen()
            } catch let error as LedgerError {
                let code = error.store?.code
                guard code == .lockedByAnotherProcess || code == .alreadyOpenInProcess else {
                    throw error
                }
                usleep(5_000)
            }
        }
        try reopen()
    }

    // MARK: Luck

    mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &luck) }

    /// A position that the log reaches; nil while it is empty.
    mutating func position() -> UInt64? {
        list.count == 0 ? nil : .random(in: 1...list.count, using: &luck)
    }

    mutating func recordedTime() -> RecordedTime {
        // Clocks run backwards: the time given is anywhere.
        Bool.random(using: &luck) ? .input : .at(Toy.time(number(0...500)))
    }

    /// An event of the toy's trade, of few numbers, so that facts meet again.
    mutating func event() -> Event {
        let (order, other) = (number(1...25), number(1...12))
        switch number(0...9) {
        case 0:
            // Of two persons, who may be erased.
            let person = order % 2 == 0 ? People.one : People.other
            return People.order(order + 5_000, id: person, at: order)
        case 1...4:
            return Toy.order(order, at: order, paid: number(0...4) == 0 ? "11.00" : "10.00")
        case 5...6:
            // One order a transaction: another would join the things of both.
            return Toy.payment(order * 100 + other, of: order, at: order, "\(number(1...3)).00")
        case 7: return Toy.waybill(other, of: order, at: order + 2)
        default: return Toy.order(number(26...4_000), at: order)
        }
    }

    mutating func malformed() -> Event {
        var event = event()
        event.data["buyerName"] = .text(String(repeating: "x", count: 70_000))
        return event
    }

    mutating func events(_ range: ClosedRange<Int>) -> [Event] {
        (0..<number(range)).map { _ in event() }
    }

    // MARK: Comparing

    /// Appends here and there, and compares the outcomes.
    mutating func append(_ events: [Event]) throws {
        let recorded = recordedTime()
        let told = try ledger.append(events, recordedAt: recorded)
        try compare(told, list.append(events, recorded))
    }

    func compare(_ told: [AppendOutcome], _ wanted: [AppendOutcome?]) throws {
        try expect(told.count, wanted.count, "the number of outcomes")
        for (one, other) in zip(told, wanted) {
            switch (one, other) {
            case (.rejected, nil): break
            case (.conflict(let position, let with, let field), .conflict(let at, let first, _)?):
                try expect([position, with], [at, first], "a conflict's places")
                if field.isEmpty { throw ModelFailure("a conflict names no field") }
            default:
                guard let other else { throw ModelFailure("\(one) in the place of a reject") }
                try expect(one, other, "an outcome")
            }
        }
    }

    /// Compares what is kept with what a range of positions should hold.
    func compare(_ found: [StoredEvent], from start: UInt64, count: Int) throws {
        try expect(found.count, count, "the number of events from \(start)")
        for (offset, stored) in found.enumerated() {
            let position = start + UInt64(offset)
            try expect(stored.position, position, "a position")
            try expect(stored.recorded.microseconds, list[position].recorded, "a recorded time")
            let wanted = list[position].event
            if list[position].isErased {
                try expect(stored.event.id, wanted.id, "the id of an erased entry")
                try expect(
                    stored.event.reading(of: "buyerIdNumber"), .withheld(.erased), "what is erased")
                continue
            }
            if wanted.type.name == "ledger.refused" {
                try expect(stored.event.data.text("code"), ModelRule.code, "a refusal's code")
            } else {
                try expect(stored.event, wanted, "the event at \(position)")
            }
        }
    }

    func expect<T: Equatable>(_ told: T, _ wanted: T, _ what: String) throws {
        guard told != wanted else { return }
        throw ModelFailure("\(what): \(told), and the list says \(wanted)")
    }
}
