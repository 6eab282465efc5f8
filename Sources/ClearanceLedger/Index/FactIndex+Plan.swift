import ClearanceEvents
import ClearanceStore
import Synchronization

extension FactIndex {
    /// Begins to plan a commit behind a position, which is the last one that was added.
    ///
    /// What an earlier plan left that was not added is taken back: that commit failed. Throws when
    /// the index could not be written for a long time.
    @available(*, noasync)
    func plan(after position: UInt64) throws(LedgerError) -> CommitPlan {
        // Before room is made: tables that are frozen take what was planned with them.
        core.withLock { self.undo(&$0, toFresh: 0, changes: 0) }
        try waitForRoom()
        core.withLock { core in
            core.reader = nil
            self.refresh(&core)
            precondition(core.covered == position, "a plan follows what was added last")
        }
        return CommitPlan(index: self)
    }

    /// Keeps what the last plan added: its commit is in the log, which now reaches a position.
    ///
    /// - Parameter durable: whether it survives a loss of power already.
    func add(through position: UInt64, durable: Bool) {
        core.withLock { core in
            let count = core.work.fresh.count
            core.reader = nil
            precondition(core.covered + UInt64(count) == position, "the plan that was committed")
            if let last = core.work.fresh.last { core.last = last }
            core.work.fresh.removeAll(keepingCapacity: true)
            core.work.freshPrefixes.removeAll(keepingCapacity: true)
            core.work.changes.removeAll(keepingCapacity: true)
            core.covered = position
            if durable { core.durable = core.covered }
            self.spillIfFull(&core)
            self.handOver(&core)
        }
    }

    /// Takes back what was planned beyond so many additions and changes.
    func undo(_ core: inout Core, toFresh fresh: Int, changes: Int) {
        while core.work.changes.count > changes {
            let change = core.work.changes.removeLast()
            core.heads.undo(change.record, before: change.before)
        }
        while core.work.fresh.count > fresh {
            let position = core.covered + UInt64(core.work.fresh.count)
            let identity = core.work.fresh.removeLast()
            let record = PrefixRecord(
                prefix: core.work.freshPrefixes.removeLast(), position: position,
                tag: source.seed.tag(of: identity))
            core.facts.undo(record, before: 0)
        }
    }

    /// Plans one request behind those before it; takes back all of it when the log fails.
    @available(*, noasync)
    func admit(
        _ batch: EncodedBatch, _ conditions: [ConditionKey]
    ) throws(LedgerError) -> RequestPlan {
        try locked { core throws(LedgerError) in
            let (fresh, changes) = (core.work.fresh.count, core.work.changes.count)
            do throws(LedgerError) {
                return try self.admit(batch, conditions, in: &core)
            } catch {
                self.undo(&core, toFresh: fresh, changes: changes)
                throw error
            }
        }
    }

    @available(*, noasync)
    private func admit(
        _ batch: EncodedBatch, _ conditions: [ConditionKey], in core: inout Core
    ) throws(LedgerError) -> RequestPlan {
        var plan = RequestPlan(
            room: batch.count, failed: try firstFailing(conditions, in: &core))
        core.facts.reserve(batch.count)
        var start = 0
        while start < batch.count {
            let group = start..<min(start + prefixGroup, batch.count)
            try lookUp(batch, group, in: &core)
            let before = core.work.fresh.count
            for index in group { decide(batch, index, index - start, &plan, in: &core) }
            if core.work.fresh.count > before { putHeads(batch, group, plan, before, in: &core) }
            start = group.upperBound
        }
        plan.close()
        return plan
    }

    /// Gives one entry its outcome; the log and the runs were asked for its group.
    @inline(__always)
    private func decide(
        _ batch: EncodedBatch, _ index: Int, _ place: Int, _ plan: inout RequestPlan,
        in core: inout Core
    ) {
        if core.work.same[place] != 0 {
            plan.add(.known, core.work.same[place])
            return
        }
        let identity = batch.identities[index]
        let prefix = core.work.prefixes[place]
        var with = core.work.first[place]
        let position = core.covered + UInt64(core.work.fresh.count) + 1
        if plan.failed != nil {
            let own = planned(identity, prefix, in: core)
            if own.same != 0 { plan.add(.known, own.same) } else { plan.add(.conditionFailed, 0) }
            return
        }
        let record = PrefixRecord(
            prefix: prefix, position: position, tag: core.work.tags[place])
        if !core.facts.add(record, unlessAbove: core.covered) {
            let own = planned(identity, prefix, in: core)
            if own.same != 0 {
                plan.add(.known, own.same)
                return
            }
            core.facts.add(record)
            if with == 0 { with = own.first }
        }
        core.work.fresh.append(identity)
        core.work.freshPrefixes.append(prefix)
        plan.take(index)
        if with == 0 {
            plan.add(.appended, position)
        } else {
            plan.add(.conflict, position, with: with)
        }
    }

    /// What the plan itself holds of a fact: its first entry, and the one with this content.
    private func planned(
        _ identity: EntryIdentity, _ prefix: UInt64, in core: borrowing Core
    ) -> (first: UInt64, same: UInt64) {
        var (first, same): (UInt64, UInt64) = (0, 0)
        for word in core.facts.words(of: prefix) where word >> 24 > core.covered {
            let position = word >> 24
            let other = core.work.fresh[Int(position - core.covered) - 1]
            guard other.naturalKey == identity.naturalKey else { continue }
            if first == 0 || position < first { first = position }
            if other.content == identity.content { same = position }
        }
        return (first, same)
    }

    /// Notes that the new entries of a group are now the last about what they are about.
    private func putHeads(
        _ batch: EncodedBatch, _ group: Range<Int>, _ plan: RequestPlan, _ before: Int,
        in core: inout Core
    ) {
        var position = core.covered + UInt64(before)
        core.work.headRecords.removeAll(keepingCapacity: true)
        for index in group where plan.isTaken(index) {
            position += 1
            for key in batch.heads.range(of: index) {
                core.work.headRecords.append(
                    source.record(ofHead: batch.heads.keys[key], at: position))
            }
        }
        core.heads.reserve(core.work.headRecords.count)
        core.heads.touch(core.work.headRecords.span)
        for index in core.work.headRecords.indices {
            let record = core.work.headRecords[index]
            core.work.changes.append(
                PlanWork.HeadChange(record: record, before: core.heads.put(record)))
        }
    }
}
