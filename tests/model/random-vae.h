/* VAEs made up from a seed, and the slow plain reference of what they say: float64, one z at a
 * time.
 */
#pragma once

#include "model/latent/vae-private.h"
#include "tests/model/random-nice.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static LimenVae *
random_vae (LimenVaeShape shape, double sigma, guint64 seed)
{
  LimenRandom random = limen_random_stream (seed, "vae", 0);
  LimenVae *vae = limen_vae_new (shape, sigma, "random");
  for (guint i = 0; i < 2; i++) {
    randomise_layer (&vae->encoder.layer[i], &random);
    randomise_layer (&vae->decoder.layer[i], &random);
  }
  return vae;
}

/* @x: (observed): black and white */
static void
random_pixels (guint n, guint64 seed, float *x)
{
  LimenRandom random = limen_random_stream (seed, "pixels", 0);
  for (guint i = 0; i < n; i++)
    x[i] = (float)limen_random_below (&random, 2);
}

/* @y: (out): (outputs of the second layer) */
static void
plain_mlp (const LimenMlp *mlp, const double *x, double *y)
{
  const LimenLinear *first = &mlp->layer[0], *second = &mlp->layer[1];
  for (guint o = 0; o < second->outputs; o++)
    y[o] = second->bias[o];
  for (guint h = 0; h < first->outputs; h++) {
    double a = first->bias[h];
    for (guint i = 0; i < first->inputs; i++)
      a += x[i] * first->weight[i * first->stride + h];
    for (guint o = 0; a > 0 && o < second->outputs; o++)
      y[o] += a * second->weight[h * second->stride + o];
  }
}

static double
plain_softplus (double l)
{
  return MAX (l, 0) + log1p (exp (-fabs (l)));
}

/* log p(x|z) */
static double
plain_log_likelihood (const LimenVae *vae, const float *x, const double *z)
{
  guint n = vae->shape.observed;
  double sum = 0, variance = vae->sigma * vae->sigma;
  g_autofree double *y = g_new (double, n);
  plain_mlp (&vae->decoder, z, y);
  for (guint i = 0; i < n; i++)
    sum += variance > 0
               ? -0.5 * ((x[i] - y[i]) * (x[i] - y[i]) / variance + log (2 * G_PI * variance))
               : x[i] * y[i] - plain_softplus (y[i]);
  return sum;
}

/* log p(x, z) */
static double
plain_log_joint (const LimenVae *vae, const float *x, const double *z)
{
  double sum = plain_log_likelihood (vae, x, z);
  for (guint j = 0; j < vae->shape.latent; j++)
    sum -= 0.5 * (z[j] * z[j] + log (2 * G_PI));
  return sum;
}

#pragma GCC diagnostic pop
