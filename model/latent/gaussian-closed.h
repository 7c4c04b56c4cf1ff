/* What has a closed form under a linear Gaussian model: evidence, bound with one sample, gap, and
 * the variance of the importance weights, each with how far it may be off. */
#pragma once

#include "model/base/number.h"
#include "model/latent/gaussian-model.h"

/**
 * LimenLikeness: how a proposal stands to the posterior
 * @LIMEN_LIKENESS_NONE: it is another
 * @LIMEN_LIKENESS_ROUNDED: its numbers are those of the posterior, rounded to float64, and what
 * that makes is less than 1e-20 nats
 * @LIMEN_LIKENESS_SAME: it is the posterior
 */
typedef enum {
  LIMEN_LIKENESS_NONE,
  LIMEN_LIKENESS_ROUNDED,
  LIMEN_LIKENESS_SAME,
} LimenLikeness;

/**
 * LimenClosedForm: of one model, observation and proposal q; v = w/p(x)
 * @log_evidence, @elbo, @gap: log p(x), VLB^(1), and their distance, the divergence of q from the
 * posterior: nats
 * @weight_variance: Var_q v; INFINITY where it is infinite; NaN where it is finite and too large
 * for float64
 * @log_weight_variance: its logarithm, INFINITY only where the variance is
 * @central: E (v − 1)^m for m = 3, 4, 5, where the variance is at most 1e-6 and these are finite;
 * else NaN
 * @root, @offset: (k, k), lower triangular, (k): in coordinates e in which q is N(0, I), z = mean +
 * factor·e, the posterior is N(offset, (rootᵀ·root)⁻¹)
 * @log_root: log |root|
 * @eigenvalue, @along: (2): of k ≤ 2: those of rootᵀ·root, falling, and the offset along their
 * vectors
 */
typedef struct {
  guint dimension;
  LimenNumber log_evidence, elbo, gap, weight_variance, log_weight_variance;
  LimenLikeness likeness;
  double central[3];
  double *root, *offset, log_root;
  double eigenvalue[2], along[2];
} LimenClosedForm;

/**
 * limen_closed_form_new: (transfer full)
 * @q: counts only where @kind is LIMEN_PROPOSAL_OWN
 *
 * Computed with as many bits as the numbers need, twice, the second time with more: what differs is
 * the error. Models of more than about a hundred variables, fewer where their numbers lie far
 * apart, are computed in float64, with a bound on the error that follows from the numbers met on
 * the way; of those the error of the variance is not known.
 */
LimenClosedForm *limen_closed_form_new (const LimenGaussianModel *model, const double *x,
                                        const LimenGaussian *q, LimenProposalKind kind);
LimenClosedForm *limen_closed_form_copy (const LimenClosedForm *form);
void limen_closed_form_free (LimenClosedForm *form);
/** limen_closed_form_log_weights: a function for LimenTarget.log_weight: @form: a LimenClosedForm
 */
void limen_closed_form_log_weights (const double *e, gsize n, double *out, gconstpointer form);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenClosedForm, limen_closed_form_free)
