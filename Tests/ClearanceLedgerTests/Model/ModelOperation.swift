import ClearanceEvents
import ClearanceLedger
import Dispatch
import Glibc
import Synchronization

/// One thing that a program may do with a ledger. A new one is a line or two in ``all``.
struct ModelOperation: Sendable {
    let name: String
    /// How often it comes, beside the others.
    let weight: Int
    let act: @Sendable (inout ModelRun) throws -> Void

    init(
        _ name: String, _ weight: Int, _ act: @escaping @Sendable (inout ModelRun) throws -> Void
    ) {
        (self.name, self.weight, self.act) = (name, weight, act)
    }

    static let all: [ModelOperation] = [
        ModelOperation("append one", 20) { try $0.append([$0.event()]) },
        ModelOperation("append a batch", 10) { try $0.append($0.events(0...60)) },
        ModelOperation("append what is known", 8) { run in
            let old = (0..<run.number(1...9)).compactMap { _ in
                run.position().map { run.list[$0].event }
            }
            try run.append(old.filter { $0.type.name != "ledger.refused" }.reversed())
        },
        ModelOperation("append the malformed", 3) {
            try $0.append($0.events(0...3) + [$0.malformed()] + $0.events(0...3))
        },
        ModelOperation("enforce", 6) { run in
            let (events, recorded) = (run.events(1...6), run.recordedTime())
            let told = try run.ledger.appendEnforcing(events, recordedAt: recorded)
            try run.compare(told, run.list.enforce(events, recorded))
        },
        ModelOperation("race", 5) { try $0.race() },
        ModelOperation("restart", 4) { try $0.restart() },
        ModelOperation("crash", 4) { try $0.crash() },
        ModelOperation("read one", 6) { run in
            guard let position = run.position() else { return }
            let found = try run.ledger.stored(at: position)
            try run.compare([found].compactMap(\.self), from: position, count: 1)
            let beyond = try run.ledger.event(at: run.list.count + 1)
            try run.expect(beyond == nil, true, "nothing beyond the end")
        },
        ModelOperation("read a range", 5) { run in
            guard let start = run.position() else { return }
            let wanted = min(run.number(1...50), Int(run.list.count - start + 1))
            let found = try run.ledger.events(from: start, limit: wanted)
            try run.compare(found, from: start, count: wanted)
        },
        ModelOperation("read a stream", 5) { run in
            let subject = run.event().subject
            let end = run.position() ?? 0
            let now = try run.ledger.view().stream(of: subject)
            try run.expect(now, run.list.stream(of: subject), "the stream \(subject)")
            let then = try run.ledger.view(knownAt: end).stream(of: subject)
            try run.expect(
                then, run.list.stream(of: subject, through: end), "\(subject) at \(end)")
        },
        ModelOperation("ask for a thing", 5) { run in
            try run.compareThing(number: run.number(1...25), through: nil)
            try run.compareThing(number: run.number(1...25), through: run.position())
        },
        ModelOperation("find a recorded time", 2) { run in
            let time = Toy.time(run.number(0...500))
            let wanted = run.list.entries.lastIndex { $0.recorded <= time.microseconds }
            let found = try run.ledger.position(recordedBy: time)
            try run.expect(found, UInt64((wanted ?? -1) + 1), "the last position by a time")
        },
        ModelOperation("follow", 3) { try $0.follow() },
        ModelOperation("project", 4) { run in
            try run.expect(try run.ledger.project(), run.list.count, "what is projected")
        },
        ModelOperation("rebuild", 2) { run in
            try run.ledger.rebuildProjections()
            let report = try run.ledger.replay()
            try run.expect(report.isIdentical ?? true, true, "rebuilt and replayed are the same")
        },
        ModelOperation("verify", 1) { run in
            let report = try run.ledger.verify()
            try run.expect(report.entries, run.list.count, "what is verified")
            try run.expect(report.damage, [], "the damage")
        },
        ModelOperation("append under conditions", 6) { run in
            let (events, recorded) = (run.events(1...4), run.recordedTime())
            let conditions = (0..<run.number(1...3)).map { _ in
                let subject = run.event().subject
                let newest = run.list.stream(of: subject).last ?? 0
                return (subject, run.number(0...2) == 0 ? (run.position() ?? 0) : newest)
            }
            let told = try run.ledger.append(
                events, recordedAt: recorded,
                conditions: conditions.map { .subject($0, after: $1) })
            try run.compare(told, run.list.append(events, recorded, if: conditions))
        },
        ModelOperation("erase a person", 2) { try $0.erase() },
        ModelOperation("end an epoch", 3) { _ = try $0.ledger.endEpoch() },
        ModelOperation("close the epochs", 2) { run in
            try run.ledger.closeEpochs()
            try run.expect(try run.ledger.position(), run.list.count, "the end after closing")
        },
        ModelOperation("look at the health", 2) { run in
            let health = try run.ledger.health()
            try run.expect(health.position, run.list.count, "the position of the health")
            try run.expect(health.readers.filter { $0.process != getpid() }, [], "strangers")
        },
    ]
}

