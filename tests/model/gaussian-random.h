/* Random linear Gaussian models and proposals. */
#pragma once

#include "model/base/random.h"
#include "model/latent/gaussian-model.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* @covariance: (k, k): L·Lᵀ of a random lower triangular L, scaled by @scale */
static void
random_covariance (LimenRandom *random, guint k, double scale, double *covariance)
{
  g_autofree double *l = g_new0 (double, (gsize)k *k);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j <= i; j++)
      l[i * k + j] = i == j ? exp (0.4 * limen_random_normal (random))
                            : limen_random_normal (random) / sqrt (k);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++) {
      covariance[i * k + j] = 0;
      for (guint m = 0; m < k; m++)
        covariance[i * k + j] += scale * l[i * k + m] * l[j * k + m];
    }
}

/* A model of @k latent and @d observed variables, an observation, and a proposal in reach of the
 * posterior. */
static LimenGaussianCase *
random_case (LimenRandom *random, guint k, guint d)
{
  LimenGaussianCase *made = g_new0 (LimenGaussianCase, 1);
  LimenGaussianModel *model = made->model = limen_gaussian_model_new (k, d);
  g_autofree double *covariance = g_new (double, (gsize)k *k), *mean = g_new (double, k);
  made->x = g_new (double, d);
  for (guint j = 0; j < k; j++) {
    model->lambda1[j] = limen_random_normal (random);
    model->lambda2[j] = exp (limen_random_normal (random));
  }
  for (gsize i = 0; i < (gsize)d * k; i++)
    model->a[i] = limen_random_normal (random);
  for (guint i = 0; i < d; i++) {
    model->b[i] = limen_random_normal (random);
    made->x[i] = 2 * limen_random_normal (random);
  }
  model->sigma2 = exp (limen_random_normal (random));
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, made->x);
  double scale = 0;
  for (guint j = 0; j < k; j++) {
    double variance = posterior->covariance[j * k + j];
    mean[j] = posterior->mean[j] + sqrt (variance) * limen_random_normal (random);
    scale += variance / k;
  }
  random_covariance (random, k, scale, covariance);
  made->proposal = limen_gaussian_new ("The proposal", k, mean, covariance, NULL);
  g_assert_nonnull (made->proposal);
  return made;
}
