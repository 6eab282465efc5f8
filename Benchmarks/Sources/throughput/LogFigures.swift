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
        // A world repeats itself now and then: what is known already is no entry of its own.
        let stored = Int(try ledger.position())
        let entries = try self.entries(of: ledger)
        let plain = try scratch.folder("plain-log")
        let rawAppended = timed {
            Plain.append(entries, to: plain, commit: Self.batch, value: Self.valueBytes)
        }
        figures.rate("appendEventsPerSecond", count, in: appended)
        figures.rate("rawAppendEventsPerSecond", stored, in: rawAppended)
        let syncs = 200
        let synced = timed { Plain.sync(scratch.path + "/sync", count: syncs) }
        figures.number("rawSyncMicroseconds", synced.seconds * 1e6 / Double(syncs))
        let again = try timed { try append(to: ledger) }
        figures.rate("reingestEventsPerSecond", count, in: again)
        let read = try shortest { try self.read(ledger) }
        figures.rate("readEventsPerSecond", stored, in: read)
        let rawRead = shortest { precondition(Plain.read(plain) == stored) }
        figures.rate("rawReadEventsPerSecond", stored, in: rawRead)
        let after = try ledger.position()
        precondition(after == UInt64(stored), "what is known is not kept twice")
        try ledger.close()
        figures.number(
            "bytesPerEvent", Double(Scratch.size(of: directory + "/log")) / Double(stored))
        figures.number("encodedBytesPerEvent", Double(entries.bytes.count) / Double(stored))
        try open(directory, stored: stored, into: &figures)
    }

    private func open(
        _ directory: String, stored: Int, into figures: inout Figures
    ) throws {
        var reached: UInt64 = 0
        let opened = try timed {
            let again = try Ledger.open(directory, options: Folds.none())
            reached = try again.position()
            try again.close()
        }
        precondition(reached == UInt64(stored), "what was closed is there")
        figures.number("openMilliseconds", opened.seconds * 1e3)
    }

    private func append(to ledger: Ledger) throws {
        var start = 0
        while start < workload.events.count {
            let end = min(start + Self.batch, workload.events.count)
            _ = try ledger.append(Array(workload.events[start..<end]), recordedAt: .input)
            start = end
        }
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
        try ledger.forEachEntry { _, view in
            codes &+= UInt64(view.type.code)
            return true
        }
        precondition(codes > 0, "entries have types")
    }
}
