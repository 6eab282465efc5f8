/// The queue between the callers and the writer's thread.
//
// @unchecked Sendable: every variable is touched only inside `monitor`.
final class WriterQueue: @unchecked Sendable {
    typealias Job = @Sendable () -> Void

    /// The one condition: there is a job, or room for one, or the end has come.
    private static let changed = 0

    private let limit: Int
    private let process = ProcessMark()
    private let monitor = Monitor(conditions: 1)
    private var jobs: [Job] = []
    private var isClosed = false
    private var thread: SystemThread?
    /// Forgotten when the thread ends, as the system may give its number to another one.
    private var running: UInt?

    init(limit: Int) { self.limit = limit }

    var waiting: Int { monitor.locked { jobs.count } }

    var isCurrent: Bool { monitor.locked { running == SystemThread.current } }

    /// Starts the thread, which keeps this queue alive until it ends.
    func start() throws(StoreError) {
        do throws(StoreError) {
            let thread = try SystemThread { self.work() }
            monitor.locked { self.thread = thread }
        } catch {
            monitor.locked { isClosed = true }
            throw error
        }
    }

    /// Queues a job; false when closed. With `waitingForRoom`, first waits until there is some.
    func submit(waitingForRoom: Bool, _ job: @escaping Job) -> Bool {
        // In a forked child nobody takes what is queued, and the mutex may be held for ever.
        guard process.isThis else { return false }
        return monitor.locked {
            while waitingForRoom && !isClosed && jobs.count >= limit {
                monitor.wait(WriterQueue.changed)
            }
            guard !isClosed else { return false }
            jobs.append(job)
            monitor.broadcast(WriterQueue.changed)
            return true
        }
    }

    /// Refuses new jobs; waits for the thread's end unless called on it.
    func close() {
        guard process.isThis else { return }
        let thread = monitor.locked {
            isClosed = true
            monitor.broadcast(WriterQueue.changed)
            return self.thread
        }
        thread?.join()
    }

    /// Takes all that wait at once: one lock for many jobs, and their room is free for others.
    private func work() {
        monitor.locked { running = SystemThread.current }
        while true {
            let batch: [Job] = monitor.locked {
                while jobs.isEmpty && !isClosed { monitor.wait(WriterQueue.changed) }
                let batch = jobs
                jobs.removeAll(keepingCapacity: true)
                if batch.isEmpty { running = nil }
                monitor.broadcast(WriterQueue.changed)
                return batch
            }
            if batch.isEmpty { return }
            for job in batch { job() }
        }
    }
}
