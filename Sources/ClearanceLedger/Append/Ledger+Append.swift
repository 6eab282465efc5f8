public import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// Appends events; durable when it returns, with one outcome per event, in order.
    ///
    /// Known events are told first, whatever their age; the same key with other content is kept as
    /// an entry of its own. What is new is kept only when all ``AppendCondition``s hold. Cost: the
    /// flushes of the ledger's ``Durability``, shared with whoever appends at the same time, so
    /// batch. Throws when the machine fails (then nothing was acknowledged), the ledger was opened
    /// to read, or a condition names a reference that it does not keep.
    @available(*, noasync, message: "use the async form")
    public func append(
        _ events: [Event], recordedAt: RecordedTime, conditions: [AppendCondition] = []
    ) throws(LedgerError) -> [AppendOutcome] {
        let (batch, rejected) = try encode(events)
        return merge(try appendEncoded(batch, recordedAt, conditions), rejected, of: events)
    }

    /// Appends events while the task is suspended; see the blocking form. A task that is cancelled
    /// waits for its answer all the same: what it handed over may be on the disk already.
    public func append(
        _ events: [Event], recordedAt: RecordedTime, conditions: [AppendCondition] = []
    ) async throws(LedgerError) -> [AppendOutcome] {
        let (batch, rejected) = try encode(events)
        let writer = try self.writing()
        let keys = try headFields.keys(of: conditions)
        let outcomes = try await writer.append(batch, keys, recorded: recordedAt)
        runErasures(after: batch, recordedAt)
        return merge(told(outcomes), rejected, of: events)
    }

    /// Appends an encoded batch; outcomes are those of its entries.
    ///
    /// Throws also when the batch exceeds a limit of ``LedgerLimits``. A conflict costs two reads
    /// more, which find the field.
    @available(*, noasync)
    public func append(
        _ batch: EncodedBatch, recordedAt: RecordedTime, conditions: [AppendCondition] = []
    ) throws(LedgerError) -> [AppendOutcome] {
        guard batch.count <= LedgerLimits.batchEvents,
            batch.byteCount <= LedgerLimits.batchBytes
        else {
            throw LedgerError(.tooLarge, "a batch has at most \(LedgerLimits.batchEvents) events")
        }
        var outcomes = try appendEncoded(batch, recordedAt, conditions)
        for index in outcomes.indices {
            // It is kept, whether or not its neighbour can be read just now.
            guard case .conflict(let position, let with, _) = outcomes[index],
                let first = try? event(at: with), let second = try? event(at: position)
            else { continue }
            outcomes[index] = .conflict(
                position: position, with: with, field: second.difference(from: first))
        }
        return outcomes
    }

    @available(*, noasync)
    private func appendEncoded(
        _ batch: EncodedBatch, _ recordedAt: RecordedTime, _ conditions: [AppendCondition]
    ) throws(LedgerError) -> [AppendOutcome] {
        let outcomes = try writing().append(
            batch, try headFields.keys(of: conditions), recorded: recordedAt)
        runErasures(after: batch, recordedAt)
        return told(outcomes)
    }

    func writing() throws(LedgerError) -> Writer {
        try checkProcess()
        guard let writer else { throw LedgerError(.readOnly, "\(directory) was opened to read") }
        return writer
    }

    /// Puts the rejected events back into their places and names the fields of conflicts.
    func merge(
        _ outcomes: [AppendOutcome], _ rejected: [(Int, EncodingRefusal)], of events: [Event]
    ) -> [AppendOutcome] {
        let isPlain = rejected.isEmpty && !outcomes.contains { $0.isConflict }
        if isPlain { return outcomes }
        var merged: [AppendOutcome] = []
        merged.reserveCapacity(events.count)
        var next = outcomes.startIndex
        var refusals = rejected[...]
        for index in events.indices {
            if let (place, refusal) = refusals.first, place == index {
                merged.append(.rejected(refusal))
                refusals.removeFirst()
                continue
            }
            if case .conflict(let position, let with, _) = outcomes[next] {
                // It is kept, whether or not the one before can be read just now.
                let first = try? event(at: with)
                let field = first.map { events[index].difference(from: $0) } ?? ""
                merged.append(.conflict(position: position, with: with, field: field))
            } else {
                merged.append(outcomes[next])
            }
            next += 1
        }
        return merged
    }
}

extension AppendOutcome {
    fileprivate var isConflict: Bool {
        if case .conflict = self { true } else { false }
    }
}

extension Event {
    /// The name of the first member in which two events differ; never a value.
    func difference(from other: Event) -> String {
        if time.microseconds != other.time.microseconds { return "time" }
        if corrects != other.corrects { return "corrects" }
        let names = data.members.map(\.name) + other.data.members.map(\.name)
        for name in names where data[name] != other.data[name] {
            if let number = data.layout.number(of: name) {
                let field = data.layout.field(number)
                // What was erased or has no key here is not known to differ.
                let isKnown =
                    withheld[field.section] == nil && other.withheld[field.section] == nil
                if field.isTransport || !isKnown { continue }
            }
            return "data.\(name)"
        }
        return "data"
    }
}
