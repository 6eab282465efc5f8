#pragma once
#include <expat.h>
#include <string.h>

/// The length of a name that expat lends.
static inline size_t cexpat_length(const char *text) { return strlen(text); }
