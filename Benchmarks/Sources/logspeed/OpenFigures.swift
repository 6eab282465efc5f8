import ClearanceEvents
import ClearanceLedger
import Foundation
import Workload

/// How long a ledger takes to open: after it was closed, and after its process was killed.
enum OpenFigures {
    /// What the one who is killed appends, in commits of `batch`.
    private static let killed = 100_000
    private static let batch = 10_000
    /// Numbers that no other part of the run gives to its events.
    private static let first = 900_000_000

    /// How many entries ``killedMilliseconds(_:)`` leaves behind.
    static let appended = killed + 1

    /// The shortest of three openings of a ledger that was closed.
    static func closedMilliseconds(_ directory: String) throws -> Double {
        var shortest = Double.infinity
        for _ in 0..<3 {
            var ledger: Ledger?
            let opened = try timed { ledger = try Ledger.open(directory) }
            shortest = min(shortest, opened.seconds * 1e3)
            try ledger?.close()
        }
        return shortest
    }

    /// Until the first append is durable, after another process was killed while it appended.
    static func killedMilliseconds(_ directory: String) throws -> Double {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = [LogSpeed.dies, directory]
        try process.run()
        process.waitUntilExit()
        precondition(process.terminationStatus == SIGKILL, "it was to be killed")
        let event = SmallEvents.make((first + killed)..<(first + killed + 1))
        var ledger: Ledger?
        let opened = try timed {
            ledger = try Ledger.open(directory)
            _ = try ledger?.append(event, recordedAt: .input)
        }
        try ledger?.close()
        return opened.seconds * 1e3
    }

    /// What the other process does: appends, and kills itself.
    static func die(_ directory: String) throws {
        let ledger = try Ledger.open(directory)
        let batches = SmallEvents.make(first..<(first + killed)).batches(of: batch)
        _ = try Caller(ledger).append(batches)
        kill(getpid(), SIGKILL)
    }
}
