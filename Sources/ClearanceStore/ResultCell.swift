import Glibc

/// Where a blocking caller waits for the result of its closure.
///
/// The caller's closure does not escape: it lives only as long as the caller waits. So the cell,
/// and not the queue, holds it, and lets it go before the caller is woken.
//
// @unchecked Sendable: `body` and `result` are touched by the writer's thread before the semaphore
// is raised and by the caller after it was lowered, so the two never meet on them.
@safe final class ResultCell<R: Sendable, Failure: Error>: @unchecked Sendable {
    private var body: (@Sendable () throws(Failure) -> R)?
    private var result: Result<R, Failure>?
    private let ready = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init(_ body: @escaping @Sendable () throws(Failure) -> R) {
        self.body = body
        unsafe ready.initialize(to: sem_t())
        unsafe sem_init(ready, 0, 0)
    }

    deinit {
        unsafe sem_destroy(ready)
        unsafe ready.deallocate()
    }

    /// Runs the closure and wakes the caller.
    func fill() {
        perform()
        unsafe sem_post(ready)
    }

    /// Waits until the closure has run, or gives it back unrun: nil when it was not accepted.
    func wait(accepted: Bool) -> Result<R, Failure>? {
        guard accepted else {
            body = nil
            return nil
        }
        while unsafe sem_wait(ready) != 0 {}
        return result
    }

    /// Out of line, so that no copy of the closure is left when it returns.
    @inline(never)
    private func perform() {
        guard let body else { return }
        result = Result(catching: body)
        self.body = nil
    }
}
