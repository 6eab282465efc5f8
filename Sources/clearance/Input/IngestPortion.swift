import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// What some documents of one input become: entries for the log, lines for the rejects.
struct IngestPortion: InputPortion {
    /// A correction that names a position: only who appends knows what stands there.
    struct Open: Sendable {
        let event: Event
        let place: Place
        let position: UInt64
        let reason: Correction.Reason
    }

    /// The entries, in the order of the input.
    var entries = EncodedBatch()
    /// Instead of the entries, where requests are judged one by one.
    var events: [Event] = []
    /// Where each of them stands in the input.
    var places: [Place] = []
    /// Alone in its portion: an event that waits for what the ledger says.
    var open: Open?
    /// Lines for the rejects, each with its line feed.
    var rejectLines: [UInt8] = []
    var rejected = 0
    var findings = 0
    /// The first of them, to be shown.
    var shownRejects: [(place: Place, fault: InputFault)] = []
    var shownFindings: [(place: Place, fault: InputFault)] = []
    private(set) var cost = 0

    var isEmpty: Bool { places.isEmpty && rejected == 0 && open == nil }

    /// About what a place holds, its share of a list included.
    private static let placeBytes = 64
    /// An event in memory, compared to its entry: a list of values with a name each.
    private static let eventShare = 8

    mutating func add(_ place: Place, entryBytes: Int, isEvent: Bool) {
        places.append(place)
        cost += Self.placeBytes + entryBytes * (isEvent ? Self.eventShare : 1)
    }

    mutating func add(_ reject: Reject, showsRaw: Bool) {
        let before = rejectLines.count
        rejectLines.append(contentsOf: reject.json(showsRaw: showsRaw))
        rejectLines.append(10)
        cost += rejectLines.count - before
        rejected += 1
        if rejected <= Notices.screenful {
            shownRejects.append((reject.place, reject.faults[0]))
        }
    }

    mutating func add(_ findings: [InputFault], at place: Place) {
        for finding in findings {
            self.findings += 1
            guard self.findings <= Notices.screenful else { continue }
            shownFindings.append((place, finding))
            cost += Self.placeBytes
        }
    }
}
