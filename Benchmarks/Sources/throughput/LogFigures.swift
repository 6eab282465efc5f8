import ClearanceEvents
import ClearanceLedger
import Foundation
import Workload

/// The log: appending, appending again, reading, opening, and how much room an event takes.
struct LogFigures {
    /// Events of one append, and of one commit on either side.
    static let batch = 10_000
    /// The size of a value of the log, so that the plain library packs as much as the ledger does.
    static let valueBytes = 65_520

    let workload: Workload
    let scratch: Scratch

    func measure(into figures: inout Figures) throws {
        let count = workload.events.count
        let directory = scratch.path + "/log"
        let ledger = try Ledger.open(directory, options: Folds.none())
        let appended = try timed { try append(to: ledger) }
        let entries = try self.entries(of: ledger)
        let plain = try scratch.folder("plain-log")
        let rawAppended = timed {
            Plain.append(entries, to: plain, commit: Self.batch, value: Self.valueBytes)
        }
        figures.rate("appendEventsPerSecond", count, in: appended)
        figures.rate("rawAppendEventsPerSecond", count, in: rawAppended)
        let syncs = 200
        let synced = timed { Plain.sync(scratch.path + "/sync", count: syncs) }
        figures.number("rawSyncMicroseconds", synced.seconds * 1e6 / Double(syncs))
        figures.rate("reingestEventsPerSecond", count, in: try timed { try append(to: ledger) })
        let read = try shortest { try self.read(ledger) }
        figures.rate("readEventsPerSecond", count, in: read)
        let rawRead = shortest { precondition(Plain.read(plain) == count) }
        figures.rate("rawReadEventsPerSecond", count, in: rawRead)
        try ledger.close()
        figures.number(
            "bytesPerEvent", Double(Scratch.size(of: directory + "/log")) / Double(count))
        figures.number("encodedBytesPerEvent", Double(entries.bytes.count) / Double(count))
        let opened = try timed {
            let again = try Ledger.open(directory, options: Folds.none())
            precondition(try again.position() == UInt64(count))
            try again.close()
        }
        figures.number("openMilliseconds", opened.seconds * 1e3)
    }

    private func append(to ledger: Ledger) throws {
        var start = 0
        while start < workload.events.count {
            let end = min(start + Self.batch, workload.events.count)
            _ = try ledger.append(Array(workload.events[start..<end]), recordedAt: .input)
            start = end
        }
        precondition(
            try ledger.position() == UInt64(workload.events.count), "every event once")
    }

    private func entries(of ledger: Ledger) throws -> Plain.Entries {
        var entries = Plain.Entries()
        try ledger.forEachEntry { _, view in
            entries.add(view.bytes)
            return true
        }
        return entries
    }

    private func read(_ ledger: Ledger) throws {
        var codes: UInt64 = 0
        var count = 0
        try ledger.forEachEntry { _, view in
            codes &+= UInt64(view.type.code)
            count += 1
            return true
        }
        precondition(count == workload.events.count && codes > 0)
    }
}
