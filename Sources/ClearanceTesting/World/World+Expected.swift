public import ClearanceEvents

extension World {
    /// What a slow matcher says of all orders of a world.
    public struct Expectation: Sendable, Equatable {
        /// One outcome and how many orders have it.
        public struct Count: Sendable, Equatable {
            /// The outcome, or the kind of orphan.
            public let outcome: String
            /// How many orders, or papers.
            public let orders: Int
        }

        /// In the order of the outcomes' names.
        public var outcomes: [Count]
        /// Kinds of orphans and how many papers are of them, in the order of their names.
        public var orphans: [Count]
    }

    /// How many orders have which outcome, by the slow reference.
    ///
    /// `lastDay` is ``WorldWriter/Report/lastDay``. Papers of a life meet no order of another, so
    /// that lives are matched one by one. Cost: one telling of every life, and the matching.
    public func expected(lastDay: CivilDay) -> Expectation {
        let matcher = ReferenceMatcher(indexKey: World.judgeKey)
        return expected { events in
            let result = matcher.match(events, day: lastDay)
            return (
                outcomes: result.orders.map(\.outcome), orphans: result.orphans.mapValues(\.count)
            )
        }
    }

    /// The same with a matcher of the caller's own.
    ///
    /// `judge` gets the events of one life, each fact once as a ledger keeps it, and answers with
    /// one outcome for each of its orders and the orphans by kind.
    public func expected(
        judge: ([Event]) -> (outcomes: [String], orphans: [String: Int])
    ) -> Expectation {
        var outcomes: [String: Int] = [:]
        var orphans: [String: Int] = [:]
        for index in 0..<lives {
            let life = life(of: index)
            guard !life.events.isEmpty else { continue }
            let said = judge(World.once(life.events))
            for outcome in said.outcomes { outcomes[outcome, default: 0] += 1 }
            orphans.merge(said.orphans) { $0 + $1 }
        }
        return Expectation(outcomes: World.sorted(outcomes), orphans: World.sorted(orphans))
    }

    /// Any key serves: only the equality of marks is used.
    private static let judgeKey = SipKey(0x776F_726C_64, 1)

    private static func sorted(_ counts: [String: Int]) -> [Expectation.Count] {
        counts.sorted { $0.key < $1.key }.map { .init(outcome: $0.key, orders: $0.value) }
    }

    /// The events without those whose natural key and content came before.
    static func once(_ events: [Event]) -> [Event] {
        let encoder = EntryEncoder(indexKey: judgeKey)
        var seen: [(Digest16, Digest16)] = []
        return events.filter { event in
            var writer = ByteWriter()
            guard let identity = try? encoder.encode(event, into: &writer) else { return true }
            let pair = (identity.naturalKey, identity.content)
            if seen.contains(where: { $0 == pair }) { return false }
            seen.append(pair)
            return true
        }
    }
}
