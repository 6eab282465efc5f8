#include "plain.h"

#include <expat.h>
#include <fcntl.h>
#include <lmdb.h>
#include <string.h>
#include <unistd.h>

enum { head_bytes = 4 };

static int open_environment(const char *directory, unsigned flags, MDB_env **env) {
    int code = mdb_env_create(env);
    if (code == 0) code = mdb_env_set_mapsize(*env, (size_t)64 << 30);
    if (code == 0) code = mdb_env_open(*env, directory, flags, 0600);
    return code;
}

// The end of the run of entries that fits one value: count, ends and bytes.
static size_t run_end(const uint64_t *ends, size_t start, size_t limit, size_t value_bytes) {
    uint64_t base = start == 0 ? 0 : ends[start - 1];
    size_t end = start + 1;
    while (end < limit &&
           head_bytes * (end + 2 - start) + (ends[end] - base) <= value_bytes) {
        end++;
    }
    return end;
}

static int put_run(MDB_txn *txn, MDB_dbi dbi, const uint8_t *bytes, const uint64_t *ends,
                   size_t start, size_t end) {
    uint64_t base = start == 0 ? 0 : ends[start - 1];
    size_t head = head_bytes * (end - start + 1);
    size_t number = start + 1;
    uint8_t key_bytes[8];
    for (int i = 0; i < 8; i++) key_bytes[i] = (uint8_t)(number >> (56 - 8 * i));
    MDB_val key = {8, key_bytes};
    MDB_val value = {head + (ends[end - 1] - base), NULL};
    int code = mdb_put(txn, dbi, &key, &value, MDB_APPEND | MDB_RESERVE);
    if (code != 0) return code;
    uint8_t *target = value.mv_data;
    uint32_t count = (uint32_t)(end - start);
    memcpy(target, &count, head_bytes);
    for (size_t i = start; i < end; i++) {
        uint32_t offset = (uint32_t)(ends[i] - base);
        memcpy(target + head_bytes * (i - start + 1), &offset, head_bytes);
    }
    memcpy(target + head, bytes + base, ends[end - 1] - base);
    return 0;
}

int plain_append(const char *directory, const uint8_t *bytes, const uint64_t *ends, size_t count,
                 size_t commit_entries, size_t value_bytes, int flushes) {
    MDB_env *env = NULL;
    unsigned flags = flushes == 0 ? MDB_NOSYNC : flushes == 1 ? MDB_NOMETASYNC : 0;
    int code = open_environment(directory, flags, &env);
    size_t start = 0;
    while (code == 0 && start < count) {
        size_t limit = start + commit_entries < count ? start + commit_entries : count;
        MDB_txn *txn = NULL;
        MDB_dbi dbi;
        code = mdb_txn_begin(env, NULL, 0, &txn);
        if (code != 0) break;
        code = mdb_dbi_open(txn, NULL, 0, &dbi);
        while (code == 0 && start < limit) {
            size_t end = run_end(ends, start, limit, value_bytes);
            code = put_run(txn, dbi, bytes, ends, start, end);
            start = end;
        }
        if (code == 0) code = mdb_txn_commit(txn);
        else mdb_txn_abort(txn);
    }
    if (env) mdb_env_close(env);
    return code;
}

int plain_read(const char *directory, uint64_t *count, uint64_t *sum) {
    MDB_env *env = NULL;
    MDB_txn *txn = NULL;
    MDB_cursor *cursor = NULL;
    MDB_dbi dbi;
    MDB_val key, value;
    int code = open_environment(directory, MDB_RDONLY, &env);
    if (code == 0) code = mdb_txn_begin(env, NULL, MDB_RDONLY, &txn);
    if (code == 0) code = mdb_dbi_open(txn, NULL, 0, &dbi);
    if (code == 0) code = mdb_cursor_open(txn, dbi, &cursor);
    while (code == 0 && (code = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        const uint8_t *data = value.mv_data;
        uint32_t entries, offset = 0;
        memcpy(&entries, data, head_bytes);
        const uint8_t *base = data + head_bytes * (entries + 1);
        for (uint32_t i = 0; i < entries; i++) {
            *sum += base[offset];
            memcpy(&offset, data + head_bytes * (i + 1), head_bytes);
        }
        *count += entries;
    }
    if (code == MDB_NOTFOUND) code = 0;
    if (cursor) mdb_cursor_close(cursor);
    if (txn) mdb_txn_abort(txn);
    if (env) mdb_env_close(env);
    return code;
}

int plain_sync(const char *path, size_t count) {
    uint8_t block[4096];
    memset(block, 7, sizeof block);
    int file = open(path, O_CREAT | O_TRUNC | O_WRONLY, 0600);
    if (file < 0) return 1;
    int code = 0;
    for (size_t i = 0; code == 0 && i < count; i++) {
        if (write(file, block, sizeof block) != (ssize_t)sizeof block) code = 1;
        if (code == 0 && fdatasync(file) != 0) code = 1;
    }
    close(file);
    return code;
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes) {
    (void)name;
    (void)attributes;
    ++*(uint64_t *)data;
}

static void XMLCALL on_end(void *data, const XML_Char *name) {
    (void)data;
    (void)name;
}

static void XMLCALL on_text(void *data, const XML_Char *text, int length) {
    (void)data;
    (void)text;
    (void)length;
}

int plain_xml(const uint8_t *bytes, size_t length, uint64_t *elements) {
    XML_Parser parser = XML_ParserCreateNS(NULL, '|');
    if (!parser) return 1;
    XML_SetUserData(parser, elements);
    XML_SetElementHandler(parser, on_start, on_end);
    XML_SetCharacterDataHandler(parser, on_text);
    int isFine = XML_Parse(parser, (const char *)bytes, (int)length, 1) == XML_STATUS_OK;
    XML_ParserFree(parser);
    return isFine ? 0 : 1;
}
