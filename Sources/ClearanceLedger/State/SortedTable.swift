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

    /// Adds an entry behind all others; the key is above theirs.
    mutating func append(_ key: [UInt8], _ value: [UInt8]) {
        assert(places.isEmpty || self.key(places.count - 1).lexicographicallyPrecedes(key))
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
