#include "simd_json.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

struct csj_parser {
    dom::parser parser;
    std::vector<char> padded;
    std::vector<csj_node> nodes;
    // Texts that had escapes; the first `text_count` bytes are taken.
    std::vector<uint8_t> text;
    size_t text_count = 0;
    size_t max_bytes;
    size_t max_depth;
    size_t error_offset = 0;
    // Where the last value begins: the place of what is wrong behind it.
    size_t reached = 0;
};

namespace {

struct refusal {
    csj_status status;
    size_t offset;
};

csj_status status_of(error_code code) {
    switch (code) {
    case UTF8_ERROR: return CSJ_UTF8;
    case DEPTH_ERROR: return CSJ_DEPTH;
    case STRING_ERROR:
    case UNCLOSED_STRING:
    case UNESCAPED_CHARS: return CSJ_STRING_FORM;
    case NUMBER_ERROR: return CSJ_NUMBER_FORM;
    case CAPACITY: return CSJ_TOO_LARGE;
    case MEMALLOC: return CSJ_MEMORY;
    case TRAILING_CONTENT: return CSJ_TRAILING;
    default: return CSJ_SYNTAX;
    }
}

bool is_blank(char byte) {
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/// simdjson's token runs to the next structural character; the number ends before the blanks.
std::string_view trimmed(std::string_view token) {
    while (!token.empty() && is_blank(token.back())) token.remove_suffix(1);
    return token;
}

size_t digits(std::string_view text, size_t from) {
    size_t index = from;
    while (index < text.size() && text[index] >= '0' && text[index] <= '9') index++;
    return index - from;
}

/// The number grammar of RFC 8259; the index tells only where a number begins.
bool is_number(std::string_view text) {
    size_t index = !text.empty() && text[0] == '-' ? 1 : 0;
    size_t whole = digits(text, index);
    if (whole == 0 || (whole > 1 && text[index] == '0')) return false;
    index += whole;
    if (index < text.size() && text[index] == '.') {
        size_t fraction = digits(text, index + 1);
        if (fraction == 0) return false;
        index += 1 + fraction;
    }
    if (index < text.size() && (text[index] == 'e' || text[index] == 'E')) {
        index += 1;
        if (index < text.size() && (text[index] == '+' || text[index] == '-')) index += 1;
        size_t exponent = digits(text, index);
        if (exponent == 0) return false;
        index += exponent;
    }
    return index == text.size();
}

/// Eight bytes of which the high bits mark those that are `byte`; exact up to the first one.
uint64_t marks(uint64_t word, uint8_t byte) {
    uint64_t unlike = word ^ (0x0101010101010101u * byte);
    return (unlike - 0x0101010101010101u) & ~unlike & 0x8080808080808080u;
}

/// The first quote or backslash at or behind `text`, which lies in a string of the padded input.
const char *plain_end(const char *text) {
    for (;; text += 8) {
        uint64_t word;
        std::memcpy(&word, text, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
        word = __builtin_bswap64(word);
#endif
        uint64_t found = marks(word, '"') | marks(word, '\\');
        if (found) return text + __builtin_ctzll(found) / 8;
    }
}

/// simdjson's own unescaping; later versions have a third argument.
template <class Parser>
auto unescape(const Parser &parser, const uint8_t *text, uint8_t *into, int)
    -> decltype(parser.parse_string(text, into, false)) {
    return parser.parse_string(text, into, false);
}
template <class Parser>
auto unescape(const Parser &parser, const uint8_t *text, uint8_t *into, long)
    -> decltype(parser.parse_string(text, into)) {
    return parser.parse_string(text, into);
}

/// Reads the grammar off simdjson's index: the place of every brace, bracket, colon and comma,
/// and of the first byte of every string, number and word. Stage one has checked UTF-8, control
/// characters and closing quotes, so that what stands between two places is one token.
class tape_writer {
  public:
    explicit tape_writer(csj_parser &parser, size_t count)
        : out(parser), input(parser.padded.data()), count(count),
          next(parser.parser.implementation->structural_indexes.get()),
          last(next + parser.parser.implementation->n_structural_indexes) {}

    void document() {
        value(1);
        if (next != last) throw refusal{CSJ_TRAILING, *next};
    }

  private:
    csj_parser &out;
    const char *input;
    size_t count;
    const uint32_t *next;
    const uint32_t *last;

    uint32_t take() {
        if (next == last) throw refusal{CSJ_SYNTAX, out.reached};
        return *next++;
    }

    void value(size_t depth) {
        uint32_t place = take();
        out.reached = place;
        switch (input[place]) {
        case '{': return object(place, depth);
        case '[': return array(place, depth);
        case '"': return text(CSJ_STRING, place);
        case 't': return word(CSJ_TRUE, "true", place);
        case 'f': return word(CSJ_FALSE, "false", place);
        case 'n': return word(CSJ_NULL, "null", place);
        case '-':
        case '0': case '1': case '2': case '3': case '4':
        case '5': case '6': case '7': case '8': case '9': {
            std::string_view token = this->token(place);
            if (!is_number(token)) throw refusal{CSJ_NUMBER_FORM, place};
            return leaf(CSJ_NUMBER, CSJ_GIVEN, place, token.size(), place);
        }
        default: throw refusal{CSJ_SYNTAX, place};
        }
    }

    /// What stands from here to the next place, without the blanks.
    std::string_view token(uint32_t place) const {
        size_t end = next == last ? count : *next;
        return trimmed(std::string_view(input + place, end - place));
    }

    void word(csj_kind kind, std::string_view expected, uint32_t place) {
        if (token(place) != expected) throw refusal{CSJ_SYNTAX, place};
        leaf(kind, CSJ_GIVEN, place, 0, place);
    }

    /// A string without an escape is its own text.
    void text(csj_kind kind, uint32_t place) {
        const char *start = input + place + 1;
        const char *end = plain_end(start);
        if (*end == '"') {
            return leaf(kind, CSJ_GIVEN, place + 1, size_t(end - start), place);
        }
        // All texts together are no longer than the document; simdjson writes beyond the end.
        if (out.text.size() < count + SIMDJSON_PADDING) out.text.resize(count + SIMDJSON_PADDING);
        uint8_t *into = out.text.data() + out.text_count;
        const uint8_t *behind = unescape(
            *out.parser.implementation, reinterpret_cast<const uint8_t *>(start), into, 0);
        if (!behind) throw refusal{CSJ_STRING_FORM, place};
        size_t length = size_t(behind - into);
        leaf(kind, CSJ_UNESCAPED, uint32_t(out.text_count), length, place);
        out.text_count += length;
    }

    void leaf(csj_kind kind, csj_buffer buffer, uint32_t start, size_t length, uint32_t offset) {
        uint32_t behind = uint32_t(out.nodes.size() + 1);
        out.nodes.push_back(
            {uint32_t(kind), start, uint32_t(length), uint32_t(buffer), behind, offset});
    }

    size_t open(csj_kind kind, uint32_t offset, size_t depth) {
        if (depth > out.max_depth) throw refusal{CSJ_DEPTH, offset};
        out.nodes.push_back({uint32_t(kind), 0, 0, 0, 0, offset});
        return out.nodes.size() - 1;
    }

    void close(size_t index, uint32_t count) {
        out.nodes[index].count = count;
        out.nodes[index].next = uint32_t(out.nodes.size());
    }

    /// Whether a container holds something; steps over its end when it does not.
    bool begins(char end) {
        if (next == last || input[*next] != end) return true;
        next++;
        return false;
    }

    /// Whether another member or item follows the last one.
    bool continues(char end) {
        uint32_t place = take();
        if (input[place] == end) return false;
        if (input[place] != ',') throw refusal{CSJ_SYNTAX, out.reached};
        return true;
    }

    void object(uint32_t offset, size_t depth) {
        size_t index = open(CSJ_OBJECT, offset, depth);
        uint32_t members = 0;
        if (begins('}')) {
            do {
                uint32_t key = take();
                if (input[key] != '"') throw refusal{CSJ_SYNTAX, out.reached};
                text(CSJ_KEY, key);
                uint32_t colon = take();
                if (input[colon] != ':') throw refusal{CSJ_SYNTAX, out.reached};
                value(depth + 1);
                members++;
            } while (continues('}'));
        }
        close(index, members);
    }

    void array(uint32_t offset, size_t depth) {
        size_t index = open(CSJ_ARRAY, offset, depth);
        uint32_t items = 0;
        if (begins(']')) {
            do {
                value(depth + 1);
                items++;
            } while (continues(']'));
        }
        close(index, items);
    }
};

/// The first byte that is not well-formed UTF-8; only called when there is one.
size_t broken_utf8(const uint8_t *bytes, size_t count) {
    size_t index = 0;
    while (index < count) {
        uint8_t lead = bytes[index];
        size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (index + length > count) return index;
        if (!validate_utf8(reinterpret_cast<const char *>(bytes + index), length)) return index;
        index += length;
    }
    return count;
}

/// The control character inside a string, or the quote that nothing closes.
size_t broken_string(const uint8_t *bytes, size_t count) {
    bool inside = false;
    size_t opened = 0;
    for (size_t index = 0; index < count; index++) {
        if (bytes[index] == '"') {
            inside = !inside;
            opened = index;
        } else if (inside && bytes[index] == '\\') {
            index++;
        } else if (inside && bytes[index] < 0x20) {
            return index;
        }
    }
    return inside ? opened : 0;
}

} // namespace

extern "C" {

csj_parser *csj_create(size_t max_bytes, size_t max_depth) {
    try {
        auto *parser = new csj_parser();
        parser->max_bytes = max_bytes;
        parser->max_depth = max_depth;
        return parser;
    } catch (...) {
        return nullptr;
    }
}

void csj_destroy(csj_parser *parser) { delete parser; }

csj_status csj_parse(csj_parser *parser, const uint8_t *bytes, size_t count) {
    parser->nodes.clear();
    parser->text_count = 0;
    parser->error_offset = 0;
    parser->reached = 0;
    if (count > parser->max_bytes) return CSJ_TOO_LARGE;
    // Nothing is no document, and simdjson has made no room for it yet.
    if (count == 0) return CSJ_SYNTAX;
    try {
        if (parser->padded.size() < count + SIMDJSON_PADDING) {
            parser->padded.resize(count + SIMDJSON_PADDING);
        }
        std::memcpy(parser->padded.data(), bytes, count);
        std::memset(parser->padded.data() + count, 0, SIMDJSON_PADDING);
        if (parser->parser.capacity() < count) {
            error_code room = parser->parser.allocate(std::max<size_t>(count, 4096));
            if (room) throw refusal{status_of(room), 0};
        }
        error_code indexed = parser->parser.implementation->stage1(
            reinterpret_cast<const uint8_t *>(parser->padded.data()), count, stage1_mode::regular);
        if (indexed == UTF8_ERROR) throw refusal{CSJ_UTF8, broken_utf8(bytes, count)};
        if (indexed) throw refusal{status_of(indexed), broken_string(bytes, count)};
        tape_writer(*parser, count).document();
        return CSJ_OK;
    } catch (const refusal &refused) {
        parser->nodes.clear();
        parser->error_offset = refused.offset < count ? refused.offset : count;
        return refused.status;
    } catch (const std::bad_alloc &) {
        parser->nodes.clear();
        return CSJ_MEMORY;
    }
}

const csj_node *csj_nodes(const csj_parser *parser) { return parser->nodes.data(); }
size_t csj_node_count(const csj_parser *parser) { return parser->nodes.size(); }
const uint8_t *csj_input(const csj_parser *parser) {
    return reinterpret_cast<const uint8_t *>(parser->padded.data());
}
size_t csj_input_count(const csj_parser *parser) { return parser->padded.size(); }
const uint8_t *csj_text(const csj_parser *parser) {
    return parser->text.data();
}
size_t csj_text_count(const csj_parser *parser) { return parser->text_count; }
size_t csj_line_end(const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    const void *found = std::memchr(bytes, '\n', count);
    return found ? size_t(static_cast<const uint8_t *>(found) - bytes) : count;
}
size_t csj_error_offset(const csj_parser *parser) { return parser->error_offset; }

} // extern "C"
