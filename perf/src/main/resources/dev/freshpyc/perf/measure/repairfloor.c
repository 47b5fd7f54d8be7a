/*
 * repairfloor replace|in-place TREE: the least work that gives every pyc below TREE an unchecked-hash header, the yardstick of
 * RepairBench. Replace: read and hash each source, copy its pyc with the new header to a new file, syncfs, rename, syncfs. In
 * place: read and hash each source, write the header into the pyc, restore the pyc's mtime, syncfs. One thread. Verifies
 * nothing and keeps no owner, attribute or other time. Prints the number of files.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LONGEST = 1 << 12, LARGEST = 1 << 26 };

static char **ready;
static size_t count, room;
static int in_place;
static unsigned char *data;

#define ROTL(x, b) (((x) << (b)) | ((x) >> (64 - (b))))
#define ROUND                                                                      \
    v0 += v1; v1 = ROTL(v1, 13); v1 ^= v0; v0 = ROTL(v0, 32); v2 += v3;            \
    v3 = ROTL(v3, 16); v3 ^= v2; v0 += v3; v3 = ROTL(v3, 21); v3 ^= v0;            \
    v2 += v1; v1 = ROTL(v1, 17); v1 ^= v2; v2 = ROTL(v2, 32)

/* SipHash-1-3 keyed with the magic, as CPython 3.11 and later hash sources. */
static uint64_t siphash(uint32_t magic, const unsigned char *in, size_t length) {
    uint64_t v0 = 0x736f6d6570736575u ^ magic, v1 = 0x646f72616e646f6du;
    uint64_t v2 = 0x6c7967656e657261u ^ magic, v3 = 0x7465646279746573u;
    uint64_t last = (uint64_t)length << 56, word;
    size_t at = 0;
    for (; at + 8 <= length; at += 8) {
        memcpy(&word, in + at, 8);
        v3 ^= word; ROUND; v0 ^= word;
    }
    for (size_t i = 0; at + i < length; i++) last |= (uint64_t)in[at + i] << (8 * i);
    v3 ^= last; ROUND; v0 ^= last; v2 ^= 0xff;
    for (int i = 0; i < 3; i++) { ROUND; }
    return v0 ^ v1 ^ v2 ^ v3;
}

static ssize_t slurp(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return -1;
    ssize_t size = 0, got;
    while ((got = read(fd, data + size, LARGEST - size)) > 0) size += got;
    close(fd);
    return got < 0 ? -1 : size;
}

static void overwrite(const char *path, uint32_t flags, uint64_t hash) {
    struct stat before;
    char head[16];
    int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &before) || pread(fd, head, sizeof head, 0) != sizeof head) { perror(path); exit(2); }
    memcpy(head + 4, &flags, 4);
    memcpy(head + 8, &hash, 8);
    struct timespec times[2] = {{0, UTIME_OMIT}, before.st_mtim};
    if (pwrite(fd, head, sizeof head, 0) != sizeof head || futimens(fd, times)) { perror(path); exit(2); }
    close(fd);
    count++;
}

static int each(const char *path, const struct stat *found, int type, struct FTW *walk) {
    char source[LONGEST], fresh[LONGEST];
    size_t length = strlen(path);
    (void)found;
    if (type != FTW_F || length < 5 || strcmp(path + length - 4, ".pyc")) return 0;
    const char *name = path + walk->base, *dot = strchr(name, '.');
    if (walk->base < 13 || strncmp(name - 12, "__pycache__/", 12) || !dot) return 0;
    snprintf(source, sizeof source, "%.*s%.*s.py", walk->base - 12, path, (int)(dot - name), name);
    ssize_t size = slurp(source);
    if (size < 0) return 0;
    uint32_t magic = 3495 | 0x0a0d0000, flags = 1;
    uint64_t hash = siphash(magic, data, size);
    if (in_place) { overwrite(path, flags, hash); return 0; }
    if ((size = slurp(path)) < 16) return 0;
    memcpy(data + 4, &flags, 4);
    memcpy(data + 8, &hash, 8);
    snprintf(fresh, sizeof fresh, "%s.new", path);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
    if (fd < 0 || write(fd, data, size) != size) { perror(fresh); exit(2); }
    close(fd);
    if (count == room) ready = realloc(ready, (room = 2 * room + 1024) * sizeof *ready);
    if (!ready || !(ready[count++] = strdup(path))) { perror("repairfloor"); exit(2); }
    return 0;
}

int main(int words, char **word) {
    int tree = words == 3 ? open(word[2], O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (tree < 0 || !(data = malloc(LARGEST))) { perror("repairfloor replace|in-place TREE"); return 2; }
    in_place = !strcmp(word[1], "in-place");
    nftw(word[2], each, 64, FTW_PHYS);
    syncfs(tree);
    for (size_t i = 0; !in_place && i < count; i++) {
        char fresh[LONGEST];
        snprintf(fresh, sizeof fresh, "%s.new", ready[i]);
        if (rename(fresh, ready[i])) { perror(fresh); return 2; }
    }
    if (!in_place) syncfs(tree);
    printf("restamped=%zu\n", count);
}
