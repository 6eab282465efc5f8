import ClearanceStore

/// Where requests wait for the writer's turn, and who takes it.
///
/// One leader at a time takes what waits and commits it. A blocking caller who finds nobody
/// leading leads on its own thread, so that a lone append wakes no other thread; what came
/// meanwhile is led by the writer's thread, and so are requests of tasks. Batches form by
/// themselves, from what comes while the one before is flushed: nobody waits for company.
//
// @unchecked Sendable: every variable is touched only inside `monitor`.
final class AppendQueue: @unchecked Sendable {
    /// Commits what it is handed and answers each request, at once or in a later round.
    typealias Round = @Sendable ([AppendRequest]) -> Void

    /// Conditions of the monitor: the writer's thread has something to do; there is room again.
    private static let work = 0
    private static let room = 1

    private let monitor = Monitor(conditions: 2)
    private let round: Round
    /// What the writer's thread does in its turn when it was asked to and nothing waits.
    private let idle: @Sendable () -> Void
    private var waiting: [AppendRequest] = []
    private var events = 0
    private var bytes = 0
    /// The thread that has the turn; nil for none.
    private var leader: UInt?
    private var isClosed = false
    private var wantsIdleWork = false
    private var thread: SystemThread?

    init(_ round: @escaping Round, idle: @escaping @Sendable () -> Void) {
        self.round = round
        self.idle = idle
    }

    /// Starts the writer's thread, which keeps the queue until ``close()``.
    func start() throws(StoreError) {
        let thread = try SystemThread { self.leadForOthers() }
        monitor.locked { self.thread = thread }
    }

    /// Whether the calling thread has the writer's turn.
    var isTurn: Bool { monitor.locked { leader == SystemThread.current } }

    /// Whether a request waits: then another round comes by itself.
    var isWaiting: Bool { monitor.locked { !waiting.isEmpty } }

    /// How many requests wait, with their events.
    var depth: (requests: Int, events: Int) { monitor.locked { (waiting.count, events) } }

    /// Hands a request over and leads when nobody does; first waits for room. False when closed.
    @available(*, noasync)
    func submitBlocking(_ request: AppendRequest) -> Bool {
        let leads: Bool? = monitor.locked {
            while !isClosed && isFull { monitor.wait(AppendQueue.room) }
            guard !isClosed else { return nil }
            add(request)
            guard leader == nil else { return false }
            leader = SystemThread.current
            return true
        }
        if leads == true { lead(through: request) }
        return leads != nil
    }

    /// Hands a request over to the writer's thread. False when closed.
    ///
    /// A task is its own back-pressure: it holds its events while it is suspended, and has at most
    /// one request here.
    func submit(_ request: AppendRequest) -> Bool {
        monitor.locked {
            guard !isClosed else { return false }
            add(request)
            if leader == nil { monitor.signal(AppendQueue.work) }
            return true
        }
    }

    /// Asks the writer's thread for its idle work, once nobody has the turn and nothing waits.
    func askForIdleWork() {
        monitor.locked {
            wantsIdleWork = true
            if leader == nil { monitor.signal(AppendQueue.work) }
        }
    }

    /// Refuses new requests, lets those accepted be answered, and ends the thread.
    func close() {
        let thread = monitor.locked {
            isClosed = true
            monitor.broadcast(AppendQueue.room)
            monitor.broadcast(AppendQueue.work)
            return self.thread
        }
        thread?.join()
    }

    private var isFull: Bool {
        waiting.count >= LedgerLimits.queueRequests || events >= LedgerLimits.queueEvents
            || bytes >= LedgerLimits.queueBytes
    }

    private func add(_ request: AppendRequest) {
        waiting.append(request)
        events += request.events
        bytes += request.bytes
    }

    /// Leads until the own request was in a round; what came meanwhile goes to the writer's thread.
    private func lead(through own: AppendRequest) {
        var isDone = false
        while !isDone {
            let batch = monitor.locked { take() }
            isDone = batch.contains { $0 === own }
            round(batch)
        }
        monitor.locked {
            leader = nil
            if !waiting.isEmpty || wantsIdleWork || isClosed { monitor.signal(AppendQueue.work) }
        }
    }

    /// The writer's thread: leads whatever no caller leads.
    private func leadForOthers() {
        let me = SystemThread.current
        while true {
            let (batch, isIdle): ([AppendRequest], Bool) = monitor.locked {
                if leader == me { leader = nil }
                while leader != nil || (waiting.isEmpty && !isClosed && !wantsIdleWork) {
                    monitor.wait(AppendQueue.work)
                }
                guard !waiting.isEmpty else {
                    defer { wantsIdleWork = false }
                    if !isClosed { leader = me }
                    return ([], !isClosed)
                }
                leader = me
                return (take(), false)
            }
            if isIdle {
                idle()
            } else if batch.isEmpty {
                return
            } else {
                round(batch)
            }
        }
    }

    /// What one commit takes in: from the front, at least one request.
    private func take() -> [AppendRequest] {
        var (count, events, bytes) = (0, 0, 0)
        for request in waiting {
            let isOver =
                events + request.events > LedgerLimits.batchEvents
                || bytes + request.bytes > LedgerLimits.batchBytes
            if count > 0 && isOver { break }
            count += 1
            events += request.events
            bytes += request.bytes
        }
        var batch = waiting
        waiting = []
        if count < batch.count {
            waiting = Array(batch[count...])
            batch.removeLast(batch.count - count)
        }
        self.events -= events
        self.bytes -= bytes
        monitor.broadcast(AppendQueue.room)
        return batch
    }
}
