/* All extreme optimal strategies of a game up to 3 × 3, by its square subgames. */
#pragma once

#include "model/game/rational.h"

#define LIMEN_KERNEL_MOST 3
/* Square subgames of a 3 × 3 game: 9 of one strategy, 9 of two, 1 of three */
#define LIMEN_KERNELS_MOST 19

/** LimenMix: a mixed strategy: @w[i] / @sum in lowest terms where the arithmetic was exact, and
 * @p[i] in any case */
typedef struct {
  LimenWide w[LIMEN_KERNEL_MOST], sum;
  long double p[LIMEN_KERNEL_MOST];
} LimenMix;

/**
 * LimenKernels:
 * @certain: whether every comparison was made between exact integers
 * @value_n, @value_d: the value as a fraction, where @certain
 * @error: by how much each weight may be off; 0 where @certain
 * @a, @b: (n_a), (n_b): extreme optimal strategies of each player; more than three in
 * order around the polygon that they span
 */
typedef struct {
  gboolean certain;
  LimenWide value_n, value_d;
  long double value, error;
  guint n_a, n_b;
  LimenMix a[LIMEN_KERNELS_MOST], b[LIMEN_KERNELS_MOST];
} LimenKernels;

/** limen_kernels_find: FALSE where rounding hid them all, which needs payoffs that are not rational
 */
gboolean limen_kernels_find (const LimenPayoff *payoff, LimenKernels *kernels);
