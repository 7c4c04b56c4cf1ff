#include "model/latent/gaussian-digits.h"

/* Variances of w/p(x) above which its further moments are not asked for */
#define SMALL_VARIANCE 1e-6
/* log E v² above which the 1 that is taken from E v² is nothing in all digits */
#define MOST_LOG 1000000

/* -- the proposal -- */

/* A factor of the covariance of @q, which is positive definite: it was checked */
static LimenReals *
own_factor (const LimenGaussian *q, mpfr_prec_t bits)
{
  gsize k = q->dimension;
  LimenReals *factor = limen_reals_new (k * k, bits);
  limen_reals_take (factor, q->covariance);
  limen_reals_cholesky (factor, k, NULL);
  return factor;
}

/* Standard deviations: of the prior, those with the highest VLB^(1), (Wᵀ·W)_jj^(−1/2), or those of
 * the posterior */
static LimenReals *
diagonal_factor (const LimenGaussianModel *model, const LimenDigitsPosterior *posterior,
                 LimenProposalKind kind)
{
  gsize k = posterior->k;
  const mpfr_t *w = posterior->w->at, *inverse = posterior->inverse->at;
  LimenReals *factor = limen_reals_new (k * k, posterior->bits);
  for (gsize j = 0; j < k; j++) {
    mpfr_t *own = &factor->at[j * k + j];
    if (kind == LIMEN_PROPOSAL_PRIOR)
      mpfr_set_d (*own, model->lambda2[j], LIMEN_ROUND);
    else if (kind == LIMEN_PROPOSAL_MOMENTS)
      limen_reals_dot (*own, inverse + j * k, 1, inverse + j * k, 1, j + 1);
    else {
      limen_reals_dot (*own, w + j * k + j, k, w + j * k + j, k, k - j);
      mpfr_ui_div (*own, 1, *own, LIMEN_ROUND);
    }
    mpfr_sqrt (*own, *own, LIMEN_ROUND);
  }
  return factor;
}

/* @offset: (k) = factor⁻¹·(mean of the posterior − mean); nothing but 0 where the mean is that of
 * the posterior */
static void
fill_offset (const LimenDigitsPosterior *posterior, const double *mean, const LimenReals *factor,
             LimenReals *offset)
{
  for (gsize j = 0; j < posterior->k; j++)
    mpfr_sub_d (offset->at[j], posterior->mean->at[j], mean[j], LIMEN_ROUND);
  limen_reals_solve_lower (factor, posterior->k, offset);
}

static void
fill_root (LimenDigits *digits, const LimenGaussianModel *model,
           const LimenDigitsPosterior *posterior, const LimenGaussian *q, LimenProposalKind kind)
{
  gsize k = posterior->k;
  digits->offset = limen_reals_new (k, posterior->bits);
  if (kind == LIMEN_PROPOSAL_POSTERIOR) {
    digits->root = limen_reals_new (k * k, posterior->bits);
    for (gsize j = 0; j < k; j++)
      mpfr_set_ui (digits->root->at[j * k + j], 1, LIMEN_ROUND);
    return;
  }
  g_autoptr (LimenReals) factor = kind == LIMEN_PROPOSAL_OWN
                                      ? own_factor (q, posterior->bits)
                                      : diagonal_factor (model, posterior, kind);
  if (kind == LIMEN_PROPOSAL_OWN)
    fill_offset (posterior, q->mean, factor, digits->offset);
  else if (kind == LIMEN_PROPOSAL_PRIOR)
    fill_offset (posterior, model->lambda1, factor, digits->offset);
  digits->root = limen_reals_multiply_lower (posterior->w, factor, k);
}

/* -- what follows -- */

/* KL(q ‖ p(z|x)) = ½ (‖root‖² − k − log |rootᵀ·root| + ‖root·offset‖²) */
static void
fill_gap (const LimenDigits *digits, gsize k, mpfr_t out)
{
  const mpfr_t *root = digits->root->at;
  mpfr_t term;
  mpfr_init2 (term, mpfr_get_prec (out));
  limen_reals_dot (out, root, 1, root, 1, k * k);
  mpfr_sub_ui (out, out, k, LIMEN_ROUND);
  limen_reals_diagonal (term, digits->root, k);
  mpfr_log (term, term, LIMEN_ROUND);
  mpfr_mul_ui (term, term, 2, LIMEN_ROUND);
  mpfr_sub (out, out, term, LIMEN_ROUND);
  for (gsize i = 0; i < k; i++) {
    limen_reals_dot (term, root + i * k, 1, digits->offset->at, 1, k);
    mpfr_sqr (term, term, LIMEN_ROUND);
    mpfr_add (out, out, term, LIMEN_ROUND);
  }
  mpfr_div_ui (out, out, 2, LIMEN_ROUND);
  mpfr_clear (term);
}

