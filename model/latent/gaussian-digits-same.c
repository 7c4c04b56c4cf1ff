#include "model/latent/gaussian-digits.h"

/* Whether a proposal is the posterior, decided without rounding. With q = N(m, S), H = Λ⁻¹ + AᵀA/σ²
 * and r = x − b − A·λ1 that is S·H = I and H·(m − λ1) = Aᵀ·r/σ²; times σ²·λ2_j, all are sums of
 * products of at most four numbers of the input, which are exact in as many bits as these span. */

/* @gain: (k, k) = AᵀA */
static LimenReals *
gain_of (const LimenGaussianModel *model, mpfr_prec_t bits)
{
  gsize k = model->latent, d = model->observed;
  LimenReals *gain = limen_reals_new (k * k, bits);
  g_autoptr (LimenReals) a = limen_reals_new (d * k, bits);
  limen_reals_take (a, model->a);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j < k; j++)
      limen_reals_dot (gain->at[i * k + j], a->at + i, k, a->at + j, k, d);
  return gain;
}

/* Replaces each (AᵀA)_lj by (AᵀA)_lj·λ2_j + δ_lj·σ² = H_lj·σ²·λ2_j */
static void
scale_gain (const LimenGaussianModel *model, LimenReals *gain)
{
  gsize k = model->latent;
  for (gsize l = 0; l < k; l++)
    for (gsize j = 0; j < k; j++) {
      mpfr_t *own = &gain->at[l * k + j];
      mpfr_mul_d (*own, *own, model->lambda2[j], LIMEN_ROUND);
      if (l == j)
        mpfr_add_d (*own, *own, model->sigma2, LIMEN_ROUND);
    }
}

static gboolean
is_inverse (const LimenGaussianModel *model, const LimenReals *gain, const double *covariance)
{
  gsize k = model->latent;
  gboolean same = TRUE;
  g_autoptr (LimenReals) own = limen_reals_new (k * k, gain->bits);
  mpfr_t sum, expected;
  mpfr_inits2 (gain->bits, sum, expected, NULL);
  limen_reals_take (own, covariance);
  for (gsize i = 0; i < k && same; i++)
    for (gsize j = 0; j < k && same; j++) {
      limen_reals_dot (sum, own->at + i * k, 1, gain->at + j, k, k);
      mpfr_set_d (expected, i == j ? model->sigma2 : 0, LIMEN_ROUND);
      mpfr_mul_d (expected, expected, model->lambda2[j], LIMEN_ROUND);
      same = mpfr_equal_p (sum, expected);
    }
  mpfr_clears (sum, expected, NULL);
  return same;
}

/* @pull: (k) = Aᵀ·(x − b − A·λ1) */
static LimenReals *
pull_of (const LimenGaussianModel *model, const double *x, mpfr_prec_t bits)
{
  gsize k = model->latent;
  LimenReals *pull = limen_reals_new (k, bits);
  mpfr_t residual, term;
  mpfr_inits2 (bits, residual, term, NULL);
  for (gsize i = 0; i < model->observed; i++) {
    mpfr_set_d (residual, x[i], LIMEN_ROUND);
    mpfr_sub_d (residual, residual, model->b[i], LIMEN_ROUND);
    for (gsize j = 0; j < k; j++) {
      mpfr_set_d (term, model->a[i * k + j], LIMEN_ROUND);
      mpfr_mul_d (term, term, model->lambda1[j], LIMEN_ROUND);
      mpfr_sub (residual, residual, term, LIMEN_ROUND);
    }
    for (gsize j = 0; j < k; j++) {
      mpfr_mul_d (term, residual, model->a[i * k + j], LIMEN_ROUND);
      mpfr_add (pull->at[j], pull->at[j], term, LIMEN_ROUND);
    }
  }
  mpfr_clears (residual, term, NULL);
  return pull;
}

static gboolean
is_mean (const LimenGaussianModel *model, const double *x, const LimenReals *gain,
         const double *mean)
{
  gsize k = model->latent;
  gboolean same = TRUE;
  g_autoptr (LimenReals) apart = limen_reals_new (k, gain->bits);
  g_autoptr (LimenReals) pull = pull_of (model, x, gain->bits);
  mpfr_t sum;
  mpfr_init2 (sum, gain->bits);
  for (gsize j = 0; j < k; j++) {
    mpfr_set_d (apart->at[j], mean[j], LIMEN_ROUND);
    mpfr_sub_d (apart->at[j], apart->at[j], model->lambda1[j], LIMEN_ROUND);
  }
  for (gsize j = 0; j < k && same; j++) {
    limen_reals_dot (sum, gain->at + j, k, apart->at, 1, k);
    mpfr_mul_d (pull->at[j], pull->at[j], model->lambda2[j], LIMEN_ROUND);
    same = mpfr_equal_p (sum, pull->at[j]);
  }
  mpfr_clear (sum);
  return same;
}

static gboolean
is_diagonal (const LimenReals *gain, gsize k)
{
  for (gsize i = 0; i < k * k; i++)
    if (i % (k + 1) != 0 && !mpfr_zero_p (gain->at[i]))
      return FALSE;
  return TRUE;
}

gboolean
limen_gaussian_is_posterior (const LimenGaussianModel *model, const double *x,
                             const LimenGaussian *q, LimenProposalKind kind)
{
  gsize k = model->latent, d = model->observed;
  if (kind == LIMEN_PROPOSAL_POSTERIOR)
    return TRUE;
  g_autoptr (LimenGaussian) prior = limen_gaussian_model_prior (model);
  const LimenGaussian *own = kind == LIMEN_PROPOSAL_OWN ? q : prior;
  const double *const arrays[] = {model->a,       model->b,       x,         model->lambda1,
                                  model->lambda2, &model->sigma2, own->mean, own->covariance};
  const gsize lengths[] = {d * k, d, d, k, k, 1, k, k * k};
  const mpfr_prec_t bits = limen_reals_exact_bits (arrays, lengths, G_N_ELEMENTS (arrays), 4);
  g_autoptr (LimenReals) gain = gain_of (model, bits);
  if (kind == LIMEN_PROPOSAL_ELBO || kind == LIMEN_PROPOSAL_MOMENTS)
    return is_diagonal (gain, k);
  scale_gain (model, gain);
  return is_inverse (model, gain, own->covariance) && is_mean (model, x, gain, own->mean);
}

/* With S the covariance of the proposal, 2·H − S⁻¹ has the determinant of 2·S·H − I over that of S.
 * Times σ²·λ2_j that is a matrix of whole multiples of one unit, and of determinants of such k × k
 * matrices the least but 0 is the unit's power of k. Of variances 1/H_jj the same holds of 2·H −
 * diag H; those of H⁻¹ are made of determinants themselves. */
mpfr_prec_t
limen_gaussian_share_bits (const LimenGaussianModel *model, const LimenGaussian *q,
                           LimenProposalKind kind)
{
  gsize k = model->latent, d = model->observed;
  gboolean own = kind == LIMEN_PROPOSAL_OWN && q;
  const double *const arrays[] = {model->a, model->lambda2, &model->sigma2,
                                  own ? q->covariance : NULL};
  const gsize lengths[] = {d * k, k, 1, own ? k * k : 0};
  mpfr_prec_t bits =
      (mpfr_prec_t)k * limen_reals_exact_bits (arrays, lengths, G_N_ELEMENTS (arrays), 4);
  return kind == LIMEN_PROPOSAL_MOMENTS ? (mpfr_prec_t)k * bits : bits;
}
