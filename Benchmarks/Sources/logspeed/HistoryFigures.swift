import ClearanceEvents
import ClearanceLedger
import Workload

/// A history of one mix: appended, integrated, read, appended again, closed and opened.
struct HistoryFigures {
    /// What the events are.
    enum Mix: String {
        /// Entries of 200 bytes, without personal data.
        case small
        /// What `generate` tells, personal data sealed.
        case world
    }

    private let mix: Mix
    private let arguments: LogSpeed.Arguments
    private let scratch: Scratch

    init(_ mix: Mix, _ arguments: LogSpeed.Arguments, _ scratch: Scratch) {
        self.mix = mix
        self.arguments = arguments
        self.scratch = scratch
    }

    private func name(_ figure: String) -> String { mix.rawValue + figure }

    func measure(into figures: inout Figures) throws {
        let events =
            switch mix {
            case .small: SmallEvents.make(0..<arguments.events)
            case .world: Workload(events: arguments.events).events
            }
        let directory = scratch.path + "/" + mix.rawValue
        let ledger = try Ledger.open(directory)
        let caller = Caller(ledger)
        var sum = Caller.Sum()
        let appended = try timed { sum = try caller.append(events, batch: arguments.batch) }
        figures.rate(name("AppendEventsPerSecond"), events.count, in: appended)
        figures.number(name("LongestCommitMilliseconds"), sum.longest * 1e3)
        let stored = Int(try ledger.position())
        let entries = try self.entries(of: ledger)
        let plain = try scratch.folder("plain-" + mix.rawValue)
        let raw = timed {
            Plain.append(entries, to: plain, commit: arguments.batch, value: 65_520)
        }
        figures.rate(name("RawAppendEventsPerSecond"), stored, in: raw)
        let hashed = shortest { Plain.hash(entries) }
        figures.rate(name("RawHashEventsPerSecond"), stored, in: hashed)
        let again = try timed { sum = try caller.append(events, batch: arguments.batch) }
        precondition(sum.known == events.count, "what is there is known")
        figures.rate(name("KnownEventsPerSecond"), events.count, in: again)
        if mix == .small {
            let read = try shortest { try self.read(ledger) }
            figures.rate(name("ReadEventsPerSecond"), stored, in: read)
        }
        figures.number(name("EncodedBytesPerEvent"), Double(entries.bytes.count) / Double(stored))
        try ledger.close()
        figures.number(
            name("LogBytesPerEvent"),
            Double(Scratch.size(of: directory + "/log")) / Double(stored))
        figures.number(
            name("IndexBytesPerEvent"),
            Double(Scratch.size(of: directory + "/state/index")) / Double(stored))
        let opened = try timed { try Ledger.open(directory).close() }
        figures.number(name("OpenMilliseconds"), opened.seconds * 1e3)
    }

    private func entries(of ledger: Ledger) throws -> Plain.Entries {
        var entries = Plain.Entries()
        try ledger.forEachEntry { _, view in
            entries.add(view.bytes)
            return true
        }
        return entries
    }

    /// Every field of every entry by its value.
    private func read(_ ledger: Ledger) throws {
        var sum: Int64 = 0
        try ledger.forEachEntry { _, view in
            let data = view.data
            sum &+= data.decimal(SmallEvents.amount)?.units ?? 0
            sum &+= data.decimal(SmallEvents.lateFee)?.units ?? 0
            sum &+= Int64(data.day(SmallEvents.paidOn)?.number ?? 0)
            sum &+= Int64(data.text(SmallEvents.dutyNumber).count)
            sum &+= Int64(data.text(SmallEvents.currency).count)
            return true
        }
        precondition(sum > 0, "amounts are not nothing")
    }
}
