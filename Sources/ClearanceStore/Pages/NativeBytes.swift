/// Numbers in the byte order of this machine, as LMDB writes them.
///
/// Reading past the end traps; whoever calls has compared lengths before.
enum NativeBytes {
    private static let isBig = UInt32(bigEndian: 1) == 1

    static func u16(_ bytes: Span<UInt8>, _ at: Int) -> UInt16 {
        let (first, second) = (UInt16(bytes[at]), UInt16(bytes[at + 1]))
        return isBig ? first << 8 | second : second << 8 | first
    }

    static func u32(_ bytes: Span<UInt8>, _ at: Int) -> UInt32 {
        let big = BigEndian.uint32(bytes, at: at)
        return isBig ? big : big.byteSwapped
    }

    static func u64(_ bytes: Span<UInt8>, _ at: Int) -> UInt64 {
        let big = BigEndian.uint64(bytes, at: at)
        return isBig ? big : big.byteSwapped
    }

    /// A number as its stored bytes; for tests that change a file.
    static func bytes(_ number: UInt64) -> [UInt8] {
        let big = BigEndian.bytes(number)
        return isBig ? big : big.reversed()
    }
}
