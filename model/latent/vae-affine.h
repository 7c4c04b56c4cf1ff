/* The decoder inside one linear region of a latent line or plane, in float64.
 *
 * Logits (or means) of a decoder with ReLU units are affine in z as long as no unit switches:
 * l(z) = a + B·z, and log p(x|z) = φ(l(z)) is smooth and concave there, φ being so: x·l −
 * Σ softplus(l_i), or −|x − l|²/2σ². Both the adaptive quadrature and the bounds by which it finds
 * its way rest on that; and float32 would cost the sixth decimal of log p(x). */
#pragma once

#include "model/latent/vae.h"

/** LimenVaeAffine: what one worker needs; of a VAE with one or two latent variables */
typedef struct LimenVaeAffine LimenVaeAffine;

/** limen_vae_affine_new: borrows @vae; @x: (observed): copied */
LimenVaeAffine *limen_vae_affine_new (const LimenVae *vae, const float *x);
void limen_vae_affine_free (LimenVaeAffine *affine);

/** limen_vae_affine_reset: the next region is made up from nothing, so that it does not depend, by
 * rounding, on those before */
void limen_vae_affine_reset (LimenVaeAffine *affine);
/** limen_vae_affine_move: to the region that @z: (latent) lies in */
void limen_vae_affine_move (LimenVaeAffine *affine, const double *z);
/** limen_vae_affine_values: @out: (n): log p(x|z) at @z: (n, latent), all of the region; nats */
void limen_vae_affine_values (LimenVaeAffine *affine, const double *z, gsize n, double *out);
/** limen_vae_affine_tangent: @gradient: (latent): of log p(x|z) at @z: (latent). Returns: log
 * p(x|z), nats */
double limen_vae_affine_tangent (LimenVaeAffine *affine, const double *z, double *gradient);
/** limen_vae_affine_gain: by how much log p(x|z) would rise with the output of hidden unit @h, at
 * the z of the last tangent */
double limen_vae_affine_gain (const LimenVaeAffine *affine, guint h);
/** limen_vae_affine_unit: @weight: (2): of hidden unit @h, 0 for a second latent variable that is
 * not there. Returns: its bias */
double limen_vae_affine_unit (const LimenVaeAffine *affine, guint h, double *weight);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeAffine, limen_vae_affine_free)
