// Bytes eight at a time, little-endian, in one load each.

extension Span<UInt8> {
    /// The eight bytes at an offset; traps beyond the end.
    @inline(__always)
    func word(at offset: Int) -> UInt64 { joined(offset, 8) }

    /// The fewer than eight, and at least one, bytes from an offset to the end; zeros above them.
    @inline(__always)
    func lastWord(from offset: Int) -> UInt64 {
        let rest = count &- offset
        // The last eight bytes are one load; what stood before the offset is shifted out.
        if count >= 8 { return word(at: count - 8) &>> bits(8 &- rest) }
        if rest >= 4 { return joined(offset, 4) | joined(count - 4, 4) &<< bits(rest &- 4) }
        // One to three bytes: the first, the middle one and the last may be the same.
        let middle = rest &>> 1
        return joined(offset, 1) | joined(offset + middle, 1) &<< bits(middle)
            | joined(count - 1, 1) &<< bits(rest &- 1)
    }

    /// So many bytes at an offset.
    @inline(__always)
    private func joined(_ offset: Int, _ size: Int) -> UInt64 {
        let run = extracting(offset..<(offset + size))
        var joined: UInt64 = 0
        for byte in 0..<size { joined |= UInt64(run[byte]) &<< bits(byte) }
        return joined
    }

    @inline(__always)
    private func bits(_ bytes: Int) -> UInt64 { UInt64(truncatingIfNeeded: 8 &* bytes) }
}
