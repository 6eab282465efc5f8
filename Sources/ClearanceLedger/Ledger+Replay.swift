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
        let end = try position()
        let checkpoint = try projector.checkpoint()
        let target = min(until ?? (checkpoint == 0 ? end : checkpoint), end)
        // The rebuild uses both threads itself; work beside it would only take one of them away.
        var views = [
            try projector.built(
                through: target, horizon: Horizon(position: target), keepingPostings: false)
        ]
        if checkpoint == target && target > 0 { views.append(try projector.stored().view) }
        let digests = try Parallel.map(views) { view throws(LedgerError) in try view.digest() }
        return ReplayReport(
            events: target, digest: digests[0], live: digests.count > 1 ? digests[1] : nil)
    }
}
