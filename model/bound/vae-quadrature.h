/* Where to look at one image of a VAE with a latent plane or line, so that sums over few points
 * are integrals over all of it.
 *
 * The rules that the evidence is by (vae-integral.h) lie where the posterior has its mass; a
 * lattice on the axes of q, out to 8.5 of its standard deviations, where else q has its own. Each
 * point counts by a smooth weight χ, close to 1 for the rules as far as they reach, and χ of both
 * add up to 1 (a partition of unity): sums of a smooth function over a lattice, on which it and its
 * derivatives end at 0, converge faster than any power of the step (Trefethen and Weideman, "The
 * exponentially convergent trapezoidal rule", 2014). The kinks of the ReLU lie inside the lattice
 * only where the posterior has next to nothing. */
#pragma once

#include "model/bound/vae-map.h"

/**
 * LimenVaePart: what a node belongs to
 * @LIMEN_VAE_WHITE, @LIMEN_VAE_BLACK: the lattice, by the colours of a chessboard: either half is a
 * coarser lattice over all of it
 * @LIMEN_VAE_FINE, @LIMEN_VAE_COARSE: the rules, each set over all of the posterior
 */
typedef enum { LIMEN_VAE_WHITE, LIMEN_VAE_BLACK, LIMEN_VAE_FINE, LIMEN_VAE_COARSE } LimenVaePart;

/**
 * LimenVaeNodes:
 * @z: (n, latent)
 * @log_joint: (n): log p(x, z)
 * @log_q: (n): log q(z)
 * @log_area: (n): of the weight of the node: its own times χ
 * @part: (n): LimenVaePart
 */
typedef struct {
  gsize n;
  double *z, *log_joint, *log_q, *log_area;
  guint8 *part;
} LimenVaeNodes;

/**
 * limen_vae_nodes_new:
 * @points: of the joint density
 * @lead: how much, in nats, the rules are preferred to the lattice where both reach
 *
 * Returns: NULL with G_IO_ERROR_CANCELLED
 */
LimenVaeNodes *
limen_vae_nodes_new (const LimenVae *vae, const LimenVaePoints *points, double lead, const float *x,
                     const LimenGaussian *q, GCancellable *cancellable, GError **error);
void limen_vae_nodes_free (LimenVaeNodes *nodes);
/** limen_vae_nodes_weight: log of the weight of node @i in a sum over all nodes, or over half of
 * them; −∞ where it has no part in it */
double limen_vae_nodes_weight (const LimenVaeNodes *nodes, gsize i, gboolean half);
/** limen_vae_nodes_sum: log ∫ exp (value) dz, @value: (n) */
double limen_vae_nodes_sum (const LimenVaeNodes *nodes, const double *value, gboolean half);

/** limen_vae_log_joint: log p(x, z) at @z: (n, latent), on all cores; nats; FALSE with
 * G_IO_ERROR_CANCELLED */
gboolean limen_vae_log_joint (const LimenVae *vae, const float *x, const double *z, gsize n,
                              double *out, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeNodes, limen_vae_nodes_free)
