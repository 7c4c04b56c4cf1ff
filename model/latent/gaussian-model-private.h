/* What the rooms latent and bound share about the linear Gaussian model. */
#pragma once

#include "model/base/number.h"
#include "model/latent/gaussian-model.h"

/**
 * LimenWhitened: the posterior N(offset, (rootᵀ·root)⁻¹) in the coordinates e of a proposal, z =
 * mean
 * + factor·e, in which the proposal is N(0, I)
 * @root: (k, k), row-major, lower triangular; @offset: (k)
 */
typedef struct {
  guint dimension;
  double *root, *offset;
} LimenWhitened;

LimenWhitened *limen_whitened_new (const LimenGaussian *posterior, const LimenGaussian *q);
void limen_whitened_free (LimenWhitened *whitened);
/** limen_whitened_precision: @precision: (k, k) = rootᵀ·root */
void limen_whitened_precision (const LimenWhitened *whitened, double *precision);

/** limen_whitened_variance: E v² − 1, v = w/p(x); INFINITY */
double limen_whitened_variance (const LimenWhitened *whitened);

/** limen_gaussian_proposal: (transfer full): one with a name */
LimenGaussian *limen_gaussian_proposal (const LimenGaussianModel *model,
                                        const LimenGaussian *posterior, LimenProposalKind kind);

/** limen_gaussian_is_large: whether the model is computed in float64, as many bits would take too
 * long */
gboolean limen_gaussian_is_large (const LimenGaussianModel *model, const double *x);
LimenGaussian *limen_large_posterior (const LimenGaussianModel *model, const double *x);
/** limen_large_log_evidence: with a bound on its error, from the sizes of the terms met on the way
 */
LimenNumber limen_large_log_evidence (const LimenGaussianModel *model, const double *x,
                                      const LimenGaussian *posterior);
LimenNumber
limen_large_elbo (const LimenGaussianModel *model, const double *x, const LimenGaussian *q);

/** limen_gaussian_model_flaw: (nullable): "has a variance in lambda2 that ...": what is wrong */
const char *limen_gaussian_model_flaw (const LimenGaussianModel *model);
/** limen_gaussian_case_parse: as limen_gaussian_case_load(), of @bytes read from @path */
LimenGaussianCase *limen_gaussian_case_parse (GBytes *bytes, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenWhitened, limen_whitened_free)
