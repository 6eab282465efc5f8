#pragma once
// A narrow C face for simdjson: one JSON document becomes a flat tape of nodes in document order,
// so that Swift reads it without callbacks and without a tree.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a node of the tape is.
typedef enum {
    CSJ_OBJECT = 0,
    CSJ_ARRAY = 1,
    CSJ_KEY = 2,
    CSJ_STRING = 3,
    CSJ_NUMBER = 4,
    CSJ_TRUE = 5,
    CSJ_FALSE = 6,
    CSJ_NULL = 7
} csj_kind;

/// Why a document was refused.
typedef enum {
    CSJ_OK = 0,
    CSJ_SYNTAX = 1,
    CSJ_UTF8 = 2,
    CSJ_DEPTH = 3,
    CSJ_NUMBER_FORM = 4,
    CSJ_STRING_FORM = 5,
    CSJ_TRAILING = 6,
    CSJ_TOO_LARGE = 7,
    CSJ_MEMORY = 8
} csj_status;

/// One node. Containers are followed by their children; `next` is the index behind the subtree.
/// Texts of keys, strings and numbers are `start`, `length` in the buffer that `count` names: the
/// input, or the texts that had escapes. `count` of a container is the number of its children;
/// `offset` is the byte of the document where the node begins.
typedef struct {
    uint32_t kind;
    uint32_t start;
    uint32_t length;
    uint32_t count;
    uint32_t next;
    uint32_t offset;
} csj_node;

/// Where the text of a leaf lies.
typedef enum { CSJ_GIVEN = 0, CSJ_UNESCAPED = 1 } csj_buffer;

typedef struct csj_parser csj_parser;

/// A parser for documents of at most `max_bytes` and `max_depth`; null when memory is short.
csj_parser *csj_create(size_t max_bytes, size_t max_depth);
void csj_destroy(csj_parser *parser);

/// Parses one document. The results below hold until the next call with this parser.
csj_status csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count);

const csj_node *csj_nodes(const csj_parser *parser);
size_t csj_node_count(const csj_parser *parser);
const uint8_t *csj_input(const csj_parser *parser);
size_t csj_input_count(const csj_parser *parser);
const uint8_t *csj_text(const csj_parser *parser);
size_t csj_text_count(const csj_parser *parser);

/// The place of the first line feed of `bytes`; `count` when there is none.
size_t csj_line_end(const uint8_t *bytes, size_t count);

/// The byte of the document at which it was refused.
size_t csj_error_offset(const csj_parser *parser);

#ifdef __cplusplus
}
#endif
