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
    double variance = c->variance[j];
    mu[j] -= apart / l2;
    log_s[j] += 1 - variance / l2;
    lambda1[j] = apart / l2;
    lambda2[j] = 0.5 * ((variance + apart * apart) / l2 - 1) / l2;
  }
}

/* @pull: (k) (nullable) */
static void
fill_plain (const LimenGradientCase *c, double *out, double *pull)
{
  gsize k = c->model->latent, d = c->model->observed;
  double *mu = out, *log_s = out + k, *a = out + 4 * k, *b = a + d * k;
  g_autofree double *residual = g_new (double, d);
  limen_gradient_residual (c, residual);
  memset (out, 0, 4 * k * sizeof *out);
  for (gsize i = 0; i < d; i++) {
    const double *row = c->model->a + i * k;
    b[i] = residual[i] / c->model->sigma2;
    for (gsize j = 0; j < k; j++) {
      double variance = c->variance[j];
      mu[j] += row[j] * b[i];
      log_s[j] -= row[j] * row[j] * variance / c->model->sigma2;
      a[i * k + j] = b[i] * c->mu[j] - row[j] * variance / c->model->sigma2;
    }
  }
  if (pull)
    memcpy (pull, mu, k * sizeof *pull);
  add_exact_of_prior (c, out);
}

/* -- with as many bits as the sums need -- */

/* Sums whose terms are divided by σ² or λ2 are written over one denominator: above it are products
 * of up to four numbers of the input, and what cancels there leaves 0 and no rounding.
 * @bits: that hold these sums
 * @residual: (d) = x − b − A·μ; @pull: (k) = Aᵀ·residual; @apart: (k) = μ − λ1 */
typedef struct {
  const LimenGradientCase *c;
  mpfr_prec_t bits;
  LimenReals *out, *residual, *pull, *apart;
  mpfr_t sum, term;
} Exact;

#define FACTORS 4

static mpfr_prec_t
bits_of (const LimenGradientCase *c)
{
  const LimenGaussianModel *model = c->model;
  gsize k = model->latent, d = model->observed;
  const double *const arrays[] = {model->a,       model->b,       c->x,  model->lambda1,
                                  model->lambda2, &model->sigma2, c->mu, c->variance};
  const gsize lengths[] = {d * k, d, d, k, k, 1, k, k};
  return limen_reals_exact_bits (arrays, lengths, G_N_ELEMENTS (arrays), FACTORS);
}

static void
begin (Exact *exact, const LimenGradientCase *c)
{
  gsize k = c->model->latent, size = limen_gradient_offset (c->model, LIMEN_N_PARTS);
  mpfr_prec_t bits = bits_of (c);
  *exact = (Exact){.c = c,
                   .bits = bits,
                   .out = limen_reals_new (size, bits),
                   .residual = limen_reals_new (c->model->observed, bits),
                   .pull = limen_reals_new (k, bits),
                   .apart = limen_reals_new (k, bits)};
  mpfr_inits2 (bits, exact->sum, exact->term, NULL);
  for (gsize j = 0; j < k; j++) {
    mpfr_set_d (exact->apart->at[j], c->mu[j], LIMEN_ROUND);
    mpfr_sub_d (exact->apart->at[j], exact->apart->at[j], c->model->lambda1[j], LIMEN_ROUND);
  }
}

static void
end (Exact *exact)
{
  mpfr_clears (exact->sum, exact->term, NULL);
  limen_reals_free (exact->out);
  limen_reals_free (exact->residual);
  limen_reals_free (exact->pull);
  limen_reals_free (exact->apart);
}

/* @out += @a·@b·@c */
static void
add_product (Exact *exact, mpfr_t out, double a, double b, double c)
{
  mpfr_set_d (exact->term, a, LIMEN_ROUND);
  mpfr_mul_d (exact->term, exact->term, b, LIMEN_ROUND);
  mpfr_mul_d (exact->term, exact->term, c, LIMEN_ROUND);
  mpfr_add (out, out, exact->term, LIMEN_ROUND);
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
    for (gsize j = 0; j < k; j++)
      if (model->a[i * k + j] != 0)
        add_product (exact, *own, -1, model->a[i * k + j], exact->c->mu[j]);
    for (gsize j = 0; j < k; j++) {
      mpfr_mul_d (exact->term, *own, model->a[i * k + j], LIMEN_ROUND);
      mpfr_add (exact->pull->at[j], exact->pull->at[j], exact->term, LIMEN_ROUND);
    }
  }
}

