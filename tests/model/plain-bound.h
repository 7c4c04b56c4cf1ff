/* The bound under small linear Gaussian models by plain dense formulas in long double, and by sums
 * over a grid without a table: slow, and sharing nothing with what it judges. */
#pragma once

#include "model/latent/gaussian-model.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define PLAIN_MOST 3

/* k ≤ 3 */
typedef struct {
  guint k;
  long double evidence, mean[PLAIN_MOST], precision[PLAIN_MOST][PLAIN_MOST],
      covariance[PLAIN_MOST][PLAIN_MOST];
} PlainPosterior;

/* Lower factor in place; FALSE where @a is not positive definite */
static gboolean
plain_cholesky (long double a[PLAIN_MOST][PLAIN_MOST], guint k)
{
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j <= i; j++) {
      for (guint l = 0; l < j; l++)
        a[i][j] -= a[i][l] * a[j][l];
      if (i == j && !(a[i][i] > 0))
        return FALSE;
      a[i][j] = i == j ? sqrtl (a[i][i]) : a[i][j] / a[j][j];
    }
  return TRUE;
}

static void
plain_solve_lower (long double l[PLAIN_MOST][PLAIN_MOST], guint k, long double *b)
{
  for (guint i = 0; i < k; i++) {
    for (guint j = 0; j < i; j++)
      b[i] -= l[i][j] * b[j];
    b[i] /= l[i][i];
  }
}

/* @inverse of L·Lᵀ */
static void
plain_inverse (long double l[PLAIN_MOST][PLAIN_MOST], guint k,
               long double inverse[PLAIN_MOST][PLAIN_MOST])
{
  long double columns[PLAIN_MOST][PLAIN_MOST] = {{0}};
  for (guint j = 0; j < k; j++) {
    columns[j][j] = 1;
    plain_solve_lower (l, k, columns[j]);
  }
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++) {
      inverse[i][j] = 0;
      for (guint m = 0; m < k; m++)
        inverse[i][j] += columns[i][m] * columns[j][m];
    }
}

static PlainPosterior
plain_posterior (const LimenGaussianModel *model, const double *x)
{
  guint k = model->latent, d = model->observed;
  PlainPosterior posterior = {.k = k};
  long double l[PLAIN_MOST][PLAIN_MOST] = {{0}}, pull[PLAIN_MOST] = {0}, squares = 0, log_det = 0;
  for (guint j = 0; j < k; j++)
    posterior.precision[j][j] = 1 / (long double)model->lambda2[j];
  for (guint i = 0; i < d; i++) {
    long double residual = (long double)x[i] - model->b[i];
    for (guint j = 0; j < k; j++)
      residual -= (long double)model->a[i * k + j] * model->lambda1[j];
    squares += residual * residual / model->sigma2;
    for (guint j = 0; j < k; j++) {
      pull[j] += model->a[i * k + j] * residual / model->sigma2;
      for (guint m = 0; m < k; m++)
        posterior.precision[j][m] +=
            (long double)model->a[i * k + j] * model->a[i * k + m] / model->sigma2;
    }
  }
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      l[i][j] = posterior.precision[i][j];
  plain_cholesky (l, k);
  plain_inverse (l, k, posterior.covariance);
  for (guint i = 0; i < k; i++) {
    posterior.mean[i] = model->lambda1[i];
    for (guint j = 0; j < k; j++) {
      posterior.mean[i] += posterior.covariance[i][j] * pull[j];
      squares -= pull[i] * posterior.covariance[i][j] * pull[j];
    }
    log_det += 2 * logl (l[i][i]) + logl (model->lambda2[i]);
  }
  posterior.evidence = -(d * logl (2 * M_PIl * model->sigma2) + log_det + squares) / 2;
  return posterior;
}

