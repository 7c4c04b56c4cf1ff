#include "model/prior/gradient-private.h"

#include <math.h>
#include <string.h>

/* -- moments -- */

/* The upper half of @g: (k, k) = S·Aᵀ·A·S/σ², an observation at a time */
static void
fill_gain (const LimenGradientCase *c, double *g)
{
  gsize k = c->model->latent;
  g_autofree double *row = g_new (double, k);
  memset (g, 0, k * k * sizeof *g);
  for (gsize i = 0; i < c->model->observed; i++) {
    for (gsize j = 0; j < k; j++)
      row[j] = c->model->a[i * k + j] * c->s[j] / sqrt (c->model->sigma2);
    for (gsize j = 0; j < k; j++)
      for (gsize l = j; row[j] != 0 && l < k; l++)
        g[j * k + l] += row[j] * row[l];
  }
}

static void
take_gain (LimenGradientMoments *moments, const double *g)
{
  gsize k = moments->k;
  for (gsize j = 0; j < k; j++) {
    moments->gain[j] = g[j * k + j];
    for (gsize l = j + 1; l < k; l++) {
      double square = g[j * k + l] * g[j * k + l];
      moments->aside[j] += square;
      moments->aside[l] += square;
    }
  }
  if (k > 1)
    moments->first_two = g[1];
  for (gsize l = 2; l < k; l++)
    moments->around += g[l] * g[k + l];
}

/* E L; the squares of x − b − A·z have the mean ‖residual‖² + σ²·tr G. */
static double
integrand_mean (const LimenGradientMoments *moments, const LimenGradientCase *c,
                const double *residual)
{
  const LimenGaussianModel *model = c->model;
  double sum = model->observed * log (2 * G_PI * model->sigma2);
  for (gsize i = 0; i < model->observed; i++)
    sum += residual[i] * residual[i] / model->sigma2;
  for (gsize j = 0; j < moments->k; j++) {
    double apart = c->mu[j] - model->lambda1[j];
    sum += moments->gain[j] + apart * apart / model->lambda2[j];
    sum += moments->prior[j] - 1 - log (moments->prior[j]);
  }
  return -0.5 * sum;
}

static void
fill_slopes (LimenGradientMoments *moments, const LimenGradientCase *c, const double *residual)
{
  const LimenGaussianModel *model = c->model;
  gsize k = moments->k;
  for (gsize i = 0; i < model->observed; i++)
    for (gsize j = 0; j < k; j++)
      moments->data_h[j] += c->s[j] * model->a[i * k + j] * residual[i] / model->sigma2;
  for (gsize j = 0; j < k; j++) {
    double apart = c->mu[j] - model->lambda1[j];
    moments->h[j] = moments->data_h[j] - c->s[j] * apart / model->lambda2[j];
    moments->prior[j] = c->s[j] * c->s[j] / model->lambda2[j];
  }
}

LimenGradientMoments *
limen_gradient_moments_new (const LimenGradientCase *c)
{
  gsize k = c->model->latent;
  g_autofree double *g = g_new (double, k *k), *residual = g_new (double, c->model->observed);
  LimenGradientMoments *moments = g_new0 (LimenGradientMoments, 1);
  moments->k = k;
  moments->h = g_new0 (double, 7 * k);
  moments->data_h = moments->h + k;
  moments->gain = moments->h + 2 * k;
  moments->prior = moments->h + 3 * k;
  moments->aside = moments->h + 4 * k;
  moments->lambda = moments->h + 5 * k;
  limen_gradient_exact_prior (c, moments->lambda);
  limen_gradient_residual (c, residual);
  fill_gain (c, g);
  take_gain (moments, g);
  fill_slopes (moments, c, residual);
  moments->mean = integrand_mean (moments, c, residual);
  return moments;
}

void
limen_gradient_moments_free (LimenGradientMoments *moments)
{
  if (!moments)
    return;
  g_free (moments->h);
  g_free (moments);
}

/* -- μ and log s -- */

/* M_jj, of the whole integrand */
static double
curvature (const LimenGradientMoments *moments, gsize j)
{
  return moments->gain[j] + moments->prior[j] - 1;
}

/* What is left of E L under the baseline. The best one for μ_j is E ε²L / E ε² = E L − M_jj, for
 * log s_j E (ε² − 1)²L / E (ε² − 1)² = E L − 2·M_jj (Mohamed et al., 2020, equation 20). */
static double
remainder_of (const LimenGradientMoments *moments, const LimenGradientCase *c,
              LimenGradientEstimator estimator, LimenGradientPart part, gsize j)
{
  if (estimator == LIMEN_LOG_DERIVATIVE)
    return moments->mean + c->shift;
  if (estimator == LIMEN_LOG_DERIVATIVE_MEAN)
    return 0;
  return (part == LIMEN_PART_MU ? 1 : 2) * curvature (moments, j);
}

