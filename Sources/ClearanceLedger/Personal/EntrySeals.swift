import ClearanceEvents

/// The keys of the sealed sections of encoded entries, and where their slot numbers belong.
///
/// Keys travel beside the entries until the writer gives them slots: the entry itself never holds
/// one. Arrays stand side by side, one element a section, in the order of the entries.
struct EntrySeals: Sendable {
    /// 32 bytes a section.
    private(set) var keys: [UInt8] = []
    /// The entry that a section belongs to.
    private(set) var entries: [Int] = []
    /// Where in the entry its slot number stands.
    private(set) var offsets: [Int] = []

    /// How many sections are sealed.
    var count: Int { entries.count }

    /// Adds a section of an entry, whose key is a part of `random`.
    mutating func add(_ random: [UInt8], _ key: Range<Int>, entry: Int, offset: Int) {
        keys.append(copying: random.span.extracting(key))
        entries.append(entry)
        offsets.append(offset)
    }

    /// Adds the sections of entries that stand `first` places further behind.
    mutating func append(_ other: EntrySeals, first: Int) {
        guard other.count > 0 else { return }
        keys.append(contentsOf: other.keys)
        for entry in other.entries { entries.append(first + entry) }
        offsets.append(contentsOf: other.offsets)
    }

    /// The seals of some entries, given by ascending indices, numbered anew in that order.
    func chosen(_ indices: [Int]) -> EntrySeals {
        var chosen = EntrySeals()
        var place = 0
        for (number, index) in indices.enumerated() {
            while place < count, entries[place] < index { place += 1 }
            while place < count, entries[place] == index {
                chosen.add(keys, range(of: place), entry: number, offset: offsets[place])
                place += 1
            }
        }
        return chosen
    }

    /// Forgets everything and keeps the storage.
    mutating func clear() {
        keys.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }

    /// Lends the key of a section.
    @_lifetime(borrow self)
    func key(_ place: Int) -> Span<UInt8> { keys.span.extracting(range(of: place)) }

    private func range(of place: Int) -> Range<Int> {
        (place * SlotFile.slotBytes)..<((place + 1) * SlotFile.slotBytes)
    }
}
