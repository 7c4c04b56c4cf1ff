#include "model/prior/gradient-estimator-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* -- numbers with what they may be off by -- */

static LimenNumber
plus (LimenNumber a, LimenNumber b)
{
  double sum = a.value + b.value;
  return (LimenNumber){sum, a.error + b.error + DBL_EPSILON * fabs (sum)};
}

/* @times·a² */
static LimenNumber
square_of (LimenNumber a, double times)
{
  double square = times * a.value * a.value;
  double error = times * (2 * fabs (a.value) + a.error) * a.error + 2 * DBL_EPSILON * square;
  return (LimenNumber){square, error};
}

static LimenNumber
scaled (LimenNumber a, double times)
{
  double value = times * a.value;
  return (LimenNumber){value, fabs (times) * a.error + 2 * DBL_EPSILON * fabs (value)};
}

/* -- moments -- */

/* The upper half of @g: (k, k) = S·Aᵀ·A·S/σ², an observation at a time, and of @size: the sums of
 * what is added there, without signs */
static void
fill_plain_gain (const LimenGradientCase *c, double *g, double *size)
{
  gsize k = c->model->latent;
  g_autofree double *row = g_new (double, k);
  memset (g, 0, k * k * sizeof *g);
  memset (size, 0, k * k * sizeof *size);
  for (gsize i = 0; i < c->model->observed; i++) {
    for (gsize j = 0; j < k; j++)
      row[j] = c->model->a[i * k + j] * sqrt (c->variance[j]) / sqrt (c->model->sigma2);
    for (gsize j = 0; j < k; j++)
      for (gsize l = j; row[j] != 0 && l < k; l++) {
        g[j * k + l] += row[j] * row[l];
        size[j * k + l] += fabs (row[j] * row[l]);
      }
  }
}

/* The same, with nothing lost where the sums cancel */
static void
fill_gain (const LimenGradientCase *c, double *g, double *size)
{
  gsize k = c->model->latent;
  if (limen_gradient_is_plain (c)) {
    fill_plain_gain (c, g, size);
    return;
  }
  limen_gradient_exact_gain (c, g);
  for (gsize j = 0; j < k; j++)
    for (gsize l = j; l < k; l++)
      size[j * k + l] = fabs (g[j * k + l]);
}

static void
take_gain (LimenGradientMoments *moments, const LimenGradientCase *c, const double *g,
           const double *size)
{
  gsize k = moments->k;
  double share = ((double)c->model->observed + 8) * DBL_EPSILON;
  for (gsize j = 0; j < k; j++) {
    moments->gain[j] = (LimenNumber){g[j * k + j], share * size[j * k + j]};
    for (gsize l = j + 1; l < k; l++) {
      LimenNumber square = square_of ((LimenNumber){g[j * k + l], share * size[j * k + l]}, 1);
      moments->aside[j] = plus (moments->aside[j], square);
      moments->aside[l] = plus (moments->aside[l], square);
    }
  }
  if (k > 1)
    moments->first_two = g[1];
  for (gsize l = 2; l < k; l++)
    moments->around += g[l] * g[k + l];
}

/* E L; the squares of x − b − A·z have the mean ‖residual‖² + σ²·tr G, and residual/σ² is the
 * gradient with respect to b. */
static LimenNumber
integrand_mean (const LimenGradientMoments *moments, const LimenGradientCase *c)
{
  const LimenGaussianModel *model = c->model;
  const gsize at_b = limen_gradient_offset (model, LIMEN_PART_B);
  double volume = model->observed * log (2 * G_PI * model->sigma2);
  LimenNumber sum = {volume, 4 * DBL_EPSILON * (fabs (volume) + model->observed)};
  for (gsize i = 0; i < model->observed; i++) {
    LimenNumber slope = {moments->exact[at_b + i], moments->exact_error[at_b + i]};
    sum = plus (sum, square_of (slope, model->sigma2));
  }
  for (gsize j = 0; j < moments->k; j++) {
    double apart = c->mu[j] - model->lambda1[j], ratio = moments->prior[j].value;
    LimenNumber known = {ratio - 1 - log (ratio),
                         4 * DBL_EPSILON * (ratio + 1 + fabs (log (ratio)))};
    double square = apart * apart / model->lambda2[j];
    sum = plus (sum, moments->gain[j]);
    sum = plus (sum, (LimenNumber){square, 4 * DBL_EPSILON * square});
    sum = plus (sum, known);
  }
  return scaled (sum, -0.5);
}

/* The gradient of VLB with respect to μ is S⁻¹·h, that with respect to log s is −diag M: where a
 * proposal is good, both are small differences of large numbers, which it has to the last digit.
 * @pull: (k): what log p(x|z) adds to that with respect to μ, where it is known as well as that */