double
limen_gradient_baseline (const LimenGradientMoments *moments, const LimenGradientCase *c,
                         LimenGradientEstimator estimator, LimenGradientPart part, gsize j)
{
  if (estimator == LIMEN_LOG_DERIVATIVE)
    return -c->shift;
  return moments->mean - remainder_of (moments, c, estimator, part, j);
}

/* Var L = h·h + ½ tr M² */
static double
integrand_variance (const LimenGradientMoments *moments)
{
  double sum = 0;
  for (gsize j = 0; j < moments->k; j++) {
    double m = curvature (moments, j);
    sum += moments->h[j] * moments->h[j] + 0.5 * (moments->aside[j] + m * m);
  }
  return sum;
}

/* Of F·ε_j/s_j and F·(ε_j² − 1), F = L less a baseline, E F = f. By Stein's lemma E ε_iε_j·F² =
 * δ_ij·E F² + E ∂_i∂_j F², and the like for the fourth power: with M² the square of the matrix,
 * E (F·ε_j)² = f² + Var L − 2·M_jj·f + 2 (h_j² + (M²)_jj). */
static void
fill_log_derivative (const LimenGradientMoments *moments, const LimenGradientCase *c,
                     LimenGradientEstimator estimator, double *out)
{
  double variance = integrand_variance (moments);
  for (gsize j = 0; j < moments->k; j++) {
    double h = moments->h[j], m = curvature (moments, j), square = moments->aside[j] + m * m;
    double f = remainder_of (moments, c, estimator, LIMEN_PART_MU, j);
    out[j] = (f * f + variance - 2 * m * f + h * h + 2 * square) / (c->s[j] * c->s[j]);
    f = remainder_of (moments, c, estimator, LIMEN_PART_LOG_S, j);
    out[moments->k + j] = 2 * (f * f + variance) + 8 * (h * h + square - f * m) + 5 * m * m;
  }
}

/* Paths have the gradient S⁻¹·(h − N·ε), where N and h are those of what is differentiated along
 * them: N_jj */
static double
path_curvature (const LimenGradientMoments *moments, LimenGradientEstimator estimator, gsize j)
{
  if (estimator == LIMEN_REPARAMETERIZATION)
    return moments->gain[j] + moments->prior[j];
  return estimator == LIMEN_REPARAMETERIZATION_KL ? moments->gain[j] : curvature (moments, j);
}

static const double *
path_slope (const LimenGradientMoments *moments, LimenGradientEstimator estimator)
{
  return estimator == LIMEN_REPARAMETERIZATION_KL ? moments->data_h : moments->h;
}

/* Of (h_j − (N·ε)_j)/s_j: (N²)_jj/s_j²; of ε_j·(h_j − (N·ε)_j): h_j² + N_jj² + (N²)_jj */
static void
fill_path (const LimenGradientMoments *moments, const LimenGradientCase *c,
           LimenGradientEstimator estimator, double *out)
{
  const double *h = path_slope (moments, estimator);
  for (gsize j = 0; j < moments->k; j++) {
    double n = path_curvature (moments, estimator, j), square = moments->aside[j] + n * n;
    out[j] = square / (c->s[j] * c->s[j]);
    out[moments->k + j] = h[j] * h[j] + n * n + square;
  }
}

void
limen_gradient_moments_variance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                 LimenGradientEstimator estimator, double *out)
{
  if (limen_takes_log_derivative (estimator))
    fill_log_derivative (moments, c, estimator, out);
  else
    fill_path (moments, c, estimator, out);
}

/* -- the first two parameters together -- */

/* k = 1: E ε(ε² − 1)·F₁F₂ = E (F₁F₂)‴ + 2·E (F₁F₂)′ = 2h·(f₁ + f₂) − 10·M·h */
static double
log_derivative_with_width (const LimenGradientMoments *moments, const LimenGradientCase *c,
                           LimenGradientEstimator estimator)
{
  double f = remainder_of (moments, c, estimator, LIMEN_PART_MU, 0) +
             remainder_of (moments, c, estimator, LIMEN_PART_LOG_S, 0);
  return moments->h[0] * (2 * f - 9 * curvature (moments, 0)) / c->s[0];
}

/* k ≥ 2: E ε₁ε₂·F₁F₂ = E ∂₁∂₂ F₁F₂ = −M₁₂·(f₁ + f₂) + 2·(h₁h₂ + (M²)₁₂) */
static double
log_derivative_of_two (const LimenGradientMoments *moments, const LimenGradientCase *c,
                       LimenGradientEstimator estimator)
{
  double f = remainder_of (moments, c, estimator, LIMEN_PART_MU, 0) +
             remainder_of (moments, c, estimator, LIMEN_PART_MU, 1);
  double m = curvature (moments, 0) + curvature (moments, 1);
  double square = moments->around + moments->first_two * m;
  return (moments->h[0] * moments->h[1] + 2 * square - moments->first_two * f) /
         (c->s[0] * c->s[1]);
}

