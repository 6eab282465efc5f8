#include "status.h"

// Whether the bytes begin with a character of UTF-8 (RFC 3629, section 4).
static bool is_character(const uint8_t *bytes, size_t count) {
    uint8_t lead = bytes[0];
    if (lead < 0x80) return true;
    size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || count <= more) return false;
    for (size_t index = 1; index <= more; index++) {
        if ((bytes[index] & 0xC0) != 0x80) return false;
    }
    // Forms that are too long, surrogates, and what lies beyond Unicode.
    if (lead == 0xE0 && bytes[1] < 0xA0) return false;
    if (lead == 0xED && bytes[1] > 0x9F) return false;
    if (lead == 0xF0 && bytes[1] < 0x90) return false;
    return lead != 0xF4 || bytes[1] <= 0x8F;
}

static bool is_utf8_here(XML_Parser parser) {
    int offset = 0, size = 0;
    const char *context = XML_GetInputContext(parser, &offset, &size);
    if (!context || offset < 0 || offset >= size) return true;
    return is_character((const uint8_t *)context + offset, (size_t)(size - offset));
}

cxml_status cxml_status_of(XML_Parser parser) {
    switch (XML_GetErrorCode(parser)) {
    case XML_ERROR_UNKNOWN_ENCODING:
    case XML_ERROR_INCORRECT_ENCODING: return CXML_ENCODING;
    case XML_ERROR_UNDEFINED_ENTITY: return CXML_ENTITY;
    case XML_ERROR_NO_MEMORY: return CXML_MEMORY;
    case XML_ERROR_INVALID_TOKEN: return is_utf8_here(parser) ? CXML_SYNTAX : CXML_ENCODING;
    default: return CXML_SYNTAX;
    }
}
