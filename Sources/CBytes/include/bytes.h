#pragma once
// A narrow C face for what libcrypto and the processor do with bytes: checksum, hash, signature,
// cipher, randomness. Nothing here allocates but the two contexts, and nothing fails but as said.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// CRC-32C of `bytes` after those whose sum is `seed`.
uint32_t cb_crc32c(uint32_t seed, const uint8_t *bytes, size_t count);

/// The same without the processor's instruction: what other machines run.
uint32_t cb_crc32c_portable(uint32_t seed, const uint8_t *bytes, size_t count);

// MARK: SHA-256

/// A hash under way: libcrypto's own state, by value.
typedef struct {
    uint32_t words[28];
} cb_sha256;

void cb_sha256_start(cb_sha256 *hash);
void cb_sha256_update(cb_sha256 *hash, const uint8_t *bytes, size_t count);
void cb_sha256_finish(cb_sha256 *hash, uint8_t *digest);

/// RFC 6962: SHA-256(0x00 ‖ entry).
void cb_sha256_leaf(const uint8_t *entry, size_t count, uint8_t *digest);

/// RFC 6962: SHA-256(0x01 ‖ left ‖ right), from the 64 bytes of both.
void cb_sha256_node(const uint8_t *pair, uint8_t *digest);

// MARK: Ed25519 (RFC 8032)

/// The public key of a 32-byte private one.
bool cb_ed25519_public(const uint8_t *key, uint8_t *public_key);
bool cb_ed25519_sign(
    const uint8_t *key, const uint8_t *message, size_t count, uint8_t *signature);
bool cb_ed25519_verify(
    const uint8_t *public_key, const uint8_t *message, size_t count, const uint8_t *signature);

// MARK: AES-256-GCM

typedef struct cb_cipher cb_cipher;

/// Null when there is no memory.
cb_cipher *cb_cipher_new(void);
void cb_cipher_free(cb_cipher *cipher);

/// Writes `count` + 16 bytes: ciphertext and tag.
bool cb_cipher_seal(
    cb_cipher *cipher, const uint8_t *key, const uint8_t *nonce, const uint8_t *context,
    size_t context_count, const uint8_t *plain, size_t count, uint8_t *sealed);

/// Writes `count` - 16 bytes; false when the tag is another.
bool cb_cipher_open(
    cb_cipher *cipher, const uint8_t *key, const uint8_t *nonce, const uint8_t *context,
    size_t context_count, const uint8_t *sealed, size_t count, uint8_t *plain);

/// Bytes that nobody can guess.
bool cb_random(uint8_t *bytes, size_t count);
