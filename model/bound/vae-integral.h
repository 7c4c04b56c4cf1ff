/* Integrals over the latent line or plane of a VAE, each with an error of its own.
 *
 * With ReLU units the integrand has kinks along lines w·z + b = 0, and between them it is
 * analytic. Where no line passes, rules of Gauss converge geometrically; so the plane is cut along
 * the lines. What matters of it is found from above: log p(x|z) = φ(l(z)) with φ concave, so that
 * in a square around c
 *   φ(l(z)) ≤ φ(l(c)) + ∇·(z − c) + Σ_h max (φ'·W_h, 0)·(by how much unit h can exceed its tangent)
 * holds for all z, and a square whose bound is low holds no peak, however narrow. Each square that
 * is left out, and each polygon by the difference of two rules, adds to the error; the worst are
 * divided until the sum is small enough. */
#pragma once

#include "model/latent/vae.h"

/**
 * LimenVaeIntegrand: exp (scale·log p(x|z) − ½ zᵀPz + bᵀz + constant), with P positive definite
 * @precision: (latent, latent): P; @linear: (latent): b
 * @start: (latent): somewhere near where it is large
 */
typedef struct {
  double scale, precision[4], linear[2], constant, start[2];
} LimenVaeIntegrand;

/**
 * LimenVaeIntegral:
 * @log_value: nats; −∞ where nothing was found
 * @error: of @log_value: an upper estimate, nats; INFINITY where none can be given
 */
typedef struct {
  double log_value, error;
} LimenVaeIntegral;

/**
 * LimenVaePoint: a node of the quadrature
 * @log_value: of the integrand there, nats; @log_area: of its weight
 */
typedef struct {
  double z[2], log_value, log_area;
} LimenVaePoint;

/** limen_vae_joint_integrand: p(x, z): its integral is the evidence */
LimenVaeIntegrand limen_vae_joint_integrand (const LimenVae *vae, const double *start);

/**
 * LimenVaePoints: the nodes of an integral, once by the rules that it is by and once by those of
 * the order below: what differs between sums over either tells their error
 * @fine, @coarse: (owned): LimenVaePoint, wherever the integrand is less than 30 nats below its
 * peak
 * @q: (nullable): a density that they are to be fine enough for, too
 */
typedef struct {
  GArray *fine, *coarse;
  const LimenGaussian *q;
} LimenVaePoints;

LimenVaePoints limen_vae_points_new (const LimenGaussian *q);
void limen_vae_points_clear (LimenVaePoints *points);

/**
 * limen_vae_integrate: of a VAE with one or two latent variables
 * @x: (observed)
 * @tolerance: the error to be reached, nats; what the work allowed for does not reach, @error tells
 * @points: (nullable): to be filled
 *
 * The same on any number of threads. FALSE with G_IO_ERROR_CANCELLED.
 */
gboolean
limen_vae_integrate (const LimenVae *vae, const float *x, const LimenVaeIntegrand *integrand,
                     double tolerance, LimenVaeIntegral *out, LimenVaePoints *points,
                     GCancellable *cancellable, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LimenVaePoints, limen_vae_points_clear)
