/* The variance of an importance weight: whether there is one at all, and how large it is. */
#pragma once

#include "model/latent/vae.h"

/**
 * LimenVarianceKind:
 * @LIMEN_VARIANCE_UNKNOWN: not decided
 * @LIMEN_VARIANCE_FINITE: by proof; its value may still not be known
 * @LIMEN_VARIANCE_INFINITE: by proof
 */
typedef enum {
  LIMEN_VARIANCE_UNKNOWN,
  LIMEN_VARIANCE_FINITE,
  LIMEN_VARIANCE_INFINITE,
} LimenVarianceKind;

/**
 * LimenWeightVariance: Var_q (w) / p(x)²
 * @value: INFINITY where that is proven; NaN where it is not known
 * @error: by how much a finite @value may be off; NaN where there is none
 */
typedef struct {
  LimenVarianceKind kind;
  double value, error;
} LimenWeightVariance;

/** limen_vae_variance_kind: of w = p(x, z) / q(z) for any image x, under a VAE of any number of
 * latent variables. The proof stands in weight-variance.c */
LimenVarianceKind
limen_vae_variance_kind (const LimenVae *vae, const float *x, const LimenGaussian *q);
/**
 * limen_vae_weight_variance: the same with its value, where the latent space has one or two
 * dimensions
 * @log_evidence, @evidence_error: nats
 *
 * FALSE with G_IO_ERROR_CANCELLED.
 */
gboolean
limen_vae_weight_variance (const LimenVae *vae, const float *x, const LimenGaussian *q,
                           double log_evidence, double evidence_error, LimenWeightVariance *out,
                           GCancellable *cancellable, GError **error);
/** limen_variance_reason: (transfer full) (nullable): "at least one standard deviation of q is
 * below 0.71"; NULL where there is nothing to explain. @bernoulli: the decoder */
char *limen_variance_reason (LimenVarianceKind kind, const LimenGaussian *q, gboolean bernoulli);
