#include "model/latent/gaussian-digits.h"

#include <math.h>

/* -- how many bits -- */

#define KEPT_BITS 160

double
limen_gaussian_cost (const LimenGaussianModel *model, mpfr_prec_t bits)
{
  double k = model->latent, d = model->observed;
  return (k * k * d / 2 + k * k * k + k * d) * pow (fmax ((double)bits / 256, 1), 1.5);
}

typedef struct {
  int least, most;
} Exponents;

static void
take_exponent (Exponents *exponents, double value, int more)
{
  if (value == 0)
    return;
  exponents->least = MIN (exponents->least, ilogb (value) + more);
  exponents->most = MAX (exponents->most, ilogb (value) + more + 1);
}

/* Of the sums x − b − A·λ1, which are to be exact whatever cancels */
static int
residual_bits (const LimenGaussianModel *model, const double *x)
{
  Exponents own = {G_MAXINT / 2, -G_MAXINT / 2};
  gsize k = model->latent;
  for (gsize i = 0; i < model->observed; i++) {
    take_exponent (&own, x[i], 0);
    take_exponent (&own, model->b[i], 0);
    for (gsize j = 0; j < k; j++)
      if (model->lambda1[j] != 0)
        take_exponent (&own, model->a[i * k + j], ilogb (model->lambda1[j]));
  }
  return MAX (own.most - own.least, 0) + 128;
}

/* log2 (k·d·max a²λ2/σ²), rounded up */
static int
condition_bits (const LimenGaussianModel *model)
{
  gsize k = model->latent, d = model->observed;
  int most = 0, sigma2 = ilogb (model->sigma2);
  for (gsize i = 0; i < d * k; i++)
    if (model->a[i] != 0)
      most = MAX (most, 2 * ilogb (model->a[i]) + ilogb (model->lambda2[i % k]) - sigma2 + 4);
  return most + (int)ceil (log2 ((double)k * (double)d));
}

mpfr_prec_t
limen_gaussian_bits (const LimenGaussianModel *model, const double *x)
{
  return KEPT_BITS + residual_bits (model, x) + 3 * condition_bits (model);
}

/* -- the posterior -- */

/* @residual: (d) = (x − b − A·λ1) / σ, so that its square is a part of −2·log p(x); @a: (d, k) = A
 * / σ: both of as many bits as there are */
static void
fill_observed (const LimenGaussianModel *model, const double *x, LimenReals *a,
               LimenReals *residual)
{
  gsize k = model->latent;
  mpfr_t term, sigma;
  mpfr_inits2 (a->bits, term, sigma, NULL);
  limen_reals_take (a, model->a);
  mpfr_set_d (sigma, model->sigma2, LIMEN_ROUND);
  mpfr_sqrt (sigma, sigma, LIMEN_ROUND);
  for (gsize i = 0; i < model->observed; i++) {
    mpfr_t *own = &residual->at[i];
    mpfr_set_d (*own, x[i], LIMEN_ROUND);
    mpfr_sub_d (*own, *own, model->b[i], LIMEN_ROUND);
    for (gsize j = 0; j < k; j++) {
      mpfr_mul_d (term, a->at[i * k + j], model->lambda1[j], LIMEN_ROUND);
      mpfr_sub (*own, *own, term, LIMEN_ROUND);
      mpfr_div (a->at[i * k + j], a->at[i * k + j], sigma, LIMEN_ROUND);
    }
    mpfr_div (*own, *own, sigma, LIMEN_ROUND);
  }
  mpfr_clears (term, sigma, NULL);
}

/* The lower triangle of Λ⁻¹ + Aᵀ·A, A in units of σ */
static void
fill_precision (const LimenGaussianModel *model, const LimenReals *a, LimenReals *precision)
{
  gsize k = model->latent;
  mpfr_t prior;
  mpfr_init2 (prior, a->bits);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      limen_reals_dot (precision->at[i * k + j], a->at + i, k, a->at + j, k, model->observed);
  for (gsize j = 0; j < k; j++) {
    mpfr_set_d (prior, model->lambda2[j], LIMEN_ROUND);
    mpfr_ui_div (prior, 1, prior, LIMEN_ROUND);
    mpfr_add (precision->at[j * k + j], precision->at[j * k + j], prior, LIMEN_ROUND);
  }
  mpfr_clear (prior);
}

