// For timegm.
#define _DEFAULT_SOURCE
#include "document.h"

#include <openssl/err.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

// Certificates: reading, asking, trusting, issuing.

/// A certificate that SM2 signed is checked under the default identity, which nothing in it says.
static bool set_identity(X509 *x509) {
    if (X509_get_signature_nid(x509) != NID_SM2_with_SM3) return true;
    ASN1_OCTET_STRING *identity = ASN1_OCTET_STRING_new();
    if (!identity
        || !ASN1_OCTET_STRING_set(
            identity, (const unsigned char *)CXS_SM2_IDENTITY, (int)strlen(CXS_SM2_IDENTITY))) {
        ASN1_OCTET_STRING_free(identity);
        return false;
    }
    X509_set0_distinguishing_id(x509, identity);
    return true;
}

static cxs_certificate *wrap(X509 *x509) {
    cxs_certificate *certificate = x509 && set_identity(x509) ? malloc(sizeof *certificate) : NULL;
    if (certificate) certificate->x509 = x509;
    else X509_free(x509);
    ERR_clear_error();
    return certificate;
}

cxs_certificate *cxs_certificate_read(const uint8_t *der, size_t count) {
    const unsigned char *at = der;
    X509 *x509 = d2i_X509(NULL, &at, (long)count);
    if (x509 && at != der + count) {
        X509_free(x509);
        x509 = NULL;
    }
    return wrap(x509);
}

void cxs_certificate_free(cxs_certificate *certificate) {
    if (!certificate) return;
    X509_free(certificate->x509);
    free(certificate);
}

cxs_key_kind cxs_certificate_key_kind(const cxs_certificate *certificate) {
    return cxs_kind_of(X509_get0_pubkey(certificate->x509));
}

static bool seconds(const ASN1_TIME *time, int64_t *result) {
    struct tm parts;
    if (ASN1_TIME_to_tm(time, &parts) != 1) return false;
    *result = (int64_t)timegm(&parts);
    return true;
}

bool cxs_certificate_validity(const cxs_certificate *certificate, int64_t *from, int64_t *to) {
    return seconds(X509_get0_notBefore(certificate->x509), from)
        && seconds(X509_get0_notAfter(certificate->x509), to);
}

static cxs_bytes name(const X509_NAME *of) {
    BIO *memory = BIO_new(BIO_s_mem());
    cxs_bytes result = {NULL, 0};
    // Chinese stays Chinese: bytes above 127 are not escaped.
    unsigned long flags = XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB;
    if (memory && X509_NAME_print_ex(memory, of, 0, flags) >= 0) {
        char *start = NULL;
        long count = BIO_get_mem_data(memory, &start);
        if (count > 0) result = cxs_bytes_copy(start, (size_t)count);
    }
    BIO_free(memory);
    return result;
}

cxs_bytes cxs_certificate_subject(const cxs_certificate *certificate) {
    return name(X509_get_subject_name(certificate->x509));
}

cxs_bytes cxs_certificate_issuer(const cxs_certificate *certificate) {
    return name(X509_get_issuer_name(certificate->x509));
}

cxs_bytes cxs_certificate_serial(const cxs_certificate *certificate) {
    BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate->x509), NULL);
    char *digits = number ? BN_bn2hex(number) : NULL;
    cxs_bytes result = cxs_bytes_copy(digits, digits ? strlen(digits) : 0);
    OPENSSL_free(digits);
    BN_free(number);
    return result;
}

cxs_bytes cxs_certificate_der(const cxs_certificate *certificate) {
    uint8_t *der = NULL;
    int count = i2d_X509(certificate->x509, &der);
    cxs_bytes result = cxs_bytes_copy(der, count > 0 ? (size_t)count : 0);
    OPENSSL_free(der);
    return result;
}

bool cxs_certificate_matches(const cxs_certificate *certificate, const cxs_key *key) {
    return EVP_PKEY_eq(X509_get0_pubkey(certificate->x509), key->pkey) == 1;
}

// MARK: Trusting

