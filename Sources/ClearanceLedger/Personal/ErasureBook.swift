import ClearanceEvents
import ClearanceStore
import Synchronization

/// What a ledger remembers of erasures beside the log: `keys/erased` and `keys/erasures`.
///
/// The first tells an append at once that a known entry was erased; the second keeps what waits for
/// a day, and what a crash interrupted. Both hold marks and positions, never a text.
final class ErasureBook: Sendable {
    /// An erasure that was asked for and is not done.
    struct Wish: Sendable, Equatable {
        let person: Digest16
        /// The first day on which something may be done; the day of the request while it is done.
        let due: CivilDay
    }

    private struct State: Sendable {
        var erased: Set<UInt64>
        var wishes: [Wish]
    }

    private static let limit = 1 << 30

    private let folder: String
    private let state: Mutex<State>

    /// Reads both files; none is none.
    init(directory: String) throws(LedgerError) {
        folder = directory + "/keys"
        var state = State(erased: [], wishes: [])
        do throws(StoreError) {
            if Files.exists(folder + "/erased") {
                let bytes = try Files.read(folder + "/erased", limit: ErasureBook.limit)
                // A torn last position belongs to an erasure whose wish still stands.
                for place in 0..<(bytes.count / 8) {
                    var reader = ByteReader(bytes.span.extracting((place * 8)..<(place * 8 + 8)))
                    if let position = try? reader.uint64() { state.erased.insert(position) }
                }
            }
            if Files.exists(folder + "/erasures") {
                let bytes = try Files.read(folder + "/erasures", limit: ErasureBook.limit)
                for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
                    guard let wish = Wish(line) else {
                        throw StoreError(.corrupted, "read the erasures that wait")
                    }
                    state.wishes.append(wish)
                }
            }
        } catch { throw LedgerError(error) }
        self.state = Mutex(state)
    }

    /// Whether any entry was ever erased here.
    var hasErased: Bool { state.withLock { !$0.erased.isEmpty } }

    func isErased(_ position: UInt64) -> Bool { state.withLock { $0.erased.contains(position) } }

    /// The erasures that wait, in the order of the requests.
    var wishes: [Wish] { state.withLock { $0.wishes } }

    /// Notes positions whose keys were overwritten, durably.
    func noteErased(_ positions: [UInt64]) throws(StoreError) {
        var writer = ByteWriter(capacity: positions.count * 8)
        for position in positions { writer.write(position) }
        let file = try ByteFile(folder + "/erased", .append)
        // A torn end would shift every position behind it.
        let size = try file.size()
        if size % 8 != 0 { try file.truncate(to: size - size % 8) }
        try file.append(writer.bytes.span)
        try file.sync()
        state.withLock { $0.erased.formUnion(positions) }
    }

    /// Puts a wish in the place of the person's last one, or takes it away, durably.
    func set(_ person: Digest16, due: CivilDay?) throws(StoreError) {
        var wishes = self.wishes.filter { $0.person != person }
        if let due { wishes.append(Wish(person: person, due: due)) }
        guard wishes != self.wishes else { return }
        let text = wishes.map { $0.line }.joined()
        try Files.writeAtomically(folder + "/erasures", Array(text.utf8).span)
        state.withLock { $0.wishes = wishes }
    }
}

extension ErasureBook.Wish {
    /// `MARK YYYY-MM-DD` and a line feed.
    var line: String { "\(person.hex) \(due)\n" }

    init?(_ line: Substring) {
        let words = line.split(separator: " ")
        guard words.count == 2, let mark = [UInt8](hexadecimal: words[0]),
            mark.count == 16, let due = CivilDay(String(words[1]))
        else { return nil }
        self.init(person: Digest16(bytes: mark.span), due: due)
    }
}