/* Of μ: −N·ε/s, of log s: ε·(h − N·ε): E is −N·h/s; of μ1 and μ2: (N²)₁₂ */
static double
path_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                 LimenGradientEstimator estimator)
{
  double n = path_curvature (moments, estimator, 0);
  if (moments->k == 1)
    return -n * path_slope (moments, estimator)[0] / c->s[0];
  n += path_curvature (moments, estimator, 1);
  return (moments->around + moments->first_two * n) / (c->s[0] * c->s[1]);
}

void
limen_gradient_moments_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                   LimenGradientEstimator estimator, double *out)
{
  g_autofree double *variance = g_new (double, 2 * moments->k);
  limen_gradient_moments_variance (moments, c, estimator, variance);
  out[0] = variance[0];
  out[2] = variance[1];
  if (!limen_takes_log_derivative (estimator))
    out[1] = path_covariance (moments, c, estimator);
  else if (moments->k == 1)
    out[1] = log_derivative_with_width (moments, c, estimator);
  else
    out[1] = log_derivative_of_two (moments, c, estimator);
}

/* -- λ and θ -- */

/* Of (z − λ1)/λ2 and ½ ((z − λ1)²/λ2² − 1/λ2) */
static void
fill_prior (const LimenGradientCase *c, double *lambda1, double *lambda2)
{
  for (gsize j = 0; j < c->model->latent; j++) {
    double l2 = c->model->lambda2[j], apart = c->mu[j] - c->model->lambda1[j];
    double v = c->s[j] * c->s[j] / l2;
    lambda1[j] = v / l2;
    lambda2[j] = (apart * apart / l2 + 0.5 * v) * v / (l2 * l2);
  }
}

/* Of r_i·z_j/σ² and r_i/σ², r = x − b − A·z: a product of two normal numbers whose covariance is
 * −a_ij·s_j² */
static void
fill_decoder (const LimenGradientCase *c, double *a, double *b)
{
  gsize k = c->model->latent;
  double sigma2 = c->model->sigma2;
  g_autofree double *residual = g_new (double, c->model->observed);
  limen_gradient_residual (c, residual);
  for (gsize i = 0; i < c->model->observed; i++) {
    const double *row = c->model->a + i * k;
    double r = residual[i] / sigma2, variance = 0;
    for (gsize j = 0; j < k; j++)
      variance += row[j] * row[j] / sigma2 * c->s[j] * c->s[j] / sigma2;
    for (gsize j = 0; j < k; j++) {
      double v = c->s[j] * c->s[j], both = -row[j] * v / sigma2, mu = c->mu[j];
      a[i * k + j] =
          r * r * v + mu * mu * variance + 2 * r * mu * both + v * variance + both * both;
    }
    b[i] = variance;
  }
}

void
limen_gradient_prior_variance (const LimenGradientCase *c, LimenGradientEstimator estimator,
                               double *out)
{
  gsize k = c->model->latent;
  if (estimator == LIMEN_REPARAMETERIZATION_KL)
    memset (out, 0, 2 * k * sizeof *out);
  else
    fill_prior (c, out, out + k);
}

void
limen_gradient_variance (const LimenGradientCase *c, LimenGradientEstimator estimator, double *out)
{
  gsize k = c->model->latent;
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  limen_gradient_moments_variance (moments, c, estimator, out);
  limen_gradient_prior_variance (c, estimator, out + 2 * k);
  fill_decoder (c, out + 4 * k, out + limen_gradient_offset (c->model, LIMEN_PART_B));
}

/* -- a cost that wiggles -- */

/* With t = ω²s², E sin ωz = e^(−t/2)·sin ωμ and so on; all differences of nearly equal numbers are
 * taken by hand, for ω near 0. E (f − b)²ε² from E ε²g = E g + s²·E g″ (Stein). */
LimenWiggle
limen_wiggle (double mu, double s, double omega)
{
  double t = omega * s * omega * s, fade = exp (-t), faded = -expm1 (-t);
  double double_cosine = cos (2 * omega * mu), sine = sin (omega * mu);
  double paths = 0.5 * omega * omega * faded * (faded + 2 * fade * sine * sine);
  double scores = 0.5 * faded * (1 + double_cosine * fade) +
                  t * fade * (0.5 + 2 * double_cosine * fade - 1.5 * double_cosine);
  return (LimenWiggle){omega * cos (omega * mu) * exp (-t / 2), scores / (s * s), paths};
}
