import ClearanceStore
import Glibc
import Synchronization

/// Waits for the log to reach further, for all who follow a ledger, on one thread of its own.
///
/// A task that sleeps does as much, but on a machine of two cores it woke up to five milliseconds
/// late and cost four times as much as a thread. Nothing is held between two looks: neither a
/// reader slot nor a commit.
final class LogFollower: Sendable {
    private let looks: Looks
    /// Started when somebody follows for the first time.
    private let thread = Mutex<WakingThread?>(nil)

    init(_ log: EventLog) { looks = Looks(log) }

    deinit { thread.withLock { $0 }?.stop() }

    /// Waits until the log reaches a position, cannot be read any more, or some time has passed:
    /// so whoever waits looks again, and learns that he is no longer wanted.
    func wait(for position: UInt64) async throws(LedgerError) {
        let thread = try started()
        await withCheckedContinuation { continuation in
            looks.add(position, continuation)
            thread.wake()
        }
    }

    private func started() throws(LedgerError) -> WakingThread {
        let looks = self.looks
        return try storing { () throws(StoreError) in
            try thread.withLock { (thread) throws(StoreError) -> WakingThread in
                if let thread { return thread }
                let made = try WakingThread { looks.run() }
                thread = made
                return made
            }
        }
    }
}

/// What the thread of a follower does.
private final class Looks: Sendable {
    private struct Waiter: Sendable {
        let position: UInt64
        let continuation: CheckedContinuation<Void, Never>
        var looks = 0
    }

    private let log: EventLog
    private let waiting = Mutex<[Waiter]>([])

    init(_ log: EventLog) { self.log = log }

    func add(_ position: UInt64, _ continuation: CheckedContinuation<Void, Never>) {
        waiting.withLock { $0.append(Waiter(position: position, continuation: continuation)) }
    }

    /// Looks once, a little later, and lets go whoever need not wait any more. Whether anybody
    /// still waits.
    func run() -> Bool {
        usleep(UInt32(LedgerLimits.followMilliseconds) * 1_000)
        // Why it cannot be read is told to those who then read it.
        let reached = (try? log.reader().lastPosition()) ?? .max
        let (ready, goesOn) = waiting.withLock { waiting -> ([Waiter], Bool) in
            for index in waiting.indices { waiting[index].looks += 1 }
            let ready = waiting.filter {
                $0.position <= reached || $0.looks >= LedgerLimits.followLooks
            }
            waiting.removeAll {
                $0.position <= reached || $0.looks >= LedgerLimits.followLooks
            }
            return (ready, !waiting.isEmpty)
        }
        for waiter in ready { waiter.continuation.resume() }
        return goesOn
    }
}
