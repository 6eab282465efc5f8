import Glibc

/// One thread of the operating system that runs a closure each time it was woken.
///
/// Wakings that come while it runs are one more run, however many they are: a caller says that
/// there is something to do and goes on. Waking allocates nothing. A closure that answers true is
/// run again at once, so that long work can be done in portions between which the thread can be
/// stopped.
//
// @unchecked Sendable: every variable is touched only with `mutex` held.
@safe public final class WakingThread: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var body: (@Sendable () -> Bool)?
    private var isWoken = false
    private var isStopped = false
    private var thread: pthread_t?

    /// Starts the thread; it sleeps until it is woken.
    ///
    /// - Throws: `.io` when the system has no thread to give.
    public init(_ body: @escaping @Sendable () -> Bool) throws(StoreError) {
        self.body = body
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe changed.initialize(to: pthread_cond_t())
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(changed, nil)
        try start()
    }

    deinit {
        // The thread holds this object until it ends, so nobody waits here any more.
        unsafe pthread_cond_destroy(changed)
        unsafe pthread_mutex_destroy(mutex)
        unsafe changed.deallocate()
        unsafe mutex.deallocate()
    }

    /// Has the closure run once more; at once, or when the run under way is over.
    public func wake() {
        locked {
            if isWoken || isStopped { return }
            isWoken = true
            unsafe pthread_cond_broadcast(changed)
        }
    }

    /// Waits until `isDone` says so, which is asked now and after each run; also returns when the
    /// thread was stopped. Traps on the thread itself.
    @available(*, noasync, message: "blocks the thread")
    public func wait(until isDone: () -> Bool) {
        locked {
            precondition(thread != pthread_self(), "the thread waits for itself")
            while !isDone() && !isStopped { unsafe pthread_cond_wait(changed, mutex) }
        }
    }

    /// Ends the thread after the run under way, and waits for its end. Harmless twice.
    ///
    /// The thread keeps this object alive until then, so who starts one stops it.
    public func stop() {
        let ending: pthread_t? = locked {
            isStopped = true
            unsafe pthread_cond_broadcast(changed)
            defer { thread = nil }
            return thread
        }
        guard let ending else { return }
        if ending == pthread_self() {
            pthread_detach(ending)
        } else {
            pthread_join(ending, nil)
        }
    }

    private func start() throws(StoreError) {
        let context = unsafe Unmanaged.passRetained(self)
        var made = pthread_t()
        let failed = locked {
            let failed = unsafe pthread_create(
                &made, nil,
                { context in
                    guard let context = unsafe context else { return nil }
                    unsafe Unmanaged<WakingThread>.fromOpaque(context).takeRetainedValue().work()
                    return nil
                }, context.toOpaque())
            if failed == 0 { thread = made }
            return failed
        }
        guard failed == 0 else {
            unsafe context.release()
            throw .system("start a thread", path: "", errno: failed)
        }
    }

    private func work() {
        while true {
            let next: (@Sendable () -> Bool)? = locked {
                while !isWoken && !isStopped { unsafe pthread_cond_wait(changed, mutex) }
                // What the closure holds is let go with the thread.
                if isStopped { body = nil }
                isWoken = false
                return body
            }
            guard let next else { return }
            let goesOn = next()
            locked {
                if goesOn { isWoken = true }
                unsafe pthread_cond_broadcast(changed)
            }
        }
    }

    private func locked<R>(_ body: () -> R) -> R {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }
}
