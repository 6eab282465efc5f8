import ClearanceEvents
import ClearanceStore

/// Immutable sorted runs of natural keys on disk, with a filter in memory.
///
/// A block of 1,024 records of 40 bytes (key, content, position) lies under (run, first key); a
/// lookup is one filter probe and, seldom, one descent and one binary search.
struct KeyRun: Sendable {
    static let recordBytes = 40
    static let blockRecords = 1_024

    let number: UInt32
    private var filter: KeyFilter

    /// Writes `entries`, sorted by key, as run `number`.
    @available(*, noasync)
    static func write(
        _ entries: [(key: Digest16, entry: NaturalKeyTable.Known)], number: UInt32, table: Table,
        into transaction: inout WriteTransaction
    ) throws(StoreError) -> KeyRun {
        var run = KeyRun(number: number, filter: KeyFilter(capacity: entries.count))
        var start = 0
        while start < entries.count {
            let end = min(start + blockRecords, entries.count)
            var block = ByteWriter(capacity: (end - start) * recordBytes)
            for (key, entry) in entries[start..<end] {
                run.filter.insert(key)
                block.write(key.high)
                block.write(key.low)
                block.write(entry.content.high)
                block.write(entry.content.low)
                block.write(entry.position)
            }
            // A key never spans two blocks' boundary unnoticed: lookups also read the block before.
            try transaction.putAppend(
                in: table, key: blockKey(number, entries[start].key, entries[start].entry).span,
                value: block.bytes.span)
            start = end
        }
        return run
    }

    /// Reads run `number` back to rebuild its filter.
    static func load(
        number: UInt32, table: Table, from snapshot: Snapshot
    ) throws(StoreError) -> KeyRun {
        var keys: [Digest16] = []
        try snapshot.forEach(in: table, from: prefix(number).span) {
            (key, value) throws(StoreError) in
            guard BigEndian.uint32(key) == number else { return false }
            for index in 0..<(value.count / recordBytes) { keys.append(record(value, index).key) }
            return true
        }
        var run = KeyRun(number: number, filter: KeyFilter(capacity: keys.count))
        for key in keys { run.filter.insert(key) }
        return run
    }

    /// All entries of a key in this run, in the order of their positions.
    func entries(
        of key: Digest16, table: Table, snapshot: Snapshot
    ) throws(StoreError) -> [NaturalKeyTable.Known] {
        guard filter.mayContain(key) else { return [] }
        var found: [NaturalKeyTable.Known] = []
        let last = NaturalKeyTable.Known(
            position: .max, content: Digest16(high: .max, low: .max))
        try snapshot.forEachReversed(in: table, from: KeyRun.blockKey(number, key, last).span) {
            (blockKey, value) throws(StoreError) in
            guard BigEndian.uint32(blockKey) == number else { return false }
            for index in (0..<(value.count / KeyRun.recordBytes)).reversed() {
                let (recordKey, entry) = KeyRun.record(value, index)
                if recordKey < key { return false }
                if recordKey == key { found.append(entry) }
            }
            return true
        }
        return found.reversed()
    }

    private static func record(
        _ block: Span<UInt8>, _ index: Int
    ) -> (key: Digest16, entry: NaturalKeyTable.Known) {
        func word(_ offset: Int) -> UInt64 {
            (0..<8).reduce(0) { $0 | UInt64(block[offset + $1]) << UInt64(8 * $1) }
        }
        let base = index * recordBytes
        return (
            Digest16(high: word(base), low: word(base + 8)),
            NaturalKeyTable.Known(
                position: word(base + 32),
                content: Digest16(high: word(base + 16), low: word(base + 24)))
        )
    }

    private static func prefix(_ number: UInt32) -> [UInt8] { BigEndian.bytes(number) }

    private static func blockKey(
        _ number: UInt32, _ key: Digest16, _ entry: NaturalKeyTable.Known
    ) -> [UInt8] {
        prefix(number) + BigEndian.bytes(key.high) + BigEndian.bytes(key.low)
            + BigEndian.bytes(entry.position)
    }
}

/// A Bloom filter with ten bits a key: about one false answer in a hundred.
struct KeyFilter: Sendable {
    private var bits: [UInt64]

    init(capacity: Int) {
        let words = max(1, capacity * 10 / 64)
        bits = Array(repeating: 0, count: words)
    }

    mutating func insert(_ key: Digest16) {
        for probe in 0..<7 {
            let bit = place(key, probe)
            bits[bit >> 6] |= 1 << UInt64(bit & 63)
        }
    }

    func mayContain(_ key: Digest16) -> Bool {
        for probe in 0..<7 {
            let bit = place(key, probe)
            if bits[bit >> 6] & 1 << UInt64(bit & 63) == 0 { return false }
        }
        return true
    }

    /// Natural keys are digests already, so two halves make all probes.
    private func place(_ key: Digest16, _ probe: Int) -> Int {
        Int((key.high &+ UInt64(probe) &* (key.low | 1)) % UInt64(bits.count * 64))
    }
}