/* The lower triangle of rootᵀ·root */
static LimenReals *
precision_of (const LimenDigits *digits, gsize k)
{
  const mpfr_t *root = digits->root->at;
  LimenReals *precision = limen_reals_new (k * k, digits->root->bits);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      limen_reals_dot (precision->at[i * k + j], root + i * k + i, k, root + i * k + j, k, k - i);
  return precision;
}

/* log E v^m, with R = m·P − (m − 1)·I: ½·m·log |P| − ½·log |R| + ½ (m − 1)·(dᵀd + (m − 1)·
 * dᵀ·R⁻¹·d); infinite where R is not positive definite. @least: the least pivot's share: a bound on
 * how far that is from being so */
static void
fill_log_moment (const LimenDigits *digits, gsize k, guint m, mpfr_t out, mpfr_ptr least)
{
  mpfr_prec_t bits = digits->root->bits;
  g_autoptr (LimenReals) r = precision_of (digits, k);
  g_autoptr (LimenReals) offset = limen_reals_copy (digits->offset, bits);
  for (gsize i = 0; i < k * k; i++)
    mpfr_mul_ui (r->at[i], r->at[i], m, LIMEN_ROUND);
  for (gsize i = 0; i < k; i++)
    mpfr_sub_ui (r->at[i * k + i], r->at[i * k + i], m - 1, LIMEN_ROUND);
  if (!limen_reals_cholesky (r, k, least)) {
    mpfr_set_inf (out, 1);
    return;
  }
  mpfr_t term;
  mpfr_init2 (term, bits);
  limen_reals_dot (out, offset->at, 1, offset->at, 1, k);
  limen_reals_solve_lower (r, k, offset);
  limen_reals_dot (term, offset->at, 1, offset->at, 1, k);
  mpfr_mul_ui (term, term, m - 1, LIMEN_ROUND);
  mpfr_add (out, out, term, LIMEN_ROUND);
  mpfr_mul_ui (out, out, m - 1, LIMEN_ROUND);
  mpfr_div_ui (out, out, 2, LIMEN_ROUND);
  limen_reals_diagonal (term, digits->root, k);
  mpfr_log (term, term, LIMEN_ROUND);
  mpfr_mul_ui (term, term, m, LIMEN_ROUND);
  mpfr_add (out, out, term, LIMEN_ROUND);
  limen_reals_diagonal (term, r, k);
  mpfr_log (term, term, LIMEN_ROUND);
  mpfr_sub (out, out, term, LIMEN_ROUND);
  mpfr_clear (term);
}

/* E (v − 1)^m = Σ_j (m over j)·(−1)^(m − j)·E v^j, with E v = 1 */
static void
fill_central (const LimenReals *moment, guint m, mpfr_t out)
{
  static const int binomial[6][6] = {{1},          {1, 1},          {1, 2, 1},
                                     {1, 3, 3, 1}, {1, 4, 6, 4, 1}, {1, 5, 10, 10, 5, 1}};
  mpfr_t term;
  mpfr_init2 (term, mpfr_get_prec (out));
  mpfr_set_zero (out, 1);
  for (guint j = 0; j <= m; j++) {
    mpfr_mul_si (term, moment->at[j], (m - j) % 2 ? -binomial[m][j] : binomial[m][j], LIMEN_ROUND);
    mpfr_add (out, out, term, LIMEN_ROUND);
  }
  mpfr_clear (term);
}

/* log (E v² − 1): of what no exponent can hold, log E v² */
static void
fill_log_variance (const mpfr_t log_square, mpfr_t out)
{
  mpfr_set (out, log_square, LIMEN_ROUND);
  if (mpfr_cmp_ui (log_square, MOST_LOG) > 0)
    return;
  mpfr_expm1 (out, out, LIMEN_ROUND);
  mpfr_log (out, out, LIMEN_ROUND);
}

