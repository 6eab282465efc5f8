import Synchronization

/// What the holder counts of its own commits, in memory of a fixed size.
final class LedgerFigures: Sendable {
    private struct State {
        var written = LedgerHealth.Written()
        var batch = FixedHistogram()
        var flush = FixedHistogram()
        var ended: String?
    }

    private let state = Mutex(State())

    /// Counts one commit. Cost: a lock that nobody contends for, once a commit.
    func committed(events: Int, bytes: Int, nanoseconds: UInt64) {
        state.withLock { state in
            state.written.commits += 1
            state.written.events += UInt64(events)
            state.written.bytes += UInt64(bytes)
            state.batch.add(UInt64(events))
            state.flush.add(nanoseconds)
        }
    }

    /// Keeps why writing ended.
    func ended(_ reason: String) { state.withLock { $0.ended = reason } }

    /// Puts what was counted into a report.
    func fill(_ health: inout LedgerHealth) {
        let now = state.withLock { $0 }
        var written = now.written
        written.batchP50 = now.batch.quantile(0.5)
        written.batchP99 = now.batch.quantile(0.99)
        written.flushP50 = now.flush.quantile(0.5).map { .nanoseconds(Int64(clamping: $0)) }
        written.flushP99 = now.flush.quantile(0.99).map { .nanoseconds(Int64(clamping: $0)) }
        health.written = written
        health.ended = now.ended
    }
}
