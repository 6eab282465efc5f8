import ClearanceStore

/// A table in memory: keys ascending, values flat. Built once, read many times.
struct SortedTable: Sendable {
    private var bytes: [UInt8] = []
    /// For each entry the start of its key, the start of its value, the end of its value.
    private var places: [(key: Int, value: Int, end: Int)] = []

    var count: Int { places.count }

    /// Makes room, so that appending does not move what is there.
    mutating func reserve(entries: Int, bytes count: Int) {
        places.reserveCapacity(entries)
        bytes.reserveCapacity(count)
    }

    /// One table of several, whose entries came in no order and have no key in common.
    init(sorting parts: [SortedTable]) {
        reserve(
            entries: parts.reduce(0) { $0 + $1.count },
            bytes: parts.reduce(0) { $0 + $1.bytes.count })
        for part in parts {
            let base = bytes.count
            bytes.append(contentsOf: part.bytes)
            for place in part.places {
                places.append((place.key + base, place.value + base, place.end + base))
            }
        }
        // The bytes stay where they are; only their places are put in order.
        let all = bytes
        places.sort {
            all[$0.key..<$0.value].lexicographicallyPrecedes(all[$1.key..<$1.value])
        }
    }

    init() {}

    /// Lends one entry by its number in key order.
    func withEntry<R>(
        _ index: Int, _ body: (Span<UInt8>, Span<UInt8>) throws(StoreError) -> R
    ) throws(StoreError) -> R {
        let (place, span) = (places[index], bytes.span)
        return try body(
            span.extracting(place.key..<place.value), span.extracting(place.value..<place.end))
    }

    /// Adds an entry behind all others; the key is above theirs.
    mutating func append(_ key: [UInt8], _ value: [UInt8]) {
        assert(places.isEmpty || self.key(places.count - 1).lexicographicallyPrecedes(key))
        add(key, value)
    }

    /// Adds an entry in no order, for ``init(sorting:)``.
    mutating func add(_ key: [UInt8], _ value: [UInt8]) {
        let start = bytes.count
        bytes.append(contentsOf: key)
        bytes.append(contentsOf: value)
        places.append((start, start + key.count, bytes.count))
    }

    func value(of key: [UInt8]) -> [UInt8]? {
        let index = lowerBound(key)
        guard index < places.count, self.key(index).elementsEqual(key) else { return nil }
        return Array(bytes[places[index].value..<places[index].end])
    }

    /// Lends entries from a key on, in order, until `body` says no.
    func forEach(
        from start: [UInt8], _ body: (Span<UInt8>, Span<UInt8>) throws(StoreError) -> Bool
    ) throws(StoreError) {
        var index = lowerBound(start)
        while index < places.count {
            let place = places[index]
            let span = bytes.span
            guard
                try body(
                    span.extracting(place.key..<place.value),
                    span.extracting(place.value..<place.end))
            else { return }
            index += 1
        }
    }

    private func key(_ index: Int) -> ArraySlice<UInt8> {
        bytes[places[index].key..<places[index].value]
    }

    private func lowerBound(_ key: [UInt8]) -> Int {
        var low = 0
        var high = places.count
        while low < high {
            let middle = (low + high) / 2
            if self.key(middle).lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
