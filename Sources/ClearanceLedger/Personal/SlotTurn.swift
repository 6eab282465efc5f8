import ClearanceEvents

/// The slots that one commit gives to the sealed sections of its entries.
struct SlotTurn: Sendable {
    /// The slot of the first section.
    let first: UInt64
    /// The keys of all sections, 32 bytes each, in the order of their slots.
    private(set) var keys: [UInt8] = []

    init(first: UInt64) { self.first = first }

    /// How many sections were given a slot.
    var count: Int { keys.count / SlotFile.slotBytes }

    /// Gives the sealed sections of some entries of a batch the next slots, in the order of the
    /// entries. Sections of other entries keep number 0 and are lost with their keys.
    ///
    /// - Parameter runs: indices of the entries that will be appended, ascending.
    /// - Returns: the slot of the first of these sections; the numbers are written into the entries
    ///   when these are copied into the log.
    mutating func take(_ seals: EntrySeals, runs: [Range<Int>]) -> UInt64 {
        let given = first + UInt64(count)
        for run in runs {
            let places = seals.places(of: run)
            let start = places.lowerBound * SlotFile.slotBytes
            let end = places.upperBound * SlotFile.slotBytes
            keys.append(copying: seals.keys.span.extracting(start..<end))
        }
        return given
    }
}
