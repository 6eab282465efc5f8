import ClearanceEvents
import ClearanceStore

/// The files `keys/erasures` and `keys/erased` (`specs/personal.md`, keys).
///
/// Each carries a sum over itself and is replaced whole: so a crash leaves the list of before, and
/// what is changed is found. Both are there as soon as an entry can name a slot.
struct ErasureLists: Sendable {
    /// An erasure that was asked for and is not done.
    struct Wish: Sendable, Equatable {
        let person: Digest16
        /// The first day on which something may be done; the day of the request while it is done.
        let due: CivilDay
    }

    /// Which of the two.
    enum Name: String, Sendable, CaseIterable {
        /// What waits: a person's mark and a day each.
        case erasures
        /// Runs of positions of entries whose keys were overwritten.
        case erased

        fileprivate var heading: String { "clearance-ledger \(rawValue) 1" }
    }

    private static let byteLimit = 1 << 30
    /// As many as a ledger can hold in memory: a list of more is none that it wrote.
    private static let mostErased = 1 << 27

    private let folder: String

    /// The lists of the ledger in a directory.
    init(directory: String) { self.init(folder: directory + "/keys") }

    /// The lists in a folder of keys.
    init(folder: String) { self.folder = folder }

    /// Whether a list is there.
    func has(_ name: Name) -> Bool { Files.exists(path(name)) }

    /// The erasures that wait, in the order of the requests.
    func wishes() throws(StoreError) -> [Wish] {
        var wishes: [Wish] = []
        for (index, line) in try lines(.erasures).enumerated() {
            guard let wish = Wish(line) else { throw damage(.erasures, line: index + 2) }
            wishes.append(wish)
        }
        return wishes
    }

    /// The positions of entries that were erased.
    func erased() throws(StoreError) -> Set<UInt64> {
        var positions: Set<UInt64> = []
        for (index, line) in try lines(.erased).enumerated() {
            guard let run = ErasureReceipt.run(line),
                run.upperBound - run.lowerBound < ErasureLists.mostErased
            else { throw damage(.erased, line: index + 2) }
            positions.formUnion(run)
        }
        return positions
    }

    /// Replaces the list of what waits, durably.
    func write(wishes: [Wish]) throws(StoreError) {
        try write(.erasures, wishes.map { "\($0.person.hex) \($0.due)" })
    }

    /// Replaces the list of what was erased, durably. Cost: that of the whole list.
    func write(erased: Set<UInt64>) throws(StoreError) {
        try write(.erased, ErasureReceipt.runs(of: erased.sorted()).flatMap { $0 })
    }

    private func path(_ name: Name) -> String { folder + "/" + name.rawValue }

    private func lines(_ name: Name) throws(StoreError) -> ArraySlice<Substring> {
        let bytes = try Files.read(path(name), limit: ErasureLists.byteLimit)
        guard let lines = SummedLines.lines(of: bytes, name.heading) else {
            throw StoreError(
                .corrupted, "read a list whose sum or heading is wrong", path: path(name))
        }
        return lines
    }

    private func write(_ name: Name, _ lines: [String]) throws(StoreError) {
        try Files.writeAtomically(path(name), SummedLines.bytes(name.heading, lines).span)
    }

    private func damage(_ name: Name, line: Int) -> StoreError {
        StoreError(.corrupted, "read line \(line) of a list", path: path(name))
    }
}

extension ErasureLists.Wish {
    fileprivate init?(_ line: Substring) {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let mark = [UInt8](hexadecimal: words[0]),
            mark.count == 16, let due = CivilDay(String(words[1]))
        else { return nil }
        self.init(person: Digest16(bytes: mark.span), due: due)
    }
}
