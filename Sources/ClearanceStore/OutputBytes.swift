// What fills a reserved page: bytes are copied at the speed of memory, integers are little-endian.
// All of it is checked against the room that is left, so that nothing here can write past a page.

extension OutputSpan where Element == UInt8 {
    /// Appends a copy of lent bytes; traps when they do not fit.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append(copying bytes: Span<UInt8>) {
        precondition(bytes.count <= freeCapacity, "bytes beyond the reserved room")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            unsafe bytes.withUnsafeBufferPointer { source in
                guard let from = source.baseAddress, let to = buffer.baseAddress else { return }
                unsafe (to + count).update(from: from, count: source.count)
                count += source.count
            }
        }
    }

    /// Appends an integer, little-endian; traps when it does not fit.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(little value: Value) {
        let size = MemoryLayout<Value>.size
        precondition(size <= freeCapacity, "bytes beyond the reserved room")
        unsafe withUnsafeMutableBufferPointer { buffer, count in
            unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
                of: value.littleEndian, toByteOffset: count, as: Value.self)
            count += size
        }
    }

    /// Overwrites appended bytes with an integer, little-endian; traps when they are not there.
    @inlinable
    @_lifetime(self: copy self)
    public mutating func store<Value: FixedWidthInteger & BitwiseCopyable>(
        little value: Value, at offset: Int
    ) {
        precondition(
            offset >= 0 && offset + MemoryLayout<Value>.size <= count, "bytes not yet written")
        unsafe withUnsafeMutableBufferPointer { buffer, _ in
            unsafe UnsafeMutableRawBufferPointer(buffer).storeBytes(
                of: value.littleEndian, toByteOffset: offset, as: Value.self)
        }
    }
}

extension Span where Element == UInt8 {
    /// The little-endian integer at an offset; traps beyond the end. One load.
    @inlinable
    public func little<Value: FixedWidthInteger & BitwiseCopyable>(
        _ type: Value.Type, at offset: Int
    ) -> Value {
        precondition(offset >= 0 && offset + MemoryLayout<Value>.size <= count, "past the end")
        return unsafe Value(
            littleEndian: bytes.unsafeLoadUnaligned(
                fromUncheckedByteOffset: offset, as: Value.self))
    }
}
