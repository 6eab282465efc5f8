#include "simd_json.h"

#include <cstring>
#include <new>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

using namespace simdjson;

struct csj_parser {
    ondemand::parser parser;
    std::vector<char> padded;
    std::vector<csj_node> nodes;
    std::string text;
    size_t max_bytes;
    size_t max_depth;
    size_t error_offset = 0;
    // The last byte known to belong to a sound part, where simdjson names no place itself.
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

/// The number grammar of RFC 8259: on-demand parsing leaves raw tokens unchecked.
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

class tape_writer {
  public:
    explicit tape_writer(csj_parser &parser) : out(parser) {}

    void walk(ondemand::value value, size_t depth) {
        std::string_view token = value.raw_json_token();
        size_t offset = place(token.data());
        out.reached = offset;
        ondemand::json_type type;
        check(value.type().get(type), offset);
        switch (type) {
        case ondemand::json_type::object: return object(value, offset, depth);
        case ondemand::json_type::array: return array(value, offset, depth);
        case ondemand::json_type::string: {
            // Stage one has checked UTF-8, control characters and the closing quote: a string
            // without an escape is its own text.
            const char *end = plain_end(token.data() + 1);
            if (*end == '"') {
                ondemand::raw_json_string raw;
                check(value.get_raw_json_string().get(raw), offset);
                given(CSJ_STRING, token.data() + 1, end, offset);
                return;
            }
            std::string_view text;
            check(value.get_string().get(text), offset);
            unescaped(CSJ_STRING, text, offset);
            return;
        }
        case ondemand::json_type::number: {
            std::string_view text = trimmed(token);
            if (!is_number(text)) throw refusal{CSJ_NUMBER_FORM, offset};
            given(CSJ_NUMBER, text.data(), text.data() + text.size(), offset);
            // The iterator skips what was not taken, so numbers beyond a double pass untouched.
            return;
        }
        case ondemand::json_type::boolean: {
            bool flag = false;
            check(value.get_bool().get(flag), offset);
            given(flag ? CSJ_TRUE : CSJ_FALSE, token.data(), token.data(), offset);
            return;
        }
        case ondemand::json_type::null: {
            bool null = value.is_null();
            if (!null) throw refusal{CSJ_SYNTAX, offset};
            given(CSJ_NULL, token.data(), token.data(), offset);
            return;
        }
        }
        throw refusal{CSJ_SYNTAX, offset};
    }

    size_t place(const char *pointer) const { return size_t(pointer - out.padded.data()); }

    static void check(error_code error, size_t offset) {
        if (error) throw refusal{status_of(error), offset};
    }

  private:
    csj_parser &out;

    size_t open(csj_kind kind, size_t offset, size_t depth) {
        if (depth > out.max_depth) throw refusal{CSJ_DEPTH, offset};
        out.nodes.push_back({uint32_t(kind), 0, 0, 0, 0, uint32_t(offset)});
        return out.nodes.size() - 1;
    }

    void close(size_t index, uint32_t count) {
        out.nodes[index].count = count;
        out.nodes[index].next = uint32_t(out.nodes.size());
    }

    /// A text that lies in the input.
    void given(csj_kind kind, const char *start, const char *end, size_t offset) {
        leaf(kind, CSJ_GIVEN, uint32_t(place(start)), size_t(end - start), offset);
    }

    /// A text that had escapes.
    void unescaped(csj_kind kind, std::string_view text, size_t offset) {
        uint32_t start = uint32_t(out.text.size());
        out.text.append(text);
        leaf(kind, CSJ_UNESCAPED, start, text.size(), offset);
    }

    void leaf(csj_kind kind, uint32_t buffer, uint32_t start, size_t length, size_t offset) {
        uint32_t next = uint32_t(out.nodes.size() + 1);
        out.nodes.push_back(
            {uint32_t(kind), start, uint32_t(length), buffer, next, uint32_t(offset)});
    }

    void object(ondemand::value &value, size_t offset, size_t depth) {
        size_t index = open(CSJ_OBJECT, offset, depth);
        ondemand::object members;
        check(value.get_object().get(members), offset);
        uint32_t count = 0;
        for (auto member : members) {
            ondemand::field field;
            check(std::move(member).get(field), out.reached);
            const char *raw = field.key().raw();
            size_t place_of_key = place(raw) - 1;
            const char *end = plain_end(raw);
            if (*end == '"') {
                given(CSJ_KEY, raw, end, place_of_key);
            } else {
                std::string_view key;
                check(field.unescaped_key().get(key), place_of_key);
                unescaped(CSJ_KEY, key, place_of_key);
            }
            walk(field.value(), depth + 1);
            count++;
        }
        close(index, count);
    }

    void array(ondemand::value &value, size_t offset, size_t depth) {
        size_t index = open(CSJ_ARRAY, offset, depth);
        ondemand::array items;
        check(value.get_array().get(items), offset);
        uint32_t count = 0;
        for (auto item : items) {
            ondemand::value inner;
            check(std::move(item).get(inner), out.reached);
            walk(inner, depth + 1);
            count++;
        }
        close(index, count);
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
    parser->text.clear();
    parser->error_offset = 0;
    parser->reached = 0;
    if (count > parser->max_bytes) return CSJ_TOO_LARGE;
    try {
        if (parser->padded.size() < count + SIMDJSON_PADDING) {
            parser->padded.resize(count + SIMDJSON_PADDING);
        }
        std::memcpy(parser->padded.data(), bytes, count);
        std::memset(parser->padded.data() + count, 0, SIMDJSON_PADDING);
        tape_writer writer(*parser);
        ondemand::document document;
        error_code indexed =
            parser->parser
                .iterate(padded_string_view(parser->padded.data(), count, parser->padded.size()))
                .get(document);
        if (indexed == UTF8_ERROR) throw refusal{CSJ_UTF8, broken_utf8(bytes, count)};
        tape_writer::check(indexed, indexed ? broken_string(bytes, count) : 0);
        ondemand::value root;
        tape_writer::check(document.get_value().get(root), 0);
        writer.walk(root, 1);
        const char *rest = nullptr;
        if (!document.current_location().get(rest)) throw refusal{CSJ_TRAILING, writer.place(rest)};
        return CSJ_OK;
    } catch (const refusal &refused) {
        parser->nodes.clear();
        parser->error_offset = refused.offset < count ? refused.offset : count;
        return refused.status;
    } catch (const simdjson_error &error) {
        parser->nodes.clear();
        parser->error_offset = parser->reached;
        return status_of(error.error());
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
    return reinterpret_cast<const uint8_t *>(parser->text.data());
}
size_t csj_text_count(const csj_parser *parser) { return parser->text.size(); }
size_t csj_line_end(const uint8_t *bytes, size_t count) {
    if (count == 0) return 0;
    const void *found = std::memchr(bytes, '\n', count);
    return found ? size_t(static_cast<const uint8_t *>(found) - bytes) : count;
}
size_t csj_error_offset(const csj_parser *parser) { return parser->error_offset; }

} // extern "C"
