import ClearanceEvents
import ClearanceStore
import Synchronization

/// What one caller wants of the writer, and where its answer is put.
final class AppendRequest: Sendable {
    /// What is wanted.
    enum Work: Sendable {
        /// Entries to append when the conditions hold.
        case entries(EncodedBatch, [ConditionKey], RecordedTime)
        /// Something that needs the writer's turn for itself.
        case turn(Turn)
    }

    /// What runs in the writer's turn, once. It is let go before the answer is told, as it may hold
    /// the ledger: the leader, who keeps the request a moment longer, would be the last to do so.
    final class Turn: Sendable {
        private let body: Mutex<(@Sendable () -> Void)?>

        init(_ body: @escaping @Sendable () -> Void) { self.body = Mutex(body) }

        func run() {
            let body = self.body.withLock { body in
                defer { body = nil }
                return body
            }
            body?()
        }
    }

    /// Fixed in size for each event: outcomes as they are told are made on the caller's thread.
    typealias Answer = Result<RequestPlan, LedgerError>

    /// How the caller waits.
    private enum Waiting {
        case thread
        case task(CheckedContinuation<Answer, Never>)
    }

    private struct State {
        var waiting = Waiting.thread
        var answer: Answer?
    }

    let work: Work
    private let state = Mutex(State())
    private let signal = Signal()

    init(_ work: Work) { self.work = work }

    /// The events that it holds; a turn counts as one, so that limits hold for it too.
    var events: Int {
        if case .entries(let batch, _, _) = work { batch.count } else { 1 }
    }

    /// The entry bytes that it holds.
    var bytes: Int {
        if case .entries(let batch, _, _) = work { batch.byteCount } else { 0 }
    }

    /// Answers and wakes the caller; once.
    func complete(_ answer: Answer) {
        let waiting = state.withLock { state in
            precondition(state.answer == nil, "a request is answered once")
            state.answer = answer
            return state.waiting
        }
        switch waiting {
        case .thread: signal.raise()
        case .task(let continuation): continuation.resume(returning: answer)
        }
    }

    /// Waits for the answer on this thread.
    @available(*, noasync)
    func wait() throws(LedgerError) -> [AppendOutcome] {
        signal.wait()
        guard let answer = state.withLock({ $0.answer }) else {
            preconditionFailure("a signal without an answer")
        }
        return try answer.get().told
    }

    /// Suspends the task until the answer is there; `submit` hands the request over, and says
    /// whether it was taken.
    func answer(
        submittedBy submit: @Sendable (AppendRequest) -> Bool
    ) async throws(LedgerError) -> [AppendOutcome] {
        let answer: Answer = await withCheckedContinuation { continuation in
            state.withLock { $0.waiting = .task(continuation) }
            if !submit(self) { complete(.failure(Writer.closed)) }
        }
        return try answer.get().told
    }
}
