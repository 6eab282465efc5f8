import ClearanceEvents
import ClearanceLedger
import Workload

/// A long history of entries of about 200 bytes: does the last tenth go as fast as the first.
///
/// Making the events is not measured: the clock stands while the next group of them is made.
struct VolumeFigures {
    private static let group = 500_000

    private let arguments: LogSpeed.Arguments
    private let scratch: Scratch

    init(_ arguments: LogSpeed.Arguments, _ scratch: Scratch) {
        self.arguments = arguments
        self.scratch = scratch
    }

    func measure(into figures: inout Figures) throws {
        let directory = scratch.path + "/volume"
        let ledger = try Ledger.open(directory)
        let caller = Caller(ledger)
        let tenth = max(arguments.events / 10, 1)
        var rates: [Double] = []
        var longest = 0.0
        var own = 0.0
        for part in 0..<10 {
            var seconds = 0.0
            var start = part * tenth
            while start < (part + 1) * tenth {
                let end = min(start + Self.group, (part + 1) * tenth)
                let events = SmallEvents.make(start..<end)
                let batches = events.batches(of: arguments.batch)
                if arguments.warm {
                    try scratch.warm(bytes: 2 * events.count * SmallEvents.entryBytes)
                }
                var sum = Caller.Sum()
                seconds += try timed {
                    sum = try caller.append(batches)
                }.seconds
                precondition(sum.appended == events.count, "all of them are new")
                longest = max(longest, sum.longest)
                own = max(own, Machine.ownMegabytes)
                start = end
            }
            rates.append(Double(tenth) / seconds)
            print("tenth \(part + 1): \(Int(rates[part])) events/s")
        }
        let mean = 10 / rates.reduce(0) { $0 + 1 / $1 }
        figures.rate("volumeEventsPerSecond", Int(mean), in: .seconds(1))
        figures.rate("volumeFirstEventsPerSecond", Int(rates[0]), in: .seconds(1))
        figures.rate("volumeLastEventsPerSecond", Int(rates[9]), in: .seconds(1))
        figures.number("volumeLongestCommitMilliseconds", longest * 1e3)
        figures.number("volumeOwnMegabytes", own)
        let closed = try timed { try ledger.close() }
        figures.number("volumeCloseMilliseconds", closed.seconds * 1e3)
        figures.number(
            "volumeOpenMilliseconds", try OpenFigures.closedMilliseconds(directory))
        figures.number(
            "volumeOpenKilledMilliseconds", try OpenFigures.killedMilliseconds(directory))
        let events = Double(10 * tenth)
        figures.number(
            "volumeLogBytesPerEvent", Double(Scratch.size(of: directory + "/log")) / events)
        figures.number(
            "volumeIndexBytesPerEvent",
            Double(Scratch.size(of: directory + "/state/index")) / events)
    }
}
