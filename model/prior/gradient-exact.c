#include "model/latent/gaussian-digits.h"
#include "model/prior/gradient-estimator-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

/* Derivatives above which many bits would take more than a tenth of a second */
#define MOST_PARAMETERS 10000

/* -- in float64 -- */

/* VLB = −½ (‖r‖² + Σ_ij a_ij² s_j²) / σ² − ½ Σ_j ((μ_j − λ1_j)² + s_j²) / λ2_j − ½ Σ_j log λ2_j +
 * Σ_j log s_j + a constant, with r = x − b − A·μ: term by term. */
static void
add_exact_of_prior (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent;
  double *mu = out, *log_s = out + k, *lambda1 = out + 2 * k, *lambda2 = out + 3 * k;
  for (gsize j = 0; j < k; j++) {
    double l2 = c->model->lambda2[j], apart = c->mu[j] - c->model->lambda1[j];
    double variance = c->s[j] * c->s[j];
    mu[j] -= apart / l2;
    log_s[j] += 1 - variance / l2;
    lambda1[j] = apart / l2;
    lambda2[j] = 0.5 * ((variance + apart * apart) / l2 - 1) / l2;
  }
}

static void
fill_plain (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent, d = c->model->observed;
  double *mu = out, *log_s = out + k, *a = out + 4 * k, *b = a + d * k;
  g_autofree double *residual = g_new (double, d);
  limen_gradient_residual (c, residual);
  memset (out, 0, 2 * k * sizeof *out);
  for (gsize i = 0; i < d; i++) {
    const double *row = c->model->a + i * k;
    b[i] = residual[i] / c->model->sigma2;
    for (gsize j = 0; j < k; j++) {
      double variance = c->s[j] * c->s[j];
      mu[j] += row[j] * b[i];
      log_s[j] -= row[j] * row[j] * variance / c->model->sigma2;
      a[i * k + j] = b[i] * c->mu[j] - row[j] * variance / c->model->sigma2;
    }
  }
  add_exact_of_prior (c, out);
}

/* -- with as many bits as the sums need -- */

/* Places in a gradient, and what its terms are made of
 * @residual: (d) = (x − b − A·μ) / σ² */
typedef struct {
  const LimenGradientCase *c;
  LimenReals *out, *residual;
  mpfr_t term, sigma2, variance;
} Exact;

/* With A·μ in the place of A·λ1 */
static mpfr_prec_t
bits_of (const LimenGradientCase *c)
{
  LimenGaussianModel at_mean = *c->model;
  at_mean.lambda1 = (double *)c->mu;
  return limen_gaussian_bits (&at_mean, c->x);
}

static void
fill_residual (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  gsize k = model->latent;
  for (gsize i = 0; i < model->observed; i++) {
    mpfr_t *own = &exact->residual->at[i];
    mpfr_set_d (*own, exact->c->x[i], LIMEN_ROUND);
    mpfr_sub_d (*own, *own, model->b[i], LIMEN_ROUND);
    for (gsize j = 0; j < k; j++) {
      mpfr_set_d (exact->term, model->a[i * k + j], LIMEN_ROUND);
      mpfr_mul_d (exact->term, exact->term, exact->c->mu[j], LIMEN_ROUND);
      mpfr_sub (*own, *own, exact->term, LIMEN_ROUND);
    }
    mpfr_div (*own, *own, exact->sigma2, LIMEN_ROUND);
  }
}

/* ∂/∂μ, ∂/∂log s and ∂/∂A of what the observations add: Aᵀr/σ², −Σ_i a_ij²s_j²/σ², (r_i·μ_j −
 * a_ij·s_j²)/σ², and ∂/∂b: r/σ² */
static void
add_observed (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  gsize k = model->latent, d = model->observed;
  mpfr_t *mu = exact->out->at, *log_s = mu + k, *a = mu + 4 * k, *b = a + d * k;
  for (gsize j = 0; j < k; j++) {
    mpfr_set_d (exact->variance, exact->c->s[j], LIMEN_ROUND);
    mpfr_sqr (exact->variance, exact->variance, LIMEN_ROUND);
    mpfr_div (exact->variance, exact->variance, exact->sigma2, LIMEN_ROUND);
    for (gsize i = 0; i < d; i++) {
      double weight = model->a[i * k + j];
      mpfr_mul_d (exact->term, exact->residual->at[i], weight, LIMEN_ROUND);
      mpfr_add (mu[j], mu[j], exact->term, LIMEN_ROUND);
      mpfr_mul_d (exact->term, exact->variance, weight, LIMEN_ROUND);
      mpfr_mul_d (a[i * k + j], exact->residual->at[i], exact->c->mu[j], LIMEN_ROUND);
      mpfr_sub (a[i * k + j], a[i * k + j], exact->term, LIMEN_ROUND);
      mpfr_mul_d (exact->term, exact->term, weight, LIMEN_ROUND);
      mpfr_sub (log_s[j], log_s[j], exact->term, LIMEN_ROUND);
    }
  }
  for (gsize i = 0; i < d; i++)
    mpfr_set (b[i], exact->residual->at[i], LIMEN_ROUND);
}

/* What the prior and −log q add: −(μ − λ1)/λ2, 1 − s²/λ2, (μ − λ1)/λ2, ½ ((s² + (μ − λ1)²)/λ2 −
 * 1)/λ2 */
