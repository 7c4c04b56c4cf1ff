/* One loop, compiled for each kind of processor: its vectors the compiler finds, the kind this
 * machine.
 *
 * Write the loop as a LIMEN_VECTOR_BODY function, call it from three functions, of which two are
 * LIMEN_WIDE and LIMEN_WIDEST, and choose among them by limen_vectors(). Sums must not depend on
 * the choice but for rounding. */
#pragma once

#include <glib.h>

#if defined(__x86_64__) && defined(__clang__)
#define LIMEN_WIDE   __attribute__ ((target ("avx2,fma")))
#define LIMEN_WIDEST __attribute__ ((target ("avx512f,avx512dq,avx512vl,fma")))
#elif defined(__x86_64__)
#define LIMEN_WIDE __attribute__ ((target ("avx2,fma")))
#define LIMEN_WIDEST                                                                               \
  __attribute__ ((target ("avx512f,avx512dq,avx512vl,fma,prefer-vector-width=512")))
#else
#define LIMEN_WIDE
#define LIMEN_WIDEST
#endif
#define LIMEN_VECTOR_BODY static inline __attribute__ ((always_inline))

typedef enum { LIMEN_VECTORS_PLAIN, LIMEN_VECTORS_WIDE, LIMEN_VECTORS_WIDEST } LimenVectors;

static inline LimenVectors
limen_vectors (void)
{
#if defined(__x86_64__)
  if (__builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("avx512dq") &&
      __builtin_cpu_supports ("avx512vl"))
    return LIMEN_VECTORS_WIDEST;
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return LIMEN_VECTORS_WIDE;
#endif
  return LIMEN_VECTORS_PLAIN;
}
