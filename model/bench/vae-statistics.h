/* What a VAE says of an image beside its bound. Images are those of limen_vae_take_greys(): what is
 * lost by a threshold tells anomalies as well as what is kept. */
#pragma once

#include "model/latent/vae-decoder.h"

/**
 * LimenVaeStatistic: columns of the table
 * @IWAE: the importance-weighted bound on log p(x), nats (Burda, Grosse and Salakhutdinov, 2016)
 * @RECONSTRUCTION: log p(x|z) at z = the mean of q(z|x), nats
 * @DIVERGENCE: KL(q(z|x) ‖ p(z)), nats
 * @ENTROPY: of q(z|x), nats
 * @RESIDUAL: ‖x − x̂‖, pixels in [0, 1], of x̂ = E(x|z) at that mean
 * @MEAN: ‖mean of q(z|x)‖
 */
typedef enum {
  LIMEN_VAE_STATISTIC_IWAE,
  LIMEN_VAE_STATISTIC_RECONSTRUCTION,
  LIMEN_VAE_STATISTIC_DIVERGENCE,
  LIMEN_VAE_STATISTIC_ENTROPY,
  LIMEN_VAE_STATISTIC_RESIDUAL,
  LIMEN_VAE_STATISTIC_MEAN,
  LIMEN_N_VAE_STATISTICS,
} LimenVaeStatistic;

/**
 * limen_vae_statistics: all but the first, of image @index of @set, which has the size of @vae
 * @decoder: of @vae, one for each thread
 * @out: (LIMEN_N_VAE_STATISTICS): but for the bound, which is left alone
 */
void limen_vae_statistics (const LimenVae *vae, LimenVaeDecoder *decoder, const LimenImageSet *set,
                           guint index, double *out);
