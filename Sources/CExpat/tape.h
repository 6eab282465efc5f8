#pragma once
// What the files of this face share.

#include <expat.h>

#include "xml_tape.h"

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

/// The number of a name, given when it is new; `no_name` when there is no room for it.
uint32_t tape_take_name(cxml *x, const char *text);
/// A parser that has met many strange names begins anew, so that no input is refused for another's.
void tape_forget_names(cxml *x);

/// Where the parser is, in bytes from the input's start.
uint64_t tape_offset(const cxml *x);
/// Line and column of a place that has been kept.
void tape_locate(const cxml *x, uint64_t offset, size_t *line, size_t *column);
/// The root or one of its children begins here.
void tape_begin_part(cxml *x, uint64_t offset);
/// Keeps what a later fault may point at: the open part, or the token that has not ended.
bool tape_keep_source(cxml *x);
