/// What a replay found.
public struct ReplayReport: Sendable, Equatable {
    /// How many events were folded.
    public let events: UInt64
    /// The digest of the rebuilt projections.
    public let digest: String
    /// The digest of the live ones at the same position; nil when there are none for it.
    public let live: String?

    /// Whether both are the same; nil when there is nothing to compare.
    public var isIdentical: Bool? { live.map { $0 == digest } }
}

extension Ledger {
    /// Rebuilds every projection from the log, apart from the live ones, and compares digests.
    ///
    /// - Parameter until: the last position to fold; nil for that of the live tables, or, when the
    ///   ledger has none, for the log's end.
    public func replay(until: UInt64? = nil) throws(LedgerError) -> ReplayReport {
        // One look at the tables, which a writer moves on while the rebuild is under way; before
        // the log, which is then not behind them.
        let stored = try projector.stored()
        let live = stored.fits ? stored.view.position : 0
        let end = try position()
        let target = min(until ?? (live == 0 ? end : live), end)
        // The rebuild uses both threads itself; work beside it would only take one of them away.
        var views = [
            try projector.built(
                through: target, horizon: Horizon(position: target), keepingPostings: false)
        ]
        if live == target && target > 0 { views.append(stored.view) }
        let digests = try Parallel.map(views) { view throws(LedgerError) in try view.digest() }
        return ReplayReport(
            events: target, digest: digests[0], live: digests.count > 1 ? digests[1] : nil)
    }
}
