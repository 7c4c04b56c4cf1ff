/* Stochastic gradients of the evidence lower bound of a linear Gaussian model, one draw at a time,
 * beside their exact means and variances.
 *
 * VLB(x) = E_q log [p_θ(x|z) r_λ(z) / q_φ(z)], r_λ = N(λ1, diag λ2), q_φ = N(μ, diag s²), z = μ +
 * s·ε. Sources: Williams, "Simple statistical gradient-following algorithms" (1992); Kingma and
 * Welling, "Auto-encoding variational Bayes" (2014), equations 7 and 10; Roeder, Wu and Duvenaud,
 * "Sticking the landing" (2017), equation 6; Mohamed, Rosca, Figurnov and Mnih, "Monte Carlo
 * gradient estimation in machine learning" (2020), sections 4 and 5. */
#pragma once

#include "model/bound/monte-carlo.h"
#include "model/latent/gaussian-model.h"

/**
 * LimenGradientEstimator: of the gradient with respect to μ and log s; L(z) is the integrand
 * @LIMEN_LOG_DERIVATIVE: L(z)·∇ log q(z)
 * @LIMEN_LOG_DERIVATIVE_MEAN: (L(z) − E L)·∇ log q(z)
 * @LIMEN_LOG_DERIVATIVE_OPTIMAL: with the constant that gives each parameter its least variance
 * @LIMEN_REPARAMETERIZATION: ∇ L(μ + s·ε), log q included
 * @LIMEN_REPARAMETERIZATION_KL: ∇ log p(x | μ + s·ε), and the KL divergence in closed form
 * @LIMEN_STICKING_THE_LANDING: the same as reparameterization without the term ∇_φ log q_φ(z) at
 * fixed z, whose mean is 0
 *
 * With respect to λ and θ = (A, b) all have the same estimates, ∇ log r_λ(z) and ∇ log p_θ(x|z);
 * but with the KL in closed form the gradient with respect to λ is exact.
 */
typedef enum {
  LIMEN_LOG_DERIVATIVE,
  LIMEN_LOG_DERIVATIVE_MEAN,
  LIMEN_LOG_DERIVATIVE_OPTIMAL,
  LIMEN_REPARAMETERIZATION,
  LIMEN_REPARAMETERIZATION_KL,
  LIMEN_STICKING_THE_LANDING,
  LIMEN_N_ESTIMATORS,
} LimenGradientEstimator;

/** limen_estimator_word: "log-derivative", "log-derivative-mean", "log-derivative-optimal",
 * "reparameterization", "reparameterization-kl", "sticking-the-landing": for command lines */
const char *limen_estimator_word (LimenGradientEstimator estimator);
/** limen_estimator_title: "Log-derivative", "with mean baseline", …: for people */
const char *limen_estimator_title (LimenGradientEstimator estimator);

/**
 * LimenGradientPart: where in a gradient the derivatives with respect to what lie, in this order:
 * μ, log s, λ1, λ2: (k) each; A: (d, k), row-major; b: (d)
 */
typedef enum {
  LIMEN_PART_MU,
  LIMEN_PART_LOG_S,
  LIMEN_PART_LAMBDA1,
  LIMEN_PART_LAMBDA2,
  LIMEN_PART_A,
  LIMEN_PART_B,
  LIMEN_N_PARTS,
} LimenGradientPart;

/** limen_gradient_offset: of @part; of LIMEN_N_PARTS: the size of the whole */
gsize limen_gradient_offset (const LimenGaussianModel *model, LimenGradientPart part);

/**
 * LimenGradientCase: what is differentiated
 * @mu, @variance: (k): of q, whose standard deviations are s; @x: (d)
 * @shift: a constant added to log p(x, z): changes nothing but the raw log-derivative estimate
 *
 * A plain value; borrows everything.
 */
typedef struct {
  const LimenGaussianModel *model;
  const double *x, *mu, *variance;
  double shift;
} LimenGradientCase;

/** limen_gradient_case_of: of a case whose proposal is diagonal; @variance: (k) (out): its
 * variances, as they are given, which the result borrows. LIMEN_ERROR_ARGUMENT where it is not
 * diagonal */
gboolean limen_gradient_case_of (const LimenGaussianCase *from, double *variance,
                                 LimenGradientCase *to, GError **error);

/** limen_gradient_exact_error: @out: by how much each of @exact, of limen_gradient_exact(), may be
 * off */
void limen_gradient_exact_error (const LimenGradientCase *c, const double *exact, double *out);
/** limen_gradient_variance: @out: the exact variance of one draw, all parts; in closed form */
void
limen_gradient_variance (const LimenGradientCase *c, LimenGradientEstimator estimator, double *out);
/** limen_gradient_measure: @out: (offset of @until): over draws 0 to @n − 1, @n > 0, in parallel;
 * the same on any number of threads. FALSE with G_IO_ERROR_CANCELLED */
gboolean limen_gradient_measure (const LimenGradientCase *c, LimenGradientEstimator estimator,
                                 guint64 seed, guint64 n, LimenGradientPart until,
                                 LimenRunningMean *out, const LimenRun *run, GError **error);
/** limen_gradient_samples_needed: so many that the standard error is a tenth of the gradient: one
 * digit; INFINITY where the gradient is 0 */
double limen_gradient_samples_needed (double gradient, double variance);

/** limen_isotropic_case: (transfer full): @dimension independent variables: z ~ N(0, 1), x|z ~
 * N(z, 1), x = 0, q = N(@offset, @width²), @width > 0 (Rainforth et al., "Tighter variational
 * bounds are not necessarily better", 2018, section 4) */
LimenGaussianCase *limen_isotropic_case (guint dimension, double offset, double width);

/**
 * LimenWiggle: the gradient of E sin(ωz), z ~ N(μ, s²), with respect to μ, and the variance of one
 * draw
 * @log_derivative: by the log-derivative trick without a baseline; @mean_baseline: with the mean as
 * baseline; @best_baseline: with the constant that gives the least variance
 */
typedef struct {
  double gradient, log_derivative, mean_baseline, best_baseline, reparameterization;
} LimenWiggle;
LimenWiggle limen_wiggle (double mu, double s, double omega);
