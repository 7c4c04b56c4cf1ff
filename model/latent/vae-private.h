/* What the rooms latent and bound share about the inside of a VAE. */
#pragma once

#include "model/latent/vae.h"

/**
 * LimenVae:
 * @encoder: observed → hidden → 2·latent: means, then log-variances of q
 * @decoder: latent → hidden → observed: logits or means
 * @sigma: of a Gaussian decoder; 0: a Bernoulli one
 */
struct LimenVae {
  gatomicrefcount references;
  char *path, **networks;
  LimenVaeShape shape;
  double sigma;
  LimenMlp encoder, decoder;
};

/** limen_vae_new: all weights 0 */
LimenVae *limen_vae_new (LimenVaeShape shape, double sigma, const char *path);
