import Glibc

/// A mutex and the conditions that its holders wait for: what a queue between threads is made of.
///
/// `Mutex` of the standard library has no conditions. The order in which waiters go on is the
/// system's.
//
// @unchecked Sendable: the pointers are constant, and what they point to is made for many threads.
@safe public final class Monitor: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let conditions: UnsafeMutableBufferPointer<pthread_cond_t>

    /// A free mutex with so many conditions, which are told apart by their index.
    public init(conditions count: Int) {
        precondition(count > 0, "a monitor has a condition")
        unsafe conditions = UnsafeMutableBufferPointer.allocate(capacity: count)
        unsafe mutex.initialize(to: pthread_mutex_t())
        unsafe pthread_mutex_init(mutex, nil)
        // Waits that end by themselves are measured by the time that nobody sets.
        var attributes = pthread_condattr_t()
        unsafe pthread_condattr_init(&attributes)
        unsafe pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        defer { unsafe pthread_condattr_destroy(&attributes) }
        for index in 0..<count {
            unsafe at(index).initialize(to: pthread_cond_t())
            unsafe pthread_cond_init(at(index), &attributes)
        }
    }

    deinit {
        for index in unsafe conditions.indices { unsafe pthread_cond_destroy(at(index)) }
        unsafe pthread_mutex_destroy(mutex)
        unsafe conditions.deallocate()
        unsafe mutex.deallocate()
    }

    /// Runs `body` while no other thread is inside. Not to be nested.
    public func locked<R>(_ body: () -> R) -> R {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        return body()
    }

    /// Lets others in until a condition is signalled; only inside `locked`. May return for no
    /// reason, so what was waited for is asked again.
    public func wait(_ condition: Int) { unsafe pthread_cond_wait(at(condition), mutex) }

    /// The same for at most so long; returns without a word which of the two it was.
    public func wait(_ condition: Int, nanoseconds: UInt64) {
        let end = MonotonicTime.nanoseconds() + nanoseconds
        var time = timespec(tv_sec: Int(end / 1_000_000_000), tv_nsec: Int(end % 1_000_000_000))
        unsafe pthread_cond_timedwait(at(condition), mutex, &time)
    }

    /// Wakes one thread that waits for a condition.
    public func signal(_ condition: Int) { unsafe pthread_cond_signal(at(condition)) }

    /// Wakes all threads that wait for a condition.
    public func broadcast(_ condition: Int) { unsafe pthread_cond_broadcast(at(condition)) }

    private func at(_ condition: Int) -> UnsafeMutablePointer<pthread_cond_t> {
        unsafe conditions.baseAddress.unsafelyUnwrapped + condition
    }
}

/// What one thread raises and another waits for, once.
//
// @unchecked Sendable: the pointer is constant, and a semaphore is made for many threads.
@safe public final class Signal: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    /// A signal that is not raised.
    public init() {
        unsafe semaphore.initialize(to: sem_t())
        unsafe sem_init(semaphore, 0, 0)
    }

    deinit {
        unsafe sem_destroy(semaphore)
        unsafe semaphore.deallocate()
    }

    /// Raises the signal. Costs no call of the system unless somebody waits.
    public func raise() { unsafe sem_post(semaphore) }

    /// Waits until the signal is raised, and lowers it.
    public func wait() {
        while unsafe sem_wait(semaphore) != 0 {}
    }
}
