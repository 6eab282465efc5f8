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
        try turn.withLock { (_) throws(LedgerError) -> R in
            defer { while hasWord.exchange(false, ordering: .acquiringAndReleasing) { rest() } }
            return try body()
        }
    }

    /// Runs `body` now, or has it run by whoever erases.
    func takeOrLeaveWord(_ body: () -> Void) {
        hasWord.store(true, ordering: .releasing)
        // Looked at again: who erased may have ended before he could see the word.
        while hasWord.load(ordering: .acquiring) {
            let ran: Void? = turn.withLockIfAvailable { _ in
                while hasWord.exchange(false, ordering: .acquiringAndReleasing) { body() }
            }
            if ran == nil { return }
        }
    }
}
