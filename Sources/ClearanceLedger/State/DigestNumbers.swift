import ClearanceEvents

/// Gives digests small numbers in the order in which they are first seen: open addressing.
struct DigestNumbers: Sendable {
    private var keys: [Digest16] = []
    /// The number + 1 of each slot's key; 0 for an empty slot.
    private var slots: [UInt32] = []
    private var count: UInt32 = 0

    init() { grow(to: 1 << 12) }

    /// The number of a digest, and whether it is new.
    mutating func number(of key: Digest16) -> (number: UInt32, isNew: Bool) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while slots[slot] != 0 {
            if keys[slot] == key { return (slots[slot] - 1, false) }
            slot = (slot + 1) & mask
        }
        precondition(count < 1 << 28, "a bulk build holds at most 2^28 keys")
        keys[slot] = key
        count += 1
        slots[slot] = count
        if Int(count) * 10 > slots.count * 7 { grow(to: slots.count * 2) }
        return (count - 1, true)
    }

    private mutating func grow(to capacity: Int) {
        let (oldKeys, oldSlots) = (keys, slots)
        keys = Array(repeating: Digest16(high: 0, low: 0), count: capacity)
        slots = Array(repeating: 0, count: capacity)
        for index in oldSlots.indices where oldSlots[index] != 0 {
            var slot = Int(truncatingIfNeeded: oldKeys[index].low) & (capacity - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (capacity - 1) }
            keys[slot] = oldKeys[index]
            slots[slot] = oldSlots[index]
        }
    }
}
