#include "bytes.h"

#include <string.h>

// CRC-32C, reflected. With the processor's instruction three streams run side by side, as one alone
// waits three cycles for each result; their sums are joined by a table of shifts.

static const uint32_t polynomial = 0x82F63B78;
enum { stripe = 1024, line = 64 };

static uint32_t bytes_table[8][256];
// What a sum becomes when `stripe` zero bytes follow, a byte of the sum at a time.
static uint32_t stripe_table[4][256];

static uint32_t times(const uint32_t *matrix, uint32_t vector) {
    uint32_t sum = 0;
    for (; vector; vector >>= 1, matrix++) {
        if (vector & 1) sum ^= *matrix;
    }
    return sum;
}

static void make_stripe_table(void) {
    uint32_t matrix[32], square[32];
    matrix[0] = polynomial;
    for (int bit = 1; bit < 32; bit++) matrix[bit] = (uint32_t)1 << (bit - 1);
    // From one zero bit to 8 × stripe zero bits by squaring.
    for (size_t bits = 1; bits < 8 * (size_t)stripe; bits *= 2) {
        for (int bit = 0; bit < 32; bit++) square[bit] = times(matrix, matrix[bit]);
        memcpy(matrix, square, sizeof matrix);
    }
    for (int place = 0; place < 4; place++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            stripe_table[place][byte] = times(matrix, byte << (8 * place));
        }
    }
}

__attribute__((constructor)) static void make_tables(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ polynomial : sum >> 1;
        bytes_table[0][byte] = sum;
    }
    for (int block = 1; block < 8; block++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t shorter = bytes_table[block - 1][byte];
            bytes_table[block][byte] = bytes_table[0][shorter & 0xFF] ^ (shorter >> 8);
        }
    }
    make_stripe_table();
}

static uint32_t by_table(uint32_t sum, const uint8_t *bytes, size_t count) {
    for (; count >= 8; bytes += 8, count -= 8) {
        uint32_t low = sum ^ ((uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 |
                              (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24);
        sum = bytes_table[7][low & 0xFF] ^ bytes_table[6][low >> 8 & 0xFF] ^
              bytes_table[5][low >> 16 & 0xFF] ^ bytes_table[4][low >> 24] ^
              bytes_table[3][bytes[4]] ^ bytes_table[2][bytes[5]] ^ bytes_table[1][bytes[6]] ^
              bytes_table[0][bytes[7]];
    }
    for (; count; bytes++, count--) sum = bytes_table[0][(sum ^ *bytes) & 0xFF] ^ (sum >> 8);
    return sum;
}

#if defined(__x86_64__)
#include <nmmintrin.h>

static uint32_t past_stripe(uint32_t sum) {
    return stripe_table[0][sum & 0xFF] ^ stripe_table[1][sum >> 8 & 0xFF] ^
           stripe_table[2][sum >> 16 & 0xFF] ^ stripe_table[3][sum >> 24];
}

static uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

__attribute__((target("sse4.2"))) static uint32_t by_instruction(
    uint32_t sum, const uint8_t *bytes, size_t count) {
    uint64_t first = sum;
    for (; count >= 3 * stripe; bytes += 3 * stripe, count -= 3 * stripe) {
        uint64_t second = 0, third = 0;
        for (size_t at = 0; at < stripe; at += 8) {
            // The processor's own look ahead ends at each page; the log is longer than its caches.
            if (at % line == 0) {
                for (size_t next = 3; next < 6; next++) {
                    __builtin_prefetch(bytes + next * stripe + at);
                }
            }
            first = _mm_crc32_u64(first, word(bytes + at));
            second = _mm_crc32_u64(second, word(bytes + stripe + at));
            third = _mm_crc32_u64(third, word(bytes + 2 * stripe + at));
        }
        first = past_stripe((uint32_t)first) ^ second;
        first = past_stripe((uint32_t)first) ^ third;
    }
    for (; count >= 8; bytes += 8, count -= 8) first = _mm_crc32_u64(first, word(bytes));
    for (; count; bytes++, count--) first = _mm_crc32_u8((uint32_t)first, *bytes);
    return (uint32_t)first;
}

uint32_t cb_crc32c(uint32_t seed, const uint8_t *bytes, size_t count) {
    return ~(__builtin_cpu_supports("sse4.2") ? by_instruction(~seed, bytes, count)
                                              : by_table(~seed, bytes, count));
}
#else
uint32_t cb_crc32c(uint32_t seed, const uint8_t *bytes, size_t count) {
    return ~by_table(~seed, bytes, count);
}
#endif

uint32_t cb_crc32c_portable(uint32_t seed, const uint8_t *bytes, size_t count) {
    return ~by_table(~seed, bytes, count);
}
