import ClearanceEvents
import ClearanceStore
import Synchronization

/// The keys of a ledger's sealed sections: gives slots to new ones, opens and erases old ones.
///
/// Slots are written and flushed before the entries that name them are committed; a crash between
/// leaves slots that no entry names, and later ones stand behind them.
final class Vault: Sendable {
    struct State: Sendable {
        /// The next free slot.
        var next: UInt64
        /// The slots that the file reaches already.
        var reached: UInt64
    }

    let sealing: Sealing
    /// Nil when the keys are not here, or the ledger seals nothing.
    let file: SlotFile?
    /// Why there is no file although sections are sealed; nil when there is one.
    let missing: StoreError?
    private let state: Mutex<State>

    /// Opens the keys of a ledger. A reader goes on without them; a writer makes the file when it
    /// is not there, and throws when it cannot be used.
    init(
        directory: String, sealing: Sealing, readOnly: Bool, log: LogReader
    ) throws(LedgerError) {
        self.sealing = sealing
        var (file, missing): (SlotFile?, StoreError?) = (nil, nil)
        if sealing == .sealed {
            do {
                file = try SlotFile(directory + "/keys/slots", readOnly: readOnly)
            } catch {
                guard readOnly else { throw LedgerError(error) }
                missing = error
            }
        }
        var state = State(next: 1, reached: 0)
        if !readOnly, let file {
            do {
                state.reached = try file.slotCount()
                let named = try Vault.newestSlot(log, isWhole: state.reached > 1)
                state.next = try file.lastUsed(above: named) + 1
                // Of a log without sealed entries nothing is lost: the next opening need not look.
                if state.next == 1 && state.reached <= 1 {
                    try Vault.lengthen(file, &state, beyond: state.next)
                }
            } catch { throw LedgerError(error) }
        }
        (self.file, self.missing) = (file, missing)
        self.state = Mutex(state)
    }

    /// Makes keys durable that were written without a flush; only for who holds the ledger.
    func flush() throws(LedgerError) {
        try storing { () throws(StoreError) in try file?.file.sync() }
    }

    /// Opens sections for one question.
    var opener: VaultOpener { VaultOpener(file) }

    /// Begins to give slots to the sealed sections of one commit.
    func slotTurn() -> SlotTurn { SlotTurn(first: state.withLock { $0.next }) }

    /// Makes the keys of a commit durable under the slots that were given. In the writer's turn,
    /// before the log's commit. Cost: one write and one flush a commit with sealed sections.
    ///
    /// - Parameter flushes: false only where the log is not flushed either.
    @available(*, noasync)
    func write(_ turn: SlotTurn, flushes: Bool = true) throws(LedgerError) {
        guard turn.count > 0 else { return }
        guard let file else {
            throw LedgerError(.damaged, "a sealed entry for a ledger without key slots")
        }
        let result: Result<Void, StoreError> = state.withLock { state in
            do throws(StoreError) {
                return .success(try Vault.write(turn, to: file, &state, flushes: flushes))
            } catch {
                return .failure(error)
            }
        }
        do { try result.get() } catch { throw LedgerError(error) }
    }

    private static func write(
        _ turn: SlotTurn, to file: SlotFile, _ state: inout State, flushes: Bool
    ) throws(StoreError) {
        precondition(turn.first == state.next, "one commit at a time is given slots")
        let end = turn.first + UInt64(turn.count)
        if end > state.reached { try lengthen(file, &state, beyond: end) }
        try file.write(turn.keys.span, from: turn.first)
        if flushes { try file.file.sync() }
        state.next = end
    }

    /// Lengthens the file by zeros from a slot on, to the end of its block.
    private static func lengthen(
        _ file: SlotFile, _ state: inout State, beyond end: UInt64
    ) throws(StoreError) {
        let block = UInt64(SlotFile.growth / SlotFile.slotBytes)
        let reached = (end / block + 1) * block
        let zeros = [UInt8](repeating: 0, count: Int(reached - end) * SlotFile.slotBytes)
        try file.write(zeros.span, from: end)
        state.reached = reached
    }

    /// The greatest slot that the end of the log names; 0 when it names none.
    ///
    /// Slots rise with positions, so the last sealed entry has the greatest. The file itself says
    /// where it ends, so that only a file that was lost or put back from an older copy needs more
    /// than a look at the last entries; a lost one needs the whole log.
    private static func newestSlot(_ log: LogReader, isWhole: Bool) throws(StoreError) -> UInt64 {
        let step: UInt64 = 1_024
        var end: UInt64
        do { end = try log.lastPosition() } catch {
            throw error.store ?? StoreError(.corrupted, "\(error)")
        }
        let stop = isWhole && end > step ? end - step : 0
        while end > stop {
            var newest: UInt64 = 0
            let start = end > step ? end - step + 1 : 1
            try log.forEach(from: start, through: end) { (_, bytes) in
                guard let view = try? EventView(bytes) else { return true }
                newest = max(
                    newest, view.slot(of: .buyer) ?? 0, view.slot(of: .consignee) ?? 0)
                return true
            }
            if newest > 0 { return newest }
            end = start - 1
        }
        return 0
    }
}
