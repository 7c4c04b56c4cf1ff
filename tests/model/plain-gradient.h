/* Gradient estimates one draw at a time, straight from their definitions, and exact means of them:
 * the slow reference. */
#pragma once

#include "gaussian-random.h"
#include "model/prior/gradient-estimator.h"

#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static inline void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.16g is not %.16g within %g", value, expected, tolerance);
}

/* As of a case file with a diagonal proposal; @c borrows @v: (k). */
static LimenGaussianCase *
random_diagonal_case (LimenRandom *random, guint k, guint d, double *v, LimenGradientCase *c)
{
  LimenGaussianCase *made = random_case (random, k, d);
  g_autofree double *variance = g_new (double, k);
  for (guint j = 0; j < k; j++)
    variance[j] = made->proposal->covariance[j * k + j];
  LimenGaussian *q = limen_gaussian_new_diagonal ("q", k, made->proposal->mean, variance, NULL);
  limen_gaussian_free (made->proposal);
  made->proposal = q;
  g_assert_true (limen_gradient_case_of (made, v, c, NULL));
  return made;
}

static LimenGaussian *
proposal_of (const LimenGradientCase *c)
{
  g_autofree double *variance = g_new (double, c->model->latent);
  for (guint j = 0; j < c->model->latent; j++)
    variance[j] = c->variance[j];
  return limen_gaussian_new_diagonal ("q", c->model->latent, c->mu, variance, NULL);
}

/* log p(x|z), log r(z), log q(z) */
static void
plain_logs (const LimenGradientCase *c, const double *z, double out[3])
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent;
  memset (out, 0, 3 * sizeof *out);
  for (gsize i = 0; i < model->observed; i++) {
    double residual = c->x[i] - model->b[i];
    for (gsize j = 0; j < k; j++)
      residual -= model->a[i * k + j] * z[j];
    out[0] -= 0.5 * (residual * residual / model->sigma2 + log (2 * G_PI * model->sigma2));
  }
  for (gsize j = 0; j < k; j++) {
    double p = z[j] - model->lambda1[j], q = (z[j] - c->mu[j]) / sqrt (c->variance[j]);
    out[1] -= 0.5 * (p * p / model->lambda2[j] + log (2 * G_PI * model->lambda2[j]));
    out[2] -= 0.5 * (q * q + log (2 * G_PI)) + 0.5 * log (c->variance[j]);
  }
}

/* @score: (2k): ∇ log q(z) with respect to μ and log s, and L(z) with the shift */
static double
plain_score (const LimenGradientCase *c, const double *e, const double *z, double *score)
{
  double logs[3];
  for (gsize j = 0; j < c->model->latent; j++) {
    score[j] = e[j] / sqrt (c->variance[j]);
    score[c->model->latent + j] = e[j] * e[j] - 1;
  }
  plain_logs (c, z, logs);
  return logs[0] + logs[1] - logs[2] + c->shift;
}

/* @out: all parts but μ and log s */
static void
plain_rest (const LimenGradientCase *c, LimenGradientEstimator estimator, const double *z,
            double *out)
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent, d = model->observed;
  for (gsize j = 0; j < k; j++) {
    double apart = z[j] - model->lambda1[j], square = apart * apart;
    if (estimator == LIMEN_REPARAMETERIZATION_KL) {
      apart = c->mu[j] - model->lambda1[j];
      square = apart * apart + c->variance[j];
    }
    out[2 * k + j] = apart / model->lambda2[j];
    out[3 * k + j] = (square / model->lambda2[j] - 1) / (2 * model->lambda2[j]);
  }
  for (gsize i = 0; i < d; i++) {
    double *b = out + 4 * k + d * k + i;
    *b = (c->x[i] - model->b[i]) / model->sigma2;
    for (gsize j = 0; j < k; j++)
      *b -= model->a[i * k + j] * z[j] / model->sigma2;
    for (gsize j = 0; j < k; j++)
      out[4 * k + i * k + j] = *b * z[j];
  }
}

