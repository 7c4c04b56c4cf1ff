/* What the rooms latent and bound share about the linear Gaussian model. */
#pragma once

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

/** limen_gaussian_model_flaw: (nullable): "has a variance in lambda2 that ...": what is wrong */
const char *limen_gaussian_model_flaw (const LimenGaussianModel *model);
/** limen_gaussian_case_parse: as limen_gaussian_case_load(), of @bytes read from @path */
LimenGaussianCase *limen_gaussian_case_parse (GBytes *bytes, const char *path, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenWhitened, limen_whitened_free)
