/* Time on the processor: what something takes, however busy the machine is. */
#pragma once

#include <glib.h>
#include <time.h>

/* So many times as long everything takes under a sanitizer, at most */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED_TIMES 20
#else
#define SANITIZED_TIMES 1
#endif

/* Seconds, of all threads of this process so far */
static inline double
cpu_seconds (void)
{
  struct timespec time;
  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time), ==, 0);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}