static void
fill_slopes (LimenGradientMoments *moments, const LimenGradientCase *c, const double *pull)
{
  gsize k = moments->k;
  const double *mu = moments->exact, *error = moments->exact_error;
  for (gsize j = 0; j < k; j++) {
    double s = sqrt (c->variance[j]), ratio = c->variance[j] / c->model->lambda2[j];
    /* where sums are rounded, the terms of this one are among those of the whole */
    double pull_error = limen_gradient_is_plain (c) ? error[j] : DBL_EPSILON * fabs (pull[j]);
    moments->h[j] = scaled ((LimenNumber){mu[j], error[j]}, s);
    moments->data_h[j] = scaled ((LimenNumber){pull[j], pull_error}, s);
    moments->curvature[j] = (LimenNumber){-mu[k + j], error[k + j]};
    moments->prior[j] = (LimenNumber){ratio, 2 * DBL_EPSILON * ratio};
  }
}

LimenGradientMoments *
limen_gradient_moments_new (const LimenGradientCase *c)
{
  gsize k = c->model->latent, all = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  g_autofree double *g = g_new (double, k *k), *size = g_new (double, k *k);
  g_autofree double *pull = g_new (double, k);
  LimenGradientMoments *moments = g_new0 (LimenGradientMoments, 1);
  moments->k = k;
  moments->exact = g_new (double, 2 * all);
  moments->exact_error = moments->exact + all;
  moments->h = g_new0 (LimenNumber, 6 * k);
  moments->data_h = moments->h + k;
  moments->gain = moments->h + 2 * k;
  moments->prior = moments->h + 3 * k;
  moments->aside = moments->h + 4 * k;
  moments->curvature = moments->h + 5 * k;
  limen_gradient_exact (c, moments->exact, pull);
  limen_gradient_exact_error (c, moments->exact, moments->exact_error);
  fill_gain (c, g, size);
  take_gain (moments, c, g, size);
  fill_slopes (moments, c, pull);
  moments->mean = integrand_mean (moments, c);
  return moments;
}

void
limen_gradient_moments_free (LimenGradientMoments *moments)
{
  if (!moments)
    return;
  g_free (moments->exact);
  g_free (moments->h);
  g_free (moments);
}

/* -- μ and log s -- */

/* What the best baseline leaves of E L: for μ_j it is E ε²L / E ε² = E L − M_jj, for log s_j
 * E (ε² − 1)²L / E (ε² − 1)² = E L − 2·M_jj (Mohamed et al., 2020, equation 20). */
static double
best_remainder (const LimenGradientMoments *moments, LimenGradientPart part, gsize j)
{
  return (part == LIMEN_PART_MU ? 1 : 2) * moments->curvature[j].value;
}

static double
remainder_of (const LimenGradientMoments *moments, const LimenGradientCase *c,
              LimenGradientEstimator estimator, LimenGradientPart part, gsize j)
{
  if (estimator == LIMEN_LOG_DERIVATIVE)
    return moments->mean.value + c->shift;
  return estimator == LIMEN_LOG_DERIVATIVE_MEAN ? 0 : best_remainder (moments, part, j);
}

/* How far that is from what the best baseline leaves */
static LimenNumber
apart_from_best (const LimenGradientMoments *moments, const LimenGradientCase *c,
                 LimenGradientEstimator estimator, LimenGradientPart part, gsize j)
{
  LimenNumber best = scaled (moments->curvature[j], part == LIMEN_PART_MU ? -1 : -2);
  if (estimator == LIMEN_LOG_DERIVATIVE)
    return plus (plus (moments->mean, (LimenNumber){c->shift, 0}), best);
  return estimator == LIMEN_LOG_DERIVATIVE_MEAN ? best : (LimenNumber){0, 0};
}

double
limen_gradient_baseline (const LimenGradientMoments *moments, const LimenGradientCase *c,
                         LimenGradientEstimator estimator, LimenGradientPart part, gsize j)
{
  if (estimator == LIMEN_LOG_DERIVATIVE)
    return -c->shift;
  return moments->mean.value - remainder_of (moments, c, estimator, part, j);
}

/* Var L = h·h + ½ tr M² */
static LimenNumber
integrand_variance (const LimenGradientMoments *moments)
{
  LimenNumber sum = {0, 0};
  for (gsize j = 0; j < moments->k; j++) {
    sum = plus (sum, square_of (moments->h[j], 1));
    sum = plus (sum, square_of (moments->curvature[j], 0.5));
    sum = plus (sum, scaled (moments->aside[j], 0.5));
  }
  return sum;
}

