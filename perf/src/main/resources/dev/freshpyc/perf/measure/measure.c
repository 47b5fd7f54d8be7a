/*
 * measure PROGRAM [ARGUMENT...]: runs a program with its standard output thrown away, and prints what it took.
 *
 * The figures are wait4's: exact, and of that program alone with the children that it waited for. A parent as small as
 * this one matters: Linux counts the memory of the process that forked in the child's peak, and a JVM would spoil it.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static long long micros(struct timeval t) { return t.tv_sec * 1000000LL + t.tv_usec; }

/* Becomes the program; dies with this process, so that nothing is left behind when it is killed. */
static void become(char **words, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(127);
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    dup2(nothing, 0);
    dup2(nothing, 1);
    execvp(words[0], words);
    perror(words[0]);
    _exit(127);
}

int main(int count, char **words) {
    if (count < 2) { fputs("usage: measure PROGRAM [ARGUMENT...]\n", stderr); return 2; }
    struct rusage used;
    int status;
    pid_t parent = getpid();
    long long started = now();
    pid_t child = fork();
    if (child == 0) become(words + 1, parent);
    if (child < 0 || wait4(child, &status, 0, &used) < 0) { perror("measure"); return 2; }
    long long wall = now() - started;
    printf("wall_ns=%lld user_us=%lld system_us=%lld peak_kib=%ld status=%d\n", wall, micros(used.ru_utime),
           micros(used.ru_stime), used.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}
