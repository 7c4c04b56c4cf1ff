#include "model/latent/cholesky.h"
#include "model/latent/gaussian-model-private.h"

#include <math.h>
#include <string.h>

#define LOG_2PI 1.8378770664093453

/* -- the model -- */

LimenGaussianModel *
limen_gaussian_model_new (guint latent, guint observed)
{
  LimenGaussianModel *model = g_new0 (LimenGaussianModel, 1);
  model->latent = latent;
  model->observed = observed;
  model->lambda1 = g_new0 (double, latent);
  model->lambda2 = g_new0 (double, latent);
  model->a = g_new0 (double, (gsize)observed *latent);
  model->b = g_new0 (double, observed);
  model->sigma2 = 1;
  for (guint i = 0; i < latent; i++)
    model->lambda2[i] = 1;
  return model;
}

LimenGaussianModel *
limen_gaussian_model_copy (const LimenGaussianModel *model)
{
  gsize latent = model->latent, observed = model->observed, size = sizeof (double);
  LimenGaussianModel *copy = limen_gaussian_model_new (model->latent, model->observed);
  memcpy (copy->lambda1, model->lambda1, latent * size);
  memcpy (copy->lambda2, model->lambda2, latent * size);
  memcpy (copy->a, model->a, observed * latent * size);
  memcpy (copy->b, model->b, observed * size);
  copy->sigma2 = model->sigma2;
  return copy;
}

void
limen_gaussian_model_free (LimenGaussianModel *model)
{
  if (!model)
    return;
  g_free (model->lambda1);
  g_free (model->lambda2);
  g_free (model->a);
  g_free (model->b);
  g_free (model);
}

static gboolean
all_finite (const double *value, gsize n)
{
  for (gsize i = 0; i < n; i++)
    if (!isfinite (value[i]))
      return FALSE;
  return TRUE;
}

/* Trace of what the observation adds to the precision of a latent variable of variance 1. */
static double
gained_precision (const LimenGaussianModel *model)
{
  double sum = 0;
  for (gsize i = 0; i < (gsize)model->observed * model->latent; i++)
    sum += model->a[i] * model->a[i] * model->lambda2[i % model->latent] / model->sigma2;
  return sum;
}

/* Variances and precisions may differ by as much: no product of a few of them overflows. */
#define FAR 1e100

static gboolean
within_reach (const LimenGaussianModel *model)
{
  double least = model->sigma2, most = model->sigma2;
  for (gsize i = 0; i < model->latent; i++) {
    least = MIN (least, model->lambda2[i]);
    most = MAX (most, model->lambda2[i]);
  }
  return least > 1 / FAR && most < FAR && gained_precision (model) < FAR;
}

const char *
limen_gaussian_model_flaw (const LimenGaussianModel *model)
{
  gsize latent = model->latent, observed = model->observed;
  if (latent == 0 || observed == 0)
    return "has no variables; give it at least one latent and one observed";
  if (!all_finite (model->lambda1, latent) || !all_finite (model->lambda2, latent) ||
      !all_finite (model->a, observed * latent) || !all_finite (model->b, observed) ||
      !isfinite (model->sigma2))
    return "has a number that is not finite; give numbers only";
  for (gsize i = 0; i < latent; i++)
    if (model->lambda2[i] <= 0)
      return "has a variance in lambda2 that is not positive; give each a number above 0";
  if (model->sigma2 <= 0)
    return "has a variance sigma2 that is not positive; give it a number above 0";
  if (!within_reach (model))
    return "has numbers too far apart to compute with; choose other units";
  return NULL;
}

gboolean
limen_gaussian_model_check (const LimenGaussianModel *model, GError **error)
{
  const char *flaw = limen_gaussian_model_flaw (model);
  if (flaw)
    g_set_error (error, LIMEN_ERROR, LIMEN_ERROR_ARGUMENT, "The model %s.", flaw);
  return flaw == NULL;
}

/* -- densities -- */

