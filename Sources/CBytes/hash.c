// The calls that keep the state in place: those of EVP cost a third more for a short entry.
#define OPENSSL_SUPPRESS_DEPRECATED
#include "bytes.h"

#include <openssl/sha.h>

_Static_assert(sizeof(cb_sha256) == sizeof(SHA256_CTX), "the state of another libcrypto");
_Static_assert(_Alignof(cb_sha256) >= _Alignof(SHA256_CTX), "the state of another libcrypto");

void cb_sha256_start(cb_sha256 *hash) { SHA256_Init((SHA256_CTX *)hash); }

void cb_sha256_update(cb_sha256 *hash, const uint8_t *bytes, size_t count) {
    SHA256_Update((SHA256_CTX *)hash, bytes, count);
}

void cb_sha256_finish(cb_sha256 *hash, uint8_t *digest) {
    SHA256_Final(digest, (SHA256_CTX *)hash);
}

static void prefixed(uint8_t prefix, const uint8_t *bytes, size_t count, uint8_t *digest) {
    SHA256_CTX hash;
    SHA256_Init(&hash);
    SHA256_Update(&hash, &prefix, 1);
    SHA256_Update(&hash, bytes, count);
    SHA256_Final(digest, &hash);
}

void cb_sha256_leaf(const uint8_t *entry, size_t count, uint8_t *digest) {
    prefixed(0, entry, count, digest);
}

void cb_sha256_node(const uint8_t *pair, uint8_t *digest) { prefixed(1, pair, 64, digest); }
