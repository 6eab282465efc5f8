import CChecksum

/// The CRC-32C (Castagnoli, reflected) of bytes, as in iSCSI and ext4.
///
/// Finds accidental damage; it is no protection against intent. Pass the result of one call as
/// the `seed` of the next to run over several pieces.
///
/// - Complexity: O(n), about 0.04 ns a byte with the processor's instruction, half a nanosecond
///   without.
public func crc32c(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return seed }
        return unsafe clearance_crc32c(base, buffer.count, seed)
    }
}

/// The same sum by tables alone, as on a processor without the instruction.
func crc32cPortable(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return seed }
        return unsafe clearance_crc32c_portable(base, buffer.count, seed)
    }
}
