/* The wall clock, and nothing else, moved by CLOCK_OFFSET seconds: waits and sleeps go on as ever. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t offset(void) {
    static time_t moved;
    static int known;
    if (!known) {
        const char *said = getenv("CLOCK_OFFSET");
        moved = said ? atol(said) : 0;
        known = 1;
    }
    return moved;
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    int failed = syscall(SYS_clock_gettime, clock, at);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += offset();
    return failed;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}

/* Who waits until a moment of the wall clock has reckoned it by the moved one (x265's threads do). */
int pthread_cond_timedwait(pthread_cond_t *restrict on, pthread_mutex_t *restrict held,
                           const struct timespec *restrict until) {
    static int (*real)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    struct timespec then = *until;
    if (!real) {
        real = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
        if (!real)
            real = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    }
    if (then.tv_sec > 1000000000) /* no machine has been up for so long */
        then.tv_sec -= offset();
    return real(on, held, &then);
}
