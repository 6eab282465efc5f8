#include "document.h"

#include <libxml/c14n.h>
#include <libxml/xmlIO.h>
#include <string.h>

// The signature's own elements, and the canonical forms that digests and signatures are made of.

// MARK: Elements

static bool is_blank(const xmlChar *text) {
    if (!text) return true;
    for (; *text; text++) {
        if (*text != ' ' && *text != '\t' && *text != '\n' && *text != '\r') return false;
    }
    return true;
}

/// Attributes: what is known is filled in, anything else is strange.
static void read_attributes(xmlNodePtr node, cxs_element *element) {
    for (xmlAttrPtr at = node->properties; at; at = at->next) {
        const char *value = at->children ? (const char *)at->children->content : "";
        bool is_plain = !at->ns && (!at->children || !at->children->next);
        if (is_plain && xmlStrEqual(at->name, BAD_CAST "Algorithm")) {
            element->algorithm = value;
        } else if (is_plain && xmlStrEqual(at->name, BAD_CAST "URI")) {
            element->uri = value;
        } else if (!is_plain || !xmlStrEqual(at->name, BAD_CAST "Id")) {
            element->is_strange = true;
        }
    }
}

static void read_element(xmlNodePtr node, uint32_t depth, cxs_element *element) {
    *element = (cxs_element){.name = (const char *)node->name, .depth = depth};
    element->is_signature = node->ns && xmlStrEqual(node->ns->href, BAD_CAST CXS_NAMESPACE);
    read_attributes(node, element);
    bool has_elements = false, has_text = false;
    for (xmlNodePtr child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE) {
            has_elements = true;
        } else if (child->type == XML_TEXT_NODE) {
            has_text = has_text || !is_blank(child->content);
        } else {
            element->is_strange = true;
        }
    }
    if (has_elements) {
        element->is_strange = element->is_strange || has_text;
    } else if (node->children && node->children->next) {
        element->is_strange = true;
    } else {
        element->text = node->children ? (const char *)node->children->content : "";
    }
}

size_t cxs_signature_elements(
    const cxs_document *document, cxs_element *elements, size_t capacity) {
    xmlNodePtr node = document->signature;
    size_t count = 0;
    uint32_t depth = 0;
    while (node) {
        if (node->type == XML_ELEMENT_NODE) {
            if (count < capacity) read_element(node, depth, &elements[count]);
            count++;
            if (node->children) {
                node = node->children;
                depth++;
                continue;
            }
        }
        while (node != document->signature && !node->next) {
            node = node->parent;
            depth--;
        }
        if (node == document->signature) break;
        node = node->next;
    }
    return count;
}

// MARK: Canonical forms

/// Takes the signature out of the tree, or puts it back; its own pointers stay.
static void unlink_signature(cxs_document *document, bool is_back) {
    xmlNodePtr it = document->signature;
    if (!it) return;
    if (it->prev) it->prev->next = is_back ? it : it->next;
    else it->parent->children = is_back ? it : it->next;
    if (it->next) it->next->prev = is_back ? it : it->prev;
    else it->parent->last = is_back ? it : it->prev;
}

static int write_digest(void *context, const char *bytes, int count) {
    return EVP_DigestUpdate(context, bytes, (size_t)count) == 1 ? count : -1;
}

/// The enveloped transform, then C14N 1.0 of all that is left.
static bool write_document(cxs_document *document, xmlOutputBufferPtr buffer) {
    cxs_quiet before = cxs_hush();
    unlink_signature(document, false);
    int status = xmlC14NExecute(document->tree, NULL, NULL, XML_C14N_1_0, NULL, 0, buffer);
    cxs_unhush(before);
    unlink_signature(document, true);
    return status >= 0;
}

size_t cxs_digest_document(cxs_document *document, cxs_hash hash, uint8_t *digest) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (!context) return 0;
    unsigned int count = 0;
    if (EVP_DigestInit_ex(context, cxs_md(hash), NULL) == 1) {
        xmlOutputBufferPtr buffer =
            xmlOutputBufferCreateIO(write_digest, NULL, context, NULL);
        bool is_written = buffer && write_document(document, buffer);
        // Closing writes what is still in the buffer.
        if (buffer && xmlOutputBufferClose(buffer) < 0) is_written = false;
        if (!is_written || EVP_DigestFinal_ex(context, digest, &count) != 1) count = 0;
    }
    EVP_MD_CTX_free(context);
    return count;
}

static cxs_bytes take(xmlOutputBufferPtr buffer, bool is_good) {
    cxs_bytes bytes = {NULL, 0};
    if (!buffer) return bytes;
    if (is_good && xmlOutputBufferFlush(buffer) >= 0) {
        bytes = cxs_bytes_copy(
            xmlOutputBufferGetContent(buffer), xmlOutputBufferGetSize(buffer));
    }
    xmlOutputBufferClose(buffer);
    return bytes;
}

static int is_inside(void *top, xmlNodePtr node, xmlNodePtr parent) {
    bool hangs = node->type == XML_ATTRIBUTE_NODE || node->type == XML_NAMESPACE_DECL;
    for (xmlNodePtr at = hangs ? parent : node; at; at = at->parent) {
        if (at == (xmlNodePtr)top) return 1;
    }
    return 0;
}

cxs_bytes cxs_canonical_signed_info(cxs_document *document) {
    xmlNodePtr it = document->signature;
    xmlNodePtr info = it ? it->children : NULL;
    while (info && !(info->type == XML_ELEMENT_NODE
                     && xmlStrEqual(info->name, BAD_CAST "SignedInfo"))) {
        info = info->next;
    }
    if (!info) return (cxs_bytes){NULL, 0};
    // The canonicaliser walks everything. What is not in the way from the root to the signature
    // cannot be part of the result, so it is put aside for the walk.
    xmlNodePtr root = it->parent;
    xmlNode kept_root = *root, kept = *it;
    root->children = root->last = it;
    it->prev = it->next = NULL;
    cxs_quiet before = cxs_hush();
    xmlOutputBufferPtr buffer = xmlAllocOutputBuffer(NULL);
    bool is_good =
        buffer
        && xmlC14NExecute(document->tree, is_inside, info, XML_C14N_1_0, NULL, 0, buffer) >= 0;
    cxs_unhush(before);
    it->prev = kept.prev;
    it->next = kept.next;
    root->children = kept_root.children;
    root->last = kept_root.last;
    return take(buffer, is_good);
}
