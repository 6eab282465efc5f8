import Foundation

/// Runs something that blocks on a thread of its own: the few threads of tasks are for all tests.
func onThread<R: Sendable, Failure: Error>(
    _ body: @escaping @Sendable () throws(Failure) -> R
) async throws(Failure) -> R {
    let result = await withCheckedContinuation { continuation in
        Thread { continuation.resume(returning: Result(catching: body)) }.start()
    }
    return try result.get()
}
