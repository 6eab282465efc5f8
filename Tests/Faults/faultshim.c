/* The fault shim: stands between a program and its disk (LD_PRELOAD), for files under FAULT_ROOT.
 *
 * It records every call that changes a file or makes it durable, in order and with its bytes, and
 * it can kill the process at a call, let calls fail, fill the disk, or swallow flushes. What the
 * journal holds and what may be true after a loss of power: specs/faults.md. Environment:
 *
 *   FAULT_ROOT      the folder whose files are watched; nothing else is touched
 *   FAULT_ANNOUNCE  a file outside of it: what is written there stands in order in the journal;
 *                   a line "clear" ends failing; the shim adds a line for each fault of its own
 *   FAULT_JOURNAL   where calls are recorded
 *   FAULT_KINDS     the calls that count: w writes, s flushes of files, d flushes of folders,
 *                   n names (open to create, rename, unlink, mkdir), t sizes; default wsdnt.
 *                   b: flushes of the folder of FAULT_BEHIND, each behind a renaming to that name;
 *                   z: flushes of one file, from the first on that follows a write of a mebibyte
 *   FAULT_KILL      kill the process at this counted call; FAULT_KILL_AT: before, mid, after
 *   FAULT_FAIL      fail from this counted call on, FAULT_TIMES times (0: until "clear"), with
 *                   FAULT_ERRNO
 *   FAULT_SPACE     bytes by which files may grow before the disk is full, until "clear"
 *   FAULT_SWALLOW   flushes that claim success and do nothing: s, d, o (O_DSYNC)
 *   FAULT_DELAY     microseconds that a flush takes; FAULT_SLOW: only of files with this in their path
 *   FAULT_BOOT      a file that is read in place of the kernel's boot id
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DESCRIPTORS = 4096, VECTORS = 1024 };

/* The numbers stand in the journal; Journal.swift reads them. */
enum operation {
    CREATE = 1, WRITE, TRUNCATE, SYNC_BEGIN, SYNC_END, RENAME, UNLINK, MAKE_DIRECTORY, LINK,
    REMOVE_DIRECTORY, ANNOUNCE, MAPPED, ROOT
};

struct header {
    uint32_t magic;
    uint8_t operation, flags;
    uint16_t zero;
    uint32_t payload;
    int32_t result;
    uint64_t inode;
    int64_t offset, length;
};

struct descriptor {
    uint64_t inode;
    size_t last;
    int watched, announce, directory, dsync;
    char path[256];
};

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static struct descriptor table[DESCRIPTORS];
static char root[PATH_MAX], announce_path[PATH_MAX];
static const char *kinds = "wsdnt", *swallow = "", *behind = "", *slow = "", *boot;
static int journal = -1, announce = -1, root_length;
static long counted, kill_at, fail_at, fail_times = 1, fail_errno = EIO, delay;
static long long space = -1;
static enum { BEFORE, MID, AFTER } kill_when;
static int cleared, renamed;
static uint64_t lengthened;

static long number(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? atol(text) : otherwise;
}

static void record(enum operation operation, int flags, int result, uint64_t inode, int64_t offset,
    int64_t length, const struct iovec *data, int count, size_t bytes)
{
    if (journal < 0) return;
    struct header header = { 0x314A4646, operation, flags, 0, bytes, result, inode, offset, length };
    struct iovec parts[VECTORS + 1] = { { &header, sizeof header } };
    size_t left = bytes;
    int used = 1;
    for (int i = 0; i < count && left > 0; i++, used++) {
        parts[used] = data[i];
        if (parts[used].iov_len > left) parts[used].iov_len = left;
        left -= parts[used].iov_len;
    }
    syscall(SYS_writev, journal, parts, used);
}

static void record_text(enum operation operation, uint64_t inode, const char *one, const char *two)
{
    struct iovec parts[3] = { { (void *)one, strlen(one) }, { "\0", two ? 1 : 0 },
        { (void *)two, two ? strlen(two) : 0 } };
    record(operation, 0, 0, inode, 0, 0, parts, 3,
        parts[0].iov_len + parts[1].iov_len + parts[2].iov_len);
}