static void
add_prior (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  gsize k = model->latent;
  mpfr_t *mu = exact->out->at, *log_s = mu + k, *lambda1 = mu + 2 * k, *lambda2 = mu + 3 * k;
  for (gsize j = 0; j < k; j++) {
    double l2 = model->lambda2[j];
    mpfr_set_d (exact->term, exact->c->mu[j], LIMEN_ROUND);
    mpfr_sub_d (exact->term, exact->term, model->lambda1[j], LIMEN_ROUND);
    mpfr_sqr (lambda2[j], exact->term, LIMEN_ROUND);
    mpfr_div_d (lambda1[j], exact->term, l2, LIMEN_ROUND);
    mpfr_sub (mu[j], mu[j], lambda1[j], LIMEN_ROUND);
    mpfr_set_d (exact->variance, exact->c->s[j], LIMEN_ROUND);
    mpfr_sqr (exact->variance, exact->variance, LIMEN_ROUND);
    mpfr_add (lambda2[j], lambda2[j], exact->variance, LIMEN_ROUND);
    mpfr_div_d (exact->variance, exact->variance, l2, LIMEN_ROUND);
    mpfr_ui_sub (exact->variance, 1, exact->variance, LIMEN_ROUND);
    mpfr_add (log_s[j], log_s[j], exact->variance, LIMEN_ROUND);
    mpfr_div_d (lambda2[j], lambda2[j], l2, LIMEN_ROUND);
    mpfr_sub_ui (lambda2[j], lambda2[j], 1, LIMEN_ROUND);
    mpfr_div_d (lambda2[j], lambda2[j], l2, LIMEN_ROUND);
    mpfr_div_ui (lambda2[j], lambda2[j], 2, LIMEN_ROUND);
  }
}

void
limen_gradient_exact_prior (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent;
  mpfr_prec_t bits = bits_of (c);
  Exact exact = {.c = c, .out = limen_reals_new (4 * k, bits)};
  mpfr_inits2 (bits, exact.term, exact.variance, NULL);
  add_prior (&exact);
  for (gsize j = 0; j < 2 * k; j++)
    out[j] = mpfr_get_d (exact.out->at[2 * k + j], LIMEN_ROUND);
  mpfr_clears (exact.term, exact.variance, NULL);
  limen_reals_free (exact.out);
}

void
limen_gradient_exact (const LimenGradientCase *c, double *out)
{
  gsize size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  if (size > MOST_PARAMETERS) {
    fill_plain (c, out);
    limen_gradient_exact_prior (c, out + limen_gradient_offset (c->model, LIMEN_PART_LAMBDA1));
    return;
  }
  mpfr_prec_t bits = bits_of (c);
  Exact exact = {.c = c,
                 .out = limen_reals_new (size, bits),
                 .residual = limen_reals_new (c->model->observed, bits)};
  mpfr_inits2 (bits, exact.term, exact.sigma2, exact.variance, NULL);
  mpfr_set_d (exact.sigma2, c->model->sigma2, LIMEN_ROUND);
  fill_residual (&exact);
  add_observed (&exact);
  add_prior (&exact);
  limen_reals_give (exact.out, out);
  mpfr_clears (exact.term, exact.sigma2, exact.variance, NULL);
  limen_reals_free (exact.out);
  limen_reals_free (exact.residual);
}

/* @share of the sizes of the terms of each sum, r among them */
static void
fill_sizes (const LimenGradientCase *c, double share, double *out)
{
  gsize k = c->model->latent, d = c->model->observed,
        size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  double *a = out + 4 * k, *b = a + d * k;
  memset (out, 0, size * sizeof *out);
  for (gsize j = 0; j < k; j++) {
    double apart = fabs (c->mu[j]) + fabs (c->model->lambda1[j]), l2 = c->model->lambda2[j];
    out[j] += share * apart / l2;
    out[k + j] += share * (1 + c->s[j] * c->s[j] / l2);
    out[2 * k + j] += share * apart / l2;
    out[3 * k + j] += share * ((c->s[j] * c->s[j] + apart * apart) / l2 + 1) / l2;
  }
  for (gsize i = 0; i < d; i++) {
    const double *row = c->model->a + i * k;
    b[i] = fabs (c->x[i]) + fabs (c->model->b[i]);
    for (gsize j = 0; j < k; j++)
      b[i] += fabs (row[j] * c->mu[j]);
    b[i] *= share / c->model->sigma2;
    for (gsize j = 0; j < k; j++) {
      double explained = share * fabs (row[j]) * c->s[j] * c->s[j] / c->model->sigma2;
      out[j] += fabs (row[j]) * b[i];
      out[k + j] += fabs (row[j]) * explained;
      a[i * k + j] = fabs (c->mu[j]) * b[i] + explained;
    }
  }
}

/* Rounding of the last digit; of a sum in float64, a share of the sizes of its terms. */
void
limen_gradient_exact_error (const LimenGradientCase *c, const double *exact, double *out)
{
  gsize size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  if (size > MOST_PARAMETERS) {
    double share = ((double)c->model->latent + (double)c->model->observed + 8) * DBL_EPSILON;
    fill_sizes (c, share, out);
    for (gsize i = 0; i < size; i++)
      out[i] += share * fabs (exact[i]);
    return;
  }
  for (gsize i = 0; i < size; i++)
    out[i] = fabs (exact[i]) * DBL_EPSILON / 2;
}

void
limen_gradient_unsure (const LimenGradientCase *c, double *out)
{
  fill_sizes (c, 4 * DBL_EPSILON, out);
}
