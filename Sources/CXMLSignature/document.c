// For memmem.
#define _GNU_SOURCE
#include "document.h"

#include <libxml/parserInternals.h>
#include <libxml/SAX2.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// Parsing: libxml2's own tree builder, with a guard in front of each callback that makes a node.

typedef struct {
    const uint8_t *bytes;
    size_t count, depth, nodes;
    cxs_limits limits;
    /// Name spaces in force outside each open element.
    size_t spaces[64];
    cxs_facts *facts;
    bool is_utf8;
    /// Depth at which the first signature was opened; 0 when it is not open.
    size_t signature_depth;
} guard;

#if LIBXML_VERSION >= 21200
typedef const xmlError *complaint;
#else
typedef xmlErrorPtr complaint;
#endif

static void hear_nothing(void *context, complaint error) { (void)context, (void)error; }

cxs_quiet cxs_hush(void) {
    cxs_quiet before = {xmlStructuredError, xmlStructuredErrorContext};
    xmlSetStructuredErrorFunc(NULL, hear_nothing);
    return before;
}

void cxs_unhush(cxs_quiet before) { xmlSetStructuredErrorFunc(before.context, before.handler); }

static guard *guard_of(void *context) {
    return (guard *)((xmlParserCtxtPtr)context)->_private;
}

static void stop(void *context, cxs_status status) {
    guard *state = guard_of(context);
    if (state->facts->status == CXS_OK) {
        state->facts->status = status;
        state->facts->line = (size_t)((xmlParserCtxtPtr)context)->input->line;
    }
    xmlStopParser((xmlParserCtxtPtr)context);
}

static bool is_stopped(void *context) { return guard_of(context)->facts->status != CXS_OK; }

/// Counts nodes before they are made; false when there are too many.
static bool admit(void *context, size_t count) {
    guard *state = guard_of(context);
    if (is_stopped(context)) return false;
    state->nodes += count;
    if (state->nodes <= state->limits.nodes) return true;
    stop(context, CXS_NODES);
    return false;
}

/// Whether the document declares one of the Chinese encodings. They are all read as GB 18030, which
/// contains the others: the reader of the messages does the same.
static bool is_declared_chinese(const uint8_t *bytes, size_t count) {
    static const char *const known[] = {"GB2312", "GBK", "CP936", "GB18030", NULL};
    size_t size = count < 200 ? count : 200;
    if (size < 6 || memcmp(bytes, "<?xml", 5) != 0) return false;
    char text[201] = "";
    memcpy(text, bytes, size);
    char *end = strstr(text, "?>");
    if (end) *end = 0;
    const char *at = strstr(text, "encoding");
    if (!end || !at) return false;
    at += strlen("encoding");
    at += strspn(at, " \t\r\n=");
    if (*at != '"' && *at != '\'') return false;
    const char *close = strchr(at + 1, *at);
    if (!close) return false;
    size_t length = (size_t)(close - at) - 1;
    for (size_t i = 0; known[i]; i++) {
        if (strlen(known[i]) == length && strncasecmp(at + 1, known[i], length) == 0) return true;
    }
    return false;
}

/// Nothing but UTF-8 and what was told apart before: two readers must not read two things.
static bool check_encoding(xmlParserCtxtPtr parser) {
    guard *state = parser->_private;
    if (!state->is_utf8) return true;
    const xmlChar *name = parser->encoding;
    if (!name && parser->input) name = parser->input->encoding;
    if (name && xmlStrcasecmp(name, BAD_CAST "UTF-8") != 0
        && xmlStrcasecmp(name, BAD_CAST "UTF8") != 0) {
        stop(parser, CXS_ENCODING);
        return false;
    }
    // Bytes that the parser converts although they are declared as UTF-8 began as something else.
    bool is_converted = parser->input && parser->input->buf && parser->input->buf->encoder;
    if (is_converted) stop(parser, CXS_ENCODING);
    return !is_stopped(parser);
}

/// The byte offset of the `<` that opens the tag which the parser stands in or behind.
static size_t tag_start(void *context) {
    guard *state = guard_of(context);
    long at = xmlByteConsumed((xmlParserCtxtPtr)context);
    if (at < 0) return 0;
    size_t index = (size_t)at < state->count ? (size_t)at : state->count;
    // Between `<` and the end of a tag no other `<` can stand.
    while (index > 0 && state->bytes[--index] != '<') {}
    return index;
}