static void say(const char *what, const char *path)
{
    char line[512];
    int length = snprintf(line, sizeof line, "%s %s\n", what, path);
    if (announce < 0)
        announce = syscall(SYS_openat, AT_FDCWD, announce_path,
            O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (announce >= 0) syscall(SYS_write, announce, line, length);
    struct iovec part = { line, length };
    record(ANNOUNCE, 0, 0, 0, 0, 0, &part, 1, length);
}

__attribute__((constructor)) static void begin(void)
{
    const char *text = getenv("FAULT_ROOT");
    boot = getenv("FAULT_BOOT");
    if (!text || !realpath(text, root)) return;
    root_length = strlen(root);
    if (getenv("FAULT_KINDS")) kinds = getenv("FAULT_KINDS");
    if (getenv("FAULT_BEHIND")) behind = getenv("FAULT_BEHIND");
    if (getenv("FAULT_SWALLOW")) swallow = getenv("FAULT_SWALLOW");
    if (getenv("FAULT_SLOW")) slow = getenv("FAULT_SLOW");
    snprintf(announce_path, sizeof announce_path, "%s",
        getenv("FAULT_ANNOUNCE") ? getenv("FAULT_ANNOUNCE") : "");
    kill_at = number("FAULT_KILL", 0);
    fail_at = number("FAULT_FAIL", 0);
    fail_times = number("FAULT_TIMES", 1);
    fail_errno = number("FAULT_ERRNO", EIO);
    space = number("FAULT_SPACE", -1);
    delay = number("FAULT_DELAY", 0);
    text = getenv("FAULT_KILL_AT");
    if (text) kill_when = *text == 'b' ? BEFORE : *text == 'm' ? MID : AFTER;
    text = getenv("FAULT_JOURNAL");
    if (text)
        journal = syscall(SYS_openat, AT_FDCWD, text,
            O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    struct stat status;
    if (stat(root, &status) == 0) record(ROOT, 0, 0, status.st_ino, 0, 0, NULL, 0, 0);
}

/* Names. */

/* The path below the root, links of its folder followed; NULL when it is not below the root. */
static const char *below(int folder, const char *path, char *whole)
{
    char parent[PATH_MAX], copy[PATH_MAX];
    if (!root_length || !path || strlen(path) >= PATH_MAX / 2) return NULL;
    if (*path != '/' && folder != AT_FDCWD) {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        ssize_t length = readlink(link, copy, PATH_MAX / 2);
        if (length < 0) return NULL;
        snprintf(copy + length, sizeof copy - length, "/%s", path);
    } else
        snprintf(copy, sizeof copy, "%s", path);
    size_t length = strlen(copy);
    while (length > 1 && copy[length - 1] == '/') copy[--length] = 0;
    char *slash = strrchr(copy, '/');
    const char *name = slash ? slash + 1 : copy;
    if (slash) *slash = 0;
    if (!realpath(slash ? (*copy ? copy : "/") : ".", parent)) return NULL;
    if (strlen(parent) + strlen(name) + 2 > PATH_MAX) return NULL;
    sprintf(whole, "%s/%s", parent, name);
    if (strcmp(whole, root) == 0) return "";
    if (strncmp(whole, root, root_length) || whole[root_length] != '/') return NULL;
    return whole + root_length + 1;
}

static uint64_t inode_of(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0 ? status.st_ino : 0;
}

static struct descriptor *known(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS && (table[fd].watched || table[fd].announce) ? &table[fd]
                                                                                     : NULL;
}

/* Faults. */

static void die(const char *what, const char *path)
{
    char line[320];
    snprintf(line, sizeof line, "killed %s", what);
    say(line, path);
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
}

/* Counts a call; true when it has to fail, with errno set. Mid and after are left to `passed`. */
static int strikes(char kind, const char *what, const char *path)
{
    if (!strchr(kinds, kind)) return 0;
    counted++;
    if (kill_at == counted && kill_when == BEFORE) die(what, path);
    if (!fail_at || cleared || counted < fail_at) return 0;
    if (fail_times && counted >= fail_at + fail_times) return 0;
    char line[320];
    snprintf(line, sizeof line, "fault %ld %s", fail_errno, what);
    say(line, path);
    errno = fail_errno;
    return 1;
}

static void passed(char kind, const char *what, const char *path)
{
    if (strchr(kinds, kind) && kill_at == counted && kill_when != BEFORE) die(what, path);
}

/* How many of `bytes` at `offset` still find room; growth alone takes room. */
static size_t room(struct descriptor *file, int fd, int64_t offset, size_t bytes)
{
    struct stat status;
    if (space < 0 || cleared || fstat(fd, &status) != 0) return bytes;
    int64_t end = offset + (int64_t)bytes, grown = end - status.st_size;
    if (grown <= 0) return bytes;
    if (grown <= space) {
        space -= grown;
        return bytes;
    }
    size_t fits = grown - space < (int64_t)bytes ? bytes - (grown - space) : 0;
    space = 0;
    say("fault full", file->path);
    return fits;
}

/* Files. */

static int opened(int folder, const char *path, int flags, mode_t mode)
{
    char whole[PATH_MAX];
    if (boot && path && strcmp(path, "/proc/sys/kernel/random/boot_id") == 0) path = boot;
    int is_announce = *announce_path && path && strcmp(path, announce_path) == 0;
    const char *name = is_announce ? NULL : below(folder, path, whole);
    if (!name && !is_announce) return syscall(SYS_openat, folder, path, flags, mode);
    pthread_mutex_lock(&gate);
    uint64_t before = name ? inode_of(whole) : 0;
    if (name && !before && (flags & O_CREAT) && strikes('n', "create", name)) {
        pthread_mutex_unlock(&gate);
        return -1;
    }
    int fd = syscall(SYS_openat, folder, path, flags, mode);
    int saved = errno;
    struct stat status;
    if (fd >= 0 && fd < DESCRIPTORS && fstat(fd, &status) == 0) {
        struct descriptor *file = &table[fd];
        *file = (struct descriptor){ status.st_ino, 0, name != NULL, is_announce,
            S_ISDIR(status.st_mode), (flags & O_DSYNC) == O_DSYNC, "" };
        snprintf(file->path, sizeof file->path, "%s", name ? name : "");
        if (name && !before) {
            record_text(CREATE, status.st_ino, name, NULL);
            passed('n', "create", name);
        } else if (name && (flags & O_TRUNC))
            record(TRUNCATE, 0, 0, status.st_ino, 0, 0, NULL, 0, 0);
    }
    pthread_mutex_unlock(&gate);
    errno = saved;
    return fd;
}

static mode_t mode_of(int flags, va_list list)
{
    return flags & (O_CREAT | __O_TMPFILE) ? va_arg(list, mode_t) : 0;
}

#define OPEN(name)                                                                                 \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode_t mode = mode_of(flags, list);                                                        \
        va_end(list);                                                                              \
        return opened(AT_FDCWD, path, flags, mode);                                                \
    }
#define OPENAT(name)                                                                               \
    int name(int folder, const char *path, int flags, ...)                                         \
    {                                                                                              \
        va_list list;                                                                              \
        va_start(list, flags);                                                                     \
        mode_t mode = mode_of(flags, list);                                                        \
        va_end(list);                                                                              \
        return opened(folder, path, flags, mode);                                                  \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)
int creat(const char *path, mode_t mode)
{
    return opened(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

int close(int fd)
{
    pthread_mutex_lock(&gate);
    if (fd >= 0 && fd < DESCRIPTORS) table[fd] = (struct descriptor){ 0 };
    int result = syscall(SYS_close, fd);
    pthread_mutex_unlock(&gate);
    return result;
}

static int copied(int from, int to)
{
    if (to >= 0 && to < DESCRIPTORS)
        table[to] = from >= 0 && from < DESCRIPTORS ? table[from] : (struct descriptor){ 0 };
    return to;
}
int dup(int fd) { return copied(fd, syscall(SYS_dup, fd)); }
int dup3(int fd, int to, int flags) { return copied(fd, syscall(SYS_dup3, fd, to, flags)); }
int dup2(int fd, int to) { return fd == to ? to : dup3(fd, to, 0); }

/* Writes. */

static size_t total(const struct iovec *parts, int count)
{
    size_t bytes = 0;
    for (int i = 0; i < count; i++) bytes += parts[i].iov_len;
    return bytes;
}

/* Writes the first `bytes` of the parts at an offset, or at the file's own place (-1). */
static ssize_t put(int fd, const struct iovec *parts, int count, int64_t offset, size_t bytes)
{
    struct iovec some[VECTORS];
    int used = 0;
    for (int i = 0; i < count && bytes > 0; i++, used++) {
        some[used] = parts[i];
        if (some[used].iov_len > bytes) some[used].iov_len = bytes;
        bytes -= some[used].iov_len;
    }
    if (offset < 0) return syscall(SYS_writev, fd, some, used);
    return syscall(SYS_pwritev, fd, some, used, (long)offset, 0L);
}

/* The system takes a write page by page, each whole: a part of one ends where a page ends. */
static size_t whole_pages(int64_t offset, size_t bytes)
{
    int64_t end = (offset + (int64_t)bytes) / 4096 * 4096;
    return end > offset ? end - offset : 0;
}

static void heard(const struct iovec *parts, int count, size_t bytes)
{
    record(ANNOUNCE, 0, 0, 0, 0, 0, parts, count, bytes);
    if (bytes >= 6 && memcmp(parts[0].iov_base, "clear\n", 6) == 0) cleared = 1;
}

static ssize_t written(int fd, const struct iovec *parts, int count, int64_t offset)
{
    struct descriptor *file = known(fd);
    size_t bytes = total(parts, count);
    if (!file || count > VECTORS) return put(fd, parts, count, offset, bytes);
    pthread_mutex_lock(&gate);
    file->last = bytes;
    ssize_t result = -1;
    int64_t place = offset;
    if (place < 0) {
        int appends = fcntl(fd, F_GETFL) & O_APPEND;
        place = syscall(SYS_lseek, fd, 0L, appends ? SEEK_END : SEEK_CUR);
    }
    char what[64];
    snprintf(what, sizeof what, "write %zu@%lld", bytes, (long long)place);
    if (file->announce) {
        result = put(fd, parts, count, offset, bytes);
        if (result > 0) heard(parts, count, result);
    } else if (!strikes('w', what, file->path)) {
        int mid = kill_at == counted && kill_when == MID && strchr(kinds, 'w');
        size_t allowed = mid ? bytes / 2 : room(file, fd, place, bytes);
        if (allowed < bytes) allowed = whole_pages(place, allowed);
        if (allowed == 0 && bytes > 0 && mid)
            die(what, file->path);
        else if (allowed == 0 && bytes > 0)
            errno = ENOSPC;
        else
            result = put(fd, parts, count, offset, allowed);
        if (result > 0)
            record(WRITE, file->dsync && !strchr(swallow, 'o'), 0, file->inode, place, result,
                parts, count, result);
        passed('w', what, file->path);
    }
    int saved = errno;
    pthread_mutex_unlock(&gate);
    errno = saved;
    return result;
}

ssize_t write(int fd, const void *bytes, size_t count)
{
    struct iovec part = { (void *)bytes, count };
    return written(fd, &part, 1, -1);
}
ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset)
{
    struct iovec part = { (void *)bytes, count };
    return written(fd, &part, 1, offset);
}
ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset)
{
    return pwrite64(fd, bytes, count, offset);
}
ssize_t writev(int fd, const struct iovec *parts, int count)
{
    return written(fd, parts, count, -1);
}
ssize_t pwritev64(int fd, const struct iovec *parts, int count, off64_t offset)
{
    return written(fd, parts, count, offset);
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    return written(fd, parts, count, offset);
}

/* Sizes. */

static int sized(int fd, int64_t length)
{
    struct descriptor *file = known(fd);
    if (!file || !file->watched) return syscall(SYS_ftruncate, fd, length);
    pthread_mutex_lock(&gate);
    int result = -1;
    if (!strikes('t', "truncate", file->path)) {
        result = syscall(SYS_ftruncate, fd, length);
        if (result == 0) record(TRUNCATE, 0, 0, file->inode, 0, length, NULL, 0, 0);
        passed('t', "truncate", file->path);
    }
    int saved = errno;
    pthread_mutex_unlock(&gate);
    errno = saved;
    return result;
}
int ftruncate(int fd, off_t length) { return sized(fd, length); }
int ftruncate64(int fd, off64_t length) { return sized(fd, length); }

/* Room that is reserved is room that is taken; the size is all that a crash image shows of it. */
int fallocate64(int fd, int mode, off64_t offset, off64_t length)
{
    struct descriptor *file = known(fd);
    if (!file || !file->watched) return syscall(SYS_fallocate, fd, mode, offset, length);
    pthread_mutex_lock(&gate);
    int result = -1;
    if (!strikes('t', "fallocate", file->path)) {
        if (room(file, fd, offset, length) < (size_t)length) {
            errno = ENOSPC;
        } else {
            result = syscall(SYS_fallocate, fd, mode, offset, length);
            struct stat status;
            if (result == 0 && fstat(fd, &status) == 0)
                record(TRUNCATE, 0, 0, file->inode, 0, status.st_size, NULL, 0, 0);
        }
        passed('t', "fallocate", file->path);
    }
    int saved = errno;
    pthread_mutex_unlock(&gate);
    errno = saved;
    return result;
}
int fallocate(int fd, int mode, off_t offset, off_t length)
{
    return fallocate64(fd, mode, offset, length);
}
int posix_fallocate64(int fd, off64_t offset, off64_t length)
{
    return fallocate64(fd, 0, offset, length) == 0 ? 0 : errno;
}
int posix_fallocate(int fd, off_t offset, off_t length)
{
    return posix_fallocate64(fd, offset, length);
}

/* Flushes. The gate is open meanwhile: writes of other threads may fall into the flush. */

static int flushed(int fd, const char *what, int call)
{
    struct descriptor *file = known(fd);
    if (!file || !file->watched) return syscall(call, fd);
    pthread_mutex_lock(&gate);
    struct descriptor copy = *file;
    char kind = copy.directory ? 'd' : 's';
    if (!lengthened && copy.last >= 1 << 20) lengthened = copy.inode;
    size_t length = strlen(copy.path);
    const char *slash = strrchr(behind, '/');
    int is_behind = renamed && slash && slash == behind + length
        && strncmp(behind, copy.path, length) == 0;
    if (is_behind) renamed = 0;
    if (strchr(kinds, 'b') && is_behind) kind = 'b';
    if (strchr(kinds, 'z') && copy.inode == lengthened) kind = 'z';
    int failed = strikes(kind, what, copy.path);
    if (strchr(swallow, kind)) {
        pthread_mutex_unlock(&gate);
        return 0;
    }
    int64_t flush = (int64_t)getpid() << 32 | fd;
    record(SYNC_BEGIN, 0, 0, copy.inode, flush, 0, NULL, 0, 0);
    pthread_mutex_unlock(&gate);
    if (delay && strstr(copy.path, slow)) usleep(delay);
    int result = failed ? -1 : syscall(call, fd);
    int reason = failed ? fail_errno : result == 0 ? 0 : errno;
    pthread_mutex_lock(&gate);
    record(SYNC_END, 0, reason, copy.inode, flush, 0, NULL, 0, 0);
    passed(kind, what, copy.path);
    pthread_mutex_unlock(&gate);
    errno = reason;
    return reason ? -1 : 0;
}
int fsync(int fd) { return flushed(fd, "fsync", SYS_fsync); }
int fdatasync(int fd) { return flushed(fd, "fdatasync", SYS_fdatasync); }

/* Names that change. */

static int named(enum operation operation, const char *what, int folder, const char *path,
    int other, const char *target, long call, long mode)
{
    char whole[PATH_MAX], whole_target[PATH_MAX];
    const char *name = below(folder, path, whole);
    const char *goal = target ? below(other, target, whole_target) : NULL;
    if (!name && !goal) {
        if (target) return syscall(call, folder, path, other, target, mode);
        return syscall(call, folder, path, mode);
    }
    pthread_mutex_lock(&gate);
    int result = -1;
    if (!strikes('n', what, name ? name : goal)) {
        uint64_t inode = inode_of(whole);
        result = target ? syscall(call, folder, path, other, target, mode)
                        : syscall(call, folder, path, mode);
        if (result == 0) {
            if (operation == RENAME && goal && strcmp(goal, behind) == 0) renamed = 1;
            if (operation == MAKE_DIRECTORY) inode = inode_of(whole);
            record_text(operation, inode, name ? name : "", goal);
            passed('n', what, name ? name : goal);
        }
    }
    int saved = errno;
    pthread_mutex_unlock(&gate);
    errno = saved;
    return result;
}
int renameat2(int folder, const char *path, int other, const char *target, unsigned flags)
{
    return named(RENAME, "rename", folder, path, other, target, SYS_renameat2, flags);
}
int renameat(int folder, const char *path, int other, const char *target)
{
    return renameat2(folder, path, other, target, 0);
}
int rename(const char *path, const char *target)
{
    return renameat2(AT_FDCWD, path, AT_FDCWD, target, 0);
}
int unlinkat(int folder, const char *path, int flags)
{
    enum operation operation = flags & AT_REMOVEDIR ? REMOVE_DIRECTORY : UNLINK;
    return named(operation, "unlink", folder, path, 0, NULL, SYS_unlinkat, flags);
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path)
{
    int result = unlink(path);
    return result != 0 && errno == EISDIR ? rmdir(path) : result;
}
int mkdirat(int folder, const char *path, mode_t mode)
{
    return named(MAKE_DIRECTORY, "mkdir", folder, path, 0, NULL, SYS_mkdirat, mode);
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
int linkat(int folder, const char *path, int other, const char *target, int flags)
{
    return named(LINK, "link", folder, path, other, target, SYS_linkat, flags);
}
int link(const char *path, const char *target)
{
    return linkat(AT_FDCWD, path, AT_FDCWD, target, 0);
}

/* Writing through a map cannot be seen; that nobody does it but for lock files is a test. */
void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset)
{
    struct descriptor *file = fd >= 0 ? known(fd) : NULL;
    if (file && file->watched && (flags & MAP_SHARED) && (protection & PROT_WRITE)) {
        pthread_mutex_lock(&gate);
        record_text(MAPPED, file->inode, file->path, NULL);
        pthread_mutex_unlock(&gate);
    }
    return (void *)syscall(SYS_mmap, address, length, protection, flags, fd, offset);
}
void *mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
    return mmap64(address, length, protection, flags, fd, offset);
}