/* Of F·ε_j/s_j and F·(ε_j² − 1), F = L less a baseline, E F = f. By Stein's lemma E ε_iε_j·F² =
 * δ_ij·E F² + E ∂_i∂_j F², and the like for the fourth power: with M² the square of the matrix,
 * E (F·ε_j)² = f² + Var L − 2·M_jj·f + 2 (h_j² + (M²)_jj). Written as sums of squares: with a the
 * square of M beside its diagonal, (f − M)² + M² + Var L + h² + 2a, and, of log s, 2 (f − 2M)² +
 * 5M² + 2 Var L + 8h² + 8a. */
static void
fill_log_derivative (const LimenGradientMoments *moments, const LimenGradientCase *c,
                     LimenGradientEstimator estimator, LimenNumber *out)
{
  LimenNumber variance = integrand_variance (moments);
  for (gsize j = 0; j < moments->k; j++) {
    LimenNumber h = moments->h[j], m = moments->curvature[j], aside = moments->aside[j];
    LimenNumber f = apart_from_best (moments, c, estimator, LIMEN_PART_MU, j);
    LimenNumber sum = plus (plus (square_of (f, 1), square_of (m, 1)), variance);
    sum = plus (plus (sum, square_of (h, 1)), scaled (aside, 2));
    out[j] = scaled (sum, 1 / c->variance[j]);
    f = apart_from_best (moments, c, estimator, LIMEN_PART_LOG_S, j);
    sum = plus (plus (square_of (f, 2), square_of (m, 5)), scaled (variance, 2));
    out[moments->k + j] = plus (plus (sum, square_of (h, 8)), scaled (aside, 8));
  }
}

/* Paths have the gradient S⁻¹·(h − N·ε), where N and h are those of what is differentiated along
 * them: N_jj */
static LimenNumber
path_curvature (const LimenGradientMoments *moments, LimenGradientEstimator estimator, gsize j)
{
  if (estimator == LIMEN_REPARAMETERIZATION)
    return plus (moments->gain[j], moments->prior[j]);
  return estimator == LIMEN_REPARAMETERIZATION_KL ? moments->gain[j] : moments->curvature[j];
}

static const LimenNumber *
path_slope (const LimenGradientMoments *moments, LimenGradientEstimator estimator)
{
  return estimator == LIMEN_REPARAMETERIZATION_KL ? moments->data_h : moments->h;
}

/* Of (h_j − (N·ε)_j)/s_j: (N²)_jj/s_j²; of ε_j·(h_j − (N·ε)_j): h_j² + N_jj² + (N²)_jj */
static void
fill_path (const LimenGradientMoments *moments, const LimenGradientCase *c,
           LimenGradientEstimator estimator, LimenNumber *out)
{
  const LimenNumber *h = path_slope (moments, estimator);
  for (gsize j = 0; j < moments->k; j++) {
    LimenNumber n = path_curvature (moments, estimator, j);
    LimenNumber square = plus (moments->aside[j], square_of (n, 1));
    out[j] = scaled (square, 1 / c->variance[j]);
    out[moments->k + j] = plus (plus (square_of (h[j], 1), square_of (n, 1)), square);
  }
}

void
limen_gradient_moments_variance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                 LimenGradientEstimator estimator, LimenNumber *out)
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
  return moments->h[0].value * (2 * f - 9 * moments->curvature[0].value) / sqrt (c->variance[0]);
}

/* k ≥ 2: E ε₁ε₂·F₁F₂ = E ∂₁∂₂ F₁F₂ = −M₁₂·(f₁ + f₂) + 2·(h₁h₂ + (M²)₁₂) */
static double
log_derivative_of_two (const LimenGradientMoments *moments, const LimenGradientCase *c,
                       LimenGradientEstimator estimator)
{
  double f = remainder_of (moments, c, estimator, LIMEN_PART_MU, 0) +
             remainder_of (moments, c, estimator, LIMEN_PART_MU, 1);
  double m = moments->curvature[0].value + moments->curvature[1].value;
  double square = moments->around + moments->first_two * m;
  return (moments->h[0].value * moments->h[1].value + 2 * square - moments->first_two * f) /
         sqrt (c->variance[0] * c->variance[1]);
}

/* Of μ: −N·ε/s, of log s: ε·(h − N·ε): E is −N·h/s; of μ1 and μ2: (N²)₁₂ */
static double
path_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                 LimenGradientEstimator estimator)
{
  double n = path_curvature (moments, estimator, 0).value;
  if (moments->k == 1)
    return -n * path_slope (moments, estimator)[0].value / sqrt (c->variance[0]);
  n += path_curvature (moments, estimator, 1).value;
  return (moments->around + moments->first_two * n) / sqrt (c->variance[0] * c->variance[1]);
}

