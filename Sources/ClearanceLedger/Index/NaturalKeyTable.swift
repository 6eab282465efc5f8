import ClearanceEvents

/// Natural key → (position, content mark) in memory: open addressing over flat arrays.
///
/// The first entry of a key stands in the table; later ones of other content (conflicts, rare)
/// stand in ``others``. Cost: about 60 bytes a key, one cache miss a lookup.
struct NaturalKeyTable: Sendable {
    /// One known entry.
    struct Known: Sendable, Equatable {
        let position: UInt64
        let content: Digest16
    }

    private var keys: [Digest16] = []
    private var known: [Known] = []
    private var others: [Digest16: [Known]] = [:]
    private(set) var count = 0

    init() { grow(to: 1 << 12) }

    /// What is known of a key: its first entry, and the one with this content.
    func find(_ key: Digest16, content: Digest16) -> (first: UInt64, same: UInt64?)? {
        guard let slot = find(key) else { return nil }
        let first = known[slot]
        if first.content == content { return (first.position, first.position) }
        if others.isEmpty { return (first.position, nil) }
        return (first.position, others[key]?.first { $0.content == content }?.position)
    }

    /// Adds an entry; the position is above all those added before.
    mutating func add(_ key: Digest16, _ entry: Known) {
        if find(key) != nil {
            others[key, default: []].append(entry)
            return
        }
        if (count + 1) * 10 > keys.count * 7 { grow(to: keys.count * 2) }
        insert(key, entry)
        count += 1
    }

    /// All entries, sorted by key, then position.
    func sorted() -> [(key: Digest16, entry: Known)] {
        var all: [(key: Digest16, entry: Known)] = []
        all.reserveCapacity(count + others.count)
        for slot in keys.indices where known[slot].position != 0 {
            all.append((keys[slot], known[slot]))
            for other in others[keys[slot]] ?? [] { all.append((keys[slot], other)) }
        }
        all.sort {
            $0.key == $1.key ? $0.entry.position < $1.entry.position : $0.key < $1.key
        }
        return all
    }

    private func find(_ key: Digest16) -> Int? {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while known[slot].position != 0 {
            if keys[slot] == key { return slot }
            slot = (slot + 1) & mask
        }
        return nil
    }

    private mutating func insert(_ key: Digest16, _ entry: Known) {
        let mask = keys.count - 1
        var slot = Int(truncatingIfNeeded: key.low) & mask
        while known[slot].position != 0 { slot = (slot + 1) & mask }
        keys[slot] = key
        known[slot] = entry
    }

    private mutating func grow(to capacity: Int) {
        let (oldKeys, oldKnown) = (keys, known)
        let zero = Digest16(high: 0, low: 0)
        keys = Array(repeating: zero, count: capacity)
        known = Array(repeating: Known(position: 0, content: zero), count: capacity)
        for slot in oldKeys.indices where oldKnown[slot].position != 0 {
            insert(oldKeys[slot], oldKnown[slot])
        }
    }
}
