/* Random streams: counter-based (Philox4x32-10), named, the same numbers on any number of threads.
 */
#pragma once

#include <glib.h>

/**
 * LimenRandom:
 *
 * One stream of random numbers. A plain value: copy it to draw the same numbers again.
 */
typedef struct {
  guint32 key[2];
  guint32 counter[4];
  guint32 block[4];
  guint used;
} LimenRandom;

/**
 * limen_random_stream:
 * @seed: the user's seed
 * @name: what the numbers are for, "split", "dequantize", ...
 * @index: which of many such streams: a batch, an epoch, an image
 *
 * Streams that differ in any of the three are independent.
 * Source: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
 */
LimenRandom limen_random_stream (guint64 seed, const char *name, guint64 index);

guint32 limen_random_u32 (LimenRandom *random);
/** limen_random_uniform: returns: uniform in [0, 1) with 53 random bits */
double limen_random_uniform (LimenRandom *random);
/** limen_random_normal: returns: a standard normal number (Box and Muller, 1958) */
double limen_random_normal (LimenRandom *random);
/** limen_random_below: returns: uniform in {0, ..., @n − 1}, without bias; @n > 0 */
guint32 limen_random_below (LimenRandom *random, guint32 n);
/** limen_random_shuffle: permutes @n integers (Fisher and Yates; Durstenfeld, 1964) */
void limen_random_shuffle (LimenRandom *random, guint32 *values, guint32 n);