/* @residual: (observed) = x − b − A·z */
static void
fill_residual (const LimenGaussianModel *model, const double *x, const double *z, double *residual)
{
  for (gsize i = 0; i < model->observed; i++) {
    const double *row = model->a + i * model->latent;
    residual[i] = x[i] - model->b[i];
    for (gsize j = 0; j < model->latent; j++)
      residual[i] -= row[j] * z[j];
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

/* log p(x, z) where z is the mean and the covariance enters: E log p(x, z), z ~ N(@mean,
 * @covariance) of which only the trace of A·Σ·Aᵀ and the diagonal count; @spread: (latent, latent)
 * (nullable): a factor of Σ. */
static double
expected_log_joint (const LimenGaussianModel *model, const double *x, const double *mean,
                    const double *spread)
{
  gsize k = model->latent, d = model->observed;
  g_autofree double *residual = g_new (double, d);
  fill_residual (model, x, mean, residual);
  double errors = squared_norm (residual, d), sum = (double)d * (LOG_2PI + log (model->sigma2));
  for (gsize i = 0; spread && i < d; i++)
    for (gsize j = 0; j < k; j++) {
      double along = 0; /* of A·factor */
      for (gsize l = j; l < k; l++)
        along += model->a[i * k + l] * spread[l * k + j];
      errors += along * along;
    }
  for (gsize j = 0; j < k; j++) {
    double apart = mean[j] - model->lambda1[j];
    double variance = spread ? squared_norm (spread + j * k, j + 1) : 0;
    sum += LOG_2PI + log (model->lambda2[j]) + (apart * apart + variance) / model->lambda2[j];
  }
  return -0.5 * (sum + errors / model->sigma2);
}

/* Bayes' rule at the posterior mean m: p(x) = p(x, m) / p(m|x); no (observed, observed) matrix. */
double
limen_gaussian_model_log_evidence (const LimenGaussianModel *model, const double *x)
{
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, x);
  return expected_log_joint (model, x, posterior->mean, NULL) +
         0.5 * (model->latent * LOG_2PI + posterior->log_determinant);
}

double
limen_gaussian_model_elbo (const LimenGaussianModel *model, const double *x, const LimenGaussian *q)
{
  return expected_log_joint (model, x, q->mean, q->factor) +
         0.5 * (model->latent * (1 + LOG_2PI) + q->log_determinant);
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
  fill_residual (model, x, model->lambda1, residual);
  project_back (model, residual, pull);
  for (gsize i = 0; i < k; i++) {
    posterior->mean[i] = model->lambda1[i];
    for (gsize j = 0; j < k; j++)
      posterior->mean[i] += posterior->covariance[i * k + j] * pull[j];
  }
  posterior->log_determinant = limen_cholesky_log_determinant (posterior->factor, k);
}

LimenGaussian *
limen_gaussian_model_posterior (const LimenGaussianModel *model, const double *x)
{
  gsize k = model->latent;
  g_autofree double *u = g_new (double, k *k);
  LimenGaussian *posterior = limen_gaussian_model_prior (model);
  fill_scaled_precision (model, u);
  fill_posterior_factor (model, u, posterior->factor);
  finish_posterior (model, x, posterior);
  return posterior;
}

LimenGaussian *
limen_gaussian_model_prior (const LimenGaussianModel *model)
{
  g_autoptr (GError) error = NULL;
  LimenGaussian *prior = limen_gaussian_new_diagonal ("The prior", model->latent, model->lambda1,
                                                      model->lambda2, &error);
  if (!prior)
    g_error ("%s", error->message);
  return prior;
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

/* With v = w/p(x) and the posterior N(d, P⁻¹) in the coordinates where q is N(0, I),
 * E v² = ∫ N(e; d, P⁻¹)² / N(e; 0, I) de = |P|·|R|^(−1/2)·exp ((dᵀd + dᵀR⁻¹d)/2), R = 2P − I. */
double
limen_gaussian_model_weight_variance (const LimenGaussianModel *model, const double *x,
                                      const LimenGaussian *q)
{
  gsize k = model->latent;
  g_autoptr (LimenGaussian) posterior = limen_gaussian_model_posterior (model, x);
  g_autoptr (LimenWhitened) whitened = limen_whitened_new (posterior, q);
  g_autofree double *r = g_new (double, k *k);
  limen_whitened_precision (whitened, r);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      r[i * k + j] = 2 * r[i * k + j] - (i == j);
  if (!limen_cholesky (r, k))
    return INFINITY;
  double log_square = limen_cholesky_log_determinant (whitened->root, k) -
                      0.5 * limen_cholesky_log_determinant (r, k) +
                      0.5 * squared_norm (whitened->offset, k);
  limen_cholesky_solve_lower (r, k, whitened->offset);
  log_square += 0.5 * squared_norm (whitened->offset, k);
  return MAX (expm1 (log_square), 0);
}
