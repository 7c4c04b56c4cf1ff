/* The linear Gaussian latent-variable model, where everything has a closed form:
 * z ~ N(λ1, diag λ2), x|z ~ N(Az + b, σ²I). In float64, for up to a few hundred latent variables.
 *
 * Source: Roweis and Ghahramani, "A unifying review of linear Gaussian models" (1999), section 3;
 * Bishop, "Pattern recognition and machine learning" (2006), equations 2.113 to 2.117. */
#pragma once

#include "model/base/number.h"
#include "model/latent/gaussian.h"
#include "model/latent/target.h"

/**
 * LimenGaussianModel:
 * @lambda1, @lambda2: (latent): mean and variances of the prior
 * @a: (observed, latent), row-major; @b: (observed)
 * @sigma2: variance of the noise
 *
 * The functions below are for models whose numbers are finite, variances positive, and no numbers
 * more than 1e100 apart: what limen_gaussian_case_load() lets pass.
 */
typedef struct {
  guint latent, observed;
  double *lambda1, *lambda2, *a, *b;
  double sigma2;
} LimenGaussianModel;

/** limen_gaussian_model_new: all zeros, with variances of 1; to be filled by the caller */
LimenGaussianModel *limen_gaussian_model_new (guint latent, guint observed);
LimenGaussianModel *limen_gaussian_model_copy (const LimenGaussianModel *model);
void limen_gaussian_model_free (LimenGaussianModel *model);

/** limen_gaussian_model_known_evidence: @x: (observed). Returns: log p(x), nats, with how far it
 * may be off: in float64 what the terms met on the way allow, else half of the last digit */
LimenNumber limen_gaussian_model_known_evidence (const LimenGaussianModel *model, const double *x);
/** limen_gaussian_model_posterior: (transfer full): p(z|x) */
LimenGaussian *limen_gaussian_model_posterior (const LimenGaussianModel *model, const double *x);
/** limen_gaussian_model_prior: (transfer full): p(z) */
LimenGaussian *limen_gaussian_model_prior (const LimenGaussianModel *model);

/**
 * LimenGaussianCase: a model, an observation and a proposal: what a case file holds
 * @x: (observed)
 */
typedef struct {
  LimenGaussianModel *model;
  double *x;
  LimenGaussian *proposal;
} LimenGaussianCase;

/**
 * limen_gaussian_case_load: a JSON object with lambda1, lambda2 (arrays of k numbers), A (array of
 * d rows of k numbers), b and x (arrays of d), sigma2, and proposal: an object with mean (k) and
 * covariance (k rows of k, or k variances)
 *
 * Returns: NULL with LIMEN_ERROR_UNREADABLE, _UNSAFE (above 32 MiB), _FORMAT (no JSON, or a key
 * missing or of another shape, or more than 1024 latent or 65536 observed variables) or _ARGUMENT
 * (numbers that make no model); each sentence names the file.
 */
LimenGaussianCase *limen_gaussian_case_load (const char *path, GError **error);
/** limen_gaussian_case_example: (transfer full): the case of the page at first start: k = 2, d = 3,
 * correlated, with a proposal that is a little off */
LimenGaussianCase *limen_gaussian_case_example (void);
LimenGaussianCase *limen_gaussian_case_copy (const LimenGaussianCase *from);
void limen_gaussian_case_free (LimenGaussianCase *gaussian_case);
/** limen_gaussian_case_target: borrows @gaussian_case */
LimenTarget limen_gaussian_case_target (const LimenGaussianCase *gaussian_case);

/**
 * LimenProposalKind: proposals with a name
 * @LIMEN_PROPOSAL_PRIOR: q = p(z)
 * @LIMEN_PROPOSAL_ELBO: the diagonal one with the highest VLB^(1): posterior mean, variances 1/Λ_jj
 * of the posterior precision Λ (mean-field, Bishop 2006, equation 10.13)
 * @LIMEN_PROPOSAL_MOMENTS: diagonal: mean and variances of the posterior
 * @LIMEN_PROPOSAL_OWN: that of the case
 * @LIMEN_PROPOSAL_POSTERIOR: the posterior itself: tight for every K
 */
typedef enum {
  LIMEN_PROPOSAL_PRIOR,
  LIMEN_PROPOSAL_ELBO,
  LIMEN_PROPOSAL_MOMENTS,
  LIMEN_PROPOSAL_OWN,
  LIMEN_PROPOSAL_POSTERIOR,
  LIMEN_N_PROPOSALS,
} LimenProposalKind;

/** limen_gaussian_case_proposal: (transfer full) */
LimenGaussian *
limen_gaussian_case_proposal (const LimenGaussianCase *gaussian_case, LimenProposalKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGaussianModel, limen_gaussian_model_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGaussianCase, limen_gaussian_case_free)
