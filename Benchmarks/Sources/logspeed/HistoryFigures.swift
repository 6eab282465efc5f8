import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation
import Workload

/// A history of one mix: appended, integrated, read, appended again, closed and opened.
struct HistoryFigures {
    /// What the events are.
    enum Mix: String {
        /// Entries of about 200 bytes, without personal data.
        case small
        /// What `generate` tells, personal data sealed.
        case world

        /// About the bytes of an entry.
        var entryBytes: Int { self == .small ? SmallEvents.entryBytes : 500 }
    }

    private let mix: Mix
    private let arguments: LogSpeed.Arguments
    private let scratch: Scratch
    private let directory: String

    init(_ mix: Mix, _ arguments: LogSpeed.Arguments, _ scratch: Scratch) {
        self.mix = mix
        self.arguments = arguments
        self.scratch = scratch
        directory = scratch.path + "/" + mix.rawValue
    }

    private func name(_ figure: String) -> String { mix.rawValue + figure }

    func measure(into figures: inout Figures) throws {
        let events =
            switch mix {
            case .small: SmallEvents.make(0..<arguments.events)
            case .world: Workload(events: arguments.events).events
            }
        let batches = events.batches(of: arguments.batch)
        let ledger = try Ledger.open(directory)
        try append(events.count, batches, to: ledger, into: &figures)
        let entries = try self.entries(of: ledger)
        let stored = entries.ends.count
        try measurePlain(entries, into: &figures)
        let caller = Caller(ledger)
        var sum = Caller.Sum()
        let again = try timed { sum = try caller.append(batches) }
        precondition(sum.known == events.count, "what is there is known")
        figures.rate(name("KnownEventsPerSecond"), events.count, in: again)
        if mix == .small {
            let read = try shortest { try self.read(ledger) }
            figures.rate(name("ReadEventsPerSecond"), stored, in: read)
        }
        let bytes = Double(entries.bytes.count) / Double(stored)
        figures.number(name("EncodedBytesPerEvent"), bytes)
        if mix == .world {
            figures.number(name("JSONBytesPerEvent"), HistoryFigures.jsonBytes(of: events))
        }
        try ledger.close()
        try measureClosed(stored, into: &figures)
    }

    private func append(
        _ count: Int, _ batches: [[Event]], to ledger: Ledger, into figures: inout Figures
    ) throws {
        let caller = Caller(ledger)
        var sum = Caller.Sum()
        if arguments.warm { try scratch.warm(bytes: 2 * count * mix.entryBytes) }
        let appended = try timed { sum = try caller.append(batches) }
        let integration = try ledger.integration()
        figures.rate(name("AppendEventsPerSecond"), count, in: appended)
        figures.number(name("LongestCommitMilliseconds"), sum.longest * 1e3)
        figures.number(name("IntegrationLagMilliseconds"), integration.seconds * 1e3)
    }

    /// The same bytes through the plain libraries.
    private func measurePlain(_ entries: Plain.Entries, into figures: inout Figures) throws {
        for (figure, flushes) in [("RawAppend", 2), ("RawOneFlushAppend", 1)] {
            let folder = try scratch.folder("plain-\(flushes)-" + mix.rawValue)
            if arguments.warm { try scratch.warm(bytes: 2 * entries.bytes.count) }
            let took = timed {
                Plain.append(
                    entries, to: folder, commit: arguments.batch, value: 65_520,
                    flushes: Int32(flushes))
            }
            figures.rate(name(figure + "EventsPerSecond"), entries.ends.count, in: took)
            try scratch.remove(folder)
        }
        let hashed = shortest { Plain.hash(entries) }
        figures.rate(name("RawHashEventsPerSecond"), entries.ends.count, in: hashed)
    }

    /// What a closed ledger takes on the disk, how fast it opens, and how fast its tree is made.
    private func measureClosed(_ stored: Int, into figures: inout Figures) throws {
        for (figure, folder) in [("Log", "/log"), ("Index", "/state/index")] {
            let size = Scratch.size(of: directory + folder)
            figures.number(name(figure + "BytesPerEvent"), Double(size) / Double(stored))
        }
        figures.number(name("OpenMilliseconds"), try OpenFigures.closedMilliseconds(directory))
        figures.number(
            name("OpenKilledMilliseconds"), try OpenFigures.killedMilliseconds(directory))
        let stored = stored + OpenFigures.appended
        try scratch.remove(directory + "/log/tree")
        var ledger: Ledger?
        let integrated = try timed {
            ledger = try Ledger.open(directory)
            while try ledger?.integration().position != UInt64(stored) { usleep(200) }
        }
        figures.rate(name("IntegratedEventsPerSecond"), stored, in: integrated)
        try ledger?.close()
    }

    private func entries(of ledger: Ledger) throws -> Plain.Entries {
        var entries = Plain.Entries()
        try ledger.forEachEntry { _, view in
            entries.add(view.bytes)
            return true
        }
        return entries
    }

    /// What an event takes as minified JSON.
    private static func jsonBytes(of events: [Event]) -> Double {
        let printer = EventPrinter(masks: false)
        let bytes = events.reduce(0) { $0 + printer.bytes(of: $1).count }
        return Double(bytes) / Double(events.count)
    }

    /// Every field of every entry by its value.
    private func read(_ ledger: Ledger) throws {
        let (amount, lateFee) = (SmallEvents.amount, SmallEvents.lateFee)
        let (paidOn, currency) = (SmallEvents.paidOn, SmallEvents.currency)
        let dutyNumber = SmallEvents.dutyNumber
        var sum: Int64 = 0
        try ledger.forEachEntry { _, view in
            let data = view.data
            sum &+= data.decimal(amount)?.units ?? 0
            sum &+= data.decimal(lateFee)?.units ?? 0
            sum &+= Int64(data.day(paidOn)?.number ?? 0)
            sum &+= Int64(data.text(dutyNumber).count)
            sum &+= Int64(data.text(currency).count)
            return true
        }
        precondition(sum > 0, "amounts are not nothing")
    }
}
