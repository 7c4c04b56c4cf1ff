/* What the sources of the estimators share: closed forms and blocks of draws. */
#pragma once

#include "model/base/number.h"
#include "model/prior/gradient-estimator.h"

static inline gboolean
limen_takes_log_derivative (LimenGradientEstimator estimator)
{
  return estimator <= LIMEN_LOG_DERIVATIVE_OPTIMAL;
}

/**
 * LimenGradientMoments: of the integrand, which is quadratic in ε: L = mean + h·ε − ½ (εᵀMε − tr M)
 * with M = G + diag (prior − 1), where G is what log p(x|z) adds: G = S·Aᵀ·A·S/σ², S = diag s
 * @mean: E L, without the shift
 * @exact, @exact_error: all parts of limen_gradient_exact()
 * @h, @data_h: (k): S·∇_z at μ of log p(x, z), of log p(x|z)
 * @gain: (k): diagonal of G; @prior: (k): s²/λ2; @curvature: (k): diagonal of M
 * @aside: (k): Σ_j≠i G_ij²
 * @first_two: G_12, where k ≥ 2; @around: Σ_l≥3 G_1l·G_2l
 */
typedef struct {
  gsize k;
  LimenNumber mean;
  double *exact, *exact_error;
  LimenNumber *h, *data_h, *gain, *prior, *aside, *curvature;
  double first_two, around;
} LimenGradientMoments;

LimenGradientMoments *limen_gradient_moments_new (const LimenGradientCase *c);
void limen_gradient_moments_free (LimenGradientMoments *moments);
/** limen_gradient_moments_variance: @out: (2k): of one draw, with respect to μ and log s */
void
limen_gradient_moments_variance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                 LimenGradientEstimator estimator, LimenNumber *out);
/** limen_gradient_moments_covariance: @out: (3): of one draw of the first two parameters, μ1 and
 * μ2, or μ and log s where k = 1: of the first, of both, of the second */
void
limen_gradient_moments_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                   LimenGradientEstimator estimator, double *out);
/** limen_gradient_moments_pair: the same of two parameters, in the order of LimenGradientPart; NaN
 * where there is no closed form: of log s, and of μ beyond the first two */
void
limen_gradient_moments_pair (const LimenGradientMoments *moments, const LimenGradientCase *c,
                             LimenGradientEstimator estimator, const guint pair[2], double *out);
/** limen_gradient_moments_rest: @out: the same of parts from λ1 on, before @until, which is
 * LIMEN_PART_A or LIMEN_N_PARTS */
void limen_gradient_moments_rest (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                  LimenGradientEstimator estimator, LimenGradientPart until,
                                  LimenNumber *out);

/** limen_gradient_exact: @out: all parts; of up to 10,000 parameters to the last digit, whatever
 * cancels; @pull: (k) (nullable): the part of the derivatives with respect to μ that log p(x|z)
 * adds, as exact as these */
void limen_gradient_exact (const LimenGradientCase *c, double *out, double *pull);
/** limen_gradient_is_plain: whether the model has so many parameters that sums are taken in float64
 */
gboolean limen_gradient_is_plain (const LimenGradientCase *c);
/** limen_gradient_exact_gain: @out: (k, k): the upper half of G, each to a few units in the last
 * place, and 0 where it is */
void limen_gradient_exact_gain (const LimenGradientCase *c, double *out);

/** limen_gradient_residual: @out: (d) = x − b − A·μ */
void limen_gradient_residual (const LimenGradientCase *c, double *out);

/** limen_gradient_baseline: what is taken from the integrand, L less the shift, before it is
 * multiplied with ∇ log q; for the log-derivative estimators, parts μ and log s */
double limen_gradient_baseline (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                LimenGradientEstimator estimator, LimenGradientPart part, gsize j);

#define LIMEN_GRADIENT_BLOCK 256

/**
 * LimenGradientBlock: LIMEN_GRADIENT_BLOCK draws and all that estimates are made of. In each array
 * the draws lie side by side: (…, LIMEN_GRADIENT_BLOCK).
 * @e, @z: (k): ε, μ + s·ε
 * @residual: (d): x − b − A·z
 * @pull: (k): ∇_z log p(x|z)
 * @integrand: L(z), without the shift
 */
typedef struct {
  const LimenGradientCase *c;
  const LimenGradientMoments *moments;
  double *e, *z, *residual, *pull, *integrand;
  float *normal; /* (k): scratch */
} LimenGradientBlock;

/** limen_gradient_block_new: borrows @c and @moments */
LimenGradientBlock *
limen_gradient_block_new (const LimenGradientCase *c, const LimenGradientMoments *moments);
void limen_gradient_block_free (LimenGradientBlock *block);
/** limen_gradient_block_fill: with draws LIMEN_GRADIENT_BLOCK·@index and on */
void limen_gradient_block_fill (LimenGradientBlock *block, guint64 seed, guint64 index);
/** limen_gradient_block_estimate: @out: (LIMEN_GRADIENT_BLOCK): of parameter @index, in the order
 * of LimenGradientPart */
void limen_gradient_block_estimate (const LimenGradientBlock *block,
                                    LimenGradientEstimator estimator, gsize index, double *out);
/** limen_gradient_add_many: as limen_running_mean_add() of each of @value: (n), but for rounding */
void limen_gradient_add_many (LimenRunningMean *running, const double *value, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGradientMoments, limen_gradient_moments_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenGradientBlock, limen_gradient_block_free)
