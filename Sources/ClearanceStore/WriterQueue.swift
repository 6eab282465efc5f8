import Glibc

/// The queue between the callers and the writer's thread.
//
// @unchecked Sendable: every variable is touched only with `mutex` held.
@safe final class WriterQueue: @unchecked Sendable {
    typealias Job = @Sendable () -> Void

    private let limit: Int
    private let process = ProcessMark()
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var jobs: [Job] = []
    private var closed = false
    private var joined = false
    private var thread: pthread_t?
    // Forgotten when the thread ends, as the system may give its number to another one.
    private var running: pthread_t?

    init(limit: Int) {
        self.limit = limit
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe changed.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
    }

    deinit {
        // A forked child would wait for the parent's waiting threads.
        guard process.isThis else { return }
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    var waiting: Int { locked { jobs.count } }

    var isCurrent: Bool { locked { running == pthread_self() } }

    /// Starts the thread, which keeps this queue alive until it ends.
    func start() throws(StoreError) {
        let context = unsafe Unmanaged.passRetained(self)
        var made = pthread_t()
        let failed = locked {
            let failed = unsafe pthread_create(
                &made, nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<WriterQueue>.fromOpaque(context).takeRetainedValue().work()
                    return nil
                }, context.toOpaque())
            if failed == 0 {
                thread = made
                running = made
            }
            return failed
        }
        guard failed == 0 else {
            unsafe context.release()
            locked { closed = true }
            throw .system("start the writer's thread", path: "", errno: failed)
        }
    }

    /// Queues a job; false when closed. With `waitingForRoom`, first waits until there is some.
    func submit(waitingForRoom: Bool, _ job: @escaping Job) -> Bool {
        // In a forked child nobody takes what is queued, and the mutex may be held for ever.
        guard process.isThis else { return false }
        return locked {
            while waitingForRoom && !closed && jobs.count >= limit { wait() }
            guard !closed else { return false }
            jobs.append(job)
            unsafe pthread_cond_broadcast(changed)
            return true
        }
    }

    /// Refuses new jobs; waits for the thread's end unless called on it.
    func close() {
        guard process.isThis else { return }
        let ending: pthread_t? = locked {
            closed = true
            unsafe pthread_cond_broadcast(changed)
            guard let thread, !joined else { return nil }
            joined = true
            return thread
        }
        guard let ending else { return }
        if ending == pthread_self() {
            pthread_detach(ending)
        } else {
            pthread_join(ending, nil)
        }
    }

    /// Takes all that wait at once: one lock for many jobs, and their room is free for others.
    private func work() {
        while true {
            let batch: [Job] = locked {
                while jobs.isEmpty && !closed { wait() }
                let batch = jobs
                jobs.removeAll(keepingCapacity: true)
                if batch.isEmpty { running = nil }
                unsafe pthread_cond_broadcast(changed)
                return batch
            }
            if batch.isEmpty { return }
            for job in batch { job() }
        }
    }

    private func wait() { unsafe pthread_cond_wait(changed, mutex) }

    private func locked<R>(_ body: () -> R) -> R {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }
}
