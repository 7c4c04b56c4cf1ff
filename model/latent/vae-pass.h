/* One batch through a VAE in training: its evidence lower bound, the gradient, the step. */
#pragma once

#include "model/latent/vae-private.h"
#include "model/network/mlp-trainer.h"

/**
 * LimenVaePass:
 * @x: (observed, batch): the images, to be filled in
 * @e: (latent, batch): standard normal numbers, to be filled in
 */
typedef struct {
  LimenVae *vae;
  LimenWorkshop workshop;
  LimenMlpTrainer *encoder, *decoder;
  float *x, *e;
  float *q, *z, *logits;    /* (2·latent, batch), (latent, batch), (observed, batch) */
  float *dq, *dz, *dlogits; /* gradients with respect to them */
  double *tile;             /* (n_tiles): what each tile of pixels adds to the loss */
} LimenVaePass;

/** limen_vae_pass_new: @vae, of a Bernoulli decoder, and @crew are borrowed; the weights of @vae
 * will move */
LimenVaePass *limen_vae_pass_new (LimenVae *vae, LimenCrew *crew, guint batch);
void limen_vae_pass_free (LimenVaePass *pass);

/**
 * limen_vae_pass_forward: ELBO = E log p(x|z) − KL(q(z|x) ‖ p(z)), with one z = mean + deviation·e
 * for each image (Kingma and Welling, 2014, equation 10)
 * @elbo: (out): mean over the batch, nats
 *
 * Returns: FALSE when cancelled
 */
gboolean limen_vae_pass_forward (LimenVaePass *pass, double *elbo);
/** limen_vae_pass_backward: a step of Adam up the ELBO. Returns: FALSE when cancelled: some layers
 * have moved then */
gboolean limen_vae_pass_backward (LimenVaePass *pass, const LimenAdam *adam);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaePass, limen_vae_pass_free)
