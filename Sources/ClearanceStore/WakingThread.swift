/// One thread of the operating system that runs a closure each time it was woken.
///
/// Wakings that come while it runs are one more run, however many they are: a caller says that
/// there is something to do and goes on. Waking allocates nothing. A closure that answers true is
/// run again at once, so that long work can be done in portions between which the thread can be
/// stopped.
///
/// A thread may **rest** between its runs: then it looks by itself, at its own pace, whether it was
/// woken meanwhile, and sleeps only when nobody woke it for a while. So whoever wakes it often
/// neither pays a call of the system each time nor shares his core with it each time.
//
// @unchecked Sendable: every variable is touched only inside `monitor`.
public final class WakingThread: @unchecked Sendable {
    /// Conditions of the monitor: there may be something to run; a run is over.
    private static let work = 0
    private static let done = 1
    /// Looks in vain after which a thread that rests goes to sleep.
    private static let looks = 50

    private let monitor = Monitor(conditions: 2)
    private let rest: UInt64
    private var body: (@Sendable () -> Bool)?
    private var isWoken = false
    private var isStopped = false
    /// Whether it sleeps until it is signalled; else it looks by itself.
    private var isAsleep = false
    /// How many callers wait for runs: as long as there is one it does not rest.
    private var waiting = 0
    private var thread: SystemThread?
    /// The number of the thread, as ``SystemThread/current`` tells it there.
    private var number: UInt?

    /// Starts the thread; it sleeps until it is woken.
    ///
    /// - Parameter nanoseconds: How long it rests after a run that leaves nothing to do; 0: not at
    ///   all. What wakes it meanwhile is seen when the rest is over.
    /// - Throws: `.io` when the system has no thread to give.
    public init(
        resting nanoseconds: UInt64 = 0, _ body: @escaping @Sendable () -> Bool
    ) throws(StoreError) {
        rest = nanoseconds
        self.body = body
        let thread = try SystemThread { self.run() }
        monitor.locked { self.thread = thread }
    }

    /// Has the closure run once more: at once, when the run under way is over, or after the rest.
    ///
    /// Cost: a lock that is hardly ever held, and a call of the system when the thread sleeps.
    public func wake() {
        let sleeps = monitor.locked {
            if isWoken || isStopped { return false }
            isWoken = true
            return isAsleep
        }
        // Not inside: it would wake up only to wait for the lock.
        if sleeps { monitor.signal(WakingThread.work) }
    }

    /// Waits until `isDone` says so, which is asked now and after each run; also returns when the
    /// thread was stopped. Meanwhile the thread does not rest. Traps on the thread itself.
    @available(*, noasync, message: "blocks the thread")
    public func wait(until isDone: () -> Bool) {
        monitor.locked {
            precondition(number != SystemThread.current, "the thread waits for itself")
            waiting += 1
            monitor.signal(WakingThread.work)
            while !isDone() && !isStopped { monitor.wait(WakingThread.done) }
            waiting -= 1
        }
    }

    /// Ends the thread after the run under way, and waits for its end. Harmless twice.
    ///
    /// The thread keeps this object alive until then, so who starts one stops it.
    public func stop() {
        let thread = monitor.locked {
            isStopped = true
            monitor.signal(WakingThread.work)
            monitor.broadcast(WakingThread.done)
            return self.thread
        }
        thread?.join()
    }

    private func run() {
        monitor.locked { number = SystemThread.current }
        var goesOn = false
        var isFirst = true
        while true {
            let next: (@Sendable () -> Bool)? = monitor.locked {
                if goesOn {
                    isWoken = true
                } else if !isFirst {
                    pause()
                }
                sleep()
                // What the closure holds is let go with the thread.
                if isStopped { body = nil }
                isWoken = false
                return body
            }
            guard let next else { return }
            isFirst = false
            goesOn = next()
            monitor.locked { monitor.broadcast(WakingThread.done) }
        }
    }

    /// Rests, and looks a few times whether it was woken meanwhile; inside the monitor.
    private func pause() {
        guard rest > 0, !isStopped, waiting == 0 else { return }
        var looks = WakingThread.looks
        repeat {
            monitor.wait(WakingThread.work, nanoseconds: rest)
            looks -= 1
        } while !isWoken && !isStopped && waiting == 0 && looks > 0
    }

    /// Sleeps until it is woken or stopped; inside the monitor.
    private func sleep() {
        while !isWoken && !isStopped {
            isAsleep = true
            monitor.wait(WakingThread.work)
            isAsleep = false
        }
    }
}
