import ClearanceEvents

extension Ledger {
    /// Batches of events from a position on: first what is there, then what is appended, by this
    /// process or another. Ends within a tenth of a second when the task is cancelled; throws what
    /// reading throws.
    ///
    /// A batch has at most ``LedgerLimits/followBatch`` events and never splits the order. New
    /// entries are looked for every ``LedgerLimits/followMilliseconds``, over all epochs.
    public func subscribe(from start: UInt64 = 1) -> Subscription {
        Subscription(ledger: self, start: max(start, 1))
    }

    /// The sequence of ``subscribe(from:)``.
    public struct Subscription: AsyncSequence, Sendable {
        public typealias Element = [StoredEvent]

        let ledger: Ledger
        let start: UInt64

        public func makeAsyncIterator() -> Iterator { Iterator(ledger: ledger, next: start) }

        /// Hands out one batch after another.
        public struct Iterator: AsyncIteratorProtocol {
            let ledger: Ledger
            var next: UInt64

            public mutating func next() async throws -> [StoredEvent]? {
                while !Task.isCancelled {
                    let batch = try ledger.events(from: next, limit: LedgerLimits.followBatch)
                    if let last = batch.last {
                        next = last.position + 1
                        return batch
                    }
                    try await ledger.follower.wait(for: next)
                }
                return nil
            }
        }
    }
}
