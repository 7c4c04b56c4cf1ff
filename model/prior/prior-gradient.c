#include "model/prior/prior-gradient.h"

#include <math.h>

#define LOG_2PI 1.8378770664093453

/* -- the bound at the draws -- */

/* log p(x|z) + log r(z) − log q(z|x) of row @i */
static double
integrand (const LimenPriorLayout *layout, const double *parameters, double sigma2,
           const LimenPriorPass *pass, gsize i)
{
  gsize d = layout->d, k = layout->k;
  const double *lambda1 = parameters + layout->lambda1;
  const double *log_lambda2 = parameters + layout->log_lambda2;
  double errors = 0, sum = (double)d * (LOG_2PI + log (sigma2));
  for (gsize j = 0; j < d; j++) {
    double residual = pass->x[i * d + j] - pass->decoded[i * d + j];
    errors += residual * residual;
  }
  for (gsize j = 0; j < k; j++) {
    double apart = pass->z[i * k + j] - lambda1[j], e = pass->e[i * k + j];
    sum += log_lambda2[j] + apart * apart * exp (-log_lambda2[j]);
    sum -= 2 * pass->code[(2 * i + 1) * k + j] + e * e;
  }
  return -0.5 * (sum + errors / sigma2);
}

double
limen_prior_value (const LimenPriorLayout *layout, const double *parameters, double sigma2,
                   LimenPriorPass *pass, guint n)
{
  double sum = 0;
  limen_prior_place (layout, pass, n);
  limen_prior_decode (layout, parameters, pass, n);
  for (gsize i = 0; i < n; i++) {
    pass->l[i] = integrand (layout, parameters, sigma2, pass, i);
    sum += pass->l[i];
  }
  return sum / n;
}

/* -- with respect to μ and log s -- */

/* Along z = μ + s·e. @pass->d_z: ∂ log p(x|z) / ∂z / n. The term log q enters with log s; sticking
 * the landing takes −∂ log q / ∂z = e / s along z instead; and the KL divergence ½[(s² + (μ −
 * λ1)²) / λ2 − 1 − log s² + log λ2] takes the place of both log r and log q. */
static void
fill_along_draws (const LimenPriorLayout *layout, const double *parameters,
                  LimenGradientEstimator estimator, LimenPriorPass *pass, guint n)
{
  gsize k = layout->k;
  for (gsize i = 0; i < n; i++)
    for (gsize j = 0; j < k; j++) {
      double s = pass->s[i * k + j], e = pass->e[i * k + j];
      double lambda1 = parameters[layout->lambda1 + j];
      double precision = exp (-parameters[layout->log_lambda2 + j]);
      double *mu = pass->d_code + 2 * i * k + j, *log_s = mu + k;
      double at = pass->z[i * k + j], along = pass->d_z[i * k + j];
      if (estimator == LIMEN_REPARAMETERIZATION_KL)
        at = pass->code[2 * i * k + j];
      *mu = along - (at - lambda1) * precision / n;
      *log_s = 1.0 / n;
      if (estimator == LIMEN_STICKING_THE_LANDING) {
        *mu += e / s / n;
        *log_s = 0;
      }
      if (estimator == LIMEN_REPARAMETERIZATION_KL)
        *log_s += along * s * e - s * s * precision / n;
      else
        *log_s += *mu * s * e;
    }
}

/* ∇ log q with respect to μ (@c < k) and log s of variable @c mod k, of row @i */
static double
score (const LimenPriorPass *pass, gsize k, gsize i, gsize c)
{
  gsize at = i * k + c % k;
  double e = pass->e[at];
  return c < k ? e / pass->s[at] : e * e - 1;
}

/* @baseline: (n): of each row, Σ weight·L / Σ weight over the other rows, or 0 where they have
 * none: sums from the front and from the back, none of which is a small difference of large ones */
static void
fill_baselines (const double *l, const double *weight, gsize n, double *baseline)
{
  g_autofree double *front = g_new (double, n);
  double sum = 0, total = 0;
  for (gsize i = 0; i < n; i++) {
    baseline[i] = sum;
    front[i] = total;
    sum += weight[i] * l[i];
    total += weight[i];
  }
  sum = total = 0;
  for (gsize i = n; i-- > 0;) {
    double others = front[i] + total;
    baseline[i] = others > 0 ? (baseline[i] + sum) / others : 0;
    sum += weight[i] * l[i];
    total += weight[i];
  }
}

/* (L − baseline)·∇ log q. @l: (n): L of each row */
static void
fill_by_score (const LimenPriorLayout *layout, LimenGradientEstimator estimator, const double *l,
               LimenPriorPass *pass, guint n)
{
  gsize k = layout->k;
  g_autofree double *g = g_new (double, n), *weight = g_new (double, n);
  g_autofree double *baseline = g_new0 (double, n);
  for (gsize c = 0; c < 2 * k; c++) {
    for (gsize i = 0; i < n; i++) {
      g[i] = score (pass, k, i, c);
      weight[i] = estimator == LIMEN_LOG_DERIVATIVE_OPTIMAL ? g[i] * g[i] : 1;
    }
    if (estimator != LIMEN_LOG_DERIVATIVE)
      fill_baselines (l, weight, n, baseline);
    for (gsize i = 0; i < n; i++)
      pass->d_code[2 * i * k + c] = (l[i] - baseline[i]) * g[i] / n;
  }
}

/* -- with respect to λ -- */

/* ∇ log r(z), or where the KL divergence is in closed form, of −KL: with s² + (μ − λ1)² in place
 * of (z − λ1)² */
static void
fill_lambda (const LimenPriorLayout *layout, const double *parameters,
             LimenGradientEstimator estimator, const LimenPriorPass *pass, guint n,
             double *gradient)
{
  gsize k = layout->k;
  gboolean exact = estimator == LIMEN_REPARAMETERIZATION_KL;
  for (gsize j = 0; j < k; j++) {
    double lambda1 = parameters[layout->lambda1 + j], first = 0, second = 0;
    double precision = exp (-parameters[layout->log_lambda2 + j]);
    for (gsize i = 0; i < n; i++) {
      double apart = (exact ? pass->code[2 * i * k + j] : pass->z[i * k + j]) - lambda1;
      double s = exact ? pass->s[i * k + j] : 0;
      first += apart * precision;
      second += 0.5 * ((apart * apart + s * s) * precision - 1);
    }
    gradient[layout->lambda1 + j] = first / n;
    gradient[layout->log_lambda2 + j] = second / n;
  }
}

/* -- all -- */

double
limen_prior_gradient (const LimenPriorLayout *layout, const double *parameters, double sigma2,
                      LimenGradientEstimator estimator, LimenPriorPass *pass, guint n,
                      double *gradient)
{
  limen_prior_encode (layout, parameters, pass, n);
  double mean = limen_prior_value (layout, parameters, sigma2, pass, n);
  for (gsize i = 0; i < (gsize)n * layout->d; i++)
    pass->d_decoded[i] = (pass->x[i] - pass->decoded[i]) / (sigma2 * n);
  limen_prior_decode_backward (layout, parameters, pass, n, gradient);
  if (estimator >= LIMEN_REPARAMETERIZATION)
    fill_along_draws (layout, parameters, estimator, pass, n);
  else
    fill_by_score (layout, estimator, pass->l, pass, n);
  fill_lambda (layout, parameters, estimator, pass, n, gradient);
  limen_prior_encode_backward (layout, parameters, pass, n, gradient);
  return mean;
}
