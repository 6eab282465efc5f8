#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "status.h"
#include "tape.h"

// MARK: expat's events

static void stop(cxml *x, cxml_status status) {
    if (x->status == CXML_OK) x->status = status;
    XML_StopParser(x->expat, XML_FALSE);
}

static bool is_blank(uint8_t byte) {
    return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

// The text since the last tag belongs to the innermost open element.
static void close_text(cxml *x) {
    uint32_t low = x->text_start, high = x->byte_count;
    if (low == high) return;
    while (low < high && is_blank(x->bytes[low])) low++;
    while (high > low && is_blank(x->bytes[high - 1])) high--;
    if (low == high) {
        x->byte_count = x->text_start;
        return;
    }
    cxml_element *element = &x->elements[x->open[x->depth - 2]];
    if (element->flags & CXML_CHILDREN || element->count > 0) {
        element->flags |= CXML_MIXED;
    } else {
        element->text = low;
        element->count = high - low;
    }
    x->text_start = x->byte_count;
}

static void start_element(cxml *x, uint32_t name) {
    if (x->is_large || x->element_count == x->limits.elements) {
        x->is_large = true;
        return;
    }
    if (x->depth > 1) {
        close_text(x);
        x->elements[x->open[x->depth - 2]].flags |= CXML_CHILDREN;
    }
    uint64_t offset = tape_offset(x) - x->part_start;
    if (offset > UINT32_MAX) {
        x->is_large = true;
        return;
    }
    x->open[x->depth - 1] = x->element_count;
    x->elements[x->element_count++] = (cxml_element){
        .name = name, .offset = (uint32_t)offset, .level = (uint8_t)(x->depth - 1)};
    x->text_start = x->byte_count;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
    cxml *x = data;
    if (x->status != CXML_OK) return;
    if (x->depth >= x->limits.depth) return stop(x, CXML_DEPTH);
    uint32_t number = tape_take_name(x, name);
    if (number == no_name) return stop(x, CXML_NAMES);
    if (x->depth == 0) {
        x->root_name = number;
        tape_begin_part(x, tape_offset(x));
        if (!x->root(x->context, (const char *const *)attributes)) stop(x, CXML_STOPPED);
        x->depth = 1;
        return;
    }
    if (x->depth == 1) {
        x->element_count = 0;
        x->byte_count = 0;
        x->text_start = 0;
        x->is_large = false;
        tape_begin_part(x, tape_offset(x));
    }
    start_element(x, number);
    x->depth++;
}

static void XMLCALL on_end(void *data, const XML_Char *name) {
    (void)name;
    cxml *x = data;
    if (x->status != CXML_OK) return;
    if (x->depth > 1 && !x->is_large) close_text(x);
    x->depth--;
    x->text_start = x->byte_count;
    if (x->depth != 1) return;
    if (!x->part(x->context)) stop(x, CXML_STOPPED);
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length) {
    cxml *x = data;
    if (x->depth < 2 || x->is_large) return;
    if ((uint32_t)length > x->limits.bytes - x->byte_count) {
        x->is_large = true;
        return;
    }
    memcpy(x->bytes + x->byte_count, text, (size_t)length);
    x->byte_count += (uint32_t)length;
}

static void XMLCALL on_doctype(void *data, const XML_Char *name, const XML_Char *system,
                               const XML_Char *public, int has_internal) {
    (void)name, (void)system, (void)public, (void)has_internal;
    stop(data, CXML_DOCTYPE);
}

static void XMLCALL on_entity(void *data, const XML_Char *name, int is_parameter,
                              const XML_Char *value, int length, const XML_Char *base,
                              const XML_Char *system, const XML_Char *public,
                              const XML_Char *notation) {
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system;
    (void)public, (void)notation;
    stop(data, CXML_ENTITY);
}

static void XMLCALL on_declaration(void *data, const XML_Char *version, const XML_Char *encoding,
                                   int standalone) {
    (void)version, (void)standalone;
    cxml *x = data;
    if (encoding && strcasecmp(encoding, "utf-8") != 0) stop(x, CXML_ENCODING);
}

// MARK: The parser

cxml *cxml_create(cxml_limits limits, char separator) {
    cxml *x = calloc(1, sizeof(cxml));
    if (!x) return NULL;
    x->limits = limits;
    uint32_t slots = 2;
    while (slots < 2 * limits.names) slots *= 2;
    x->slot_mask = slots - 1;
    x->expat = XML_ParserCreateNS(NULL, separator);
    x->names = malloc(limits.names * sizeof(name_entry));
    x->slots = malloc(slots * sizeof(uint32_t));
    x->open = malloc(limits.depth * sizeof(uint32_t));
    x->elements = malloc(limits.elements * sizeof(cxml_element));
    x->bytes = malloc(limits.bytes);
    if (!x->expat || !x->names || !x->slots || !x->open || !x->elements || !x->bytes) {
        cxml_destroy(x);
        return NULL;
    }
    memset(x->slots, 0xFF, slots * sizeof(uint32_t));
    return x;
}

void cxml_destroy(cxml *x) {
    if (!x) return;
    if (x->slots) tape_forget_names(x);
    if (x->expat) XML_ParserFree(x->expat);
    free(x->names);
    free(x->slots);
    free(x->open);
    free(x->elements);
    free(x->bytes);
    free(x->kept);
    free(x);
}

bool cxml_reset(cxml *x, void *context, cxml_root root, cxml_part part) {
    if (!XML_ParserReset(x->expat, NULL)) return false;
    XML_SetUserData(x->expat, x);
    XML_SetElementHandler(x->expat, on_start, on_end);
    XML_SetCharacterDataHandler(x->expat, on_text);
    XML_SetStartDoctypeDeclHandler(x->expat, on_doctype);
    XML_SetEntityDeclHandler(x->expat, on_entity);
    XML_SetXmlDeclHandler(x->expat, on_declaration);
    if (x->name_count > x->limits.names / 2) tape_forget_names(x);
    x->context = context;
    x->root = root;
    x->part = part;
    x->status = CXML_OK;
    x->last_name = no_name;
    x->root_name = no_name;
    x->depth = x->element_count = x->byte_count = x->text_start = 0;
    x->is_large = false;
    x->kept_count = x->piece_count = 0;
    x->kept_start = x->piece_start = x->mark = x->line_start = x->part_start = 0;
    x->part_line_start = 0;
    x->line = x->part_line = 1;
    return true;
}

cxml_status cxml_push(cxml *x, const uint8_t *bytes, size_t count, bool is_last) {
    if (x->status != CXML_OK) return x->status;
    x->piece = bytes;
    x->piece_start += x->piece_count;
    x->piece_count = count;
    if (XML_Parse(x->expat, (const char *)bytes, (int)count, is_last) != XML_STATUS_OK &&
        x->status == CXML_OK) {
        x->status = cxml_status_of(x->expat);
    }
    // The piece is only lent: what may still be asked for is kept.
    if (!is_last || x->status != CXML_OK) {
        if (!tape_keep_source(x)) x->status = CXML_MEMORY;
    }
    x->piece_start += x->piece_count;
    x->piece_count = 0;
    x->piece = NULL;
    return x->status;
}

size_t cxml_held(const cxml *x) {
    uint64_t offset = tape_offset(x);
    return x->piece_start > offset ? (size_t)(x->piece_start - offset) : 0;
}

uint32_t cxml_depth(const cxml *x) { return x->depth; }
const cxml_element *cxml_elements(const cxml *x) { return x->elements; }
size_t cxml_element_count(const cxml *x) { return x->element_count; }
const uint8_t *cxml_bytes(const cxml *x) { return x->bytes; }
size_t cxml_byte_count(const cxml *x) { return x->byte_count; }
bool cxml_is_large(const cxml *x) { return x->is_large; }

void cxml_place(const cxml *x, uint32_t offset, size_t *line, size_t *column) {
    tape_locate(x, x->part_start + offset, line, column);
}

void cxml_current(const cxml *x, size_t *line, size_t *column) {
    tape_locate(x, tape_offset(x), line, column);
}

size_t cxml_name_count(const cxml *x) { return x->name_count; }

const char *cxml_name(const cxml *x, size_t number, size_t *count) {
    *count = x->names[number].count;
    return x->names[number].text;
}

uint32_t cxml_root_name(const cxml *x) { return x->root_name; }
