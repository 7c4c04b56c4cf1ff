/* What a proposal is to match: the joint density of one observation x and its latent variables. */
#pragma once

#include <glib.h>

/**
 * LimenTarget:
 * @dimension: k, of z
 * @log_joint: @out: (n): log p(x, z) in nats for each of @z: (n, k). May be called by several
 * threads at once.
 * @log_weight: (nullable): @out: (n): log w = log p(x, z) − log q(z) at z = mean + factor·e for
 * each of @e: (n, k), of the proposal q that @weights was made for: where a model knows it better
 * than as the difference of both. May be called by several threads at once.
 *
 * A plain value; borrows @data and @weights.
 */
typedef struct {
  guint dimension;
  void (*log_joint) (const double *z, gsize n, double *out, gconstpointer data);
  gconstpointer data;
  void (*log_weight) (const double *e, gsize n, double *out, gconstpointer weights);
  gconstpointer weights;
} LimenTarget;
