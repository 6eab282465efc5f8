#pragma once
// A second narrow C face for expat, for inputs whose texts are too large to be laid out: starts,
// ends and pieces of text are handed on as they come, and nothing is kept.

#include "xml_tape.h"

typedef struct {
    /// Name: namespace, separator, local name; attributes are expat's pairs, ended by null.
    bool (*start)(void *context, const char *name, const char *const *attributes);
    bool (*end)(void *context);
    bool (*text)(void *context, const uint8_t *bytes, size_t count);
} cxs_handlers;

typedef struct cxs cxs;

/// A parser; null when memory is short. What stands between namespace and name is `separator`;
/// `depth` is the number of elements inside elements.
cxs *cxs_create(void *context, cxs_handlers handlers, char separator, uint32_t depth);
void cxs_destroy(cxs *parser);

/// Parses the next piece. A handler that answers false ends the parse with `CXML_STOPPED`.
cxml_status cxs_push(cxs *parser, const uint8_t *bytes, size_t count, bool is_last);

/// Bytes that the parser holds because a token has not ended.
size_t cxs_held(const cxs *parser);
/// Line and column (in bytes) of what the parser reads now, both from 1.
void cxs_current(const cxs *parser, size_t *line, size_t *column);