static cxs_chain reason(int error) {
    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED: return CXS_CHAIN_EXPIRED;
    case X509_V_ERR_CERT_NOT_YET_VALID: return CXS_CHAIN_EARLY;
    default: return CXS_CHAIN_UNTRUSTED;
    }
}

static bool may_sign(X509 *x509) {
    uint32_t usage = X509_get_key_usage(x509);
    return usage == UINT32_MAX
        || (usage & (X509v3_KU_DIGITAL_SIGNATURE | X509v3_KU_NON_REPUDIATION)) != 0;
}

cxs_chain cxs_certificate_chain(
    const cxs_certificate *certificate, const cxs_certificate *const *between,
    size_t between_count, const cxs_certificate *const *roots, size_t root_count, int64_t time) {
    cxs_chain result = CXS_CHAIN_UNTRUSTED;
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *others = sk_X509_new_null();
    bool is_good = store && context && others && may_sign(certificate->x509);
    for (size_t i = 0; is_good && i < root_count; i++) {
        is_good = X509_STORE_add_cert(store, roots[i]->x509) == 1;
    }
    for (size_t i = 0; is_good && i < between_count; i++) {
        is_good = sk_X509_push(others, between[i]->x509) > 0;
    }
    if (is_good && X509_STORE_CTX_init(context, store, certificate->x509, others) == 1) {
        // A given root may be any authority, not only one that signed itself.
        X509_STORE_CTX_set_flags(context, X509_V_FLAG_PARTIAL_CHAIN);
        X509_STORE_CTX_set_time(context, 0, (time_t)time);
        result = X509_verify_cert(context) == 1
            ? CXS_CHAIN_OK : reason(X509_STORE_CTX_get_error(context));
    }
    sk_X509_free(others);
    X509_STORE_CTX_free(context);
    X509_STORE_free(store);
    ERR_clear_error();
    return result;
}

// MARK: Issuing

static bool add_extension(X509 *x509, int nid, const char *value) {
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);
    bool is_good = extension && X509_add_ext(x509, extension, -1) == 1;
    X509_EXTENSION_free(extension);
    return is_good;
}

static bool describe(
    X509 *x509, cxs_certificate_terms terms, EVP_PKEY *pkey, const cxs_certificate *issuer) {
    X509_NAME *subject = X509_get_subject_name(x509);
    return X509_set_version(x509, X509_VERSION_3) == 1
        && ASN1_INTEGER_set_uint64(X509_get_serialNumber(x509), terms.serial) == 1
        && ASN1_TIME_set(X509_getm_notBefore(x509), (time_t)terms.from)
        && ASN1_TIME_set(X509_getm_notAfter(x509), (time_t)terms.to)
        && X509_set_pubkey(x509, pkey) == 1
        && X509_NAME_add_entry_by_NID(
               subject, NID_commonName, MBSTRING_UTF8,
               (const unsigned char *)terms.common_name, -1, -1, 0) == 1
        && X509_set_issuer_name(
               x509, issuer ? X509_get_subject_name(issuer->x509) : subject) == 1
        && add_extension(
            x509, NID_basic_constraints, terms.is_authority ? "critical,CA:TRUE" : "CA:FALSE")
        && add_extension(
            x509, NID_key_usage,
            terms.is_authority ? "critical,keyCertSign" : "critical,digitalSignature");
}

cxs_certificate *cxs_certificate_issue(
    cxs_certificate_terms terms, const cxs_key *key, const cxs_certificate *issuer,
    const cxs_key *issuer_key) {
    X509 *x509 = X509_new();
    EVP_MD_CTX *context = cxs_md_context(issuer_key->pkey);
    const EVP_MD *md = cxs_md(cxs_kind_of(issuer_key->pkey) == CXS_SM2 ? CXS_SM3 : CXS_SHA256);
    bool is_good = x509 && context && describe(x509, terms, key->pkey, issuer)
        && EVP_DigestSignInit(context, NULL, md, NULL, issuer_key->pkey) == 1
        && X509_sign_ctx(x509, context) > 0;
    cxs_md_context_free(context);
    if (!is_good) {
        X509_free(x509);
        ERR_clear_error();
        return NULL;
    }
    return wrap(x509);
}
