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

    /// Whether an entry that stood in the log at opening names a slot; false for a reader.
    let isUsed: Bool

    /// Opens the keys of a ledger. A reader goes on without them; a writer makes the file when it
    /// is not there and no entry names a slot, and throws when it cannot be used.
    init(
        directory: String, sealing: Sealing, readOnly: Bool, log: LogReader
    ) throws(LedgerError) {
        self.sealing = sealing
        let path = directory + "/keys/slots"
        var (file, missing): (SlotFile?, StoreError?) = (nil, nil)
        var state = State(next: 1, reached: 0)
        do throws(StoreError) {
            if sealing == .sealed {
                if readOnly {
                    file = try SlotFile(path, readOnly: true)
                } else {
                    (file, state) = try Vault.open(path, log)
                }
            }
        } catch {
            guard readOnly else { throw LedgerError(error) }
            missing = error
        }
        (self.file, self.missing) = (file, missing)
        isUsed = state.searched.slot > 0
        self.state = Mutex(state)
    }

    /// Opens the file to write, or makes it; refuses to make one whose keys the log names.
    private static func open(
        _ path: String, _ log: LogReader
    ) throws(StoreError) -> (SlotFile, State) {
        var state = State(next: 1, reached: 0)
        let isUnmade = SlotFile.isUnmade(path)
        if isUnmade {
            state.searched = try search(log, from: state.searched)
            guard state.searched.slot == 0 else {
                throw StoreError(
                    .corrupted, "open the key slots that entries name: they are gone", path: path)
            }
        }
        let file = try SlotFile(path, readOnly: false)
        let noted = try file.searched()
        if !isUnmade { state.searched = try search(log, from: noted) }
        if state.searched != noted {
            try file.write(state.searched)
            if state.searched.position < noted.position { try file.durably {} }
        }
        state.reached = try file.slotCount()
        state.next = try file.lastUsed(above: state.searched.slot) + 1
        return (file, state)
    }

    /// Makes keys durable that were written without a flush; only for who holds the ledger.
    func flush() throws(LedgerError) {
        try storing { () throws(StoreError) in try file?.durably {} }
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
        try file.durably(flushes: flushes) { () throws(StoreError) in
            if end > state.reached {
                let block = UInt64(SlotFile.growth / SlotFile.slotBytes)
                let reached = (end / block + 1) * block
                let zeros = [UInt8](
                    repeating: 0, count: Int(reached - end) * SlotFile.slotBytes)
                try file.write(zeros.span, from: end)
                state.reached = reached
            }
            try file.write(turn.keys.span, from: turn.first)
        }
        state.next = end
    }

    /// Overwrites the keys of a commit that is not there, and gives their slots again. In the
    /// writer's turn.
    ///
    /// What was to be appended may come again under other slots, of which alone an erasure knows:
    /// so a failure ends writing.
    func takeBack(_ turn: SlotTurn, flushes: Bool) throws(LedgerError) {
        guard turn.count > 0, let file else { return }
        let zeros = [UInt8](repeating: 0, count: turn.count * SlotFile.slotBytes)
        do throws(StoreError) {
            try file.durably(flushes: flushes) { () throws(StoreError) in
                try file.write(zeros.span, from: turn.first)
            }
        } catch {
            throw LedgerError(.ended, "the keys of a commit that is not there remain: \(error)")
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
        _ log: LogReader, from noted: SlotFile.Searched
    ) throws(StoreError) -> SlotFile.Searched {
        let end: UInt64
        do { end = try log.lastPosition() } catch {
            throw error.store ?? StoreError(.corrupted, "\(error)")
        }
        // A log that lost its end will name other slots at the same positions.
        var searched = noted.position > end ? SlotFile.Searched() : noted
        try log.forEach(from: searched.position + 1, through: end) { (_, bytes) in
            guard let view = try? EventView(bytes) else { return true }
            searched.slot = max(
                searched.slot, view.slot(of: .buyer) ?? 0, view.slot(of: .consignee) ?? 0)
            return true
        }
        searched.position = end
        return searched
    }
}
