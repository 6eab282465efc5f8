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
        /// How far slot 0 says that the log was searched.
        var searched = SlotFile.Searched()
    }

    /// Positions after which slot 0 is written again: a tenth of a second of searching.
    private static let searchedStep: UInt64 = 1_000_000

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
                state.searched = try Vault.search(log, for: file)
                state.next = try file.lastUsed(above: state.searched.slot) + 1
            } catch { throw LedgerError(error) }
        }
        (self.file, self.missing) = (file, missing)
        self.state = Mutex(state)
    }

    /// Makes keys durable that were written without a flush; only for who holds the ledger.
    func flush() throws(LedgerError) {
        try storing { () throws(StoreError) in try file?.flush() }
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
        if end > state.reached {
            let block = UInt64(SlotFile.growth / SlotFile.slotBytes)
            let reached = (end / block + 1) * block
            let zeros = [UInt8](
                repeating: 0, count: Int(reached - end) * SlotFile.slotBytes)
            try file.write(zeros.span, from: end)
            state.reached = reached
        }
        try file.write(turn.keys.span, from: turn.first)
        if flushes { try file.flush() }
        state.next = end
    }

    /// Overwrites the keys of a commit that is not there, and gives their slots again. In the
    /// writer's turn.
    ///
    /// What was to be appended may come again under other slots, of which alone an erasure knows.
    func takeBack(_ turn: SlotTurn, flushes: Bool) throws(LedgerError) {
        guard turn.count > 0, let file else { return }
        let zeros = [UInt8](repeating: 0, count: turn.count * SlotFile.slotBytes)
        try storing { () throws(StoreError) in
            try file.write(zeros.span, from: turn.first)
            if flushes { try file.flush() }
        }
        state.withLock { $0.next = turn.first }
    }

    /// Notes, now and then or when asked to, that the log names no slot beyond the last one given;
    /// what cannot be noted is searched again. In the writer's turn.
    func note(_ position: UInt64, now: Bool = false) {
        state.withLock { state in
            let step = now ? 1 : Vault.searchedStep
            guard let file, position >= state.searched.position + step else { return }
            let searched = SlotFile.Searched(position: position, slot: state.next - 1)
            if (try? file.write(searched)) != nil { state.searched = searched }
        }
    }

    /// Searches the log for the greatest slot that it names, from where slot 0 says.
    ///
    /// Slot 0 may be of an older copy of the file, which then says less, or of no use: the length
    /// of the file is never believed, as slots that are given twice could not be erased one by one.
    private static func search(
        _ log: LogReader, for file: SlotFile
    ) throws(StoreError) -> SlotFile.Searched {
        let end: UInt64
        do { end = try log.lastPosition() } catch {
            throw error.store ?? StoreError(.corrupted, "\(error)")
        }
        let noted = try file.searched()
        // A log that lost its end will name other slots at the same positions.
        let isShorter = noted.position > end
        var searched = isShorter ? SlotFile.Searched() : noted
        try log.forEach(from: searched.position + 1, through: end) { (_, bytes) in
            guard let view = try? EventView(bytes) else { return true }
            searched.slot = max(
                searched.slot, view.slot(of: .buyer) ?? 0, view.slot(of: .consignee) ?? 0)
            return true
        }
        searched.position = end
        guard searched != noted else { return searched }
        try file.write(searched)
        if isShorter { try file.flush() }
        return searched
    }
}
