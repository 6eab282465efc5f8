/// A filter of one cache line a key: "not there" is certain, "there" is wrong once in seventy.
///
/// The line is given by the first bits of the prefix, so that a sorted run fills its filter from
/// front to back; the six bits in the line by a mixture of all. About ten bits a key.
enum PrefixFilter {
    static let lineBytes = 64
    static let bitsPerKey = 10

    static func lines(for count: Int) -> Int {
        max(1, (count * bitsPerKey + lineBytes * 8 - 1) / (lineBytes * 8))
    }

    /// The number of the line of a prefix, rising with it.
    @inline(__always)
    static func line(_ prefix: UInt64, of lines: UInt64) -> Int {
        Int(truncatingIfNeeded: prefix.multipliedFullWidth(by: lines).high)
    }

    /// The two words of the line that a prefix marks, and the bits in each.
    @inline(__always)
    static func marks(
        _ prefix: UInt64
    ) -> (first: Int, firstBits: UInt64, second: Int, secondBits: UInt64) {
        let mixed = (prefix ^ prefix >> 32) &* 0x9E37_79B9_7F4A_7C15
        let one: UInt64 = 1
        return (
            Int(truncatingIfNeeded: mixed >> 61),
            one &<< (mixed >> 22) | one &<< (mixed >> 28) | one &<< (mixed >> 34),
            Int(truncatingIfNeeded: mixed >> 58 & 7),
            one &<< (mixed >> 40) | one &<< (mixed >> 46) | one &<< (mixed >> 52)
        )
    }
}
