/* Tails of binomial distributions, by which ranks are chosen. */
#pragma once

#include <glib.h>

/**
 * limen_binomial_at_most: P(Bin(@n, @p) ≤ @k), to twelve digits of the smaller tail for n up to 10⁷
 * @p: in [0, 1]
 *
 * Terms are added from the end that is next to k until they do not count; the first comes from the
 * saddle point expansion of Loader, "Fast and accurate computation of binomial probabilities"
 * (2000).
 */
double limen_binomial_at_most (guint k, guint n, double p);
/** limen_binomial_more_than: P(Bin(n, p) > k) */
double limen_binomial_more_than (guint k, guint n, double p);
