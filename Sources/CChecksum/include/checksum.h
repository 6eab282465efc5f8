#ifndef CLEARANCE_CHECKSUM_H
#define CLEARANCE_CHECKSUM_H

#include <stddef.h>
#include <stdint.h>

/// The CRC-32C (Castagnoli, reflected) of `count` bytes, going on from `seed`.
///
/// Uses the processor's own instruction where there is one, in three interleaved streams: the
/// instruction takes three cycles and one can start in each.
uint32_t clearance_crc32c(const uint8_t *bytes, size_t count, uint32_t seed);

/// The same by tables alone, for processors without the instruction; public for the tests.
uint32_t clearance_crc32c_portable(const uint8_t *bytes, size_t count, uint32_t seed);

#endif