/* (λ2·Aᵀr − (μ − λ1)·σ²) / (λ2·σ²) */
static void
fill_mu (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  for (gsize j = 0; j < model->latent; j++) {
    mpfr_t *mu = &exact->out->at[j];
    mpfr_mul_d (*mu, exact->pull->at[j], model->lambda2[j], LIMEN_ROUND);
    mpfr_mul_d (exact->term, exact->apart->at[j], model->sigma2, LIMEN_ROUND);
    mpfr_sub (*mu, *mu, exact->term, LIMEN_ROUND);
    mpfr_div_d (*mu, *mu, model->lambda2[j], LIMEN_ROUND);
    mpfr_div_d (*mu, *mu, model->sigma2, LIMEN_ROUND);
  }
}

/* (λ2·σ² − s²·σ² − s²·λ2·Σ_i a_ij²) / (λ2·σ²) */
static void
fill_log_s (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  gsize k = model->latent;
  for (gsize j = 0; j < k; j++) {
    mpfr_t *log_s = &exact->out->at[k + j];
    double variance = exact->c->variance[j], lambda2 = model->lambda2[j];
    mpfr_set_zero (exact->sum, 1);
    for (gsize i = 0; i < model->observed; i++)
      add_product (exact, exact->sum, model->a[i * k + j], model->a[i * k + j], -lambda2);
    add_product (exact, exact->sum, model->sigma2, -1, 1);
    mpfr_mul_d (*log_s, exact->sum, variance, LIMEN_ROUND);
    add_product (exact, *log_s, lambda2, model->sigma2, 1);
    mpfr_div_d (*log_s, *log_s, lambda2, LIMEN_ROUND);
    mpfr_div_d (*log_s, *log_s, model->sigma2, LIMEN_ROUND);
  }
}

/* (μ − λ1)/λ2, and ½ (s² + (μ − λ1)² − λ2)/λ2² */
static void
fill_lambda (Exact *exact)
{
  gsize k = exact->c->model->latent;
  for (gsize j = 0; j < k; j++) {
    mpfr_t *lambda1 = &exact->out->at[2 * k + j], *lambda2 = &exact->out->at[3 * k + j];
    double own = exact->c->model->lambda2[j];
    mpfr_div_d (*lambda1, exact->apart->at[j], own, LIMEN_ROUND);
    mpfr_sqr (*lambda2, exact->apart->at[j], LIMEN_ROUND);
    mpfr_add_d (*lambda2, *lambda2, exact->c->variance[j], LIMEN_ROUND);
    mpfr_sub_d (*lambda2, *lambda2, own, LIMEN_ROUND);
    mpfr_div_d (*lambda2, *lambda2, own, LIMEN_ROUND);
    mpfr_div_d (*lambda2, *lambda2, own, LIMEN_ROUND);
    mpfr_div_ui (*lambda2, *lambda2, 2, LIMEN_ROUND);
  }
}

/* (r_i·μ_j − a_ij·s_j²)/σ², r_i/σ² */
static void
fill_theta (Exact *exact)
{
  const LimenGaussianModel *model = exact->c->model;
  gsize k = model->latent, d = model->observed;
  mpfr_t *a = exact->out->at + 4 * k, *b = a + d * k;
  for (gsize i = 0; i < d; i++) {
    mpfr_div_d (b[i], exact->residual->at[i], model->sigma2, LIMEN_ROUND);
    for (gsize j = 0; j < k; j++) {
      mpfr_t *own = &a[i * k + j];
      mpfr_mul_d (*own, exact->residual->at[i], exact->c->mu[j], LIMEN_ROUND);
      add_product (exact, *own, -1, model->a[i * k + j], exact->c->variance[j]);
      mpfr_div_d (*own, *own, model->sigma2, LIMEN_ROUND);
    }
  }
}

