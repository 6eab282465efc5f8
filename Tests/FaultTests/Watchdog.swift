import Foundation
import Synchronization

/// Kills a process that hangs, however slow or paused the machine is.
///
/// A process hangs when it computes far longer than its job can take, or when it sleeps and gets
/// nothing done. Both are counted by looks at it: a machine that stands still looks at nothing, and
/// a process that wants to run and gets no turn is waited for.
final class Watchdog: Sendable {
    /// How much is too much.
    struct Patience: Sendable {
        /// Seconds of a processor, far more than any job takes.
        var busy = 120.0
        /// Looks at a process that sleeps meanwhile without having computed anything.
        var asleep = 1_200
        /// The time between two looks, in microseconds.
        var pause: UInt32 = 100_000
    }

    private struct State {
        var isEnded = false
        var hasKilled = false
    }

    private let process: pid_t
    private let patience: Patience
    private let state = Mutex(State())

    /// Begins to watch; the process may have computed before.
    init(_ process: pid_t, _ patience: Patience = Patience()) {
        self.process = process
        self.patience = patience
        Thread { self.watch() }.start()
    }

    /// Watches no more; whether it killed the process.
    @discardableResult
    func end() -> Bool {
        state.withLock { state in
            state.isEnded = true
            return state.hasKilled
        }
    }

    private func watch() {
        var known = Look(process)
        let start = known?.ticks ?? 0
        var asleep = 0
        while true {
            usleep(patience.pause)
            guard let look = Look(process) else { return }
            let isIdle = look.ticks == known?.ticks && !look.isWaitingForTurn
            asleep = isIdle ? asleep + 1 : 0
            known = look
            let busy = Double(look.ticks - start) / Double(sysconf(Int32(_SC_CLK_TCK)))
            let hangs = busy > patience.busy || asleep > patience.asleep
            let isOver = state.withLock { state in
                // Inside, so that nobody is killed who was let go.
                if hangs && !state.isEnded {
                    state.hasKilled = true
                    kill(process, SIGKILL)
                }
                return state.isEnded || state.hasKilled
            }
            if isOver { return }
        }
    }
}

/// What the system says of a process at one moment.
private struct Look {
    /// Time of a processor, the system's and its own, in the clock's ticks.
    let ticks: Int
    /// Whether it could run, or was stopped by somebody.
    let isWaitingForTurn: Bool

    /// Nil when there is no such process.
    init?(_ process: pid_t) {
        guard
            let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // The name in brackets may hold anything.
            let end = text.lastIndex(of: ")")
        else { return nil }
        let words = text[text.index(after: end)...].split(separator: " ")
        guard words.count > 12, let own = Int(words[11]), let system = Int(words[12]) else {
            return nil
        }
        ticks = own + system
        isWaitingForTurn = ["R", "T", "t"].contains(words[0])
    }
}
