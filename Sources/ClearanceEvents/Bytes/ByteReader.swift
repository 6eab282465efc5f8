/// Bytes that are not what `specs/encoding.md` says: where the reading stopped and why.
public struct DecodingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The offset of the first byte that could not be understood.
    public let offset: Int
    /// What was expected there. Never holds bytes of the entry: they may be personal.
    public let expected: String

    public init(offset: Int, expected: String) {
        self.offset = offset
        self.expected = expected
    }

    public var description: String { "byte \(offset): expected \(expected)" }
}

/// Reads the shapes of ``ByteWriter`` from lent bytes; never reads past their end.
public struct ByteReader: ~Escapable, Copyable {
    let bytes: Span<UInt8>
    /// The offset of the next byte.
    public private(set) var offset: Int

    /// A reader at the first byte of `bytes`.
    @_lifetime(copy bytes)
    public init(_ bytes: Span<UInt8>) {
        self.bytes = bytes
        offset = 0
    }

    /// How many bytes are left.
    public var remaining: Int { bytes.count - offset }

    /// Whether all bytes were read.
    public var isAtEnd: Bool { offset == bytes.count }

    /// Reads one byte.
    @_lifetime(self: copy self)
    public mutating func byte() throws(DecodingError) -> UInt8 {
        guard offset < bytes.count else { throw fault("a byte") }
        let value = bytes[offset]
        offset += 1
        return value
    }

    /// Reads a little-endian 16-bit integer.
    @_lifetime(self: copy self)
    public mutating func uint16() throws(DecodingError) -> UInt16 {
        UInt16(truncatingIfNeeded: try little(width: 2))
    }

    /// Reads a little-endian 32-bit integer.
    @_lifetime(self: copy self)
    public mutating func uint32() throws(DecodingError) -> UInt32 {
        UInt32(truncatingIfNeeded: try little(width: 4))
    }

    /// Reads a little-endian 64-bit integer.
    @_lifetime(self: copy self)
    public mutating func uint64() throws(DecodingError) -> UInt64 { try little(width: 8) }

    /// Reads a little-endian signed 64-bit integer.
    @_lifetime(self: copy self)
    public mutating func int64() throws(DecodingError) -> Int64 {
        Int64(bitPattern: try little(width: 8))
    }

    /// Reads a little-endian signed 128-bit integer.
    @_lifetime(self: copy self)
    public mutating func int128() throws(DecodingError) -> Int128 {
        let low = try little(width: 8)
        let high = try little(width: 8)
        return Int128(bitPattern: UInt128(high) << 64 | UInt128(low))
    }

    /// Reads an unsigned LEB128 integer; only the shortest form is accepted.
    @_lifetime(self: copy self)
    public mutating func varint() throws(DecodingError) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let next = try byte()
            guard shift < 63 || next <= 1 else { throw fault("a varint below 2^64") }
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 {
                guard next != 0 || shift == 0 else { throw fault("a varint in its shortest form") }
                return value
            }
            shift += 7
        }
    }

    /// Reads a zigzag varint.
    @_lifetime(self: copy self)
    public mutating func signed() throws(DecodingError) -> Int64 {
        let value = try varint()
        return Int64(bitPattern: (value >> 1) ^ (0 &- (value & 1)))
    }

    /// Reads a varint that counts bytes still to come.
    @_lifetime(self: copy self)
    public mutating func length() throws(DecodingError) -> Int {
        let value = try varint()
        guard value <= UInt64(remaining) else { throw fault("a length within the bytes") }
        return Int(value)
    }

    /// Lends the next `count` bytes and moves behind them.
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    public mutating func raw(_ count: Int) throws(DecodingError) -> Span<UInt8> {
        guard count >= 0, count <= remaining else { throw fault("\(count) bytes") }
        let part = bytes.extracting(offset..<(offset + count))
        offset += count
        return part
    }

    /// Lends a counted run of bytes and moves behind it.
    @_lifetime(copy self)
    @_lifetime(self: copy self)
    public mutating func counted() throws(DecodingError) -> Span<UInt8> {
        let count = try length()
        return try raw(count)
    }

    /// Reads a counted text; refuses what is not UTF-8.
    @_lifetime(self: copy self)
    public mutating func text() throws(DecodingError) -> String {
        let start = offset
        let part = try counted()
        guard let utf8 = try? UTF8Span(validating: part) else {
            throw DecodingError(offset: start, expected: "UTF-8 text")
        }
        return String(copying: utf8)
    }

    private func fault(_ expected: String) -> DecodingError {
        DecodingError(offset: offset, expected: expected)
    }

    @_lifetime(self: copy self)
    private mutating func little(width: Int) throws(DecodingError) -> UInt64 {
        guard remaining >= width else { throw fault("\(width) bytes of an integer") }
        var value: UInt64 = 0
        if remaining >= 8 {
            // Eight bytes of one run are a single load; the surplus of a shorter one goes.
            let run = bytes.extracting(offset..<(offset + 8))
            for index in 0..<8 { value |= UInt64(run[index]) << UInt64(8 * index) }
            if width < 8 { value &= 1 << UInt64(8 * width) - 1 }
        } else {
            for index in 0..<width {
                value |= UInt64(bytes[offset + index]) << UInt64(8 * index)
            }
        }
        offset += width
        return value
    }
}
