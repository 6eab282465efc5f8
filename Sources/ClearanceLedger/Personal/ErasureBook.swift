import ClearanceEvents
import ClearanceStore
import Synchronization

/// What a ledger remembers of erasures beside the log, for who writes it.
///
/// One list tells an append at once that a known entry was erased; the other keeps what waits for a
/// day, and what a crash interrupted. Both hold marks and positions, never a text.
final class ErasureBook: Sendable {
    typealias Wish = ErasureLists.Wish

    private struct State: Sendable {
        var erased: Set<UInt64> = []
        var wishes: [Wish] = []
    }

    private let lists: ErasureLists
    private let state: Mutex<State>

    /// Reads both lists; makes those that are missing, unless an entry may need them.
    ///
    /// Positions behind the end of the log are of another one, which was restored to an earlier
    /// time: others will stand there, so they are forgotten.
    ///
    /// - Parameters:
    ///   - isUsed: whether an entry names a slot, so that its erasure can have been asked for.
    ///   - end: the last position of the log.
    /// - Throws: `damaged` with the file that is missing or not what was written.
    init(directory: String, isUsed: Bool, end: UInt64) throws(LedgerError) {
        lists = ErasureLists(directory: directory)
        var state = State()
        do throws(StoreError) {
            if lists.has(.erasures) || isUsed {
                state.wishes = try lists.wishes()
            } else {
                try lists.write(wishes: [])
            }
            let isNew = !lists.has(.erased) && !isUsed
            let erased = isNew ? [] : try lists.erased()
            state.erased = erased.filter { $0 <= end }
            if isNew || state.erased.count < erased.count {
                try lists.write(erased: state.erased)
            }
        } catch {
            guard error.code == .notFound || error.code == .corrupted else {
                throw LedgerError(error)
            }
            throw LedgerError(
                .damaged, "what waits to be erased or was is not known", store: error)
        }
        self.state = Mutex(state)
    }

    /// Whether any entry was ever erased here.
    var hasErased: Bool { state.withLock { !$0.erased.isEmpty } }

    func isErased(_ position: UInt64) -> Bool { state.withLock { $0.erased.contains(position) } }

    /// The erasures that wait, in the order of the requests.
    var wishes: [Wish] { state.withLock { $0.wishes } }

    /// Notes positions whose keys were overwritten, durably.
    func noteErased(_ positions: [UInt64]) throws(StoreError) {
        let erased = state.withLock { $0.erased }.union(positions)
        try lists.write(erased: erased)
        state.withLock { $0.erased = erased }
    }

    /// Puts a wish in the place of the person's last one, or takes it away, durably.
    func set(_ person: Digest16, due: CivilDay?) throws(StoreError) {
        var wishes = self.wishes.filter { $0.person != person }
        if let due { wishes.append(Wish(person: person, due: due)) }
        guard wishes != self.wishes else { return }
        try lists.write(wishes: wishes)
        state.withLock { $0.wishes = wishes }
    }
}
