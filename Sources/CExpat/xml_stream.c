#define _GNU_SOURCE
#include "xml_stream.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "status.h"

struct cxs {
    XML_Parser expat;
    void *context;
    cxs_handlers handlers;
    uint32_t limit;
    uint32_t depth;
    cxml_status status;
    // The piece that is parsed, and where it begins in the input.
    const uint8_t *piece;
    size_t piece_count;
    uint64_t piece_start;
    // Where the line begins that was open at the piece's start.
    uint64_t line_start;
    // Line and column where the last piece left off.
    size_t last_line;
    size_t last_column;
};

static void stop(cxs *x, cxml_status status) {
    if (x->status == CXML_OK) x->status = status;
    XML_StopParser(x->expat, XML_FALSE);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
    cxs *x = data;
    if (x->status != CXML_OK) return;
    if (x->depth >= x->limit) return stop(x, CXML_DEPTH);
    x->depth++;
    if (!x->handlers.start(x->context, name, (const char *const *)attributes)) {
        stop(x, CXML_STOPPED);
    }
}

static void XMLCALL on_end(void *data, const XML_Char *name) {
    (void)name;
    cxs *x = data;
    if (x->status != CXML_OK) return;
    x->depth--;
    if (!x->handlers.end(x->context)) stop(x, CXML_STOPPED);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length) {
    cxs *x = data;
    if (x->status != CXML_OK) return;
    if (!x->handlers.text(x->context, (const uint8_t *)text, (size_t)length)) {
        stop(x, CXML_STOPPED);
    }
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_internal) {
    (void)name, (void)system, (void)public, (void)has_internal;
    stop(data, CXML_DOCTYPE);
}

static void XMLCALL on_declaration(void *data, const XML_Char *version, const XML_Char *encoding,
                                   int standalone) {
    (void)version, (void)standalone;
    if (encoding && strcasecmp(encoding, "utf-8") != 0) stop(data, CXML_ENCODING);
}

cxs *cxs_create(void *context, cxs_handlers handlers, char separator, uint32_t depth) {
    cxs *x = calloc(1, sizeof *x);
    if (!x) return NULL;
    x->expat = XML_ParserCreateNS(NULL, separator);
    if (!x->expat) {
        free(x);
        return NULL;
    }
    x->context = context;
    x->handlers = handlers;
    x->limit = depth;
    XML_SetUserData(x->expat, x);
    XML_SetElementHandler(x->expat, on_start, on_end);
    XML_SetCharacterDataHandler(x->expat, on_text);
    XML_SetStartDoctypeDeclHandler(x->expat, on_doctype);
    XML_SetXmlDeclHandler(x->expat, on_declaration);
    return x;
}

void cxs_destroy(cxs *x) {
    if (!x) return;
    XML_ParserFree(x->expat);
    free(x);
}

static uint64_t current(const cxs *x) {
    XML_Index index = XML_GetCurrentByteIndex(x->expat);
    return index < 0 ? 0 : (uint64_t)index;
}

// Where the last line begins that begins before a place of the piece.
static uint64_t line_start(const cxs *x, uint64_t place) {
    if (place <= x->piece_start || !x->piece_count) return x->line_start;
    size_t count = place - x->piece_start;
    if (count > x->piece_count) count = x->piece_count;
    const uint8_t *found = memrchr(x->piece, '\n', count);
    return found ? x->piece_start + (size_t)(found - x->piece) + 1 : x->line_start;
}

cxml_status cxs_push(cxs *x, const uint8_t *bytes, size_t count, bool is_last) {
    if (x->status != CXML_OK) return x->status;
    x->piece = bytes;
    x->piece_count = count;
    if (XML_Parse(x->expat, (const char *)bytes, (int)count, is_last) != XML_STATUS_OK &&
        x->status == CXML_OK) {
        x->status = cxml_status_of(x->expat);
    }
    // The piece is only lent: its last line's start and the place now are all that is needed.
    cxs_current(x, &x->last_line, &x->last_column);
    x->line_start = line_start(x, x->piece_start + count);
    x->piece_start += count;
    x->piece = NULL;
    x->piece_count = 0;
    return x->status;
}

size_t cxs_held(const cxs *x) {
    uint64_t end = x->piece_start + x->piece_count;
    uint64_t now = current(x);
    return now < end ? (size_t)(end - now) : 0;
}

void cxs_current(const cxs *x, size_t *line, size_t *column) {
    if (!x->piece) {
        *line = x->last_line ? x->last_line : 1;
        *column = x->last_column ? x->last_column : 1;
        return;
    }
    uint64_t place = current(x);
    uint64_t start = line_start(x, place);
    *line = XML_GetCurrentLineNumber(x->expat);
    if (*line == 0) *line = 1;
    *column = place >= start ? (size_t)(place - start) + 1 : 1;
}