/* The proposal that @kind names, or @q */
static void
plain_proposal (const LimenGaussianModel *model, const PlainPosterior *posterior,
                const LimenGaussian *q, LimenProposalKind kind, long double *mean,
                long double covariance[PLAIN_MOST][PLAIN_MOST])
{
  guint k = posterior->k;
  for (guint i = 0; i < k; i++) {
    mean[i] = kind == LIMEN_PROPOSAL_OWN     ? q->mean[i]
              : kind == LIMEN_PROPOSAL_PRIOR ? model->lambda1[i]
                                             : posterior->mean[i];
    for (guint j = 0; j < k; j++) {
      long double own = 0;
      if (kind == LIMEN_PROPOSAL_OWN)
        own = q->covariance[i * k + j];
      else if (kind == LIMEN_PROPOSAL_POSTERIOR)
        own = posterior->covariance[i][j];
      else if (i == j)
        own = kind == LIMEN_PROPOSAL_PRIOR     ? model->lambda2[i]
              : kind == LIMEN_PROPOSAL_MOMENTS ? posterior->covariance[i][i]
                                               : 1 / posterior->precision[i][i];
      covariance[i][j] = own;
    }
  }
}

/* In coordinates where q is N(0, I), the posterior is N(offset, P⁻¹) */
typedef struct {
  guint k;
  long double p[PLAIN_MOST][PLAIN_MOST], offset[PLAIN_MOST];
} PlainWeights;

static PlainWeights
plain_weights (const PlainPosterior *posterior, const long double *mean,
               long double covariance[PLAIN_MOST][PLAIN_MOST])
{
  guint k = posterior->k;
  PlainWeights weights = {.k = k};
  long double f[PLAIN_MOST][PLAIN_MOST];
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      f[i][j] = covariance[i][j];
  plain_cholesky (f, k);
  for (guint i = 0; i < k; i++)
    weights.offset[i] = posterior->mean[i] - mean[i];
  plain_solve_lower (f, k, weights.offset);
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++)
      for (guint l = i; l < k; l++)
        for (guint m = j; m < k; m++)
          weights.p[i][j] += f[l][i] * posterior->precision[l][m] * f[m][j];
  return weights;
}

/* KL(q ‖ p(z|x)), each part by itself: γ − 1 − log γ of the pivots of P */
static long double
plain_first_gap (const PlainWeights *weights)
{
  guint k = weights->k;
  long double l[PLAIN_MOST][PLAIN_MOST], sum = 0;
  for (guint i = 0; i < k; i++)
    for (guint j = 0; j < k; j++) {
      l[i][j] = weights->p[i][j];
      sum += weights->offset[i] * weights->p[i][j] * weights->offset[j];
    }
  plain_cholesky (l, k);
  for (guint i = 0; i < k; i++) {
    long double pivot = l[i][i] * l[i][i];
    sum += (pivot - 1) - log1pl (pivot - 1);
    for (guint j = 0; j < i; j++)
      sum += l[i][j] * l[i][j];
  }
  return sum / 2;
}

/* E v² − 1; INFINITY */
static long double
plain_variance (const PlainWeights *weights)
{
  guint k = weights->k;
  long double l[PLAIN_MOST][PLAIN_MOST], r[PLAIN_MOST][PLAIN_MOST], offset[PLAIN_MOST];
  long double log_square = 0;
  for (guint i = 0; i < k; i++) {
    offset[i] = weights->offset[i];
    log_square += offset[i] * offset[i] / 2;
    for (guint j = 0; j < k; j++) {
      l[i][j] = weights->p[i][j];
      r[i][j] = 2 * weights->p[i][j] - (i == j);
    }
  }
  plain_cholesky (l, k);
  if (!plain_cholesky (r, k))
    return INFINITY;
  plain_solve_lower (r, k, offset);
  for (guint i = 0; i < k; i++)
    log_square += offset[i] * offset[i] / 2 + 2 * log1pl (l[i][i] - 1) - log1pl (r[i][i] - 1);
  return expm1l (log_square);
}

