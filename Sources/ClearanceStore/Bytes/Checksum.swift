import CBytes

/// The CRC-32C (Castagnoli, reflected) of bytes, as in iSCSI and ext4.
///
/// Finds accidental damage; it is no protection against intent. Pass the result of one call as
/// the `seed` of the next to run over several pieces.
///
/// - Complexity: O(n), about 25 bytes a nanosecond where the processor has the instruction.
public func crc32c(_ bytes: Span<UInt8>, seed: UInt32 = 0) -> UInt32 {
    unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe cb_crc32c(seed, bytes.baseAddress, bytes.count)
    }
}
