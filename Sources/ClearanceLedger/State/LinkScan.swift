import ClearanceEvents
import ClearanceStore

/// Reads the links of the whole log under several groupings in one pass, on two threads.
struct LinkScan {
    let log: EventLog
    let groupings: [any Grouping.Type]
    let corrections: Corrections
    let horizon: Horizon

    /// Set in a role when the event is in force and within the horizon.
    static let inForceBit: UInt8 = 4

    /// The links of a run of positions under one grouping.
    struct Part: Sendable {
        var keys: [Digest16] = []
        var roles: [UInt8] = []
        /// How many links each event has.
        var counts: [UInt32] = []
    }

    /// The parts of every grouping, in the order of the log.
    func run(through end: UInt64) throws(LedgerError) -> [[Part]] {
        let middle = end / 2
        let halves = end < 1_000 ? [1...max(end, 1)] : [1...middle, (middle + 1)...end]
        let parts = try Parallel.map(end == 0 ? [] : halves) { range throws(LedgerError) in
            try storing { () throws(StoreError) in try scan(range, through: end) }
        }
        return groupings.indices.map { group in parts.map { $0[group] } }
    }

    private func scan(
        _ range: ClosedRange<UInt64>, through end: UInt64
    ) throws(StoreError) -> [Part] {
        let reader: LogReader
        do { reader = try log.reader() } catch {
            throw error.store ?? StoreError(.io, error.what)
        }
        var parts = Array(repeating: Part(), count: groupings.count)
        var sink = LinkSink()
        let known = min(horizon.position, end)
        try reader.forEach(from: range.lowerBound, through: range.upperBound) {
            (position, bytes) throws(StoreError) in
            guard let view = try? EventView(bytes) else {
                throw StoreError(.corrupted, "read the entry at position \(position)")
            }
            // Postings keep every event's links, in force or not, as the live tables do; only
            // those in force join things.
            let isSeen =
                view.time <= horizon.time && !corrections.leavesOut(view, knownAt: known)
            let bit = isSeen ? LinkScan.inForceBit : 0
            for (index, grouping) in groupings.enumerated() {
                sink.clear()
                grouping.links(of: view, into: &sink)
                for link in sink.links {
                    parts[index].keys.append(link.key)
                    parts[index].roles.append(link.role.rawValue | bit)
                }
                parts[index].counts.append(UInt32(sink.links.count))
            }
            return true
        }
        return parts
    }
}
