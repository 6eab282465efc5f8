/// Writes the shapes of an entry into room that was made for all of it beforehand.
///
/// Nothing is asked for room, counted or moved per value, and bytes go eight at a time: the last
/// word of a text runs over its end, where the next value comes to stand. Room is therefore
/// ``slack`` bytes larger than what is written. Traps when room is too small.
struct RoomWriter: ~Copyable, ~Escapable {
    /// How far a word may run over the end of what is written.
    static let slack = 8

    private var room: MutableSpan<UInt8>
    /// The bytes written so far.
    private(set) var count = 0

    @_lifetime(copy room)
    init(_ room: consuming MutableSpan<UInt8>) { self.room = room }

    /// Writes an integer, little-endian.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func write<Value: FixedWidthInteger>(_ value: Value) {
        store(value, at: count)
        count += MemoryLayout<Value>.size
    }

    /// Writes an integer over what stands at an offset, or before anything stands there.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func store<Value: FixedWidthInteger>(_ value: Value, at offset: Int) {
        // One store: the compiler joins what lies side by side once it knows that all of it fits.
        let size = MemoryLayout<Value>.size
        var bytes = room._mutatingExtracting(offset..<(offset + size))
        for index in 0..<size {
            bytes[index] = UInt8(
                truncatingIfNeeded: value &>> Value(truncatingIfNeeded: 8 &* index))
        }
    }

    /// Writes an unsigned LEB128 integer.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func write(varint value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            write(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        write(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes bytes without a length.
    @_lifetime(self: copy self)
    @inline(__always)
    mutating func write(raw bytes: Span<UInt8>) {
        var index = 0
        while index + 8 <= bytes.count {
            store(bytes.word(at: index), at: count + index)
            index += 8
        }
        if index < bytes.count { store(bytes.lastWord(from: index), at: count + index) }
        count += bytes.count
    }

    /// Writes a varint length and the bytes.
    @_lifetime(self: copy self)
    mutating func write(counted bytes: Span<UInt8>) {
        write(varint: UInt64(bytes.count))
        write(raw: bytes)
    }

    /// Writes a tag, a varint length and the bytes.
    @_lifetime(self: copy self)
    mutating func write(tag: UInt64, counted bytes: Span<UInt8>) {
        write(varint: tag)
        write(varint: UInt64(bytes.count))
        write(raw: bytes)
    }

    /// Begins a counted part of about `guess` bytes; what is written before ``end(_:)`` belongs
    /// to it.
    @_lifetime(self: copy self)
    mutating func begin(guess: Int = 0) -> CountedPart {
        let part = CountedPart(start: count, width: guess < 0x80 ? 1 : 2)
        count += part.width
        return part
    }

    /// Ends a counted part: writes its length, and moves it when that takes other room than was
    /// kept.
    @_lifetime(self: copy self)
    mutating func end(_ part: CountedPart) {
        let first = part.start + part.width
        let length = count - first
        let width = length < 0x80 ? 1 : length < 0x4000 ? 2 : 3
        if width != part.width { move(first, by: width - part.width) }
        count = part.start
        write(varint: UInt64(length))
        count += length
    }

    /// Moves what stands behind an offset a few bytes up or down.
    @_lifetime(self: copy self)
    private mutating func move(_ first: Int, by shift: Int) {
        if shift > 0 {
            // From the end on, as words are written over what comes next.
            var index = count
            while index - 8 >= first {
                index -= 8
                store(room.span.word(at: index), at: index + shift)
            }
            while index > first {
                index -= 1
                room[index + shift] = room[index]
            }
        } else {
            var index = first
            while index < count {
                store(room.span.word(at: index), at: index + shift)
                index += 8
            }
        }
        count += shift
    }
}

/// Where a counted part begins, and the bytes that were kept for its length.
struct CountedPart {
    let start: Int
    let width: Int
}
