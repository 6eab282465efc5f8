import Glibc
import Synchronization

/// One thread of the operating system that runs one closure.
///
/// Write transactions must begin and end on one thread, which tasks do not promise.
public final class SystemThread: Sendable {
    /// What the started thread takes over.
    private final class Work: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    private let thread: Mutex<pthread_t?>

    /// Starts the thread.
    ///
    /// - Throws: `.io` when the system has no thread to give.
    public init(_ body: @escaping @Sendable () -> Void) throws(StoreError) {
        let context = unsafe Unmanaged.passRetained(Work(body))
        var made = pthread_t()
        let failed = unsafe pthread_create(
            &made, nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            }, context.toOpaque())
        thread = Mutex(failed == 0 ? made : nil)
        guard failed == 0 else {
            unsafe context.release()
            throw .system("start a thread", path: "", errno: failed)
        }
    }

    deinit { if let thread = thread.withLock({ $0 }) { pthread_detach(thread) } }

    /// Waits for the end of the closure; harmless twice. On the thread itself it does not wait.
    public func join() {
        let ending = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let ending else { return }
        if ending == pthread_self() { pthread_detach(ending) } else { pthread_join(ending, nil) }
    }

    /// A number of the calling thread that no other living thread has.
    public static var current: UInt { UInt(pthread_self()) }
}