void
limen_gradient_moments_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                                   LimenGradientEstimator estimator, double *out)
{
  g_autofree LimenNumber *variance = g_new (LimenNumber, 2 * moments->k);
  limen_gradient_moments_variance (moments, c, estimator, variance);
  out[0] = variance[0].value;
  out[2] = variance[1].value;
  if (!limen_takes_log_derivative (estimator))
    out[1] = path_covariance (moments, c, estimator);
  else if (moments->k == 1)
    out[1] = log_derivative_with_width (moments, c, estimator);
  else
    out[1] = log_derivative_of_two (moments, c, estimator);
}

/* -- λ and θ -- */

/* A product of a few numbers, and a sum of squares of such */
static LimenNumber
rounded (double value)
{
  return (LimenNumber){value, 8 * DBL_EPSILON * fabs (value)};
}

/* Of (z − λ1)/λ2 and ½ ((z − λ1)²/λ2² − 1/λ2) */
static void
fill_prior (const LimenGradientCase *c, LimenNumber *lambda1, LimenNumber *lambda2)
{
  for (gsize j = 0; j < c->model->latent; j++) {
    double l2 = c->model->lambda2[j], apart = c->mu[j] - c->model->lambda1[j];
    double v = c->variance[j] / l2;
    lambda1[j] = rounded (v / l2);
    lambda2[j] = rounded ((apart * apart / l2 + 0.5 * v) * v / (l2 * l2));
  }
}

/* Of r_i·z_j/σ² and r_i/σ², r = x − b − A·z: a product of two normal numbers whose covariance is
 * −a_ij·s_j²; r at μ, over σ², is the gradient with respect to b. */
static void
fill_decoder (const LimenGradientMoments *moments, const LimenGradientCase *c, LimenNumber *a,
              LimenNumber *b)
{
  gsize k = c->model->latent, at_b = limen_gradient_offset (c->model, LIMEN_PART_B);
  double sigma2 = c->model->sigma2;
  for (gsize i = 0; i < c->model->observed; i++) {
    const double *row = c->model->a + i * k;
    double r = moments->exact[at_b + i], r_error = moments->exact_error[at_b + i], variance = 0;
    for (gsize j = 0; j < k; j++)
      variance += row[j] * row[j] / sigma2 * c->variance[j] / sigma2;
    b[i] = (LimenNumber){variance, ((double)k + 8) * DBL_EPSILON * variance};
    for (gsize j = 0; j < k; j++) {
      double v = c->variance[j], both = -row[j] * v / sigma2, mu = c->mu[j];
      double squares = r * r * v + mu * mu * variance + v * variance + both * both;
      double cross = 2 * r * mu * both;
      a[i * k + j] =
          (LimenNumber){squares + cross, ((double)k + 16) * DBL_EPSILON * (squares + fabs (cross)) +
                                             2 * r_error * (fabs (r) * v + fabs (mu * both))};
    }
  }
}

void
limen_gradient_moments_rest (const LimenGradientMoments *moments, const LimenGradientCase *c,
                             LimenGradientEstimator estimator, LimenGradientPart until,
                             LimenNumber *out)
{
  gsize k = c->model->latent;
  if (estimator == LIMEN_REPARAMETERIZATION_KL)
    memset (out, 0, 2 * k * sizeof *out);
  else
    fill_prior (c, out, out + k);
  if (until > LIMEN_PART_A)
    fill_decoder (moments, c, out + 2 * k,
                  out + limen_gradient_offset (c->model, LIMEN_PART_B) - 2 * k);
}

void
limen_gradient_variance (const LimenGradientCase *c, LimenGradientEstimator estimator, double *out)
{
  gsize size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  g_autofree LimenNumber *known = g_new (LimenNumber, size);
  g_autoptr (LimenGradientMoments) moments = limen_gradient_moments_new (c);
  limen_gradient_moments_variance (moments, c, estimator, known);
  limen_gradient_moments_rest (moments, c, estimator, LIMEN_N_PARTS,
                               known + limen_gradient_offset (c->model, LIMEN_PART_LAMBDA1));
  for (gsize i = 0; i < size; i++)
    out[i] = known[i].value;
}

/* -- two parameters of λ or θ together -- */

/* A factor of a derivative with respect to θ: r_i = x_i − b_i − a_i·z, or z_j, or 1; normal numbers
 * @residual: i, or −1; @latent: j, or −1 */
typedef struct {
  gssize residual, latent;
} Factor;

