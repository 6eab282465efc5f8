/// Records in memory: open addressing over flat slots of 16 bytes, in the order of prefixes.
///
/// A slot's home is given by the first bits of its prefix, so the table is nearly sorted at any
/// time: it grows and becomes a sorted run by walking through it. One cache miss a lookup, 23 to
/// 46 bytes a record.
//
// @unchecked Sendable: one thread at a time changes it, and none once it is shared: then one looks
// up, another walks through it. `touched` belongs to the lookups.
@safe public final class PrefixTable: @unchecked Sendable {
    /// How many records it holds.
    public private(set) var count = 0

    private var memory: PageMemory
    var slots: UnsafeMutablePointer<PrefixRecord>
    var mask: Int
    var shift: UInt64
    /// What the last touch loaded: nobody reads it, but a load without use would be left out.
    var touched: UInt64 = 0

    private static let smallest = 12

    /// An empty table with room for so many records.
    public init(room: Int = 0) {
        var bits = PrefixTable.smallest
        while 1 << bits < room + room / 2 { bits += 1 }
        memory = PageMemory(count: 16 << bits, found: true)
        unsafe slots = unsafe memory.base.bindMemory(to: PrefixRecord.self, capacity: 1 << bits)
        mask = 1 << bits - 1
        shift = UInt64(64 - bits)
    }

    /// Takes everything out and keeps the memory: to find new memory costs more than to clear it.
    public func removeAll() {
        memory.clear()
        count = 0
    }

    /// How many records fit before it grows.
    public var room: Int { (mask + 1) / 10 * 7 }

    /// Makes room for `more` records, so that no insertion of them moves others.
    public func reserve(_ more: Int) {
        while count + more > room { grow() }
    }

    /// Adds a record, whatever else stands under its prefix.
    public func add(_ record: PrefixRecord) {
        if count >= room { grow() }
        unsafe slots[freeSlot(record.prefix)] = record
        count += 1
    }

    /// Adds a record unless one above `base` stands under its prefix; false when one does.
    public func add(_ record: PrefixRecord, unlessAbove base: UInt64) -> Bool {
        if count >= room { grow() }
        var slot = home(record.prefix)
        while unsafe slots[slot].word != 0 {
            let other = unsafe slots[slot]
            if other.prefix == record.prefix && other.position > base { return false }
            slot = (slot + 1) & mask
        }
        unsafe slots[slot] = record
        count += 1
        return true
    }

    /// Puts a record in the place of the one with its prefix and tag; the word that stood there,
    /// or 0.
    public func put(_ record: PrefixRecord) -> UInt64 {
        if count >= room { grow() }
        var slot = home(record.prefix)
        while unsafe slots[slot].word != 0 {
            let other = unsafe slots[slot]
            if other.prefix == record.prefix && other.tag == record.tag {
                unsafe slots[slot] = record
                return other.word
            }
            slot = (slot + 1) & mask
        }
        unsafe slots[slot] = record
        count += 1
        return 0
    }

    /// Takes a record back: puts `before` in its place, or nothing when `before` is 0.
    ///
    /// Traps when the record is not there.
    public func undo(_ record: PrefixRecord, before: UInt64) {
        var slot = home(record.prefix)
        while unsafe slots[slot] != record {
            precondition(unsafe slots[slot].word != 0, "a record that is there")
            slot = (slot + 1) & mask
        }
        if before != 0 {
            unsafe slots[slot] = PrefixRecord(prefix: record.prefix, word: before)
        } else {
            remove(slot)
        }
    }

    /// The position of the record with a prefix and tag; 0 when there is none.
    public func position(of prefix: UInt64, tag: UInt64) -> UInt64 {
        var slot = home(prefix)
        while unsafe slots[slot].word != 0 {
            let other = unsafe slots[slot]
            if other.prefix == prefix && other.tag == tag { return other.position }
            slot = (slot + 1) & mask
        }
        return 0
    }

    /// Every word under a prefix, in no order.
    public func words(of prefix: UInt64) -> [UInt64] {
        var found: [UInt64] = []
        var slot = home(prefix)
        while unsafe slots[slot].word != 0 {
            if unsafe slots[slot].prefix == prefix { found.append(unsafe slots[slot].word) }
            slot = (slot + 1) & mask
        }
        return found
    }

    @inline(__always)
    func home(_ prefix: UInt64) -> Int { Int(truncatingIfNeeded: prefix >> shift) }

    private func freeSlot(_ prefix: UInt64) -> Int {
        var slot = home(prefix)
        while unsafe slots[slot].word != 0 { slot = (slot + 1) & mask }
        return slot
    }

    /// Empties a slot and moves those behind it that would no longer be found.
    private func remove(_ slot: Int) {
        var hole = slot
        var next = (slot + 1) & mask
        while unsafe slots[next].word != 0 {
            let home = home(unsafe slots[next].prefix)
            if (next - home) & mask >= (next - hole) & mask {
                unsafe slots[hole] = unsafe slots[next]
                hole = next
            }
            next = (next + 1) & mask
        }
        unsafe slots[hole] = PrefixRecord(prefix: 0, word: 0)
        count -= 1
    }

    private func grow() {
        let (old, oldSlots, oldCount) = unsafe (memory, slots, mask + 1)
        memory = PageMemory(count: old.count * 2, found: true)
        unsafe slots = unsafe memory.base.bindMemory(
            to: PrefixRecord.self, capacity: oldCount * 2)
        mask = oldCount * 2 - 1
        shift -= 1
        for slot in 0..<oldCount where unsafe oldSlots[slot].word != 0 {
            let record = unsafe oldSlots[slot]
            unsafe slots[freeSlot(record.prefix)] = record
        }
        withExtendedLifetime(old) {}
    }
}
