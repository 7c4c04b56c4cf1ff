#include "model/latent/cholesky.h"
#include "model/latent/gaussian-digits.h"
#include "model/latent/gaussian-model-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453
/* Above, many bits would take more than a second. */
#define MOST_COST 3e6

gboolean
limen_gaussian_is_large (const LimenGaussianModel *model, const double *x)
{
  return limen_gaussian_cost (model, 0) > MOST_COST ||
         limen_gaussian_cost (model, limen_gaussian_bits (model, x)) > MOST_COST;
}

/* -- densities -- */

/* @residual: (observed) = x − b − A·z; @error: (observed) (nullable): what rounding may have made
 * of each */
static void
fill_residual (const LimenGaussianModel *model, const double *x, const double *z, double *residual,
               double *error)
{
  for (gsize i = 0; i < model->observed; i++) {
    const double *row = model->a + i * model->latent;
    double size = fabs (x[i]) + fabs (model->b[i]);
    residual[i] = x[i] - model->b[i];
    for (gsize j = 0; j < model->latent; j++) {
      residual[i] -= row[j] * z[j];
      size += fabs (row[j] * z[j]);
    }
    if (error)
      error[i] = (model->latent + 2) * DBL_EPSILON / 2 * size;
  }
}

/* @out: (latent) = Aᵀ·residual / σ² */
static void
project_back (const LimenGaussianModel *model, const double *residual, double *out)
{
  memset (out, 0, model->latent * sizeof *out);
  for (gsize i = 0; i < model->observed; i++)
    for (gsize j = 0; j < model->latent; j++)
      out[j] += model->a[i * model->latent + j] * residual[i] / model->sigma2;
}

static double
squared_norm (const double *value, gsize n)
{
  double sum = 0;
  for (gsize i = 0; i < n; i++)
    sum += value[i] * value[i];
  return sum;
}

/* A sum, and the sum of the sizes of its terms, of which rounding takes a share */
typedef struct {
  double sum, size, error;
  gsize n;
} Sum;

static void
add (Sum *sum, double term, double error)
{
  sum->sum += term;
  sum->size += fabs (term);
  sum->error += error;
  sum->n++;
}

static LimenNumber
half_negative (const Sum *sum)
{
  double rounding = ((double)sum->n + 4) * DBL_EPSILON / 2 * sum->size;
  return (LimenNumber){-0.5 * sum->sum, 0.5 * (sum->error + rounding)};
}

/* log p(x, z) where z is the mean and the covariance enters: E log p(x, z), z ~ N(@mean,
 * @covariance) of which only the trace of A·Σ·Aᵀ and the diagonal count; @spread: (latent, latent)
 * (nullable): a factor of Σ. @sum: of −2 times it */
static void
add_expected_log_joint (const LimenGaussianModel *model, const double *x, const double *mean,
                        const double *spread, Sum *sum)
{
  gsize k = model->latent, d = model->observed;
  g_autofree double *residual = g_new (double, d), *error = g_new (double, d);
  fill_residual (model, x, mean, residual, error);
  add (sum, (double)d * (LOG_2PI + log (model->sigma2)), 0);
  for (gsize i = 0; i < d; i++) {
    double apart = fabs (residual[i]);
    add (sum, apart * apart / model->sigma2, (2 * apart + error[i]) * error[i] / model->sigma2);
    for (gsize j = 0; spread && j < k; j++) {
      double along = 0, size = 0; /* of A·factor */
      for (gsize l = j; l < k; l++) {
        along += model->a[i * k + l] * spread[l * k + j];
        size += fabs (model->a[i * k + l] * spread[l * k + j]);
      }
      size *= (double)k * DBL_EPSILON / 2;
      add (sum, along * along / model->sigma2, (2 * fabs (along) + size) * size / model->sigma2);
    }
  }
  for (gsize j = 0; j < k; j++) {
    double apart = mean[j] - model->lambda1[j];
    double variance = spread ? squared_norm (spread + j * k, j + 1) : 0;
    add (sum, LOG_2PI + log (model->lambda2[j]), 0);
    add (sum, (apart * apart + variance) / model->lambda2[j],
         4 * (double)k * DBL_EPSILON * (apart * apart + variance) / model->lambda2[j]);
  }
}

/* What rounding may have made of log |covariance|: the backward error of rotations, column by
 * column, times what it is multiplied with */
static double
determinant_error (const LimenGaussianModel *model, const LimenGaussian *posterior)
{
  gsize k = model->latent, d = model->observed;
  double sum = 0;
  for (gsize j = 0; j < k; j++) {
    double precision = 1 / model->lambda2[j];
    for (gsize i = 0; i < d; i++)
      precision += model->a[i * k + j] * model->a[i * k + j] / model->sigma2;
    sum += sqrt (precision * posterior->covariance[j * k + j]);
  }
  return 2 * ((double)k + (double)d) * DBL_EPSILON * sum;
}

/* By how much −2·log p(x, m) at what was computed for the posterior mean m is above its least: gᵀ·
 * covariance·g with half of its gradient */
