#include "checksum.h"

#include <string.h>

#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

// Each stream of the interleaved loop runs over this many bytes before the three sums are joined:
// the long form for chunks, the short one for what is left of them.
enum { long_run = 2048, short_run = 256 };

// slices[k][b]: the sum of byte b that k zero bytes follow.
static uint32_t slices[8][256];
// What a sum becomes when so many zero bytes follow, by each of its four bytes.
static uint32_t after_long[4][256];
static uint32_t after_short[4][256];
static int has_instruction;

static uint32_t follow(uint32_t table[4][256], uint32_t sum) {
    return table[0][sum & 0xFF] ^ table[1][sum >> 8 & 0xFF] ^ table[2][sum >> 16 & 0xFF]
        ^ table[3][sum >> 24];
}

// Zero bytes act on a sum as a linear map; applied to itself the map covers twice as many.
static void make_after(uint32_t table[4][256], size_t zeros) {
    for (int place = 0; place < 4; place++) {
        for (uint32_t byte = 0; byte < 256; byte++) {
            uint32_t sum = byte << (8 * place);
            table[place][byte] = slices[0][sum & 0xFF] ^ (sum >> 8);
        }
    }
    for (size_t done = 1; done < zeros; done *= 2) {
        uint32_t twice[4][256];
        for (int place = 0; place < 4; place++) {
            for (int byte = 0; byte < 256; byte++) {
                twice[place][byte] = follow(table, table[place][byte]);
            }
        }
        memcpy(table, twice, sizeof twice);
    }
}

// Before main, so that no call has to ask whether the tables are there.
__attribute__((constructor)) static void make_tables(void) {
    const uint32_t polynomial = 0x82F63B78;
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t sum = byte;
        for (int bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >> 1) ^ polynomial : sum >> 1;
        slices[0][byte] = sum;
    }
    for (int zeros = 1; zeros < 8; zeros++) {
        for (int byte = 0; byte < 256; byte++) {
            uint32_t shorter = slices[zeros - 1][byte];
            slices[zeros][byte] = slices[0][shorter & 0xFF] ^ (shorter >> 8);
        }
    }
    make_after(after_long, long_run);
    make_after(after_short, short_run);
#if defined(__x86_64__)
    __builtin_cpu_init();
    has_instruction = __builtin_cpu_supports("sse4.2");
#endif
}

static uint64_t word(const uint8_t *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

uint32_t clearance_crc32c_portable(const uint8_t *bytes, size_t count, uint32_t seed) {
    uint32_t sum = ~seed;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; count >= 8; bytes += 8, count -= 8) {
        uint64_t mixed = word(bytes) ^ sum;
        sum = slices[7][mixed & 0xFF] ^ slices[6][mixed >> 8 & 0xFF]
            ^ slices[5][mixed >> 16 & 0xFF] ^ slices[4][mixed >> 24 & 0xFF]
            ^ slices[3][mixed >> 32 & 0xFF] ^ slices[2][mixed >> 40 & 0xFF]
            ^ slices[1][mixed >> 48 & 0xFF] ^ slices[0][mixed >> 56];
    }
#endif
    for (; count > 0; bytes++, count--) sum = slices[0][(sum ^ *bytes) & 0xFF] ^ (sum >> 8);
    return ~sum;
}

#if defined(__x86_64__)
__attribute__((target("sse4.2"))) static uint64_t three_runs(
    const uint8_t *bytes, size_t run, uint64_t sum, uint32_t after[4][256]) {
    uint64_t second = 0, third = 0;
    for (size_t at = 0; at < run; at += 8) {
        sum = _mm_crc32_u64(sum, word(bytes + at));
        second = _mm_crc32_u64(second, word(bytes + run + at));
        third = _mm_crc32_u64(third, word(bytes + 2 * run + at));
    }
    sum = follow(after, (uint32_t)sum) ^ second;
    return follow(after, (uint32_t)sum) ^ third;
}

__attribute__((target("sse4.2"))) static uint32_t by_instruction(
    const uint8_t *bytes, size_t count, uint32_t seed) {
    uint64_t sum = ~seed;
    for (; count >= 3 * long_run; bytes += 3 * long_run, count -= 3 * long_run) {
        sum = three_runs(bytes, long_run, sum, after_long);
    }
    for (; count >= 3 * short_run; bytes += 3 * short_run, count -= 3 * short_run) {
        sum = three_runs(bytes, short_run, sum, after_short);
    }
    for (; count >= 8; bytes += 8, count -= 8) sum = _mm_crc32_u64(sum, word(bytes));
    for (; count > 0; bytes++, count--) sum = _mm_crc32_u8((uint32_t)sum, *bytes);
    return ~(uint32_t)sum;
}
#endif

uint32_t clearance_crc32c(const uint8_t *bytes, size_t count, uint32_t seed) {
#if defined(__x86_64__)
    if (has_instruction) return by_instruction(bytes, count, seed);
#endif
    return clearance_crc32c_portable(bytes, count, seed);
}
