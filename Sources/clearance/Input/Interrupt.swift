import Dispatch
import Foundation
import Glibc
import Synchronization

/// Lets a command end in order when the user or the system asks it to: SIGINT and SIGTERM.
///
/// The first signal ends reading; what was read in order becomes durable. A second one ends the
/// process at once.
final class Interrupt {
    private struct State {
        var signal: Int32?
        var handler: (@Sendable () -> Void)?
    }

    /// What the thread of the sources shares with the command.
    private final class Bell: Sendable {
        let state = Mutex(State())

        func ring(_ number: Int32) {
            let (isFirst, handler) = state.withLock { state in
                let isFirst = state.signal == nil
                if isFirst { state.signal = number }
                return (isFirst, state.handler)
            }
            // Who reads the report in a pipeline may have been ended by the same key.
            signal(SIGPIPE, SIG_IGN)
            guard isFirst else { _exit(Interrupt.status(of: number)) }
            handler?()
        }
    }

    private let bell = Bell()

    init() {
        let queue = DispatchQueue(label: "clearance.interrupt")
        for number in [SIGINT, SIGTERM] {
            // The default would end the process before the source hears of it.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // The handler keeps its source until the process ends: taking one down races with the
            // thread that watches it, and a command has two.
            source.setEventHandler { [bell] in
                withExtendedLifetime(source) { bell.ring(number) }
            }
            source.activate()
        }
    }

    /// The signal that came; nil while none did.
    var signalled: Int32? { bell.state.withLock { $0.signal } }

    /// What to do at the first signal; at once when it came already.
    func onSignal(_ handler: @escaping @Sendable () -> Void) {
        let isLate = bell.state.withLock { state in
            state.handler = handler
            return state.signal != nil
        }
        if isLate { handler() }
    }

    /// The exit status that shells give to a process that a signal ended.
    static func status(of number: Int32) -> Int32 { 128 + number }
}
