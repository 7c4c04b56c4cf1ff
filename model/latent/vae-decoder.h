/* log p(x|z) of one image for many z: the decoder without a logit ever leaving the cache. */
#pragma once

#include "model/latent/vae.h"

/* z that are done at once, at most. */
#define LIMEN_VAE_COLUMNS 512

/**
 * LimenVaeDecoder: what one worker needs
 *
 * A hidden unit that is off for all z of a call drops out, and those that are on for all of them
 * are linear in z together: a layer as wide as z takes their place. What remains between is the few
 * units that switch.
 */
typedef struct LimenVaeDecoder LimenVaeDecoder;

/** limen_vae_decoder_new: borrows @vae */
LimenVaeDecoder *limen_vae_decoder_new (const LimenVae *vae);
void limen_vae_decoder_free (LimenVaeDecoder *decoder);

/** limen_vae_decoder_offsets: (transfer none): (latent, LIMEN_VAE_COLUMNS): to be filled in before
 * limen_vae_decoder_run() */
float *limen_vae_decoder_offsets (LimenVaeDecoder *decoder);
/**
 * limen_vae_decoder_run: for z = @centre + offset; of close z, that keeps more digits
 * @centre: (latent)
 * @n: columns in use, at most LIMEN_VAE_COLUMNS
 * @x: (observed)
 * @out: (n): log p(x|z), nats
 */
void limen_vae_decoder_run (LimenVaeDecoder *decoder, const double *centre, guint n, const float *x,
                            double *out);
/** limen_vae_decoder_run_points: the same for @z: (n, latent), any number of them */
void limen_vae_decoder_run_points (LimenVaeDecoder *decoder, const double *z, gsize n,
                                   const float *x, double *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeDecoder, limen_vae_decoder_free)
