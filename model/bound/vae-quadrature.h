/* Where to look at one image of a VAE with a latent plane or line, so that sums over few points
 * are integrals over all of it.
 *
 * Two lattices share the plane: one that is fine where the posterior has its mass, one on the axes
 * of q, out to 8.5 of its standard deviations. Either may be the coarser where they meet, and the
 * posterior may have its mass where q has none. Each point therefore counts by a smooth weight χ,
 * close to 1 for the lattice with more points there, and χ of both add up to 1 (a partition of
 * unity): sums of a smooth function over a lattice, on which it and its derivatives end at 0,
 * converge faster than any power of the step (Trefethen and Weideman, "The exponentially convergent
 * trapezoidal rule", 2014). What error there is, comes from the kinks of the ReLU. */
#pragma once

#include "model/bound/vae-map.h"

/**
 * LimenVaeNodes:
 * @z: (n, latent)
 * @log_joint: (n): log p(x, z)
 * @log_q: (n): log q(z)
 * @log_area: (n): of the weight of the node: area of a cell times χ
 * @half: (n): 0 or 1: every other node of a lattice (by the colours of a chessboard), so that
 * either half is a coarser lattice over all of it; LIMEN_VAE_BOTH_HALVES: of a rule that is not a
 * lattice
 */
typedef struct {
  gsize n;
  double *z, *log_joint, *log_q, *log_area;
  guint8 *half;
} LimenVaeNodes;

#define LIMEN_VAE_BOTH_HALVES 2

/**
 * limen_vae_nodes_new:
 * @joint: (rows, columns): as of limen_vae_map_joint()
 *
 * Returns: NULL with G_IO_ERROR_CANCELLED
 */
LimenVaeNodes *
limen_vae_nodes_new (const LimenVaeMap *map, const double *joint, const float *x,
                     const LimenGaussian *q, GCancellable *cancellable, GError **error);
/** limen_vae_nodes_new_around: the same with nodes of a quadrature of the posterior, @points:
 * LimenVaePoint, in the place of its lattice: where that is too coarse, or does not reach so far */
LimenVaeNodes *
limen_vae_nodes_new_around (const LimenVaeMap *map, const GArray *points, const float *x,
                            const LimenGaussian *q, GCancellable *cancellable, GError **error);
void limen_vae_nodes_free (LimenVaeNodes *nodes);
/** limen_vae_nodes_log_evidence: log ∫ p(x, z) dz, nats */
double limen_vae_nodes_log_evidence (const LimenVaeNodes *nodes);

/** limen_vae_log_joint: log p(x, z) at @z: (n, latent), on all cores; nats; FALSE with
 * G_IO_ERROR_CANCELLED */
gboolean limen_vae_log_joint (const LimenVae *vae, const float *x, const double *z, gsize n,
                              double *out, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenVaeNodes, limen_vae_nodes_free)
