/// Numbers as big-endian bytes, whose order is the order of the numbers.
public enum BigEndian {
    /// The 8 bytes of a number, on the stack.
    @inlinable
    public static func array(_ number: UInt64) -> [8 of UInt8] {
        [8 of UInt8] { index in UInt8(truncatingIfNeeded: number >> (56 - 8 * index)) }
    }

    /// The 8 bytes of a number.
    @inlinable
    public static func bytes(_ number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }

    /// The 4 bytes of a number.
    @inlinable
    public static func bytes(_ number: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * UInt32($0))) }
    }

    /// Lends the 8 bytes of a number, without an allocation.
    @inlinable
    public static func withBytes<R, Failure: Error>(
        of number: UInt64, _ body: (Span<UInt8>) throws(Failure) -> R
    ) throws(Failure) -> R {
        let bytes = array(number)
        return try body(bytes.span)
    }

    /// The number in the 8 bytes from `offset`; traps when there are fewer.
    @inlinable
    public static func uint64(_ bytes: Span<UInt8>, at offset: Int = 0) -> UInt64 {
        var number: UInt64 = 0
        for index in offset..<(offset + 8) { number = number << 8 | UInt64(bytes[index]) }
        return number
    }

    /// The number in the 4 bytes from `offset`; traps when there are fewer.
    @inlinable
    public static func uint32(_ bytes: Span<UInt8>, at offset: Int = 0) -> UInt32 {
        var number: UInt32 = 0
        for index in offset..<(offset + 4) { number = number << 8 | UInt32(bytes[index]) }
        return number
    }
}
