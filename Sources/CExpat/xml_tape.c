#define _GNU_SOURCE
#include "xml_tape.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { no_name = UINT32_MAX };

typedef struct {
    char *text;
    uint32_t count;
    uint32_t hash;
    // The name that came behind this one last time: documents repeat themselves.
    uint32_t next;
} name_entry;

struct cxml {
    XML_Parser expat;
    cxml_limits limits;
    void *context;
    cxml_root root;
    cxml_part part;
    cxml_status status;

    name_entry *names;
    uint32_t name_count;
    uint32_t *slots;
    uint32_t slot_mask;
    uint32_t last_name;
    uint32_t root_name;

    uint32_t depth;
    uint32_t *open;
    cxml_element *elements;
    uint32_t element_count;
    uint8_t *bytes;
    uint32_t byte_count;
    uint32_t text_start;
    bool is_large;

    // Source bytes from `kept_start` on: what was kept of earlier pieces, then the piece itself.
    uint8_t *kept;
    size_t kept_count;
    size_t kept_room;
    uint64_t kept_start;
    const uint8_t *piece;
    size_t piece_count;
    uint64_t piece_start;
    // Lines before `mark` are counted; its line began at `line_start`.
    uint64_t mark;
    uint64_t line;
    uint64_t line_start;
    uint64_t part_start;
    uint64_t part_line;
    uint64_t part_line_start;
};

// MARK: Names

static uint32_t hash_of(const char *text, uint32_t *count) {
    uint32_t hash = 2166136261u;
    const char *end = text;
    for (; *end; end++) hash = (hash ^ (uint8_t)*end) * 16777619u;
    *count = (uint32_t)(end - text);
    return hash;
}

static uint32_t number_of(cxml *x, const char *text) {
    if (x->last_name != no_name) {
        uint32_t guess = x->names[x->last_name].next;
        if (guess != no_name && strcmp(x->names[guess].text, text) == 0) return guess;
    }
    uint32_t count;
    uint32_t hash = hash_of(text, &count);
    uint32_t slot = hash & x->slot_mask;
    while (x->slots[slot] != no_name) {
        name_entry *entry = &x->names[x->slots[slot]];
        if (entry->hash == hash && entry->count == count &&
            memcmp(entry->text, text, count) == 0) {
            return x->slots[slot];
        }
        slot = (slot + 1) & x->slot_mask;
    }
    if (x->name_count == x->limits.names || count > x->limits.name_bytes) return no_name;
    char *copy = malloc(count + 1);
    if (!copy) return no_name;
    memcpy(copy, text, count + 1);
    x->names[x->name_count] = (name_entry){copy, count, hash, no_name};
    x->slots[slot] = x->name_count;
    return x->name_count++;
}

static uint32_t take_name(cxml *x, const char *text) {
    uint32_t number = number_of(x, text);
    if (number == no_name) return number;
    if (x->last_name != no_name) x->names[x->last_name].next = number;
    x->last_name = number;
    return number;
}

// A parser that has met many strange names begins anew, so that no input is refused for another's.
static void forget_names(cxml *x) {
    for (uint32_t i = 0; i < x->name_count; i++) free(x->names[i].text);
    memset(x->slots, 0xFF, ((size_t)x->slot_mask + 1) * sizeof(uint32_t));
    x->name_count = 0;
}

// MARK: Places

// The source bytes from `from` on that lie behind each other; at least one unless at the end.
static size_t source(const cxml *x, uint64_t from, const uint8_t **bytes) {
    uint64_t kept_end = x->kept_start + x->kept_count;
    if (from >= x->kept_start && from < kept_end) {
        *bytes = x->kept + (from - x->kept_start);
        return (size_t)(kept_end - from);
    }
    if (from >= x->piece_start && from < x->piece_start + x->piece_count) {
        *bytes = x->piece + (from - x->piece_start);
        return (size_t)(x->piece_start + x->piece_count - from);
    }
    return 0;
}

static void count_lines(const cxml *x, uint64_t to, uint64_t *line, uint64_t *line_start) {
    uint64_t from = x->mark;
    *line = x->line;
    *line_start = x->line_start;
    while (from < to) {
        const uint8_t *bytes;
        size_t count = source(x, from, &bytes);
        if (count == 0) return;
        if (count > to - from) count = (size_t)(to - from);
        size_t feeds = 0;
        for (size_t i = 0; i < count; i++) feeds += bytes[i] == '\n';
        if (feeds > 0) {
            const uint8_t *last = memrchr(bytes, '\n', count);
            *line += feeds;
            *line_start = from + (uint64_t)(last - bytes) + 1;
        }
        from += count;
    }
}

