extension RunFile {
    /// Appends what stands under up to 256 prefixes: of each, every record with its tag, and of the
    /// others the one at the lowest position. For one thread at a time.
    ///
    /// - Throws: `.corrupted` when a page that it needs is not as it was written; then what was
    ///   appended is not all.
    /// - Complexity: about 10 ns a prefix that is not there, 60 to 100 ns for one that is.
    public func find(
        _ prefixes: Span<UInt64>, tags: Span<UInt64>, into hits: inout [PrefixHit]
    ) throws(StoreError) {
        precondition(
            prefixes.count <= prefixGroup && tags.count == prefixes.count, "one group")
        var passed = InlineArray<256, UInt16>(repeating: 0)
        let count = try sift(prefixes, into: &passed)
        if count == 0 { return }
        var guesses = InlineArray<256, UInt32>(repeating: 0)
        aim(prefixes, passed, count, at: &guesses)
        for place in 0..<count {
            let index = Int(passed[place])
            try find(
                prefixes[index], tag: tags[index], index: index, near: Int(guesses[place]),
                into: &hits)
        }
    }

    /// The position of the record with a prefix and tag; 0 when there is none. The newest, should
    /// there be several.
    ///
    /// - Throws: `.corrupted`.
    public func position(of prefix: UInt64, tag: UInt64) throws(StoreError) -> UInt64 {
        var found: UInt64 = 0
        for word in try words(of: prefix) where word & PrefixRecord.tagMask == tag {
            found = max(found, word >> 24)
        }
        return found
    }

    /// Every word under a prefix, in the order of positions.
    ///
    /// - Throws: `.corrupted`.
    public func words(of prefix: UInt64) throws(StoreError) -> [UInt64] {
        guard try mayHold(prefix) else { return [] }
        let range = bucket(of: prefix)
        try check(records: range)
        var words: [UInt64] = []
        var index = lowerBound(of: prefix, in: range, near: guess(prefix, in: range))
        while index < range.upperBound, unsafe records[index].prefix == prefix {
            words.append(unsafe records[index].word)
            index += 1
        }
        return words
    }

    /// Keeps the indices of the prefixes that pass the filter; how many they are.
    private func sift(
        _ prefixes: Span<UInt64>, into passed: inout InlineArray<256, UInt16>
    ) throws(StoreError) -> Int {
        let lines = UInt64(header.filterLines)
        // A walk that only loads: it is so short that many lines are under way at once.
        var sum: UInt64 = 0
        for index in prefixes.indices {
            let line = PrefixFilter.line(prefixes[index], of: lines)
            sum &+= unsafe filter[line * 8]
        }
        touched = sum
        var count = 0
        for index in prefixes.indices {
            let prefix = prefixes[index]
            let line = PrefixFilter.line(prefix, of: lines)
            try check(line: line)
            passed[count] = UInt16(truncatingIfNeeded: index)
            count += isMarked(prefix, line) ? 1 : 0
        }
        return count
    }

    private func mayHold(_ prefix: UInt64) throws(StoreError) -> Bool {
        let line = PrefixFilter.line(prefix, of: UInt64(header.filterLines))
        try check(line: line)
        return isMarked(prefix, line)
    }

    @inline(__always)
    private func isMarked(_ prefix: UInt64, _ line: Int) -> Bool {
        let marks = PrefixFilter.marks(prefix)
        let words = unsafe filter + line * 8
        let first = unsafe UInt64(littleEndian: words[marks.first])
        let second = unsafe UInt64(littleEndian: words[marks.second])
        return ~first & marks.firstBits | ~second & marks.secondBits == 0
    }

    /// Brings the likely records near, all at once: those at the guess and a few on both sides,
    /// where it is mostly wrong by less than six.
    private func aim(
        _ prefixes: Span<UInt64>, _ passed: InlineArray<256, UInt16>, _ count: Int,
        at guesses: inout InlineArray<256, UInt32>
    ) {
        var sum: UInt64 = 0
        for place in 0..<count {
            let prefix = prefixes[Int(passed[place])]
            guesses[place] = UInt32(truncatingIfNeeded: guess(prefix, in: bucket(of: prefix)))
        }
        let last = header.count - 1
        for place in 0..<count {
            let guess = Int(guesses[place])
            let (before, behind) = (max(0, guess - 4), min(last, guess + 4))
            sum &+= unsafe records[before].word &+ records[behind].word
        }
        touched = sum
    }

    private func find(
        _ prefix: UInt64, tag: UInt64, index: Int, near guess: Int,
        into hits: inout [PrefixHit]
    ) throws(StoreError) {
        let range = bucket(of: prefix)
        guard !range.isEmpty else { return }
        try check(records: range)
        var place = lowerBound(of: prefix, in: range, near: guess)
        var other: UInt64 = 0
        while place < range.upperBound, unsafe records[place].prefix == prefix {
            let word = unsafe records[place].word
            if word & PrefixRecord.tagMask == tag {
                hits.append(PrefixHit(index: index, word: word))
            } else if other == 0 {
                other = word
            }
            place += 1
        }
        if other != 0 { hits.append(PrefixHit(index: index, word: other)) }
    }

    /// The records whose prefixes begin with the same bits.
    @inline(__always)
    private func bucket(of prefix: UInt64) -> Range<Int> {
        let number = Int(truncatingIfNeeded: prefix >> UInt64(64 - header.directoryBits))
        let start = unsafe UInt32(littleEndian: directory[number])
        let end = unsafe UInt32(littleEndian: directory[number + 1])
        return Int(start)..<Int(end)
    }

    /// Where a prefix stands among the records of its bucket if they are spread evenly, as they
    /// are: prefixes are hashes.
    @inline(__always)
    private func guess(_ prefix: UInt64, in range: Range<Int>) -> Int {
        let share = (prefix << UInt64(header.directoryBits))
            .multipliedFullWidth(by: UInt64(range.count)).high
        return range.lowerBound + Int(truncatingIfNeeded: share)
    }

    /// The first record of a bucket that is not below a prefix, sought in growing steps from a
    /// guess.
    private func lowerBound(of prefix: UInt64, in range: Range<Int>, near guess: Int) -> Int {
        var (low, high) = (range.lowerBound, range.upperBound)
        var step = 1
        if unsafe guess < high && records[guess].prefix < prefix {
            low = guess + 1
            while unsafe low + step < high && records[low + step].prefix < prefix {
                low += step + 1
                step *= 2
            }
            high = min(high, low + step)
        } else {
            high = min(high, guess)
            while unsafe high - step >= low && records[high - step].prefix >= prefix {
                high -= step
                step *= 2
            }
            low = max(low, high - step)
        }
        while low < high {
            let middle = low + (high - low) / 2
            if unsafe records[middle].prefix < prefix { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
