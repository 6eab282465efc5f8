#include "bytes.h"

#include <limits.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdlib.h>

enum { key_bytes = 32, signature_bytes = 64, tag_bytes = 16 };

bool cb_ed25519_public(const uint8_t *key, uint8_t *public_key) {
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, key, key_bytes);
    size_t count = key_bytes;
    bool is_good = pair && EVP_PKEY_get_raw_public_key(pair, public_key, &count) == 1;
    EVP_PKEY_free(pair);
    return is_good;
}

bool cb_ed25519_sign(
    const uint8_t *key, const uint8_t *message, size_t count, uint8_t *signature) {
    EVP_PKEY *pair = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, key, key_bytes);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = signature_bytes;
    bool is_good = pair && context &&
                   EVP_DigestSignInit(context, NULL, NULL, NULL, pair) == 1 &&
                   EVP_DigestSign(context, signature, &length, message, count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(pair);
    return is_good;
}

bool cb_ed25519_verify(
    const uint8_t *public_key, const uint8_t *message, size_t count, const uint8_t *signature) {
    EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public_key, key_bytes);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    bool is_good =
        key && context && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
        EVP_DigestVerify(context, signature, signature_bytes, message, count) == 1;
    EVP_MD_CTX_free(context);
    EVP_PKEY_free(key);
    return is_good;
}

struct cb_cipher {
    EVP_CIPHER_CTX *context;
};

// The algorithm is looked up once: a look-up costs more than sealing a short text.
cb_cipher *cb_cipher_new(void) {
    cb_cipher *cipher = calloc(1, sizeof *cipher);
    if (!cipher) return NULL;
    cipher->context = EVP_CIPHER_CTX_new();
    if (!cipher->context ||
        EVP_CipherInit_ex(cipher->context, EVP_aes_256_gcm(), NULL, NULL, NULL, 1) != 1) {
        cb_cipher_free(cipher);
        return NULL;
    }
    return cipher;
}

void cb_cipher_free(cb_cipher *cipher) {
    if (!cipher) return;
    EVP_CIPHER_CTX_free(cipher->context);
    free(cipher);
}

static bool begin(
    cb_cipher *cipher, int is_sealing, const uint8_t *key, const uint8_t *nonce,
    const uint8_t *context, size_t context_count) {
    int length;
    return context_count <= INT_MAX &&
           EVP_CipherInit_ex(cipher->context, NULL, NULL, key, nonce, is_sealing) == 1 &&
           EVP_CipherUpdate(cipher->context, NULL, &length, context, (int)context_count) == 1;
}

bool cb_cipher_seal(
    cb_cipher *cipher, const uint8_t *key, const uint8_t *nonce, const uint8_t *context,
    size_t context_count, const uint8_t *plain, size_t count, uint8_t *sealed) {
    int length = 0;
    return count <= INT_MAX && begin(cipher, 1, key, nonce, context, context_count) &&
           EVP_CipherUpdate(cipher->context, sealed, &length, plain, (int)count) == 1 &&
           EVP_CipherFinal_ex(cipher->context, sealed + length, &length) == 1 &&
           EVP_CIPHER_CTX_ctrl(
               cipher->context, EVP_CTRL_GCM_GET_TAG, tag_bytes, sealed + count) == 1;
}

bool cb_cipher_open(
    cb_cipher *cipher, const uint8_t *key, const uint8_t *nonce, const uint8_t *context,
    size_t context_count, const uint8_t *sealed, size_t count, uint8_t *plain) {
    if (count < tag_bytes || count > INT_MAX) return false;
    size_t text = count - tag_bytes;
    int length = 0;
    return begin(cipher, 0, key, nonce, context, context_count) &&
           EVP_CIPHER_CTX_ctrl(
               cipher->context, EVP_CTRL_GCM_SET_TAG, tag_bytes, (void *)(sealed + text)) == 1 &&
           EVP_CipherUpdate(cipher->context, plain, &length, sealed, (int)text) == 1 &&
           EVP_CipherFinal_ex(cipher->context, plain + length, &length) == 1;
}

bool cb_random(uint8_t *bytes, size_t count) {
    return count <= INT_MAX && RAND_bytes(bytes, (int)count) == 1;
}
