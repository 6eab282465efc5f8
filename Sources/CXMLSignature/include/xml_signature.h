#pragma once
// A narrow C face for libxml2 (parse, canonical form) and libcrypto (digests, signatures,
// certificates): everything that needs a pointer into either stays behind it.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Bytes that the caller frees with `cxs_bytes_free`; `start` is null when there are none.
typedef struct {
    uint8_t *start;
    size_t count;
} cxs_bytes;

void cxs_bytes_free(cxs_bytes bytes);

// MARK: The document

typedef enum {
    CXS_OK = 0,
    CXS_MEMORY = 1,
    CXS_SYNTAX = 2,
    CXS_DOCTYPE = 3,
    CXS_DEPTH = 4,
    CXS_NODES = 5,
    CXS_ENCODING = 6
} cxs_status;

typedef struct cxs_document cxs_document;

/// What was seen while parsing. Offsets are bytes of the input and only told of UTF-8.
typedef struct {
    cxs_status status;
    /// Elements `Signature` of XML signatures, wherever they stand.
    size_t signatures;
    /// Whether the first of them is a child of the root.
    bool is_child;
    /// Whether the offsets below are told.
    bool has_offsets;
    /// Line of the first signature; of the fault when the status is not `CXS_OK`.
    size_t line;
    size_t signature_start, signature_end;
    /// Where the root's child `ExtendMessage` starts; 0 when there is none.
    size_t extension_start;
    /// Where the root's end tag starts; 0 when it has none.
    size_t root_end;
} cxs_facts;

typedef struct {
    size_t depth, nodes;
    /// Bytes of one tag: the parser compares each attribute with all before it.
    size_t tag;
    /// Name spaces in force at one element: each element looks through all of them.
    size_t spaces;
} cxs_limits;

/// Parses a document without any entity, external part or network. The document is never null
/// unless memory is short; its facts say whether it can be used.
cxs_document *cxs_parse(const uint8_t *bytes, size_t count, cxs_limits limits);
void cxs_document_free(cxs_document *document);
cxs_facts cxs_document_facts(const cxs_document *document);

/// The local name of the root; lives as long as the document.
const char *cxs_root_name(const cxs_document *document);

/// Whether the document is an envelope of the data exchange (`DxpMsg`, alone or in `DxpMsgSv`), and
/// the text of its one `Data`: null when that is not one plain text.
bool cxs_envelope(const cxs_document *document, const char **data);

/// One element of the signature, in document order. Texts live as long as the document.
typedef struct {
    const char *name;
    /// The text of an element without children, else null.
    const char *text;
    const char *algorithm;
    const char *uri;
    uint32_t depth;
    /// Whether the element is of the namespace of XML signatures.
    bool is_signature;
    /// Whether something stands in it that has no place there: text beside elements, comments,
    /// instructions, attributes other than `Algorithm`, `URI` and `Id`.
    bool is_strange;
} cxs_element;

/// Fills in the elements of the signature that is a child of the root; returns how many there
/// are, which may be more than the capacity.
size_t cxs_signature_elements(
    const cxs_document *document, cxs_element *elements, size_t capacity);

// MARK: Digests and signatures

typedef enum { CXS_SHA1 = 1, CXS_SHA256 = 2, CXS_SM3 = 3 } cxs_hash;
typedef enum { CXS_OTHER_KEY = 0, CXS_RSA = 1, CXS_SM2 = 2 } cxs_key_kind;

/// Digests the canonical form (C14N 1.0, no comments) of the document without its signature into
/// at most 64 bytes. Returns their count; 0 when the document has no canonical form.
size_t cxs_digest_document(cxs_document *document, cxs_hash hash, uint8_t *digest);

/// The canonical form of `SignedInfo` where it stands.
cxs_bytes cxs_canonical_signed_info(cxs_document *document);

typedef struct cxs_certificate cxs_certificate;
typedef struct cxs_key cxs_key;

/// Whether the key of the certificate made the signature. SM2 signatures are DER, with the
/// default identity of GB/T 32918.
bool cxs_verify(
    const cxs_certificate *certificate, cxs_hash hash, const uint8_t *message,
    size_t message_count, const uint8_t *signature, size_t signature_count);

/// Signs; null bytes when the key cannot.
cxs_bytes cxs_sign(const cxs_key *key, cxs_hash hash, const uint8_t *message, size_t count);

/// The DER form of r and s, 32 bytes each; and back. Null bytes when there is none.
cxs_bytes cxs_sm2_der(const uint8_t *raw, size_t count);
cxs_bytes cxs_sm2_raw(const uint8_t *der, size_t count);

// MARK: Keys and certificates

/// A private key from DER (PKCS #8 and the older forms), not encrypted; null when it is none.
cxs_key *cxs_key_read(const uint8_t *der, size_t count);
/// A new key; null when the machine cannot. `bits` only matters to RSA.
cxs_key *cxs_key_make(cxs_key_kind kind, size_t bits);
void cxs_key_free(cxs_key *key);
cxs_key_kind cxs_key_kind_of(const cxs_key *key);

/// A certificate from exactly these bytes of DER; null when they are none.
cxs_certificate *cxs_certificate_read(const uint8_t *der, size_t count);
void cxs_certificate_free(cxs_certificate *certificate);
cxs_key_kind cxs_certificate_key_kind(const cxs_certificate *certificate);
/// Seconds since 1970 between which it is valid; false when it does not say.
bool cxs_certificate_validity(const cxs_certificate *certificate, int64_t *from, int64_t *to);
/// Names as RFC 2253 in UTF-8; the serial number in hexadecimal digits, upper case.
cxs_bytes cxs_certificate_subject(const cxs_certificate *certificate);
cxs_bytes cxs_certificate_issuer(const cxs_certificate *certificate);
cxs_bytes cxs_certificate_serial(const cxs_certificate *certificate);
cxs_bytes cxs_certificate_der(const cxs_certificate *certificate);
bool cxs_certificate_matches(const cxs_certificate *certificate, const cxs_key *key);

typedef enum {
    CXS_CHAIN_OK = 0,
    CXS_CHAIN_UNTRUSTED = 1,
    CXS_CHAIN_EXPIRED = 2,
    CXS_CHAIN_EARLY = 3
} cxs_chain;

/// Whether a certificate that may sign leads to one of the roots at a time (seconds since 1970).
cxs_chain cxs_certificate_chain(
    const cxs_certificate *certificate, const cxs_certificate *const *between,
    size_t between_count, const cxs_certificate *const *roots, size_t root_count, int64_t time);

/// What a new certificate says.
typedef struct {
    const char *common_name;
    uint64_t serial;
    int64_t from, to;
    /// Whether it may sign certificates.
    bool is_authority;
} cxs_certificate_terms;

/// Issues a certificate for a key, by itself when `issuer` is null (then `issuer_key` is `key`).
cxs_certificate *cxs_certificate_issue(
    cxs_certificate_terms terms, const cxs_key *key, const cxs_certificate *issuer,
    const cxs_key *issuer_key);
