#include <stdlib.h>
#include <string.h>

#include "tape.h"

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

uint32_t tape_take_name(cxml *x, const char *text) {
    uint32_t number = number_of(x, text);
    if (number == no_name) return number;
    if (x->last_name != no_name) x->names[x->last_name].next = number;
    x->last_name = number;
    return number;
}

void tape_forget_names(cxml *x) {
    for (uint32_t i = 0; i < x->name_count; i++) free(x->names[i].text);
    memset(x->slots, 0xFF, ((size_t)x->slot_mask + 1) * sizeof(uint32_t));
    x->name_count = 0;
}
