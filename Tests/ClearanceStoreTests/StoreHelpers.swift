import ClearanceStore
import Testing

/// What tests ask of the store in a line, and the product does not.
extension WriterThread {
    /// Runs `body` on the thread while the task is suspended; nil, without running it, when the
    /// thread was closed.
    func runAsyncUnlessClosed<R: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> R
    ) async throws(Failure) -> R? {
        let answer: Result<R, Failure>? = await withCheckedContinuation { continuation in
            let accepted = submit { continuation.resume(returning: Result(catching: body)) }
            if !accepted { continuation.resume(returning: nil) }
        }
        return try answer?.get()
    }

    /// The same on a thread that is open.
    func runAsync<R: Sendable, Failure: Error>(
        _ body: @escaping @Sendable () throws(Failure) -> R
    ) async throws(Failure) -> R {
        guard let result = try await runAsyncUnlessClosed(body) else {
            preconditionFailure("the thread was closed")
        }
        return result
    }
}

extension ReadableTransaction where Self: ~Copyable {
    /// The greatest number in a table; nil when it is empty.
    func lastNumber(in table: Table) throws(StoreError) -> UInt64? {
        try withLast(in: table) { key, _ in BigEndian.uint64(key) }
    }
}
