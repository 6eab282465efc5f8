import ClearanceEvents
import ClearanceLedger
import Foundation
import Workload

/// What the log means: replaying every projection, and matching the papers.
struct FoldFigures {
    let workload: Workload
    let scratch: Scratch

    func measure(into figures: inout Figures) throws {
        let directory = scratch.path + "/folds"
        let ledger = try Ledger.open(directory, options: Folds.all())
        var start = 0
        while start < workload.events.count {
            let end = min(start + LogFigures.batch, workload.events.count)
            _ = try ledger.append(Array(workload.events[start..<end]), recordedAt: .input)
            start = end
        }
        var folded: UInt64 = 0
        let replayed = try timed { folded = try ledger.replay().events }
        let stored = try ledger.position()
        precondition(folded == stored, "every event is folded")
        figures.rate("replayEventsPerSecond", Int(folded), in: replayed)
        try ledger.close()

        let matching = try Ledger.open(directory, options: Folds.matching())
        var outcomes = 0
        let matched = try timed {
            outcomes = try Folds.outcomes(of: matching.view(), day: workload.lastDay)
        }
        precondition(outcomes > 0, "a world has orders")
        figures.rate("matchPapersPerSecond", workload.papers, in: matched)
        try matching.close()
    }
}
