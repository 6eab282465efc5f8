import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// What is gathered for one durable batch, in the order of the inputs.
struct IngestBatch {
    /// Some neighbours of one input.
    struct Part {
        let tally: InputTally
        let places: [Place]
    }

    var entries = EncodedBatch()
    /// Instead of the entries, where requests are judged one by one.
    var events: [Event] = []
    var parts: [Part] = []
    var rejectLines: [UInt8] = []
    /// Inputs whose last documents are in this batch or in one before.
    var ended: [InputTally] = []
    private(set) var count = 0
    private(set) var cost = 0

    /// Nothing that has to become durable.
    var isEmpty: Bool { count == 0 && rejectLines.isEmpty && ended.isEmpty }

    mutating func add(_ portion: IngestPortion, of tally: InputTally) {
        entries.append(portion.entries)
        events += portion.events
        rejectLines += portion.rejectLines
        cost += portion.cost
        count += portion.places.count
        if !portion.places.isEmpty { parts.append(Part(tally: tally, places: portion.places)) }
    }
}

/// What became of one input so far.
final class InputTally {
    let input: InputFiles.Input
    /// Documents that stand in the log.
    private(set) var kept = 0
    var findings = 0
    var rejected = 0
    /// Whether reading it again may end otherwise: a request was refused, or a position not there.
    var isOpen = false
    /// Set at its end, when all of it was read from a file.
    var content: InputContent?
    private var positions: [ClosedRange<UInt64>] = []
    private var isScattered = false

    init(_ input: InputFiles.Input) { self.input = input }

    /// Notes where one of its events stands.
    func note(_ position: UInt64) {
        kept += 1
        if let last = positions.last, last.contains(position) { return }
        if let last = positions.last, last.upperBound + 1 == position {
            positions[positions.count - 1] = last.lowerBound...position
            return
        }
        if isScattered { return }
        positions.append(position...position)
        if positions.count > 2 * InputRecord.ranges { join() }
    }

    /// The positions in their order, without overlaps; nil when there are too many places.
    var places: [ClosedRange<UInt64>]? {
        join()
        return isScattered || positions.count > InputRecord.ranges ? nil : positions
    }

    private func join() {
        var joined: [ClosedRange<UInt64>] = []
        for range in positions.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            guard let last = joined.last, range.lowerBound <= last.upperBound + 1 else {
                joined.append(range)
                continue
            }
            joined[joined.count - 1] =
                last.lowerBound...max(last.upperBound, range.upperBound)
        }
        positions = joined
        isScattered = isScattered || joined.count > InputRecord.ranges
    }
}
