extension PrefixTable {
    /// Appends what stands under up to 256 prefixes: of each, every record with its tag, and of the
    /// others the one at the lowest position.
    ///
    /// - Complexity: about 10 ns a prefix that is not there, as the misses overlap.
    public func find(
        _ prefixes: Span<UInt64>, tags: Span<UInt64>, into hits: inout [PrefixHit]
    ) {
        precondition(
            prefixes.count <= prefixGroup && tags.count == prefixes.count, "one group")
        if count == 0 { return }
        touch(prefixes)
        for index in prefixes.indices {
            let prefix = prefixes[index]
            var slot = home(prefix)
            guard unsafe slots[slot].word != 0 else { continue }
            var other = UInt64.max
            repeat {
                let record = unsafe slots[slot]
                if record.prefix == prefix {
                    if record.tag == tags[index] {
                        hits.append(PrefixHit(index: index, word: record.word))
                    } else {
                        other = min(other, record.word)
                    }
                }
                slot = (slot + 1) & mask
            } while unsafe slots[slot].word != 0
            if other != .max { hits.append(PrefixHit(index: index, word: other)) }
        }
    }

    /// Brings the slots of prefixes near, all at once, before they are asked one by one.
    public func touch(_ prefixes: Span<UInt64>) {
        // The sum keeps the loads; nothing depends on them, so they wait side by side.
        var sum: UInt64 = 0
        for index in prefixes.indices {
            sum &+= unsafe slots[home(prefixes[index])].word
        }
        touched = sum
    }

    /// Brings the slots of records near, all at once, before they are put one by one.
    public func touch(_ records: Span<PrefixRecord>) {
        var sum: UInt64 = 0
        for index in records.indices {
            sum &+= unsafe slots[home(records[index].prefix)].word
        }
        touched = sum
    }

    /// All records in the order of prefix and position.
    ///
    /// - Complexity: O(n): a walk that puts each record back by the few places it was pushed on.
    public func sorted() -> [PrefixRecord] {
        var records: [PrefixRecord] = []
        records.reserveCapacity(count)
        var gap = 0
        while unsafe slots[gap].word != 0 { gap += 1 }
        // Before the first gap stand also those that were pushed round from the end.
        let half = (mask + 1) / 2
        for slot in 0..<gap where unsafe home(slots[slot].prefix) < half {
            records.append(unsafe slots[slot])
        }
        for slot in gap...mask where unsafe slots[slot].word != 0 {
            records.append(unsafe slots[slot])
        }
        for slot in 0..<gap where unsafe home(slots[slot].prefix) >= half {
            records.append(unsafe slots[slot])
        }
        PrefixTable.settle(&records)
        return records
    }

    /// Sorts what is nearly sorted; what turns out not to be, in the usual way.
    static func settle(_ records: inout [PrefixRecord]) {
        var moves = 0
        let budget = 64 * (records.count + 64)
        for index in records.indices.dropFirst() {
            let record = records[index]
            var place = index
            while place > 0, PrefixRecord.precedes(record, records[place - 1]) {
                records[place] = records[place - 1]
                place -= 1
            }
            records[place] = record
            moves += index - place
            if moves > budget {
                records.sort(by: PrefixRecord.precedes)
                return
            }
        }
    }
}
