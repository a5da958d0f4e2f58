/* The wall clock, and nothing else, moved by CLOCK_OFFSET seconds: waits and sleeps go on as ever. A file named by
   CLOCK_PASSED holds seconds more, as eight bytes: whoever writes it lets days pass for programs that run. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t offset(void) {
    static time_t moved;
    static const volatile int64_t *passed;
    static int known;
    if (!known) {
        const char *said = getenv("CLOCK_OFFSET"), *file = getenv("CLOCK_PASSED");
        int at = file ? open(file, O_RDONLY | O_CLOEXEC) : -1;
        void *seen = at < 0 ? MAP_FAILED : mmap(0, sizeof *passed, PROT_READ, MAP_SHARED, at, 0);
        if (at >= 0)
            close(at);
        passed = seen == MAP_FAILED ? 0 : seen;
        moved = said ? atol(said) : 0;
        known = 1;
    }
    return moved + (passed ? *passed : 0);
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
