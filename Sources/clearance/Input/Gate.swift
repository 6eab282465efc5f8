import Dispatch
import Synchronization

/// A value that several threads change and wait on.
///
/// Whoever finds that it cannot go on waits until somebody changed the value, and looks again.
final class Gate<Value: Sendable>: Sendable {
    private struct State {
        var value: Value
        var waiting: [DispatchSemaphore] = []
    }

    private let state: Mutex<State>

    init(_ value: Value) { state = Mutex(State(value: value)) }

    /// Changes the value and wakes everybody who waits.
    func change<Result: Sendable>(_ body: @Sendable (inout Value) -> Result) -> Result {
        let (result, waiting) = state.withLock { state in
            let result = body(&state.value)
            let waiting = state.waiting
            state.waiting = []
            return (result, waiting)
        }
        for semaphore in waiting { semaphore.signal() }
        return result
    }

    /// Waits until `body` gives something; what it changes then is seen by everybody who waits.
    /// As long as it gives nothing it must change nothing: nobody would look again.
    func wait<Result: Sendable>(_ body: @Sendable (inout Value) -> Result?) -> Result {
        let semaphore = DispatchSemaphore(value: 0)
        while true {
            let (result, waiting) = state.withLock { state -> (Result?, [DispatchSemaphore]) in
                guard let result = body(&state.value) else {
                    state.waiting.append(semaphore)
                    return (nil, [])
                }
                let waiting = state.waiting
                state.waiting = []
                return (result, waiting)
            }
            for semaphore in waiting { semaphore.signal() }
            if let result { return result }
            semaphore.wait()
        }
    }
}