static double
distance_from_least (const LimenGaussianModel *model, const double *x,
                     const LimenGaussian *posterior)
{
  gsize k = model->latent;
  g_autofree double *residual = g_new (double, model->observed), *pull = g_new (double, k);
  double sum = 0;
  fill_residual (model, x, posterior->mean, residual, NULL);
  project_back (model, residual, pull);
  for (gsize j = 0; j < k; j++)
    pull[j] -= (posterior->mean[j] - model->lambda1[j]) / model->lambda2[j];
  for (gsize j = 0; j < k; j++) {
    double along = 0;
    for (gsize i = j; i < k; i++)
      along += posterior->factor[i * k + j] * pull[i];
    sum += along * along;
  }
  return sum;
}

/* Bayes' rule at the posterior mean m: p(x) = p(x, m) / p(m|x); no (observed, observed) matrix. */
static LimenNumber
evidence_by_posterior (const LimenGaussianModel *model, const double *x,
                       const LimenGaussian *posterior)
{
  Sum sum = {0};
  add_expected_log_joint (model, x, posterior->mean, NULL, &sum);
  add (&sum, -(double)model->latent * LOG_2PI, 0);
  add (&sum, -posterior->log_determinant, determinant_error (model, posterior));
  sum.error += distance_from_least (model, x, posterior);
  return half_negative (&sum);
}

/* Upper factor of A·diag λ2·Aᵀ + σ²I */
static double *
marginal_factor (const LimenGaussianModel *model)
{
  gsize k = model->latent, d = model->observed;
  double *u = g_new0 (double, d *d);
  g_autofree double *row = g_new (double, d);
  for (gsize i = 0; i < d; i++)
    u[i * d + i] = sqrt (model->sigma2);
  for (gsize j = 0; j < k; j++) {
    for (gsize i = 0; i < d; i++)
      row[i] = model->a[i * k + j] * sqrt (model->lambda2[j]);
    limen_cholesky_add (u, d, row);
  }
  return u;
}

/* Replaces @y: (n) by U⁻ᵀ·y, @error: (n) by what rounding and its own may have made of it: |U⁻ᵀ| is
 * at most the inverse of U with all signs the same (Higham, "Accuracy and stability of numerical
 * algorithms", 2002, section 8.3) */
static void
solve_with_error (const double *u, gsize n, double share, double *y, double *error)
{
  for (gsize i = 0; i < n; i++) {
    for (gsize j = 0; j < i; j++) {
      double entry = fabs (u[j * n + i]);
      y[i] -= u[j * n + i] * y[j];
      error[i] += entry * (error[j] + share * fabs (y[j]));
    }
    y[i] /= u[i * n + i];
    error[i] = error[i] / u[i * n + i] + share * fabs (y[i]);
  }
}

/* log N(x; A·λ1 + b, A·diag λ2·Aᵀ + σ²I): where there are fewer observations than latent variables
 */
static LimenNumber
evidence_by_marginal (const LimenGaussianModel *model, const double *x)
{
  gsize k = model->latent, d = model->observed;
  double share = ((double)k + (double)d) * DBL_EPSILON;
  g_autofree double *u = marginal_factor (model), *y = g_new (double, d);
  g_autofree double *error = g_new (double, d);
  Sum sum = {0};
  fill_residual (model, x, model->lambda1, y, error);
  solve_with_error (u, d, share, y, error);
  add (&sum, (double)d * LOG_2PI, 0);
  for (gsize i = 0; i < d; i++) {
    double column = 0, own = fabs (u[i * d + i]);
    for (gsize j = 0; j <= i; j++)
      column += u[j * d + i] * u[j * d + i];
    add (&sum, 2 * log (own), 2 * share * sqrt (column) / own);
    add (&sum, y[i] * y[i], (2 * fabs (y[i]) + error[i]) * error[i]);
  }
  return half_negative (&sum);
}

LimenNumber
limen_large_log_evidence (const LimenGaussianModel *model, const double *x,
                          const LimenGaussian *posterior)
{
  return model->observed < model->latent ? evidence_by_marginal (model, x)
                                         : evidence_by_posterior (model, x, posterior);
}

LimenNumber
limen_large_elbo (const LimenGaussianModel *model, const double *x, const LimenGaussian *q)
{
  Sum sum = {0};
  add_expected_log_joint (model, x, q->mean, q->factor, &sum);
  add (&sum, -(double)model->latent * (1 + LOG_2PI), 0);
  add (&sum, -q->log_determinant, 0);
  return half_negative (&sum);
}

/* -- posterior -- */

/* Upper factor of the precision of z/√λ2, I + √λ2·AᵀA·√λ2/σ², with the variables in reversed order:
 * from I on, an observation at a time */