/* −2·log p(x) = d·log 2πσ² + log |Λ| + log |WᵀW| + ‖r‖² − ‖W⁻ᵀ·Aᵀ·r‖², r and A in units of σ.
 * @pull: (k) = W⁻ᵀ·Aᵀ·r */
static void
fill_evidence (const LimenGaussianModel *model, const LimenReals *residual, const LimenReals *pull,
               const LimenReals *w, mpfr_t out)
{
  gsize k = model->latent, d = model->observed;
  mpfr_t term, noise;
  mpfr_inits2 (w->bits, term, noise, NULL);
  limen_reals_diagonal (term, w, k);
  mpfr_sqr (term, term, LIMEN_ROUND);
  for (gsize j = 0; j < k; j++)
    mpfr_mul_d (term, term, model->lambda2[j], LIMEN_ROUND);
  mpfr_log (out, term, LIMEN_ROUND);
  mpfr_const_pi (noise, LIMEN_ROUND);
  mpfr_mul_ui (noise, noise, 2, LIMEN_ROUND);
  mpfr_mul_d (noise, noise, model->sigma2, LIMEN_ROUND);
  mpfr_log (noise, noise, LIMEN_ROUND);
  mpfr_mul_ui (noise, noise, d, LIMEN_ROUND);
  mpfr_add (out, out, noise, LIMEN_ROUND);
  limen_reals_dot (term, residual->at, 1, residual->at, 1, d);
  limen_reals_dot (noise, pull->at, 1, pull->at, 1, k);
  mpfr_sub (term, term, noise, LIMEN_ROUND); /* what the latent variables cannot explain */
  mpfr_add (out, out, term, LIMEN_ROUND);
  mpfr_div_si (out, out, -2, LIMEN_ROUND);
  mpfr_clears (term, noise, NULL);
}

LimenDigitsPosterior *
limen_digits_posterior_new (const LimenGaussianModel *model, const double *x, mpfr_prec_t bits)
{
  gsize k = model->latent, d = model->observed;
  LimenDigitsPosterior *posterior = g_new (LimenDigitsPosterior, 1);
  g_autoptr (LimenReals) a = limen_reals_new (d * k, bits), residual = limen_reals_new (d, bits);
  *posterior = (LimenDigitsPosterior){k,
                                      bits,
                                      limen_reals_new (k * k, bits),
                                      NULL,
                                      limen_reals_new (k, bits),
                                      limen_reals_new (1, bits)};
  LimenReals *mean = posterior->mean;
  fill_observed (model, x, a, residual);
  fill_precision (model, a, posterior->w);
  limen_reals_cholesky_back (posterior->w, k);
  posterior->inverse = limen_reals_invert_lower (posterior->w, k);
  for (gsize j = 0; j < k; j++)
    limen_reals_dot (mean->at[j], a->at + j, k, residual->at, 1, d);
  limen_reals_solve_upper (posterior->w, k, mean);
  fill_evidence (model, residual, mean, posterior->w, posterior->log_evidence->at[0]);
  limen_reals_solve_lower (posterior->w, k, mean);
  for (gsize j = 0; j < k; j++)
    mpfr_add_d (mean->at[j], mean->at[j], model->lambda1[j], LIMEN_ROUND);
  return posterior;
}

void
limen_digits_posterior_free (LimenDigitsPosterior *posterior)
{
  if (!posterior)
    return;
  limen_reals_free (posterior->w);
  limen_reals_free (posterior->inverse);
  limen_reals_free (posterior->mean);
  limen_reals_free (posterior->log_evidence);
  g_free (posterior);
}
