/* Gradients as tests ask for them. */
#pragma once

#include "model/prior/gradient-estimator-private.h"

/* @out: all parts */
static inline void
gradient_exact (const LimenGradientCase *c, double *out)
{
  limen_gradient_exact (c, out, NULL);
}

/* @out: (n, offset of @until): the estimates of draws @first to @first + n − 1 of @seed, parts
 * before @until */
static inline void
gradient_draws (const LimenGradientCase *c, LimenGradientEstimator estimator, guint64 seed,
                guint64 first, gsize n, LimenGradientPart until, double *out)
{
  gsize size = limen_gradient_offset (c->model, until);
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  g_autoptr (LimenGradientBlock) block = limen_gradient_block_new (c, moments);
  double estimate[LIMEN_GRADIENT_BLOCK];
  for (gsize done = 0; done < n;) {
    gsize skipped = (first + done) % LIMEN_GRADIENT_BLOCK;
    gsize m = MIN (LIMEN_GRADIENT_BLOCK - skipped, n - done);
    limen_gradient_block_fill (block, seed, (first + done) / LIMEN_GRADIENT_BLOCK);
    for (gsize index = 0; index < size; index++) {
      limen_gradient_block_estimate (block, estimator, index, estimate);
      for (gsize l = 0; l < m; l++)
        out[(done + l) * size + index] = estimate[skipped + l];
    }
    done += m;
  }
}
