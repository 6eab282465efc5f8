#include "document.h"

#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

// Bytes, digests, keys, signatures.

void cxs_bytes_free(cxs_bytes bytes) { free(bytes.start); }

cxs_bytes cxs_bytes_copy(const void *start, size_t count) {
    cxs_bytes bytes = {start && count ? malloc(count) : NULL, count};
    if (bytes.start) memcpy(bytes.start, start, count);
    else bytes.count = 0;
    return bytes;
}

const EVP_MD *cxs_md(cxs_hash hash) {
    switch (hash) {
    case CXS_SHA1: return EVP_sha1();
    case CXS_SHA256: return EVP_sha256();
    case CXS_SM3: return EVP_sm3();
    }
    return NULL;
}

cxs_key_kind cxs_kind_of(const EVP_PKEY *pkey) {
    if (!pkey) return CXS_OTHER_KEY;
    if (EVP_PKEY_is_a(pkey, "RSA")) return CXS_RSA;
    return EVP_PKEY_is_a(pkey, "SM2") ? CXS_SM2 : CXS_OTHER_KEY;
}

EVP_MD_CTX *cxs_md_context(EVP_PKEY *pkey) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key = context ? EVP_PKEY_CTX_new(pkey, NULL) : NULL;
    bool is_good = key != NULL;
    if (is_good && cxs_kind_of(pkey) == CXS_SM2) {
        is_good = EVP_PKEY_CTX_set1_id(key, CXS_SM2_IDENTITY, strlen(CXS_SM2_IDENTITY)) == 1;
    }
    if (!is_good) {
        EVP_PKEY_CTX_free(key);
        EVP_MD_CTX_free(context);
        return NULL;
    }
    EVP_MD_CTX_set_pkey_ctx(context, key);
    return context;
}

void cxs_md_context_free(EVP_MD_CTX *context) {
    if (!context) return;
    // A key context that was handed in is not freed with the digest context.
    EVP_PKEY_CTX *key = EVP_MD_CTX_get_pkey_ctx(context);
    EVP_MD_CTX_free(context);
    EVP_PKEY_CTX_free(key);
}

bool cxs_verify(
    const cxs_certificate *certificate, cxs_hash hash, const uint8_t *message,
    size_t message_count, const uint8_t *signature, size_t signature_count) {
    EVP_PKEY *pkey = X509_get0_pubkey(certificate->x509);
    EVP_MD_CTX *context = pkey ? cxs_md_context(pkey) : NULL;
    bool is_good =
        context && EVP_DigestVerifyInit(context, NULL, cxs_md(hash), NULL, pkey) == 1
        && EVP_DigestVerify(context, signature, signature_count, message, message_count) == 1;
    cxs_md_context_free(context);
    ERR_clear_error();
    return is_good;
}

cxs_bytes cxs_sign(const cxs_key *key, cxs_hash hash, const uint8_t *message, size_t count) {
    cxs_bytes result = {NULL, 0};
    EVP_MD_CTX *context = cxs_md_context(key->pkey);
    size_t size = 0;
    if (context && EVP_DigestSignInit(context, NULL, cxs_md(hash), NULL, key->pkey) == 1
        && EVP_DigestSign(context, NULL, &size, message, count) == 1) {
        uint8_t *signature = malloc(size);
        if (signature && EVP_DigestSign(context, signature, &size, message, count) == 1) {
            result = cxs_bytes_copy(signature, size);
        }
        free(signature);
    }
    cxs_md_context_free(context);
    ERR_clear_error();
    return result;
}

// MARK: The two forms of an SM2 signature

cxs_bytes cxs_sm2_der(const uint8_t *raw, size_t count) {
    cxs_bytes result = {NULL, 0};
    if (count != 64) return result;
    ECDSA_SIG *pair = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(raw, 32, NULL), *s = BN_bin2bn(raw + 32, 32, NULL);
    if (pair && r && s && ECDSA_SIG_set0(pair, r, s) == 1) {
        r = s = NULL;
        uint8_t *der = NULL;
        int size = i2d_ECDSA_SIG(pair, &der);
        if (size > 0) result = cxs_bytes_copy(der, (size_t)size);
        OPENSSL_free(der);
    }
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(pair);
    return result;
}

cxs_bytes cxs_sm2_raw(const uint8_t *der, size_t count) {
    cxs_bytes result = {NULL, 0};
    const uint8_t *at = der;
    ECDSA_SIG *pair = d2i_ECDSA_SIG(NULL, &at, (long)count);
    uint8_t raw[64];
    if (pair && at == der + count && BN_bn2binpad(ECDSA_SIG_get0_r(pair), raw, 32) == 32
        && BN_bn2binpad(ECDSA_SIG_get0_s(pair), raw + 32, 32) == 32) {
        result = cxs_bytes_copy(raw, sizeof raw);
    }
    ECDSA_SIG_free(pair);
    ERR_clear_error();
    return result;
}

// MARK: Keys

static cxs_key *wrap(EVP_PKEY *pkey) {
    cxs_key *key = pkey ? malloc(sizeof *key) : NULL;
    if (key) key->pkey = pkey;
    else EVP_PKEY_free(pkey);
    return key;
}

cxs_key *cxs_key_read(const uint8_t *der, size_t count) {
    EVP_PKEY *pkey = NULL;
    OSSL_DECODER_CTX *decoder = OSSL_DECODER_CTX_new_for_pkey(
        &pkey, "DER", NULL, NULL, EVP_PKEY_KEYPAIR, NULL, NULL);
    const unsigned char *at = der;
    size_t left = count;
    if (!decoder || OSSL_DECODER_from_data(decoder, &at, &left) != 1 || left != 0) {
        EVP_PKEY_free(pkey);
        pkey = NULL;
    }
    OSSL_DECODER_CTX_free(decoder);
    ERR_clear_error();
    return wrap(pkey);
}

cxs_key *cxs_key_make(cxs_key_kind kind, size_t bits) {
    cxs_key *key = wrap(
        kind == CXS_SM2 ? EVP_PKEY_Q_keygen(NULL, NULL, "SM2")
                        : EVP_PKEY_Q_keygen(NULL, NULL, "RSA", bits));
    ERR_clear_error();
    return key;
}

void cxs_key_free(cxs_key *key) {
    if (!key) return;
    EVP_PKEY_free(key->pkey);
    free(key);
}

cxs_key_kind cxs_key_kind_of(const cxs_key *key) { return cxs_kind_of(key->pkey); }
