/* Rows of logits or means become log-likelihoods: the inner loops of the decoder, many columns at a
 * time. */
#pragma once

#include <glib.h>

/* Rows that one call may add: the product of as many factors in [1, 2] is a float32. */
#define LIMEN_LIKELIHOOD_ROWS 112

/**
 * LimenLikelihoodRows:
 * @y: (n_rows, n): rows @stride apart: what the decoder says of one pixel for each column
 * @bias: (n_rows): to be added to it
 * @x: (n_rows): the pixels
 */
typedef struct {
  guint n_rows, n, stride;
  const float *y, *bias, *x;
} LimenLikelihoodRows;

/**
 * limen_bernoulli_rows: −log p(x|l) = softplus(l) − x·l = max(l, 0) − x·l + log(1 + exp(−|l|)) for
 * logits l: one logarithm is enough for many factors
 * @sum: (inout): (n): of max(l, 0) − x·l ≥ 0
 * @product: (inout): (n): of 1 + exp(−|l|)
 */
void limen_bernoulli_rows (const LimenLikelihoodRows *rows, float *sum, float *product);
/** limen_gaussian_rows: @sum: (inout): (n): of (m − x)² for means m */
void limen_gaussian_rows (const LimenLikelihoodRows *rows, float *sum);
/**
 * limen_bernoulli_slopes: one row of logits, each of a pixel of its own
 * @l, @x: (n)
 * @d: (out): (n): @scale times the derivative of −log p(x|l): sigmoid(l) − x
 *
 * Returns: −Σ log p(x|l), nats
 */
double limen_bernoulli_slopes (const float *l, const float *x, guint n, float scale, float *d);
