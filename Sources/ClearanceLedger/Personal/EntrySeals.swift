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

    /// The sections of a run of entries. Cost: two searches by halving.
    func places(of run: Range<Int>) -> Range<Int> {
        place(of: run.lowerBound)..<place(of: run.upperBound)
    }

    /// The first section of an entry, or of a later one.
    private func place(of entry: Int) -> Int {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle] < entry { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Forgets everything and keeps the storage.
    mutating func clear() {
        keys.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        offsets.removeAll(keepingCapacity: true)
    }
}
