import Synchronization

/// Erasures go one after another: each reads what waits and writes it again.
///
/// Who appends a `clock.day` may hold the writer's turn, for which an erasure waits to append its
/// receipts. So he does not wait for an erasure: he leaves word, and whoever erases goes on with
/// what the day allows.
final class ErasureTurn: Sendable {
    private let turn = Mutex<Void>(())
    private let hasWord = Atomic<Bool>(false)

    /// Runs `body` when its turn comes, and then `rest` for those who left word meanwhile.
    func take<R: Sendable>(
        _ body: () throws(LedgerError) -> R, then rest: () -> Void
    ) throws(LedgerError) -> R {
        defer { takeWord(rest) }
        return try turn.withLock { (_) throws(LedgerError) -> R in try body() }
    }

    /// Runs `body` now, or has it run by whoever erases.
    func takeOrLeaveWord(_ body: () -> Void) {
        hasWord.store(true, ordering: .sequentiallyConsistent)
        takeWord(body)
    }

    /// Runs `body` when somebody left word. Who finds the turn taken may go: whoever has it looks
    /// once more when he has given it back.
    private func takeWord(_ body: () -> Void) {
        while hasWord.load(ordering: .sequentiallyConsistent) {
            let ran: Void? = turn.withLockIfAvailable { _ in
                if hasWord.exchange(false, ordering: .sequentiallyConsistent) { body() }
            }
            if ran == nil { return }
        }
    }
}
