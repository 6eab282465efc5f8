import ClearanceEvents
import ClearanceStore
import Synchronization

extension Writer {
    /// What became of the requests of one commit, in their order.
    private typealias Answers = [(request: AppendRequest, answer: AppendRequest.Answer)]

    /// Takes in what the leader took from the queue, and answers it, at once or a round later.
    ///
    /// - Parameter alone: no other round is waited for, whatever is in the queue.
    func round(_ requests: [AppendRequest], alone: Bool = false) {
        var group: [AppendRequest] = []
        for request in requests {
            guard case .turn(let body) = request.work else {
                group.append(request)
                continue
            }
            commit(group)
            group = []
            body.run()
            settle()
            request.complete(.success(RequestPlan()))
        }
        commit(group)
        // Whatever waits has a round of its own, whose flush settles this one too.
        if alone || !queue.isWaiting { settle() }
    }

    /// Commits what is new in these requests and answers them.
    private func commit(_ requests: [AppendRequest]) {
        guard !requests.isEmpty else { return }
        let ready = state.withLock { state -> Answers in
            let before = state.position
            var answers = commit(requests, state: &state)
            guard log.options.durability == .oneFlush else {
                tree.wake(through: state.position)
                return answers
            }
            if let reason = state.ended {
                // A flush failed that the commits before it counted on.
                answers += state.unflushed.map {
                    ($0.request, .failure(LedgerError(.ended, reason)))
                }
                state.unflushed = []
            } else if state.position == before {
                // Nothing was flushed, and what was told may name what is not yet durable.
                state.unflushed += answers
                return []
            } else {
                index.durable(through: before)
                swap(&answers, &state.unflushed)
                tree.wake(through: before)
            }
            return answers
        }
        for (request, answer) in ready { request.complete(answer) }
    }

    /// Makes the last commit durable and gives the answers that waited for that.
    private func settle() {
        let ready = state.withLock { state -> Answers in
            guard !state.unflushed.isEmpty else { return [] }
            defer { state.unflushed = [] }
            do throws(LedgerError) {
                try log.sync()
                index.durable(through: state.position)
                tree.wake(through: state.position)
                return state.unflushed
            } catch {
                end("a flush failed: \(error)", &state)
                return state.unflushed.map { ($0.request, .failure(error)) }
            }
        }
        for (request, answer) in ready { request.complete(answer) }
    }

    private func commit(_ requests: [AppendRequest], state: inout State) -> Answers {
        checkPlace(&state)
        if let reason = state.ended {
            return requests.map { ($0, .failure(LedgerError(.ended, reason))) }
        }
        var (group, plans, answers) = plan(requests, state: state)
        do throws(LedgerError) {
            try write(group, plans, state: &state)
            for (request, plan) in zip(group, plans) {
                answers.append((request, .success(plan)))
            }
        } catch {
            // Before the flush nothing was acknowledged and the commit is not there; after a
            // failed flush nobody knows, so writing ends until the tail was read again.
            let isHarmless = Writer.isHarmless(error)
            if !isHarmless { end("a commit failed: \(error)", &state) }
            if isHarmless && group.count > 1 {
                // Room that is too small for all of them may do for one: each by itself.
                for request in group { answers += commit([request], state: &state) }
            } else {
                answers += group.map { ($0, .failure(error)) }
            }
            (group, plans) = ([], [])
        }
        return answers
    }

    /// Step 1. Every request's outcomes, in order; one that cannot be planned stands aside, and
    /// the others are planned as if it had never come.
    private func plan(
        _ requests: [AppendRequest], state: State
    ) -> (group: [AppendRequest], plans: [RequestPlan], failed: Answers) {
        var (group, plans, failed): ([AppendRequest], [RequestPlan], Answers) = ([], [], [])
        group.reserveCapacity(requests.count)
        plans.reserveCapacity(requests.count)
        do throws(LedgerError) {
            let commit = try index.plan(after: state.position)
            for request in requests {
                guard case .entries(let batch, let conditions, _) = request.work else { continue }
                do throws(LedgerError) {
                    plans.append(try commit.admit(batch, conditions))
                    group.append(request)
                } catch {
                    failed.append((request, .failure(error)))
                }
            }
        } catch {
            failed = requests.map { ($0, .failure(error)) }
        }
        return (group, plans, failed)
    }

    /// Steps 2 to 4: what is new is sealed, committed and made known, in this order.
    private func write(
        _ group: [AppendRequest], _ plans: [RequestPlan], state: inout State
    ) throws(LedgerError) {
        var parts: [ChosenEntries] = []
        parts.reserveCapacity(group.count)
        for (request, plan) in zip(group, plans) where !plan.runs.isEmpty {
            guard case .entries(let batch, _, let recorded) = request.work else { continue }
            parts.append(ChosenEntries(batch: batch, runs: plan.runs, recorded: recorded))
        }
        guard !parts.isEmpty else { return }
        // 2. Sealed sections get their slots, durably, before an entry can name one.
        var slots = vault.slotTurn()
        for index in parts.indices {
            parts[index].slot = slots.take(parts[index].batch.seals, runs: parts[index].runs)
        }
        let flushes = log.options.durability != .none
        try vault.write(slots, flushes: flushes)
        // 3. The log.
        var recorded = state.recorded
        let (start, epoch) = (MonotonicTime.nanoseconds(), try log.live().line.number)
        let wantsRoom: Bool
        do throws(LedgerError) {
            wantsRoom = try log.append(parts, first: state.position + 1, recorded: &recorded)
        } catch {
            // Otherwise nobody knows whether an entry names them.
            if Writer.isHarmless(error) { try vault.takeBack(slots, flushes: flushes) }
            throw error
        }
        state.recorded = recorded
        observer.committed(parts, since: start, waiting: queue.depth.requests)
        let live = try log.live()
        if live.line.number != epoch {
            observer.rolled(epoch: live.line.number, first: live.first)
        }
        // 4. What follows the log.
        state.position += UInt64(parts.reduce(0) { $0 + $1.count })
        index.add(through: state.position, durable: log.options.durability != .oneFlush)
        vault.note(state.position)
        projector?.wake()
        if wantsRoom { queue.askForIdleWork() }
    }
}

extension Writer {
    /// Whether a commit that failed so is certainly not there, and another may do.
    private static func isHarmless(_ error: LedgerError) -> Bool {
        error.store?.code == .mapFull || error.store?.code == .diskFull
    }

    /// Ends writing until the ledger is opened again, and says why.
    func end(_ reason: String, _ state: inout State) {
        state.ended = reason
        observer.ended(reason)
    }
}

/// Lets the queue reach the writer that is made after it.
final class WriterTurn: Sendable {
    private let held = Mutex<Held>(Held())

    private struct Held: Sendable { weak var writer: Writer? }

    var writer: Writer? { held.withLock { $0.writer } }

    func set(_ writer: Writer) { held.withLock { $0.writer = writer } }
}
