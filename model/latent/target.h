/* What a proposal is to match: the joint density of one observation x and its latent variables. */
#pragma once

#include <glib.h>

/**
 * LimenTarget:
 * @dimension: k, of z
 * @log_joint: @out: (n): log p(x, z) in nats for each of @z: (n, k). May be called by several
 * threads at once.
 *
 * A plain value; borrows @data.
 */
typedef struct {
  guint dimension;
  void (*log_joint) (const double *z, gsize n, double *out, gconstpointer data);
  gconstpointer data;
} LimenTarget;
