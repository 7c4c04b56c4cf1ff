/* The linear Gaussian model with as many bits as its numbers need: the parts that the closed forms
 * are made of. Inputs are taken as what they are, exact binary fractions; whatever cancels, digits
 * are left. */
#pragma once

#include "model/latent/gaussian-model.h"
#include "model/latent/reals.h"

/** limen_gaussian_cost: of limen_digits_posterior_new() and what follows, about, in multiplications
 * of 256 bits, ten million of which take a second or two */
double limen_gaussian_cost (const LimenGaussianModel *model, mpfr_prec_t bits);
/** limen_gaussian_bits: so many that the results keep a hundred: what is lost is bounded by the
 * condition number of the posterior's precision, which is at most k + Σ a²λ2/σ² when variables are
 * in units of the prior */
mpfr_prec_t limen_gaussian_bits (const LimenGaussianModel *model, const double *x);

/**
 * LimenDigitsPosterior: p(z|x) = N(mean, (WᵀW)⁻¹)
 * @w: (k, k), lower triangular; @inverse: (k, k): W⁻¹, also lower: a factor of the covariance
 * @mean: (k)
 * @log_evidence: (1): log p(x)
 */
typedef struct {
  gsize k;
  mpfr_prec_t bits;
  LimenReals *w, *inverse, *mean, *log_evidence;
} LimenDigitsPosterior;

LimenDigitsPosterior *
limen_digits_posterior_new (const LimenGaussianModel *model, const double *x, mpfr_prec_t bits);
void limen_digits_posterior_free (LimenDigitsPosterior *posterior);

/** LimenDigit: a number of LimenDigits */
typedef enum {
  LIMEN_DIGITS_LOG_EVIDENCE,
  LIMEN_DIGITS_GAP,
  LIMEN_DIGITS_ELBO,
  LIMEN_DIGITS_SHARE, /* how far the variance is from being infinite, which it is where this is not
                         above 0 */
  LIMEN_DIGITS_VARIANCE, /* Var_q v, v = w/p(x); infinite, too, where it is more than can be held */
  LIMEN_DIGITS_LOG_VARIANCE, /* infinite only where the variance is */
  LIMEN_DIGITS_CENTRAL_3,
  LIMEN_DIGITS_CENTRAL_4,
  LIMEN_DIGITS_CENTRAL_5, /* E (v − 1)^m; 0 where the variance is not small, infinite where it is */
  LIMEN_N_DIGITS,
} LimenDigit;

/**
 * LimenDigits: a proposal against the posterior, in coordinates e in which the proposal is N(0, I)
 * and the posterior N(offset, (rootᵀ·root)⁻¹)
 * @number: (LIMEN_N_DIGITS)
 * @root: (k, k), lower triangular; @offset: (k)
 * @eigenvalue, @along: (2): of k ≤ 2: those of rootᵀ·root, falling, and the offset along their
 * vectors
 */
typedef struct {
  LimenReals *number, *root, *offset, *eigenvalue, *along;
} LimenDigits;

/** limen_digits_new: @q: counts only where @kind is LIMEN_PROPOSAL_OWN; proposals with a name are
 * what their name says, not what rounding made of them */
LimenDigits *
limen_digits_new (const LimenGaussianModel *model, const LimenDigitsPosterior *posterior,
                  const LimenGaussian *q, LimenProposalKind kind);
void limen_digits_free (LimenDigits *digits);

/** limen_gaussian_is_posterior: whether that is so exactly, without any rounding. @q: as above */
gboolean limen_gaussian_is_posterior (const LimenGaussianModel *model, const double *x,
                                      const LimenGaussian *q, LimenProposalKind kind);
/** limen_gaussian_share_bits: how many hold the least that LIMEN_DIGITS_SHARE can be without being
 * 0: with fewer it may be taken for it. @q: as above */
mpfr_prec_t limen_gaussian_share_bits (const LimenGaussianModel *model, const LimenGaussian *q,
                                       LimenProposalKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDigitsPosterior, limen_digits_posterior_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenDigits, limen_digits_free)
