/* A small VAE with a trainable prior that learns a set of points, by one gradient estimator: in
 * float64, a step at a time, light enough for three of them beside a window.
 *
 * r_λ = N(λ1, diag λ2), q_φ(z|x) = N(μ_φ(x), diag s_φ(x)²), p_θ(x|z) = N(f_θ(z), σ²I); μ_φ, log s_φ
 * and f_θ are multilayer perceptrons of one hidden layer (tanh), or affine where @hidden is 0. */
#pragma once

#include "model/base/number.h"
#include "model/data/points.h"
#include "model/latent/gaussian-model.h"
#include "model/prior/gradient-estimator.h"

/**
 * LimenPriorSettings:
 * @latent: k; @hidden: units, 0: affine maps, with a log s that does not depend on x
 * @sigma: standard deviation of the decoder
 * @trainable: whether λ learns; else r is N(0, I)
 * @batch, @learning_rate: of Adam, at its highest; it falls over @n_steps as a cosine
 * @seed: of the start, the order of the data and the draws: the same for all estimators
 */
typedef struct {
  guint latent, hidden;
  double sigma;
  gboolean trainable;
  LimenGradientEstimator estimator;
  guint batch;
  guint64 n_steps;
  double learning_rate;
  guint64 seed;
} LimenPriorSettings;

/** limen_prior_defaults: k = 2, 32 hidden units, σ = 0.3, batches of 64, 2,000 steps */
LimenPriorSettings limen_prior_defaults (void);

#define LIMEN_PRIOR_SURVEY 500 /* points at most that a bound is estimated over */

/**
 * LimenPriorReport:
 * @bound: mean VLB, nats per point: exact over all points where maps are affine, else estimated
 * over
 * @n_points of them, with the same draws at every step
 * @bound_error: by how much an exact one may be off; @bound_standard_error: of an estimated one;
 * the other is NaN
 * @log_likelihood: mean log p(x) of all points; NaN unless maps are affine; @log_likelihood_error:
 * by how much it may be off
 * @lambda1, @lambda2: (latent)
 */
typedef struct {
  guint64 step;
  guint n_points;
  double bound, bound_error, bound_standard_error, log_likelihood, log_likelihood_error;
  const double *lambda1, *lambda2;
} LimenPriorReport;

typedef struct LimenPriorTrainer LimenPriorTrainer;

/** limen_prior_trainer_new: keeps a copy of @points. LIMEN_ERROR_ARGUMENT for settings out of range
 */
LimenPriorTrainer *limen_prior_trainer_new (const LimenPriorSettings *settings,
                                            const LimenPoints *points, GError **error);
void limen_prior_trainer_free (LimenPriorTrainer *trainer);
/** limen_prior_trainer_step: one batch, or nothing once it is done; FALSE with LIMEN_ERROR_ARGUMENT
 * where it diverged: it then stays where it was, and reports remain numbers */
gboolean limen_prior_trainer_step (LimenPriorTrainer *trainer, GError **error);
gboolean limen_prior_trainer_is_done (const LimenPriorTrainer *trainer);
LimenPriorReport limen_prior_trainer_report (const LimenPriorTrainer *trainer);
/** limen_prior_trainer_set_estimator: goes on with another */
void
limen_prior_trainer_set_estimator (LimenPriorTrainer *trainer, LimenGradientEstimator estimator);
/** limen_prior_trainer_set_trainable: where a prior that has moved is to be N(0, I) from now on,
 * encoder and decoder change with it (see limen_standard_prior()): neither p(x) nor the bound moves
 */
void limen_prior_trainer_set_trainable (LimenPriorTrainer *trainer, gboolean trainable);
/** limen_prior_trainer_optimal_lambda: λ1 = mean of μ_φ(x), λ2 = mean of s_φ(x)² + (μ_φ(x) − λ1)²:
 * the best prior for the encoder as it is (Tomczak and Welling, "VAE with a VampPrior", 2018).
 * Where the prior is fixed, encoder and decoder change instead, as above: the bound rises as much
 */
void limen_prior_trainer_optimal_lambda (LimenPriorTrainer *trainer);

/** limen_prior_trainer_encode: @mean, @s: (n, latent): of the first @n of its points */
void
limen_prior_trainer_encode (const LimenPriorTrainer *trainer, guint n, double *mean, double *s);
/** limen_prior_trainer_sample: @x: (n, d): means of p(x|z) for z ~ r_λ: draws of @seed */
void
limen_prior_trainer_sample (const LimenPriorTrainer *trainer, guint n, guint64 seed, double *x);
/** limen_prior_trainer_model: (transfer full) (nullable): the linear Gaussian model that it is,
 * where maps are affine */
LimenGaussianModel *limen_prior_trainer_model (const LimenPriorTrainer *trainer);

/** limen_ppca_log_likelihood: the highest mean log-likelihood, nats per point, that a linear
 * Gaussian model with @latent variables and noise of @sigma reaches on @points (Tipping and Bishop,
 * "Probabilistic principal component analysis", 1999, equation 7, σ given) */
double limen_ppca_log_likelihood (const LimenPoints *points, guint latent, double sigma);
/** limen_ppca_maximum: the same, and by how much it may be off */
LimenNumber limen_ppca_maximum (const LimenPoints *points, guint latent, double sigma);
/** limen_standard_prior: (transfer full): (λ1, λ2, A, b) → (0, 1, A diag √λ2, b + A λ1): another
 * prior, the same p(x) */
LimenGaussianModel *limen_standard_prior (const LimenGaussianModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPriorTrainer, limen_prior_trainer_free)