static void start_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int ns_count,
    const xmlChar **ns, int attribute_count, int defaulted, const xmlChar **attributes) {
    guard *state = guard_of(context);
    if (state->depth == 0 && !check_encoding(context)) return;
    if (!admit(context, 1 + (size_t)ns_count + (size_t)attribute_count)) return;
    if (state->depth >= state->limits.depth || state->depth + 1 >= 64) {
        stop(context, CXS_DEPTH);
        return;
    }
    size_t spaces = state->spaces[state->depth] + (size_t)ns_count;
    if (spaces > state->limits.spaces) {
        stop(context, CXS_NODES);
        return;
    }
    state->spaces[++state->depth] = spaces;
    cxs_facts *facts = state->facts;
    if (strcmp((const char *)name, "Signature") == 0 && uri
        && strcmp((const char *)uri, CXS_NAMESPACE) == 0) {
        if (facts->signatures++ == 0) {
            state->signature_depth = state->depth;
            facts->is_child = state->depth == 2;
            facts->line = (size_t)((xmlParserCtxtPtr)context)->input->line;
            if (state->is_utf8) facts->signature_start = tag_start(context);
        }
    } else if (state->depth == 2 && state->is_utf8 && facts->extension_start == 0
               && strcmp((const char *)name, "ExtendMessage") == 0) {
        facts->extension_start = tag_start(context);
    }
    xmlSAX2StartElementNs(
        context, name, prefix, uri, ns_count, ns, attribute_count, defaulted, attributes);
}

static void end_element(
    void *context, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri) {
    if (is_stopped(context)) return;
    guard *state = guard_of(context);
    if (state->is_utf8 && state->depth == state->signature_depth) {
        state->signature_depth = 0;
        long at = xmlByteConsumed((xmlParserCtxtPtr)context);
        if (at > 0) state->facts->signature_end = (size_t)at;
    }
    if (state->is_utf8 && state->depth == 1) {
        size_t tag = tag_start(context);
        // An empty root may have no end tag.
        if (state->bytes[tag + 1] == '/') state->facts->root_end = tag;
    }
    state->depth--;
    xmlSAX2EndElementNs(context, name, prefix, uri);
}

static void characters(void *context, const xmlChar *text, int count) {
    if (!is_stopped(context)) xmlSAX2Characters(context, text, count);
}

static void cdata(void *context, const xmlChar *text, int count) {
    if (admit(context, 2)) xmlSAX2CDataBlock(context, text, count);
}

static void comment(void *context, const xmlChar *text) {
    if (admit(context, 2)) xmlSAX2Comment(context, text);
}

static void instruction(void *context, const xmlChar *target, const xmlChar *data) {
    if (admit(context, 2)) xmlSAX2ProcessingInstruction(context, target, data);
}

static void doctype(void *context, const xmlChar *name, const xmlChar *a, const xmlChar *b) {
    (void)name, (void)a, (void)b;
    stop(context, CXS_DOCTYPE);
}

static xmlEntityPtr no_entity(void *context, const xmlChar *name) {
    // The five predefined ones come without a declaration and without this being asked of a DTD.
    (void)context;
    return xmlGetPredefinedEntity(name);
}

static void set_callbacks(xmlSAXHandlerPtr sax) {
    sax->startElementNs = start_element;
    sax->endElementNs = end_element;
    sax->characters = characters;
    sax->ignorableWhitespace = characters;
    sax->cdataBlock = cdata;
    sax->comment = comment;
    sax->processingInstruction = instruction;
    sax->internalSubset = doctype;
    sax->externalSubset = doctype;
    sax->getEntity = no_entity;
    sax->resolveEntity = NULL;
}

/// The end of what begins at `at` and ends with a mark; the end of all when it does not.
static size_t behind(const uint8_t *bytes, size_t count, size_t at, const char *mark) {
    size_t length = strlen(mark);
    const uint8_t *found = memmem(bytes + at, count - at, mark, length);
    return found ? (size_t)(found - bytes) + length : count;
}