static void locate(const cxml *x, uint64_t offset, size_t *line, size_t *column) {
    uint64_t found, start;
    // What was not kept stands where its part begins.
    bool is_gone = offset < x->mark;
    if (is_gone) offset = x->part_start;
    if (is_gone && offset < x->mark) {
        found = x->part_line;
        start = x->part_line_start;
    } else {
        count_lines(x, offset, &found, &start);
    }
    *line = (size_t)found;
    *column = offset >= start ? (size_t)(offset - start) + 1 : 1;
}

static void move_mark(cxml *x, uint64_t to) {
    if (to <= x->mark) return;
    uint64_t line, start;
    count_lines(x, to, &line, &start);
    x->mark = to;
    x->line = line;
    x->line_start = start;
}

static void begin_part(cxml *x, uint64_t offset) {
    x->part_start = offset;
    move_mark(x, offset);
    x->part_line = x->line;
    x->part_line_start = x->line_start;
}

static uint64_t current_offset(const cxml *x) {
    XML_Index index = XML_GetCurrentByteIndex(x->expat);
    return index < 0 ? 0 : (uint64_t)index;
}

// Keeps what a later fault may point at: the open part, or the token that has not ended.
static bool keep_source(cxml *x) {
    uint64_t end = x->piece_start + x->piece_count;
    uint64_t from = x->depth >= 2 && !x->is_large ? x->part_start : current_offset(x);
    if (from > end || end - from > x->limits.kept) from = end;
    move_mark(x, from);
    uint64_t kept_end = x->kept_start + x->kept_count;
    if (from >= kept_end) {
        x->kept_count = 0;
        x->kept_start = from;
    } else if (from > x->kept_start) {
        size_t gone = (size_t)(from - x->kept_start);
        memmove(x->kept, x->kept + gone, x->kept_count - gone);
        x->kept_count -= gone;
        x->kept_start = from;
    }
    uint64_t first = x->kept_start + x->kept_count;
    size_t count = (size_t)(end - first);
    if (x->kept_count + count > x->kept_room) {
        size_t room = 2 * (x->kept_count + count);
        uint8_t *grown = realloc(x->kept, room);
        if (!grown) return false;
        x->kept = grown;
        x->kept_room = room;
    }
    if (count > 0) memcpy(x->kept + x->kept_count, x->piece + (first - x->piece_start), count);
    x->kept_count += count;
    return true;
}

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
    uint64_t offset = current_offset(x) - x->part_start;
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
    uint32_t number = take_name(x, name);
    if (number == no_name) return stop(x, CXML_NAMES);
    if (x->depth == 0) {
        x->root_name = number;
        begin_part(x, current_offset(x));
        if (!x->root(x->context, (const char *const *)attributes)) stop(x, CXML_STOPPED);
        x->depth = 1;
        return;
    }
    if (x->depth == 1) {
        x->element_count = 0;
        x->byte_count = 0;
        x->text_start = 0;
        x->is_large = false;
        begin_part(x, current_offset(x));
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
    if (x->slots) forget_names(x);
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
    if (x->name_count > x->limits.names / 2) forget_names(x);
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
        switch (XML_GetErrorCode(x->expat)) {
        case XML_ERROR_UNKNOWN_ENCODING:
        case XML_ERROR_INCORRECT_ENCODING: x->status = CXML_ENCODING; break;
        case XML_ERROR_UNDEFINED_ENTITY: x->status = CXML_ENTITY; break;
        case XML_ERROR_NO_MEMORY: x->status = CXML_MEMORY; break;
        default: x->status = CXML_SYNTAX;
        }
    }
    // The piece is only lent: what may still be asked for is kept.
    if (!is_last || x->status != CXML_OK) {
        if (!keep_source(x)) x->status = CXML_MEMORY;
    }
    x->piece_start += x->piece_count;
    x->piece_count = 0;
    x->piece = NULL;
    return x->status;
}

size_t cxml_held(const cxml *x) {
    uint64_t offset = current_offset(x);
    return x->piece_start > offset ? (size_t)(x->piece_start - offset) : 0;
}

uint32_t cxml_depth(const cxml *x) { return x->depth; }
const cxml_element *cxml_elements(const cxml *x) { return x->elements; }
size_t cxml_element_count(const cxml *x) { return x->element_count; }
const uint8_t *cxml_bytes(const cxml *x) { return x->bytes; }
size_t cxml_byte_count(const cxml *x) { return x->byte_count; }
bool cxml_is_large(const cxml *x) { return x->is_large; }

void cxml_place(const cxml *x, uint32_t offset, size_t *line, size_t *column) {
    locate(x, x->part_start + offset, line, column);
}

void cxml_current(const cxml *x, size_t *line, size_t *column) {
    locate(x, current_offset(x), line, column);
}

size_t cxml_name_count(const cxml *x) { return x->name_count; }

const char *cxml_name(const cxml *x, size_t number, size_t *count) {
    *count = x->names[number].count;
    return x->names[number].text;
}

uint32_t cxml_root_name(const cxml *x) { return x->root_name; }