static void
fill_scaled_precision (const LimenGaussianModel *model, double *u)
{
  gsize k = model->latent;
  g_autofree double *row = g_new (double, k);
  memset (u, 0, k * k * sizeof *u);
  for (gsize j = 0; j < k; j++)
    u[j * k + j] = 1;
  for (gsize i = 0; i < model->observed; i++) {
    for (gsize j = 0; j < k; j++)
      row[k - 1 - j] = model->a[i * k + j] * sqrt (model->lambda2[j] / model->sigma2);
    limen_cholesky_add (u, k, row);
  }
}

/* With the reversed precision Uᵀ·U, the covariance of z/√λ2 is W⁻¹·W⁻ᵀ for W = U read backwards,
 * which is lower triangular: its inverse is the Cholesky factor, without a factorization that could
 * fail. */
static void
fill_posterior_factor (const LimenGaussianModel *model, const double *u, double *factor)
{
  gsize k = model->latent, last = k - 1;
  for (gsize j = 0; j < k; j++)
    for (gsize i = j; i < k; i++) {
      double rest = i == j;
      for (gsize m = j; m < i; m++)
        rest -= u[(last - i) * k + last - m] * factor[m * k + j];
      factor[i * k + j] = rest / u[(last - i) * k + last - i];
    }
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      factor[i * k + j] *= sqrt (model->lambda2[i]);
}

/* Covariance = factor·factorᵀ; mean = λ1 + covariance·Aᵀ(x − b − A·λ1)/σ² */
static void
finish_posterior (const LimenGaussianModel *model, const double *x, LimenGaussian *posterior)
{
  gsize k = model->latent;
  g_autofree double *residual = g_new (double, model->observed), *pull = g_new (double, k);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++) {
      double sum = 0;
      for (gsize l = 0; l <= j; l++)
        sum += posterior->factor[i * k + l] * posterior->factor[j * k + l];
      posterior->covariance[i * k + j] = posterior->covariance[j * k + i] = sum;
    }
  fill_residual (model, x, model->lambda1, residual, NULL);
  project_back (model, residual, pull);
  for (gsize i = 0; i < k; i++) {
    posterior->mean[i] = model->lambda1[i];
    for (gsize j = 0; j < k; j++)
      posterior->mean[i] += posterior->covariance[i * k + j] * pull[j];
  }
  posterior->log_determinant = limen_cholesky_log_determinant (posterior->factor, k);
}

LimenGaussian *
limen_large_posterior (const LimenGaussianModel *model, const double *x)
{
  gsize k = model->latent;
  g_autofree double *u = g_new (double, k *k);
  LimenGaussian *posterior = limen_gaussian_model_prior (model);
  fill_scaled_precision (model, u);
  fill_posterior_factor (model, u, posterior->factor);
  finish_posterior (model, x, posterior);
  return posterior;
}

/* -- importance weights -- */

/* Both factors are lower triangular, so their quotient is. */
LimenWhitened *
limen_whitened_new (const LimenGaussian *posterior, const LimenGaussian *q)
{
  gsize k = q->dimension;
  LimenWhitened *whitened = g_new (LimenWhitened, 1);
  whitened->dimension = q->dimension;
  whitened->offset = g_new (double, k);
  whitened->root = g_new0 (double, k *k);
  for (gsize i = 0; i < k; i++)
    whitened->offset[i] = posterior->mean[i] - q->mean[i];
  limen_cholesky_solve_lower (q->factor, k, whitened->offset);
  for (gsize j = 0; j < k; j++)
    for (gsize i = j; i < k; i++) {
      double rest = q->factor[i * k + j];
      for (gsize l = j; l < i; l++)
        rest -= posterior->factor[i * k + l] * whitened->root[l * k + j];
      whitened->root[i * k + j] = rest / posterior->factor[i * k + i];
    }
  return whitened;
}

void
limen_whitened_free (LimenWhitened *whitened)
{
  if (!whitened)
    return;
  g_free (whitened->root);
  g_free (whitened->offset);
  g_free (whitened);
}

void
limen_whitened_precision (const LimenWhitened *whitened, double *precision)
{
  gsize k = whitened->dimension;
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++) {
      double sum = 0;
      for (gsize l = i; l < k; l++)
        sum += whitened->root[l * k + i] * whitened->root[l * k + j];
      precision[i * k + j] = precision[j * k + i] = sum;
    }
}

/* E v² − 1, v = w/p(x), by the closed form of limen_digits_new() */
double
limen_whitened_variance (const LimenWhitened *whitened)
{
  gsize k = whitened->dimension;
  g_autofree double *r = g_new (double, k *k);
  g_autofree double *offset = g_memdup2 (whitened->offset, k * sizeof *offset);
  limen_whitened_precision (whitened, r);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      r[i * k + j] = 2 * r[i * k + j] - (i == j);
  if (!limen_cholesky (r, k))
    return INFINITY;
  double log_square = limen_cholesky_log_determinant (whitened->root, k) -
                      0.5 * limen_cholesky_log_determinant (r, k) + 0.5 * squared_norm (offset, k);
  limen_cholesky_solve_lower (r, k, offset);
  log_square += 0.5 * squared_norm (offset, k);
  return MAX (expm1 (log_square), 0);
}
