#pragma once
// A narrow C face for expat: each child of the root becomes a flat tape of elements with their
// texts, handed over when it ends, so that Swift is called once a document and not once a tag.
// Inputs with a text too large to be laid out: `xml_stream.h`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Why a parse ended before its end.
typedef enum {
    CXML_OK = 0,
    CXML_SYNTAX = 1,
    CXML_ENCODING = 2,
    CXML_ENTITY = 3,
    CXML_DOCTYPE = 4,
    CXML_DEPTH = 5,
    /// More different names than any message has.
    CXML_NAMES = 6,
    CXML_MEMORY = 7,
    /// A callback said no.
    CXML_STOPPED = 8
} cxml_status;

enum { CXML_CHILDREN = 1, CXML_MIXED = 2 };

/// One element: its name's number, its own text without the blanks around it, where its tag stands
/// in the source behind the part's first byte, and its depth (0: the part itself).
typedef struct {
    uint32_t name;
    uint32_t text;
    uint32_t count;
    uint32_t offset;
    uint8_t level;
    uint8_t flags;
} cxml_element;

typedef struct {
    /// Elements inside elements, the root included.
    uint32_t depth;
    /// Of one part; beyond them the rest of the part is dropped and `cxml_is_large` says so.
    uint32_t elements;
    uint32_t bytes;
    /// Different names of one input.
    uint32_t names;
    /// Of one name with its namespace.
    uint32_t name_bytes;
    /// Source of an open part that is kept from piece to piece, for the places of its faults.
    uint32_t kept;
} cxml_limits;

typedef struct cxml cxml;

/// Told at the root's start; `attributes` are expat's pairs, ended by null.
typedef bool (*cxml_root)(void *context, const char *const *attributes);
/// Told when a child of the root ends; the tape holds it until the call returns.
typedef bool (*cxml_part)(void *context);

/// A parser; null when memory is short. What stands between namespace and name is `separator`.
cxml *cxml_create(cxml_limits limits, char separator);
void cxml_destroy(cxml *parser);

/// Makes the parser ready for the next input. Names keep their numbers, unless there were so many
/// that counting begins anew.
bool cxml_reset(cxml *parser, void *context, cxml_root root, cxml_part part);

/// Parses the next piece.
cxml_status cxml_push(cxml *parser, const uint8_t *bytes, size_t count, bool is_last);

/// Bytes that the parser holds because a token has not ended.
size_t cxml_held(const cxml *parser);
/// Open elements, the root included.
uint32_t cxml_depth(const cxml *parser);

/// The part that is open or has just ended.
const cxml_element *cxml_elements(const cxml *parser);
size_t cxml_element_count(const cxml *parser);
const uint8_t *cxml_bytes(const cxml *parser);
size_t cxml_byte_count(const cxml *parser);
bool cxml_is_large(const cxml *parser);

/// Line and column (in bytes) of a place in the part, both from 1.
void cxml_place(const cxml *parser, uint32_t offset, size_t *line, size_t *column);
/// Line and column of what the parser reads now.
void cxml_current(const cxml *parser, size_t *line, size_t *column);

/// Names are numbered from 0 in the order in which they are met: namespace, separator, local name.
size_t cxml_name_count(const cxml *parser);
const char *cxml_name(const cxml *parser, size_t number, size_t *count);
/// The root's name; its number is that of any other name.
uint32_t cxml_root_name(const cxml *parser);