/* @pull: (k) (nullable) */
static void
give (const Exact *exact, double *out, double *pull)
{
  limen_reals_give (exact->out, out);
  for (gsize j = 0; pull && j < exact->c->model->latent; j++) {
    mpfr_t *own = &exact->pull->at[j];
    mpfr_div_d (*own, *own, exact->c->model->sigma2, LIMEN_ROUND);
    pull[j] = mpfr_get_d (*own, LIMEN_ROUND);
  }
}

static void
fill_exact (const LimenGradientCase *c, double *out, double *pull)
{
  Exact exact;
  begin (&exact, c);
  fill_residual (&exact);
  fill_mu (&exact);
  fill_log_s (&exact);
  fill_lambda (&exact);
  fill_theta (&exact);
  give (&exact, out, pull);
  end (&exact);
}

/* -- whichever it is -- */

gboolean
limen_gradient_is_plain (const LimenGradientCase *c)
{
  return limen_gradient_offset (c->model, LIMEN_N_PARTS) > MOST_PARAMETERS;
}

void
limen_gradient_exact (const LimenGradientCase *c, double *out, double *pull)
{
  if (limen_gradient_is_plain (c))
    fill_plain (c, out, pull);
  else
    fill_exact (c, out, pull);
}

/* G_jl = Σ_i a_ij·a_il·s_j·s_l/σ², a sum in which nothing is rounded before it is multiplied */
void
limen_gradient_exact_gain (const LimenGradientCase *c, double *out)
{
  gsize k = c->model->latent, d = c->model->observed;
  const double *a = c->model->a;
  const gsize length = d * k;
  mpfr_t sum, term;
  mpfr_inits2 (limen_reals_exact_bits (&a, &length, 1, 2), sum, term, NULL);
  for (gsize j = 0; j < k; j++)
    for (gsize l = j; l < k; l++) {
      mpfr_set_zero (sum, 1);
      for (gsize i = 0; i < d; i++)
        if (a[i * k + j] != 0 && a[i * k + l] != 0) {
          mpfr_set_d (term, a[i * k + j], LIMEN_ROUND);
          mpfr_mul_d (term, term, a[i * k + l], LIMEN_ROUND);
          mpfr_add (sum, sum, term, LIMEN_ROUND);
        }
      mpfr_mul_d (sum, sum, sqrt (c->variance[j]), LIMEN_ROUND);
      mpfr_mul_d (sum, sum, sqrt (c->variance[l]), LIMEN_ROUND);
      mpfr_div_d (sum, sum, c->model->sigma2, LIMEN_ROUND);
      out[j * k + l] = mpfr_get_d (sum, LIMEN_ROUND);
    }
  mpfr_clears (sum, term, NULL);
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
    out[k + j] += share * (1 + c->variance[j] / l2);
    out[2 * k + j] += share * apart / l2;
    out[3 * k + j] += share * ((c->variance[j] + apart * apart) / l2 + 1) / l2;
  }
  for (gsize i = 0; i < d; i++) {
    const double *row = c->model->a + i * k;
    b[i] = fabs (c->x[i]) + fabs (c->model->b[i]);
    for (gsize j = 0; j < k; j++)
      b[i] += fabs (row[j] * c->mu[j]);
    b[i] *= share / c->model->sigma2;
    for (gsize j = 0; j < k; j++) {
      double explained = share * fabs (row[j]) * c->variance[j] / c->model->sigma2;
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
  if (limen_gradient_is_plain (c)) {
    double share = ((double)c->model->latent + (double)c->model->observed + 8) * DBL_EPSILON;
    fill_sizes (c, share, out);
    for (gsize i = 0; i < size; i++)
      out[i] += share * fabs (exact[i]);
    return;
  }
  for (gsize i = 0; i < size; i++)
    out[i] = fabs (exact[i]) * DBL_EPSILON / 2;
}
