#pragma once
#include <stddef.h>
#include <stdint.h>

// What the plain libraries do with the same bytes. Every function returns 0 or the library's code.

/// Appends entries to a new LMDB environment in `directory`: packed into values of at most
/// `value_bytes`, one commit for each `commit_entries`, each with `flushes` flushes: 2, 1 or 0.
/// Entry i ends at `ends[i]`.
int plain_append(const char *directory, const uint8_t *bytes, const uint64_t *ends, size_t count,
                 size_t commit_entries, size_t value_bytes, int flushes);

/// Reads every entry of such an environment in order; `sum` gets the first byte of each, summed.
int plain_read(const char *directory, uint64_t *count, uint64_t *sum);

/// Writes and flushes `count` blocks of 4 KiB at the end of a new file.
int plain_sync(const char *path, size_t count);

/// What a commit cannot do without: 4 KiB written and flushed, then 4 KiB written through a
/// descriptor that flushes by itself, in a file that was written before. `median` is in
/// nanoseconds.
int plain_commit(const char *path, size_t count, uint64_t *median);

/// Hashes every entry as a leaf and all nodes of their full tree; `sum` keeps the work alive.
int plain_hash(const uint8_t *bytes, const uint64_t *ends, size_t count, uint64_t *sum);

/// Parses a document with namespaces and empty handlers; adds its elements to `elements`.
int plain_xml(const uint8_t *bytes, size_t length, uint64_t *elements);
