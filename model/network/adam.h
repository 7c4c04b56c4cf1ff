/* Adam: steps of a size of its own for every weight.
 * Source: Kingma and Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1. */
#pragma once

#include <glib.h>

/**
 * LimenAdam: one step
 * @beta1, @beta2: how much of the running means of the gradient and of its square is kept
 * @rate: α / (1 − β₁ᵗ)
 * @root: 1 / √(1 − β₂ᵗ)
 */
typedef struct {
  float beta1, beta2, rate, root;
} LimenAdam;

/** limen_adam_at: step @t, from 1 on, with the learning rate @alpha */
LimenAdam limen_adam_at (guint64 t, double alpha, double beta1, double beta2);

/**
 * LimenMoments: what Adam remembers of @n weights
 * @mean: (n): of the gradient, m
 * @square: (n): of its square, v
 */
typedef struct {
  float *mean, *square;
} LimenMoments;

LimenMoments limen_moments_new (gsize n);
void limen_moments_clear (LimenMoments *moments);

/**
 * limen_adam_move: w −= rate·m / (root·√v + 1e-8)
 * @gradient: (nullable): (n); NULL: all 0
 * @weight: (n)
 * @first: where in @moments these weights are
 */
void limen_adam_move (const LimenAdam *adam, const float *gradient, gsize n, float *weight,
                      const LimenMoments *moments, gsize first);
