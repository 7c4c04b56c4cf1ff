/* A VAE in training: the evidence lower bound, reparameterized, a batch at a time. */
#pragma once

#include "model/base/run.h"
#include "model/latent/vae.h"

/**
 * LimenVaeTrainerSettings:
 * @latent, @hidden: dimension of z; units of the hidden layer of encoder and decoder
 * @batch, @epochs, @learning_rate: of Adam; the rate falls to 0 over the last third of the training
 * @greys: whether a pixel's grey is its probability of being white, as in PyTorch's example; else a
 * pixel above 127/255 is white and all others are black
 * @seed: the same settings and images give the same VAE, to the last bit, on any number of threads
 */
typedef struct {
  guint latent, hidden, batch, epochs;
  double learning_rate;
  gboolean greys;
  guint64 seed;
} LimenVaeTrainerSettings;

/** limen_vae_train: (transfer full): a VAE with a Bernoulli decoder that has learned the images of
 * @set: of limen_vae_take_image(), or of limen_vae_take_greys(). @elbo: (out) (optional): mean over
 * the last epoch, nats */
LimenVae *limen_vae_train (const LimenVaeTrainerSettings *settings, const LimenImageSet *set,
                           double *elbo, const LimenRun *run, GError **error);
