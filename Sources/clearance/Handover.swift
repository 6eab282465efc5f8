import Dispatch
import Synchronization

/// Hands elements from one thread to another in their order, a few at a time, so that reading and
/// writing overlap and memory stays bounded.
final class Handover<Element: Sendable>: Sendable {
    private struct State {
        var waiting: [Element] = []
        var isAbandoned = false
    }

    private let state = Mutex(State())
    private let free: DispatchSemaphore
    private let filled = DispatchSemaphore(value: 0)

    /// At most `capacity` elements wait.
    init(capacity: Int) { free = DispatchSemaphore(value: capacity) }

    /// Gives an element; waits for room. False when nobody takes any more.
    func give(_ element: Element) -> Bool {
        free.wait()
        let isWanted = state.withLock { state in
            if !state.isAbandoned { state.waiting.append(element) }
            return !state.isAbandoned
        }
        // Nobody waits on either side of what is abandoned.
        if isWanted { filled.signal() } else { free.signal() }
        return isWanted
    }

    /// Says that nothing more comes.
    func end() { filled.signal() }

    /// Takes the next element; nil after the last.
    func take() -> Element? {
        filled.wait()
        let next = state.withLock { state -> Element? in
            state.waiting.isEmpty ? nil : state.waiting.removeFirst()
        }
        if next == nil { filled.signal() } else { free.signal() }
        return next
    }

    /// Takes nothing more, so that the giver stops.
    func abandon() {
        state.withLock { state in
            state.isAbandoned = true
            state.waiting.removeAll()
        }
        free.signal()
    }
}