/// A look before the parser's: encodings that it would guess, and tags that would keep it long.
static cxs_status look_over(const uint8_t *bytes, size_t count, size_t most) {
    for (size_t i = 0; i < 4 && i < count; i++) {
        if (bytes[i] == 0) return CXS_ENCODING;
    }
    if (count >= 2 && (bytes[0] >= 0xFE || bytes[0] == 0x4C)) return CXS_ENCODING;
    size_t at = 0;
    while (at < count) {
        const uint8_t *open = memchr(bytes + at, '<', count - at);
        if (!open) break;
        at = (size_t)(open - bytes) + 1;
        size_t left = count - at;
        if (left >= 3 && memcmp(bytes + at, "!--", 3) == 0) {
            at = behind(bytes, count, at + 3, "-->");
        } else if (left >= 8 && memcmp(bytes + at, "![CDATA[", 8) == 0) {
            at = behind(bytes, count, at + 8, "]]>");
        } else if (left >= 1 && bytes[at] == '?') {
            at = behind(bytes, count, at + 1, "?>");
        } else {
            uint8_t quote = 0;
            size_t end = at;
            for (; end < count && end - at <= most; end++) {
                uint8_t byte = bytes[end];
                if (quote) {
                    if (byte == quote) quote = 0;
                } else if (byte == '"' || byte == '\'') {
                    quote = byte;
                } else if (byte == '>') {
                    break;
                }
            }
            if (end - at > most) return CXS_NODES;
            at = end;
        }
    }
    return CXS_OK;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;

cxs_document *cxs_parse(const uint8_t *bytes, size_t count, cxs_limits limits) {
    pthread_once(&once, xmlInitParser);
    cxs_document *document = calloc(1, sizeof *document);
    xmlParserCtxtPtr parser = document ? xmlNewParserCtxt() : NULL;
    if (!parser) {
        free(document);
        return NULL;
    }
    guard state = {
        .bytes = bytes, .count = count, .limits = limits,
        .facts = &document->facts, .is_utf8 = !is_declared_chinese(bytes, count)};
    document->facts.status = look_over(bytes, count, limits.tag);
    if (document->facts.status != CXS_OK) {
        xmlFreeParserCtxt(parser);
        return document;
    }
    set_callbacks(parser->sax);
    parser->_private = &state;
    // Huge: the limits are those of the caller, which are far below the library's own.
    int options = XML_PARSE_HUGE | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT
        | (state.is_utf8 ? 0 : XML_PARSE_IGNORE_ENC);
    const char *encoding = state.is_utf8 ? NULL : "GB18030";
    cxs_quiet before = cxs_hush();
    document->tree =
        xmlCtxtReadMemory(parser, (const char *)bytes, (int)count, NULL, encoding, options);
    cxs_unhush(before);
    cxs_facts *facts = &document->facts;
    facts->has_offsets = state.is_utf8;
    bool is_good = document->tree && parser->wellFormed && parser->nsWellFormed;
    if (facts->status == CXS_OK && !is_good) {
        facts->status = parser->errNo == XML_ERR_NO_MEMORY ? CXS_MEMORY : CXS_SYNTAX;
        const xmlError *error = xmlCtxtGetLastError(parser);
        facts->line = error && error->line > 0 ? (size_t)error->line : 1;
    }
    if (!document->tree && parser->myDoc) xmlFreeDoc(parser->myDoc);
    parser->myDoc = NULL;
    xmlFreeParserCtxt(parser);
    xmlNodePtr root = document->tree ? xmlDocGetRootElement(document->tree) : NULL;
    if (facts->is_child && root) {
        xmlNodePtr child = root->children;
        while (child && !(child->type == XML_ELEMENT_NODE && child->ns
                          && xmlStrEqual(child->name, BAD_CAST "Signature")
                          && xmlStrEqual(child->ns->href, BAD_CAST CXS_NAMESPACE))) {
            child = child->next;
        }
        document->signature = child;
    }
    return document;
}

void cxs_document_free(cxs_document *document) {
    if (!document) return;
    xmlFreeDoc(document->tree);
    free(document);
}

cxs_facts cxs_document_facts(const cxs_document *document) { return document->facts; }

const char *cxs_root_name(const cxs_document *document) {
    xmlNodePtr root = document->tree ? xmlDocGetRootElement(document->tree) : NULL;
    return root ? (const char *)root->name : "";
}

static xmlNodePtr child_named(xmlNodePtr node, const char *name, bool *is_only) {
    xmlNodePtr found = NULL;
    for (xmlNodePtr at = node->children; at; at = at->next) {
        if (at->type != XML_ELEMENT_NODE || !xmlStrEqual(at->name, BAD_CAST name)) continue;
        *is_only = found == NULL;
        if (!found) found = at;
    }
    return found;
}

bool cxs_envelope(const cxs_document *document, const char **data) {
    *data = NULL;
    xmlNodePtr root = document->tree ? xmlDocGetRootElement(document->tree) : NULL;
    bool is_only = false;
    if (root && xmlStrEqual(root->name, BAD_CAST "DxpMsgSv")) {
        root = child_named(root, "DxpMsg", &is_only);
        if (root && !is_only) return true;
    }
    if (!root || !xmlStrEqual(root->name, BAD_CAST "DxpMsg")) return false;
    xmlNodePtr text = child_named(root, "Data", &is_only);
    text = text && is_only ? text->children : NULL;
    bool is_plain = text && !text->next
        && (text->type == XML_TEXT_NODE || text->type == XML_CDATA_SECTION_NODE);
    if (is_plain) *data = (const char *)text->content;
    return true;
}
