/*
 * hashfloor TREE: the least work of a first refresh: stat, open, read, SHA-256, stat again and close for every source and pyc
 * below TREE, on two threads. Judges, keeps and writes nothing. Prints the number of hashed files and bytes. SHA-256 comes
 * from libcrypto, loaded at run time so that compiling needs no header of the library.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BUFFER = 1 << 16, CONTEXT = 256, DIGEST = 32, THREADS = 2, HEAD = 16 };

static int (*sha_init)(void *), (*sha_update)(void *, const void *, size_t), (*sha_final)(unsigned char *, void *);
static char **directories;
static size_t count, room;
static atomic_size_t next;
static atomic_ulong files, bytes;

static void fail(const char *what) {
    fprintf(stderr, "hashfloor: %s\n", what);
    exit(2);
}

static void walk(const char *path) {
    DIR *open = opendir(path);
    if (!open) return;
    if (count == room && !(directories = realloc(directories, (room = 2 * room + 64) * sizeof *directories))) fail("memory");
    if (!(directories[count++] = strdup(path))) fail("memory");
    for (struct dirent *entry; (entry = readdir(open));) {
        if (entry->d_type != DT_DIR || !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        char below[4096];
        if (snprintf(below, sizeof below, "%s/%s", path, entry->d_name) < (int)sizeof below) walk(below);
    }
    closedir(open);
}

static int ends_with(const char *name, const char *suffix) {
    size_t length = strlen(name), end = strlen(suffix);
    return length > end && !strcmp(name + length - end, suffix);
}

static void hash(int directory, const char *name, int is_pyc, char *buffer) {
    struct statx stat;
    unsigned char context[CONTEXT], digest[DIGEST];
    if (statx(directory, name, 0, STATX_BASIC_STATS, &stat)) return;
    int file = openat(directory, name, O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    off_t at = is_pyc ? HEAD : 0;
    if (is_pyc && pread(file, buffer, HEAD, 0) < 0) fail("a header cannot be read");
    sha_init(context);
    for (ssize_t read; at < (off_t)stat.stx_size && (read = pread(file, buffer, BUFFER, at)) > 0; at += read) {
        sha_update(context, buffer, read);
        atomic_fetch_add(&bytes, read);
    }
    sha_final(digest, context);
    statx(file, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &stat);
    close(file);
    atomic_fetch_add(&files, 1);
}

static void *work(void *unused) {
    (void)unused;
    char *buffer = malloc(BUFFER);
    if (!buffer) fail("memory");
    for (size_t index; (index = atomic_fetch_add(&next, 1)) < count;) {
        DIR *open = opendir(directories[index]);
        if (!open) continue;
        for (struct dirent *entry; (entry = readdir(open));) {
            int pyc = ends_with(entry->d_name, ".pyc");
            if (pyc || ends_with(entry->d_name, ".py")) hash(dirfd(open), entry->d_name, pyc, buffer);
        }
        closedir(open);
    }
    free(buffer);
    return NULL;
}

int main(int argc, char **argv) {
    if (argc != 2) fail("usage: hashfloor TREE");
    void *library = dlopen("libcrypto.so.3", RTLD_NOW);
    if (!library) library = dlopen("libcrypto.so.1.1", RTLD_NOW);
    if (!library) fail("no libcrypto");
    *(void **)&sha_init = dlsym(library, "SHA256_Init");
    *(void **)&sha_update = dlsym(library, "SHA256_Update");
    *(void **)&sha_final = dlsym(library, "SHA256_Final");
    if (!sha_init || !sha_update || !sha_final) fail("libcrypto has no SHA-256");
    walk(argv[1]);
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++) {
        if (pthread_create(&threads[i], NULL, work, NULL)) fail("no thread");
    }
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    printf("files=%lu bytes=%lu\n", (unsigned long)files, (unsigned long)bytes);
    return 0;
}
