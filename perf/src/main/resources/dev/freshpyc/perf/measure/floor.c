/*
 * floor TREE: the least work of an audit, the yardstick of AuditBench: getdents64 of every directory, statx of every source
 * and pyc, and open, pread of the 16 header bytes and close of every pyc. One thread; each name is relative to the
 * descriptor of its directory. Prints the counts and judges nothing.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16, DEEPEST = 512, HEADER = 16 };

struct names { char *bytes; size_t used, room; };     /* zero-terminated, one after the other */
struct stems { uint64_t *hashes; size_t used, room; };

static _Alignas(struct dirent64) char entries[BUFFER]; /* shared: a directory is listed whole before the next one */
static unsigned long sources, pycs, pairs, unread;

static void *grown(void *old, size_t bytes) {
    void *mine = realloc(old, bytes);
    if (!mine) { perror("floor"); exit(2); }
    return mine;
}

static void add_name(struct names *to, const char *name) {
    size_t length = strlen(name) + 1;
    if (to->used + length > to->room) to->bytes = grown(to->bytes, to->room = 2 * (to->used + length));
    memcpy(to->bytes + to->used, name, length);
    to->used += length;
}

static uint64_t hash(const char *text, size_t length) { /* FNV-1a */
    uint64_t h = 0xcbf29ce484222325u;
    for (size_t i = 0; i < length; i++) h = (h ^ (unsigned char)text[i]) * 0x100000001b3u;
    return h;
}

static void add_stem(struct stems *to, uint64_t stem) {
    if (to->used == to->room) to->hashes = grown(to->hashes, (to->room = 2 * to->room + 64) * sizeof stem);
    to->hashes[to->used++] = stem;
}

static int by_value(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Hash of the stem in "stem.tag[.opt-level].pyc". */
static uint64_t cached_stem(const char *name, size_t length) {
    const char *dot = memrchr(name, '.', length - 4);
    if (dot && strncmp(dot, ".opt-", 5) == 0) dot = memrchr(name, '.', dot - name);
    return hash(name, dot ? (size_t)(dot - name) : 0);
}

static void read_header(int dir, const char *name) {
    struct statx found;
    char header[HEADER];
    pycs++;
    if (statx(dir, name, 0, STATX_BASIC_STATS, &found) || !S_ISREG(found.stx_mode)) { unread++; return; }
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0) { unread++; return; }
    if (pread(fd, header, HEADER, 0) < 0) unread++;
    close(fd);
}

static void look(int dir, struct dirent64 *entry, const struct stems *above, struct stems *here, struct names *below) {
    struct statx found;
    const char *name = entry->d_name;
    size_t length = strlen(name);
    unsigned char type = entry->d_type;
    if (type == DT_UNKNOWN && !statx(dir, name, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &found)) type = found.stx_mode >> 12;
    if (type == DT_DIR) {
        if (strcmp(name, ".") && strcmp(name, "..")) add_name(below, name);
    } else if (length > 3 && !strcmp(name + length - 3, ".py")) {
        sources++;
        if (statx(dir, name, 0, STATX_BASIC_STATS, &found)) unread++;
        add_stem(here, hash(name, length - 3));
    } else if (length > 4 && !strcmp(name + length - 4, ".pyc")) {
        read_header(dir, name);
        uint64_t stem = cached_stem(name, length);
        if (above && bsearch(&stem, above->hashes, above->used, sizeof stem, by_value)) pairs++;
    }
}

static void scan(int dir, const struct stems *above, int depth) {
    struct stems here = {0};
    struct names below = {0};
    ssize_t got;
    while ((got = getdents64(dir, entries, BUFFER)) > 0) {
        struct dirent64 *entry;
        for (ssize_t at = 0; at < got; at += entry->d_reclen) look(dir, entry = (void *)(entries + at), above, &here, &below);
    }
    if (got < 0) unread++;
    if (here.used) qsort(here.hashes, here.used, sizeof *here.hashes, by_value);
    for (size_t at = 0; at < below.used; at += strlen(below.bytes + at) + 1) {
        const char *name = below.bytes + at;
        int sub = depth < DEEPEST ? openat(dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
        if (sub < 0) { unread++; continue; }
        scan(sub, here.used && !strcmp(name, "__pycache__") ? &here : NULL, depth + 1);
        close(sub);
    }
    free(here.hashes);
    free(below.bytes);
}

int main(int count, char **words) {
    int tree = count == 2 ? open(words[1], O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (tree < 0) { perror("floor TREE"); return 2; }
    scan(tree, NULL, 0);
    printf("pairs=%lu sources=%lu pycs=%lu unread=%lu\n", pairs, sources, pycs, unread);
}
