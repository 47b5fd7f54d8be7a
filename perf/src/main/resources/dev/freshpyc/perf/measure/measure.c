/*
 * measure PROGRAM [ARGUMENT...]: runs a program, discards its standard output, and prints its time and memory.
 *
 * The figures come from wait4: exact, for the program and the children that it waited for. The parent must be small: Linux
 * counts the memory of the forking process in the child's peak, and a JVM would raise the peak.
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

/* Becomes the program; dies together with the parent, so that a killed measurement leaves no process behind. */
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
