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

    /// Gives the sealed sections of some entries of a batch their slots and writes the numbers into
    /// the entries. Sections of other entries keep number 0 and are lost with their keys.
    ///
    /// - Parameter runs: indices of the entries that will be appended, ascending.
    mutating func give(_ batch: inout EncodedBatch, runs: [Range<Int>]) {
        let seals = batch.seals
        guard seals.count > 0 else { return }
        var place = 0
        for run in runs {
            while place < seals.count, seals.entries[place] < run.lowerBound { place += 1 }
            while place < seals.count, seals.entries[place] < run.upperBound {
                let base = batch.start(of: seals.entries[place]) + seals.offsets[place]
                batch.bytes.patch(first + UInt64(count), at: base)
                keys.append(copying: seals.key(place))
                place += 1
            }
        }
    }
}

extension [UInt8] {
    /// Writes a little-endian number over eight bytes.
    mutating func patch(_ value: UInt64, at offset: Int) {
        for byte in 0..<8 {
            self[offset + byte] = UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))
        }
    }
}
