#define _GNU_SOURCE
#define OPENSSL_SUPPRESS_DEPRECATED
#include "plain.h"

#include <fcntl.h>
#include <openssl/sha.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { page = 4096, digest = SHA256_DIGEST_LENGTH };

static uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000 + (uint64_t)time.tv_nsec;
}

static int ascending(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static int write_ahead(int file, size_t pages) {
    uint8_t block[page];
    memset(block, 0, sizeof block);
    for (size_t i = 0; i < pages; i++) {
        if (pwrite(file, block, page, (off_t)(i * page)) != page) return 1;
    }
    return fsync(file);
}

int plain_commit(const char *path, size_t count, uint64_t *median) {
    uint8_t block[page];
    memset(block, 7, sizeof block);
    uint64_t *times = calloc(count, sizeof *times);
    int file = open(path, O_CREAT | O_TRUNC | O_RDWR, 0600);
    int meta = open(path, O_WRONLY | O_DSYNC);
    int code = !times || file < 0 || meta < 0 || count == 0 || write_ahead(file, count + 2);
    for (size_t i = 0; code == 0 && i < count; i++) {
        uint64_t start = now();
        if (pwrite(file, block, page, (off_t)((i + 2) * page)) != page) code = 1;
        if (code == 0 && fdatasync(file) != 0) code = 1;
        if (code == 0 && pwrite(meta, block, page, (off_t)(i % 2 * page)) != page) code = 1;
        times[i] = now() - start;
    }
    if (code == 0) {
        qsort(times, count, sizeof *times, ascending);
        *median = times[count / 2];
    }
    if (meta >= 0) close(meta);
    if (file >= 0) close(file);
    free(times);
    return code;
}

static void hash(uint8_t prefix, const uint8_t *bytes, size_t count, uint8_t *out) {
    SHA256_CTX state;
    SHA256_Init(&state);
    SHA256_Update(&state, &prefix, 1);
    SHA256_Update(&state, bytes, count);
    SHA256_Final(out, &state);
}

int plain_hash(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t *sum) {
    uint8_t leaf[digest], pair[2 * digest];
    uint64_t start = 0;
    memset(pair, 1, sizeof pair);
    for (size_t i = 0; i < count; i++) {
        hash(0, bytes + start, ends[i] - start, leaf);
        start = ends[i];
        // A full tree has a node for every leaf but one.
        memcpy(pair, leaf, digest);
        hash(1, pair, sizeof pair, pair + digest);
        *sum += pair[digest];
    }
    return 0;
}
