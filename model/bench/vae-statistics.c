#include "model/bench/vae-statistics.h"

#include <math.h>

#define LOG_2PI 1.8378770664093453

/* Both in closed form: Σ over the latent variables, which q holds independent */
static void
measure_proposal (const LimenGaussian *q, double *out)
{
  guint k = q->dimension;
  double divergence = 0, squares = 0;
  for (guint j = 0; j < k; j++) {
    double mean = q->mean[j], variance = q->covariance[(gsize)j * k + j];
    divergence += 0.5 * (variance + mean * mean - 1 - log (variance));
    squares += mean * mean;
  }
  out[LIMEN_VAE_STATISTIC_DIVERGENCE] = divergence;
  out[LIMEN_VAE_STATISTIC_ENTROPY] = 0.5 * (k * (1 + LOG_2PI) + q->log_determinant);
  out[LIMEN_VAE_STATISTIC_MEAN] = sqrt (squares);
}

static double
residual (const LimenVae *vae, const float *x, const double *z)
{
  guint n = limen_vae_shape (vae).observed;
  g_autofree float *mean = g_new (float, n);
  double sum = 0;
  limen_vae_decode (vae, z, mean);
  for (guint i = 0; i < n; i++)
    sum += ((double)x[i] - mean[i]) * ((double)x[i] - mean[i]);
  return sqrt (sum);
}

void
limen_vae_statistics (const LimenVae *vae, LimenVaeDecoder *decoder, const LimenImageSet *set,
                      guint index, double *out)
{
  g_autofree float *x = g_new (float, limen_vae_shape (vae).observed);
  if (!limen_vae_take_greys (vae, set, index, x, NULL))
    g_return_if_reached ();
  g_autoptr (LimenGaussian) q = limen_vae_encode (vae, x);
  measure_proposal (q, out);
  limen_vae_decoder_run_points (decoder, q->mean, 1, x, &out[LIMEN_VAE_STATISTIC_RECONSTRUCTION]);
  out[LIMEN_VAE_STATISTIC_RESIDUAL] = residual (vae, x, q->mean);
}