static double
factor_mean (const LimenGradientMoments *moments, const LimenGradientCase *c, Factor f)
{
  gsize at_b = limen_gradient_offset (c->model, LIMEN_PART_B);
  if (f.residual >= 0)
    return moments->exact[at_b + (gsize)f.residual] * c->model->sigma2;
  return f.latent >= 0 ? c->mu[f.latent] : 1;
}

static double
factor_covariance (const LimenGradientCase *c, Factor f, Factor g)
{
  const gsize k = c->model->latent;
  double sum = 0;
  for (gsize l = 0; l < k; l++) {
    double own = f.residual >= 0 ? -c->model->a[(gsize)f.residual * k + l] : f.latent == (gssize)l;
    double its = g.residual >= 0 ? -c->model->a[(gsize)g.residual * k + l] : g.latent == (gssize)l;
    sum += own * its * c->variance[l];
  }
  return sum;
}

/* Cov (uv, wy) of normal numbers (Isserlis, 1918) */
static double
theta_covariance (const LimenGradientMoments *moments, const LimenGradientCase *c,
                  const guint pair[2])
{
  const gsize k = c->model->latent, at_b = limen_gradient_offset (c->model, LIMEN_PART_B);
  Factor f[4];
  double mean[4], cov[4][4];
  for (int i = 0; i < 2; i++) {
    gsize at = pair[i] - 4 * k;
    gboolean is_b = pair[i] >= at_b;
    f[2 * i] = (Factor){is_b ? (gssize)(pair[i] - at_b) : (gssize)(at / k), -1};
    f[2 * i + 1] = (Factor){-1, is_b ? -1 : (gssize)(at % k)};
  }
  for (int i = 0; i < 4; i++) {
    mean[i] = factor_mean (moments, c, f[i]);
    for (int j = 0; j < 4; j++)
      cov[i][j] = factor_covariance (c, f[i], f[j]);
  }
  double sum = cov[0][2] * cov[1][3] + cov[0][3] * cov[1][2];
  for (int i = 0; i < 2; i++)
    for (int j = 2; j < 4; j++)
      sum += mean[1 - i] * mean[5 - j] * cov[i][j];
  return sum / c->model->sigma2 / c->model->sigma2;
}

/* Variables are independent of each other; of one, Cov (z, z²) = 2·E z·Var z. */
static double
lambda_covariance (const LimenGradientCase *c, const guint pair[2])
{
  gsize k = c->model->latent;
  double l2 = c->model->lambda2[0];
  if (pair[0] % k != pair[1] % k)
    return 0;
  return (c->mu[0] - c->model->lambda1[0]) / l2 * c->variance[0] / l2 / l2;
}

void
limen_gradient_moments_pair (const LimenGradientMoments *moments, const LimenGradientCase *c,
                             LimenGradientEstimator estimator, const guint pair[2], double *out)
{
  guint k = (guint)c->model->latent;
  out[0] = out[1] = out[2] = NAN;
  if (pair[0] == 0 && pair[1] == 1)
    limen_gradient_moments_covariance (moments, c, estimator, out);
  else if (pair[0] >= 4 * k)
    out[1] = theta_covariance (moments, c, pair);
  else if (pair[0] >= 2 * k)
    out[1] = estimator == LIMEN_REPARAMETERIZATION_KL ? 0 : lambda_covariance (c, pair);
}

/* -- a cost that wiggles -- */

/* With t = ω²s², E sin ωz = m = e^(−t/2)·sin ωμ and so on; all differences of nearly equal numbers
 * are taken by hand, for ω near 0. E (f − b)²ε² from E ε²g = E g + s²·E g″ (Stein): that is E f²ε²
 * − 2b·m (1 − t) + b², least at b = m (1 − t), which is m²t² below what it is at b = m. */
LimenWiggle
limen_wiggle (double mu, double s, double omega)
{
  double t = omega * s * omega * s, fade = exp (-t), faded = -expm1 (-t);
  double double_cosine = cos (2 * omega * mu), sine = sin (omega * mu), square = fade * sine * sine;
  double paths = 0.5 * omega * omega * faded * (faded + 2 * fade * sine * sine);
  double scores = 0.5 * faded * (1 + double_cosine * fade) +
                  t * fade * (0.5 + 2 * double_cosine * fade - 1.5 * double_cosine);
  return (LimenWiggle){.gradient = omega * cos (omega * mu) * exp (-t / 2),
                       .log_derivative = (scores + square * (1 - 2 * t)) / (s * s),
                       .mean_baseline = scores / (s * s),
                       .best_baseline = (scores - square * t * t) / (s * s),
                       .reparameterization = paths};
}
