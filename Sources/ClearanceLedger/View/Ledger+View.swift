public import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// A view of the projections.
    ///
    /// - Parameters:
    ///   - knownAt: the last position that the answers may know; nil for the log's end.
    ///   - asOf: the business time after which events are not seen, in microseconds; nil for all.
    /// - Returns: a view that names its position. At the end and without `asOf` it costs the tail
    ///   that the live tables lack; otherwise a replay in memory.
    public func view(
        knownAt: UInt64? = nil, asOf: Int64? = nil
    ) throws(LedgerError) -> LedgerView {
        let end = try position()
        let known = min(knownAt ?? end, end)
        if known == end && asOf == nil { return try projector.current() }
        return try projector.built(
            through: known, horizon: Horizon(position: known, time: asOf ?? .max))
    }

    /// Brings the live projections up to the log's end; returns the position reached.
    @available(*, noasync)
    @discardableResult
    public func project() throws(LedgerError) -> UInt64 {
        _ = try writing()
        try projector.catchUp()
        return try projector.checkpoint()
    }

    /// Makes the live projections anew from the log and puts them in the place of the old ones.
    @available(*, noasync)
    public func rebuildProjections() throws(LedgerError) {
        _ = try writing()
        try projector.rebuild()
    }

    /// The position that each projection's live tables answer for, by name.
    public func projectionPositions() throws(LedgerError) -> [(name: String, position: UInt64)] {
        let reached = try projector.checkpoint()
        return projector.schema.groups.flatMap(\.folds).map { ($0.fold.name, reached) }
            .sorted { $0.0 < $1.0 }
    }

    /// The last position recorded at or before an instant; 0 when there is none. Recorded times
    /// never fall, so it is found by halving.
    public func position(recordedBy instant: Instant) throws(LedgerError) -> UInt64 {
        let reader = try log.reader()
        var low: UInt64 = 0
        var high = try reader.lastPosition()
        do {
            while low < high {
                let middle = high - (high - low) / 2
                let recorded = try reader.withEntry(middle) { (bytes) throws(StoreError) in
                    (try? EventView(bytes).recordedTime) ?? .max
                }
                if recorded <= instant.microseconds {
                    low = middle
                } else {
                    high = middle - 1
                }
            }
        } catch { throw LedgerError(error) }
        return low
    }
}
