/// Grows a byte array by the few shapes that entries, rows and keys are made of.
///
/// Integers of fixed width are little-endian; a varint is unsigned LEB128. The layout is
/// specified in `specs/encoding.md`. Cost: O(bytes written), amortised.
public struct ByteWriter: Sendable {
    /// What was written so far.
    public private(set) var bytes: [UInt8]

    /// An empty writer with room for `capacity` bytes.
    public init(capacity: Int = 256) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Makes room for `capacity` bytes in all.
    public mutating func reserve(_ capacity: Int) { bytes.reserveCapacity(capacity) }

    /// Forgets what was written and keeps the storage.
    public mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Forgets what was written behind the first `count` bytes.
    public mutating func truncate(to count: Int) { bytes.removeLast(bytes.count - count) }

    /// Lends the bytes to be changed or added to; what lies before stays where it is.
    public mutating func edit(_ body: (inout [UInt8]) -> Void) { body(&bytes) }

    /// The number of bytes written so far.
    public var count: Int { bytes.count }

    /// Appends one byte.
    public mutating func write(_ byte: UInt8) { bytes.append(byte) }

    /// Appends a 16-bit integer, little-endian.
    public mutating func write(_ value: UInt16) { writeLittle(UInt64(value), width: 2) }

    /// Appends a 32-bit integer, little-endian.
    public mutating func write(_ value: UInt32) { writeLittle(UInt64(value), width: 4) }

    /// Appends a 64-bit integer, little-endian.
    public mutating func write(_ value: UInt64) { writeLittle(value, width: 8) }

    /// Appends a signed 64-bit integer in two's complement, little-endian.
    public mutating func write(_ value: Int64) { write(UInt64(bitPattern: value)) }

    /// Appends a 128-bit integer in two's complement, little-endian.
    public mutating func write(_ value: Int128) {
        let pattern = UInt128(bitPattern: value)
        write(UInt64(truncatingIfNeeded: pattern))
        write(UInt64(truncatingIfNeeded: pattern >> 64))
    }

    /// Appends an unsigned LEB128 integer of at most ten bytes.
    public mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Appends a signed integer as a zigzag varint.
    public mutating func writeSigned(_ value: Int64) {
        writeVarint(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// Appends bytes without a length.
    public mutating func write(raw span: Span<UInt8>) {
        bytes.append(copying: span)
    }

    /// Appends bytes without a length.
    public mutating func write(raw array: [UInt8]) { bytes.append(contentsOf: array) }

    /// Appends a varint length and the bytes.
    public mutating func write(counted span: Span<UInt8>) {
        bytes.append(addingCapacity: span.count + 10) { output in
            output.append(varint: UInt64(span.count))
            output.append(copying: span)
        }
    }

    /// Appends a varint length and the UTF-8 bytes of a text.
    public mutating func write(text: String) { write(counted: text.utf8Span.span) }

    /// Appends what is written into room of so many bytes, which is more than enough.
    @inline(__always)
    mutating func fill(_ room: Int, _ body: (inout RoomWriter) -> Void) {
        let room = room + RoomWriter.slack
        bytes.append(addingCapacity: room) { output in
            output.append(repeating: 0, count: room)
            var writer = RoomWriter(output.mutableSpan)
            body(&writer)
            let used = writer.count
            output.removeLast(room - used)
        }
    }

    /// Appends a varint length and whatever `body` writes behind it.
    public mutating func writeCounted(_ body: (inout ByteWriter) -> Void) {
        let start = beginCounted()
        body(&self)
        endCounted(start)
    }

    /// Begins a counted part; what is written before ``endCounted(_:)`` belongs to it.
    mutating func beginCounted() -> Int {
        // One byte is reserved for the length, as most parts are short; a longer length moves the
        // part by the bytes it needs.
        bytes.append(0)
        return bytes.count - 1
    }

    /// Ends the counted part that began at this place.
    mutating func endCounted(_ start: Int) {
        endCounted(start, saying: bytes.count - start - 1)
    }

    /// Ends a part that is counted in something else than bytes.
    mutating func endCounted(_ start: Int, saying count: Int) {
        var rest = count
        var place = start
        while rest >= 0x80 {
            bytes.insert(UInt8(truncatingIfNeeded: rest) | 0x80, at: place)
            rest >>= 7
            place += 1
        }
        bytes[place] = UInt8(truncatingIfNeeded: rest)
    }

    private mutating func writeLittle(_ value: UInt64, width: Int) {
        bytes.append(addingCapacity: width) { output in
            var rest = value
            for _ in 0..<width {
                output.append(UInt8(truncatingIfNeeded: rest))
                rest >>= 8
            }
        }
    }
}

extension OutputSpan<UInt8> {
    /// Appends an unsigned LEB128 integer.
    @inline(__always)
    @_lifetime(self: copy self)
    fileprivate mutating func append(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }

    @inline(__always)
    @_lifetime(self: copy self)
    fileprivate mutating func append(copying span: Span<UInt8>) {
        for index in span.indices { append(span[index]) }
    }
}

extension [UInt8] {
    /// Appends lent bytes; grows as `append` does, so that many small appends stay linear.
    @inlinable
    public mutating func append(copying span: Span<UInt8>) {
        append(addingCapacity: span.count) { output in
            for index in span.indices { output.append(span[index]) }
        }
    }
}
