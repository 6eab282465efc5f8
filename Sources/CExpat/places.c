#include <stdlib.h>
#include <string.h>

#include "tape.h"

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
        const uint8_t *rest = bytes, *end = bytes + count, *feed;
        while ((feed = memchr(rest, '\n', (size_t)(end - rest)))) {
            rest = feed + 1;
            ++*line;
        }
        if (rest > bytes) *line_start = from + (uint64_t)(rest - bytes);
        from += count;
    }
}

void tape_locate(const cxml *x, uint64_t offset, size_t *line, size_t *column) {
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

void tape_begin_part(cxml *x, uint64_t offset) {
    x->part_start = offset;
    move_mark(x, offset);
    x->part_line = x->line;
    x->part_line_start = x->line_start;
}

uint64_t tape_offset(const cxml *x) {
    XML_Index index = XML_GetCurrentByteIndex(x->expat);
    return index < 0 ? 0 : (uint64_t)index;
}

bool tape_keep_source(cxml *x) {
    uint64_t end = x->piece_start + x->piece_count;
    uint64_t from = x->depth >= 2 && !x->is_large ? x->part_start : tape_offset(x);
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
