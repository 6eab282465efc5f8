import ClearanceEvents

/// Which events of a batch are new, and every event's outcome.
struct BatchPlan {
    /// The outcomes, in the batch's order. A conflict's field is filled in by the ledger.
    private(set) var outcomes: [AppendOutcome] = []
    /// Indices of the entries that will be written.
    private(set) var fresh: [Int] = []

    /// Tells duplicates and conflicts, against the log and inside the batch itself.
    init(
        _ batch: EncodedBatch, keys: NaturalKeyIndex, position: UInt64
    ) throws(LedgerError) {
        outcomes.reserveCapacity(batch.count)
        fresh.reserveCapacity(batch.count)
        var own = NaturalKeyTable()
        var next = position + 1
        for index in 0..<batch.count {
            let (key, content) = (
                batch.identities[index].naturalKey, batch.identities[index].content
            )
            let stored = try keys.find(key, content: content)
            let inBatch = own.find(key, content: content)
            if let known = stored?.same ?? inBatch?.same {
                outcomes.append(.alreadyAppended(position: known))
                continue
            }
            if let first = stored?.first ?? inBatch?.first {
                outcomes.append(.conflict(position: next, with: first, field: ""))
            } else {
                outcomes.append(.appended(position: next))
            }
            own.add(key, .init(position: next, content: content))
            fresh.append(index)
            next += 1
        }
    }

    /// The entries that will be written, as a batch of their own.
    func chosen(of batch: EncodedBatch) -> EncodedBatch {
        if fresh.count == batch.count { return batch }
        var chosen = EncodedBatch()
        for index in fresh {
            let range = batch.start(of: index)..<batch.end(of: index)
            chosen.add(batch.bytes.span.extracting(range), batch.identities[index])
        }
        chosen.seals = batch.seals.chosen(fresh)
        return chosen
    }
}

extension EncodedBatch {
    /// Fills in recorded times that never fall below the entry before.
    mutating func stampRecorded(_ recorded: RecordedTime, after last: inout Int64) {
        var times: [Int64] = []
        times.reserveCapacity(count)
        for index in 0..<count {
            switch recorded {
            case .at(let instant): last = max(last, instant.microseconds)
            case .input: last = max(last, time(of: index))
            }
            times.append(last)
        }
        stamp { times[$0] }
    }
}
