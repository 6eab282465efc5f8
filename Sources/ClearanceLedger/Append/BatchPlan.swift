import ClearanceEvents

/// Every event's outcome in one commit that takes in several requests.
///
/// What an earlier request of the commit adds is known to the later ones, as if it were in the
/// log.
struct CommitPlan {
    private var own = NaturalKeyTable()
    private var next: UInt64

    /// A plan behind the log's last position.
    init(position: UInt64) { next = position + 1 }

    /// Tells duplicates and conflicts, against the log, this commit and the batch itself.
    ///
    /// After an error the plan is spoiled: the others are planned anew.
    mutating func admit(
        _ batch: EncodedBatch, keys: NaturalKeyIndex
    ) throws(LedgerError) -> RequestPlan {
        var plan = RequestPlan()
        plan.outcomes.reserveCapacity(batch.count)
        for index in 0..<batch.count {
            let (key, content) = (
                batch.identities[index].naturalKey, batch.identities[index].content
            )
            let stored = try keys.find(key, content: content)
            let inCommit = own.find(key, content: content)
            if let known = stored?.same ?? inCommit?.same {
                plan.outcomes.append(.alreadyAppended(position: known))
                continue
            }
            if let first = stored?.first ?? inCommit?.first {
                plan.outcomes.append(.conflict(position: next, with: first, field: ""))
            } else {
                plan.outcomes.append(.appended(position: next))
            }
            own.add(key, .init(position: next, content: content))
            plan.choose(index)
            next += 1
        }
        return plan
    }
}

/// Which events of a request are new, and every event's outcome.
struct RequestPlan {
    /// The outcomes, in the batch's order. A conflict's field is filled in by the ledger.
    var outcomes: [AppendOutcome] = []
    /// Runs of indices of the entries that will be written.
    private(set) var fresh: [Range<Int>] = []

    /// Adds an entry to those that will be written; its index is above all before it.
    mutating func choose(_ index: Int) {
        if let last = fresh.last, last.upperBound == index {
            fresh[fresh.count - 1] = last.lowerBound..<(index + 1)
        } else {
            fresh.append(index..<(index + 1))
        }
    }
}