static void
fill_variance (LimenDigits *digits, gsize k)
{
  mpfr_t *number = digits->number->at, *variance = &number[LIMEN_DIGITS_VARIANCE];
  g_autoptr (LimenReals) moment = limen_reals_new (6, digits->root->bits);
  fill_log_moment (digits, k, 2, moment->at[2], number[LIMEN_DIGITS_SHARE]);
  fill_log_variance (moment->at[2], number[LIMEN_DIGITS_LOG_VARIANCE]);
  mpfr_expm1 (*variance, moment->at[2], LIMEN_ROUND);
  if (mpfr_cmp_d (*variance, SMALL_VARIANCE) > 0)
    return;
  for (guint m = 0; m <= 5; m++) {
    if (m > 2)
      fill_log_moment (digits, k, m, moment->at[m], NULL);
    mpfr_exp (moment->at[m], moment->at[m], LIMEN_ROUND);
    if (m > 2 && mpfr_inf_p (moment->at[m]))
      mpfr_set_inf (number[LIMEN_DIGITS_CENTRAL_3 + m - 3], 1);
    else if (m > 2)
      fill_central (moment, m, number[LIMEN_DIGITS_CENTRAL_3 + m - 3]);
  }
}

/* Of a plane, in closed form, the smaller eigenvalue as |P| over the larger */
static void
fill_axes (LimenDigits *digits, gsize k)
{
  mpfr_prec_t bits = digits->root->bits;
  mpfr_t *value = digits->eigenvalue->at, *along = digits->along->at, sine, cosine, across;
  g_autoptr (LimenReals) p = precision_of (digits, k);
  if (k == 1) {
    mpfr_set (value[0], p->at[0], LIMEN_ROUND);
    mpfr_set (along[0], digits->offset->at[0], LIMEN_ROUND);
    return;
  }
  mpfr_inits2 (bits, sine, cosine, across, NULL);
  mpfr_sub (cosine, p->at[0], p->at[3], LIMEN_ROUND);
  mpfr_mul_ui (sine, p->at[2], 2, LIMEN_ROUND);
  mpfr_hypot (value[0], cosine, sine, LIMEN_ROUND);
  mpfr_add (value[0], value[0], p->at[0], LIMEN_ROUND);
  mpfr_add (value[0], value[0], p->at[3], LIMEN_ROUND);
  mpfr_div_ui (value[0], value[0], 2, LIMEN_ROUND);
  mpfr_atan2 (across, sine, cosine, LIMEN_ROUND);
  mpfr_div_ui (across, across, 2, LIMEN_ROUND);
  mpfr_sin_cos (sine, cosine, across, LIMEN_ROUND);
  mpfr_fmma (along[0], cosine, digits->offset->at[0], sine, digits->offset->at[1], LIMEN_ROUND);
  mpfr_fmms (along[1], cosine, digits->offset->at[1], sine, digits->offset->at[0], LIMEN_ROUND);
  limen_reals_diagonal (value[1], digits->root, k);
  mpfr_sqr (value[1], value[1], LIMEN_ROUND);
  mpfr_div (value[1], value[1], value[0], LIMEN_ROUND);
  mpfr_clears (sine, cosine, across, NULL);
}

LimenDigits *
limen_digits_new (const LimenGaussianModel *model, const LimenDigitsPosterior *posterior,
                  const LimenGaussian *q, LimenProposalKind kind)
{
  gsize k = posterior->k;
  LimenDigits *digits = g_new0 (LimenDigits, 1);
  digits->number = limen_reals_new (LIMEN_N_DIGITS, posterior->bits);
  digits->eigenvalue = limen_reals_new (2, posterior->bits);
  digits->along = limen_reals_new (2, posterior->bits);
  mpfr_t *number = digits->number->at;
  fill_root (digits, model, posterior, q, kind);
  fill_gap (digits, k, number[LIMEN_DIGITS_GAP]);
  fill_variance (digits, k);
  mpfr_set (number[LIMEN_DIGITS_LOG_EVIDENCE], posterior->log_evidence->at[0], LIMEN_ROUND);
  mpfr_sub (number[LIMEN_DIGITS_ELBO], number[LIMEN_DIGITS_LOG_EVIDENCE], number[LIMEN_DIGITS_GAP],
            LIMEN_ROUND);
  if (k <= 2)
    fill_axes (digits, k);
  return digits;
}

void
limen_digits_free (LimenDigits *digits)
{
  if (!digits)
    return;
  limen_reals_free (digits->number);
  limen_reals_free (digits->root);
  limen_reals_free (digits->offset);
  limen_reals_free (digits->eigenvalue);
  limen_reals_free (digits->along);
  g_free (digits);
}
