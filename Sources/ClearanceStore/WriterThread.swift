import Glibc
import Synchronization

/// One thread of the operating system that runs closures one after another, in order of arrival.
///
/// For work that must stay on one thread, as a write transaction must, or that nobody waits for.
public final class WriterThread: Sendable {
    /// 1,024 closures: enough for every caller of a busy service, and a bound on what waits.
    public static let defaultQueueLimit = 1_024

    private let core: WriterQueue

    /// Starts the thread.
    ///
    /// - Parameter queueLimit: How many closures may wait before a blocking caller must wait for
    ///   room.
    /// - Throws: `.io` when the system has no thread to give.
    public init(queueLimit: Int = defaultQueueLimit) throws(StoreError) {
        precondition(queueLimit > 0, "queueLimit is at least 1")
        core = WriterQueue(limit: queueLimit)
        try core.start()
    }

    deinit { close() }

    /// Runs `body` on the thread and waits for its result; waits for room first.
    ///
    /// On the thread itself it runs at once. Traps when the thread was closed: a caller that races
    /// with closing uses `runUnlessClosed`.
    ///
    /// - Throws: what `body` throws.
    @available(*, noasync, message: "blocks the thread")
    public func run<R: Sendable, Failure: Error>(
        _ body: @Sendable () throws(Failure) -> R
    ) throws(Failure) -> R {
        guard let result = try runUnlessClosed(body) else {
            preconditionFailure("the writer's thread was closed")
        }
        return result
    }

    /// Runs `body` as `run` does; nil, without running it, when the thread was closed.
    ///
    /// - Throws: what `body` throws.
    @available(*, noasync, message: "blocks the thread")
    public func runUnlessClosed<R: Sendable, Failure: Error>(
        _ body: @Sendable () throws(Failure) -> R
    ) throws(Failure) -> R? {
        if core.isCurrent { return try body() }
        let answer = withoutActuallyEscaping(body) { body in
            let cell = ResultCell(body)
            let accepted = core.submit(waitingForRoom: true) { cell.fill() }
            return cell.wait(accepted: accepted)
        }
        return try answer?.get()
    }

    /// Has `body` run on the thread and does not wait for it; false, without running it, when the
    /// thread was closed.
    @discardableResult
    public func submit(_ body: @escaping @Sendable () -> Void) -> Bool {
        core.submit(waitingForRoom: false, body)
    }

    /// Refuses new closures, runs those already accepted, and ends the thread. Harmless twice.
    ///
    /// Called on the thread itself, it does not wait for the end.
    public func close() { core.close() }

    /// How many closures wait for their turn now.
    public var waiting: Int { core.waiting }

    /// Whether the caller runs on this thread.
    public var isCurrent: Bool { core.isCurrent }
}