/* @baseline: (2k): of the log-derivative trick; @out: all parts, of z = μ + s·@e */
static void
plain_estimate (const LimenGradientCase *c, LimenGradientEstimator estimator,
                const double *baseline, const double *e, double *out)
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent;
  g_autofree double *z = g_new (double, k), *score = g_new (double, 2 * k);
  for (gsize j = 0; j < k; j++)
    z[j] = c->mu[j] + sqrt (c->variance[j]) * e[j];
  double integrand = plain_score (c, e, z, score);
  plain_rest (c, estimator, z, out);
  for (gsize j = 0; j < 2 * k && estimator <= LIMEN_LOG_DERIVATIVE_OPTIMAL; j++)
    out[j] = (integrand - baseline[j]) * score[j];
  for (gsize j = 0; j < k && estimator >= LIMEN_REPARAMETERIZATION; j++) {
    double data = 0, prior = -(z[j] - model->lambda1[j]) / model->lambda2[j], known_mu = 0,
           known = 0;
    for (gsize i = 0; i < model->observed; i++)
      data += out[4 * k + model->observed * k + i] * model->a[i * k + j];
    if (estimator == LIMEN_REPARAMETERIZATION) {
      known = 1; /* −log q(z) = log s + ½ε² + … */
    } else if (estimator == LIMEN_REPARAMETERIZATION_KL) {
      prior = 0;
      known_mu = -(c->mu[j] - model->lambda1[j]) / model->lambda2[j];
      known = 1 - c->variance[j] / model->lambda2[j];
    } else {
      prior += e[j] / sqrt (c->variance[j]);
    }
    out[j] = data + prior + known_mu;
    out[k + j] = (data + prior) * sqrt (c->variance[j]) * e[j] + known;
  }
}

/* -- exact means -- */

/* Nodes that are exact for polynomials in ε of degree 9 in each variable: products of two estimates
 * have 8 (Abramowitz and Stegun, 1964, table 25.10, for the weight of N(0, 1)) */
#define N_NODES 5

static void
node (guint index, guint k, double *e, double *mass)
{
  const double root = sqrt (10), far = sqrt (5 + root), near = sqrt (5 - root);
  const double at[N_NODES] = {-far, -near, 0, near, far};
  const double weight[N_NODES] = {(7 - 2 * root) / 60, (7 + 2 * root) / 60, 8 / 15.0,
                                  (7 + 2 * root) / 60, (7 - 2 * root) / 60};
  *mass = 1;
  for (guint j = 0; j < k; j++, index /= N_NODES) {
    e[j] = at[index % N_NODES];
    *mass *= weight[index % N_NODES];
  }
}

static guint
n_nodes (guint k)
{
  guint n = 1;
  for (guint j = 0; j < k; j++)
    n *= N_NODES;
  return n;
}

/* @out: (2k): none, E L, or the E score²·L / E score² that leaves the least variance, which is
 * where the derivative of E ((L − β)·score)² with respect to β is 0 */
static void
plain_baseline (const LimenGradientCase *c, LimenGradientEstimator estimator, double *out)
{
  gsize k = c->model->latent;
  g_autofree double *sum = g_new0 (double, 4 * k), *e = g_new (double, k), *z = g_new (double, k),
                    *score = g_new (double, 2 * k);
  for (guint n = 0; n < n_nodes ((guint)k); n++) {
    double mass;
    node (n, (guint)k, e, &mass);
    for (gsize j = 0; j < k; j++)
      z[j] = c->mu[j] + sqrt (c->variance[j]) * e[j];
    double integrand = plain_score (c, e, z, score);
    for (gsize j = 0; j < 2 * k; j++) {
      double square = estimator == LIMEN_LOG_DERIVATIVE_OPTIMAL ? score[j] * score[j] : 1;
      sum[j] += mass * square * integrand;
      sum[2 * k + j] += mass * square;
    }
  }
  for (gsize j = 0; j < 2 * k; j++)
    out[j] = estimator == LIMEN_LOG_DERIVATIVE ? 0 : sum[j] / sum[2 * k + j];
}

/* @mean, @variance: all parts; @covariance: of the first two parameters */
static void
plain_moments (const LimenGradientCase *c, LimenGradientEstimator estimator, double *mean,
               double *variance, double *covariance)
{
  guint k = c->model->latent;
  gsize size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  g_autofree double *baseline = g_new (double, 2 * k), *e = g_new (double, k);
  g_autofree double *all = g_new (double, n_nodes (k) * size), *mass = g_new (double, n_nodes (k));
  plain_baseline (c, estimator, baseline);
  memset (mean, 0, size * sizeof *mean);
  memset (variance, 0, size * sizeof *variance);
  *covariance = 0;
  for (guint n = 0; n < n_nodes (k); n++) {
    node (n, k, e, &mass[n]);
    plain_estimate (c, estimator, baseline, e, all + n * size);
    for (gsize i = 0; i < size; i++)
      mean[i] += mass[n] * all[n * size + i];
  }
  for (guint n = 0; n < n_nodes (k); n++) {
    const double *own = all + n * size;
    for (gsize i = 0; i < size; i++)
      variance[i] += mass[n] * (own[i] - mean[i]) * (own[i] - mean[i]);
    *covariance += mass[n] * (own[0] - mean[0]) * (own[1] - mean[1]);
  }
}

#pragma GCC diagnostic pop