/* P's eigenvalues and the offset along their vectors; k ≤ 2 */
static void
plain_axes (const PlainWeights *weights, double *gamma, double *along)
{
  double p = (double)weights->p[0][0], r = (double)weights->p[1][1], q = (double)weights->p[0][1];
  double d[2] = {(double)weights->offset[0], (double)weights->offset[1]};
  double angle = weights->k == 1 ? 0 : 0.5 * atan2 (2 * q, p - r);
  double c = cos (angle), s = sin (angle);
  gamma[0] = weights->k == 1 ? p : c * c * p + 2 * c * s * q + s * s * r;
  gamma[1] = weights->k == 1 ? 1 : s * s * p - 2 * c * s * q + c * c * r;
  along[0] = c * d[0] + s * d[1];
  along[1] = weights->k == 1 ? 0 : c * d[1] - s * d[0];
}

#define PLAIN_MOST_NODES 800 /* along one axis */
#define PLAIN_MOST_PAIRS 8000

/* @v, @mass: (PLAIN_MOST_NODES): an even grid along one axis. Returns: how many; 0: too many */
static guint
plain_axis (double gamma, double d, double share, double *v, double *mass)
{
  double width = 1 / sqrt (gamma), low = fmin (-9, d - 9 * width), high = fmax (9, d + 9 * width);
  double step = fmin (width, 1) * share;
  if (!((high - low) / step < PLAIN_MOST_NODES - 1))
    return 0;
  guint n = (guint)((high - low) / step) + 1;
  for (guint i = 0; i < n; i++) {
    double e = low + step * i;
    mass[i] = step * exp (-e * e / 2) / sqrt (2 * G_PI);
    v[i] = 0.5 * (log (gamma) + e * e - gamma * (e - d) * (e - d));
  }
  return n;
}

/* ∫ [L(e^y)^K − exp(−K·e^y)] dy, L(r) = Σ mass·exp(−r·v), with steps of 0.25; NaN where the grid
 * would be too large. @share: of the narrower scale: a step of the grid */
static double
plain_gap (const PlainWeights *weights, double k, double share)
{
  static double v[2][PLAIN_MOST_NODES], mass[2][PLAIN_MOST_NODES];
  static double all_v[PLAIN_MOST_PAIRS], all_mass[PLAIN_MOST_PAIRS];
  double gamma[2], along[2], sum = 0, total = 0, mean = 0;
  guint n[2] = {1, 1}, all = 0;
  plain_axes (weights, gamma, along);
  v[1][0] = 0;
  mass[1][0] = 1;
  for (guint i = 0; i < weights->k; i++)
    n[i] = plain_axis (gamma[i], along[i], share, v[i], mass[i]);
  if (n[0] == 0 || n[1] == 0 || n[0] * n[1] > PLAIN_MOST_PAIRS)
    return NAN;
  for (guint i = 0; i < n[0]; i++)
    for (guint j = 0; j < n[1]; j++) {
      double m = mass[0][i] * mass[1][j], own = exp (v[0][i] + v[1][j]);
      if (m < 1e-20 && m * own < 1e-20)
        continue;
      all_v[all] = own;
      all_mass[all++] = m;
      total += m;
      mean += m * own;
    }
  if (fabs (total - 1) > 1e-9 || fabs (mean - 1) > 1e-9)
    return NAN; /* weights too steep for the grid */
  for (double y = -38 - log (k); y < 700; y += 0.25) {
    double r = exp (y), l = 0, gone = 0;
    for (guint i = 0; i < all; i++) {
      l += all_mass[i] * exp (-r * all_v[i]);
      if (r < 0.5)
        gone += all_mass[i] * (expm1 (-r * all_v[i]) + r * all_v[i]);
    }
    /* log L + r = log1p (Σ mass·(exp(−rv) − 1 + rv) − r) + r for small r */
    double excess = r < 0.5 ? log1p (gone - r) + r : log (l) + r;
    double term = exp (-k * r) * expm1 (k * excess);
    if (!(k * excess < 30))
      term = pow (l, k) - exp (-k * r);
    sum += 0.25 * term;
    if (pow (l, k) < 1e-14)
      break;
  }
  return sum;
}

#pragma GCC diagnostic pop