extension ModelRun {
    /// Several threads and tasks append at once: in whichever order they came, the log holds each
    /// new event once, and every outcome is true of it.
    mutating func race() throws {
        let recorded = recordedTime()
        let batches = (0..<number(2...6)).map { _ in events(1...8) }
        let told = Mutex<[Int: Result<[AppendOutcome], any Error>]>([:])
        let ledger = self.ledger
        let group = DispatchGroup()
        for (index, batch) in batches.enumerated() {
            let keep: @Sendable (Result<[AppendOutcome], any Error>) -> Void = { result in
                told.withLock { $0[index] = result }
                group.leave()
            }
            group.enter()
            if index % 2 == 0 {
                DispatchQueue.global().async {
                    keep(Result { try ledger.append(batch, recordedAt: recorded) })
                }
            } else {
                Task {
                    do {
                        keep(.success(try await ledger.append(batch, recordedAt: recorded)))
                    } catch { keep(.failure(error)) }
                }
            }
        }
        group.wait()
        let before = list.count
        let end = try ledger.position()
        for stored in try ledger.events(from: before + 1, limit: Int(end - before)) {
            list.add(stored.event, recorded)
        }
        try compare(
            ledger.events(from: before + 1, limit: .max), from: before + 1,
            count: Int(end - before))
        var taken: [UInt64] = []
        for (index, batch) in batches.enumerated() {
            guard let outcomes = try told.withLock({ $0[index] })?.get() else { continue }
            for (event, outcome) in zip(batch, outcomes) {
                try check(event, outcome, after: before, &taken)
            }
        }
        try expect(taken.sorted(), Array(before..<end).map { $0 + 1 }, "the racers' positions")
    }

    private func check(
        _ event: Event, _ outcome: AppendOutcome, after before: UInt64, _ taken: inout [UInt64]
    ) throws {
        guard let position = outcome.position, position <= list.count else {
            throw ModelFailure("a racer was told \(outcome)")
        }
        try expect(list[position].event, event, "a racer's event")
        switch outcome {
        case .appended:
            try expect(list.first(of: event), position, "an appended fact's first place")
            taken.append(position)
        case .conflict(_, let with, _):
            try expect(list.first(of: event), with, "a conflict's first place")
            taken.append(position)
        default:
            try expect(list.known(event), position, "a known fact's place")
        }
    }

    /// Erases one of two persons: what was said of him is withheld, and a receipt says where.
    mutating func erase() throws {
        let person = number(0...1) == 0 ? People.one : People.other
        let outcome = try ledger.erase(
            idNumber: person, asOf: CivilDay(year: 2040, month: 1, day: 1), recordedAt: .input)
        let wanted = list.erase(person)
        let before = list.count
        for stored in try ledger.events(from: before + 1, limit: .max) {
            try expect(stored.event.type.name, "ledger.erased", "what an erasure appends")
            list.add(stored.event, .input)
        }
        switch outcome {
        case .unknown: try expect([], wanted, "the erased positions")
        case .erased(let report):
            // A refusal keeps the refused request, so what it says of the person goes too.
            let kept = report.positions.filter { list[$0].event.type.name != "ledger.refused" }
            try expect(kept, wanted, "the erased positions")
            try expect(report.receipts, Array(before..<list.count).map { $0 + 1 }, "receipts")
        case .retained: throw ModelFailure("an erasure was put off: \(outcome)")
        }
    }

    /// A subscription hands out everything from a position on, once and in order.
    mutating func follow() throws {
        guard let start = position() else { return }
        let (ledger, wanted) = (self.ledger, Int(list.count - start + 1))
        let seen = Mutex<Result<[StoredEvent], any Error>>(.success([]))
        let done = DispatchSemaphore(value: 0)
        Task {
            do {
                var found: [StoredEvent] = []
                for try await batch in ledger.subscribe(from: start) {
                    found += batch
                    if found.count >= wanted { break }
                }
                seen.withLock { $0 = .success(found) }
            } catch {
                seen.withLock { $0 = .failure(error) }
            }
            done.signal()
        }
        done.wait()
        try compare(try seen.withLock { try $0.get() }, from: start, count: wanted)
    }

    /// Compares the row of an order's thing, at the end or at an earlier position.
    func compareThing(number: Int, through end: UInt64?) throws {
        let view = try ledger.view(knownAt: end)
        let ids = try view.things(ToyGroup.self, subject: "order:E/\(number)")
        let rows = try ids.compactMap { try view.row(of: ToyFold.self, thing: $0) }
        let wanted = list.thing(of: "\(number)", through: end ?? .max)
        try expect(
            rows.flatMap(\.subjects).sorted(), wanted.map(\.subject).sorted(),
            "the events of order \(number) at \(end.map { "\($0)" } ?? "the end")")
    }
}
