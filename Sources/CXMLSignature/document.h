#pragma once
#include "xml_signature.h"

#include <libxml/parser.h>
#include <libxml/xmlerror.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

// What the files of this folder share.

struct cxs_document {
    xmlDocPtr tree;
    /// The signature that is a child of the root, or null.
    xmlNodePtr signature;
    cxs_facts facts;
};

struct cxs_certificate {
    X509 *x509;
};

struct cxs_key {
    EVP_PKEY *pkey;
};

#define CXS_NAMESPACE "http://www.w3.org/2000/09/xmldsig#"
/// GB/T 32918 (GM/T 0009): the identity of a signer who agreed on none.
#define CXS_SM2_IDENTITY "1234567812345678"

/// The thread's handler of libxml2's complaints. The library prints them unless it is told not to,
/// and the handler may be somebody else's: it is put back after each call.
typedef struct {
    xmlStructuredErrorFunc handler;
    void *context;
} cxs_quiet;

cxs_quiet cxs_hush(void);
void cxs_unhush(cxs_quiet before);

const EVP_MD *cxs_md(cxs_hash hash);
cxs_key_kind cxs_kind_of(const EVP_PKEY *pkey);
/// A context whose key context knows the identity that SM2 hashes in; null when memory is short.
EVP_MD_CTX *cxs_md_context(EVP_PKEY *pkey);
void cxs_md_context_free(EVP_MD_CTX *context);
cxs_bytes cxs_bytes_copy(const void *start, size_t count);
