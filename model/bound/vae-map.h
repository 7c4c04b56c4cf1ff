/* The inside of LimenVaeMap, for vae-exact.c. */
#pragma once

#include "model/bound/vae-bound.h"
#include "model/bound/vae-integral.h"

/**
 * LimenVaeMap: a lattice of the latent plane or line, @columns × @rows nodes around 0
 * @step: between nodes
 * @black: (rows, columns): log p(x|z) of an image x of zeros: −Σ softplus (l) for a Bernoulli
 * decoder, nats
 * @lock: of the last image, (observed), and its evidence: a proposal that is dragged leaves both
 */
struct LimenVaeMap {
  gatomicrefcount references;
  LimenVae *vae;
  guint columns, rows;
  double step;
  double *black;
  GMutex lock;
  float *last;
  LimenVaeIntegral evidence;
};

/** limen_vae_map_node: z1 or z2 of node @i of @n */
double limen_vae_map_node (const LimenVaeMap *map, guint i, guint n);
/** limen_vae_map_joint: @out: (rows, columns): log p(x, z) of @x: (observed) at each node, nats;
 * FALSE with G_IO_ERROR_CANCELLED */
gboolean limen_vae_map_joint (const LimenVaeMap *map, const float *x, double *out,
                              GCancellable *cancellable, GError **error);
/** limen_vae_map_evidence: log p(x) of @x: (observed), to 1e-7 nats where that can be; FALSE with
 * G_IO_ERROR_CANCELLED */
gboolean limen_vae_map_evidence (LimenVaeMap *map, const float *x, LimenVaeIntegral *out,
                                 GCancellable *cancellable, GError **error);
