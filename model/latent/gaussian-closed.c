#include "model/latent/gaussian-closed.h"
#include "model/latent/gaussian-digits.h"
#include "model/latent/gaussian-model-private.h"

#include <float.h>
#include <math.h>

/* Bits of the second computation more than of the first; how many of both are to agree; the most
 * that are tried, and what they may cost. */
#define MORE_BITS  96
#define AGREE_BITS 60
#define MOST_BITS  32768
#define MOST_COST  1e7
/* Nats that a proposal with the numbers of the posterior may be away from it */
#define NEXT_TO_NOTHING 1e-20
/* Of a number: what rounding may have made of it, twice */
#define LAST_DIGIT (4 * DBL_EPSILON)

static LimenClosedForm *
form_alloc (guint k)
{
  LimenClosedForm *form = g_new0 (LimenClosedForm, 1);
  form->dimension = k;
  form->root = g_new0 (double, (gsize)k *k);
  form->offset = g_new0 (double, k);
  return form;
}

LimenClosedForm *
limen_closed_form_copy (const LimenClosedForm *form)
{
  gsize k = form->dimension;
  LimenClosedForm *copy = g_memdup2 (form, sizeof *form);
  copy->root = g_memdup2 (form->root, k * k * sizeof (double));
  copy->offset = g_memdup2 (form->offset, k * sizeof (double));
  return copy;
}

void
limen_closed_form_free (LimenClosedForm *form)
{
  if (!form)
    return;
  g_free (form->root);
  g_free (form->offset);
  g_free (form);
}

/* -- two computations -- */

/* One with fewer bits and one with more
 * @same: whether the proposal is the posterior
 * @share_bits: of the least that LIMEN_DIGITS_SHARE can be without being 0 */
typedef struct {
  LimenDigitsPosterior *posterior[2];
  LimenDigits *digits[2];
  mpfr_prec_t share_bits;
  gboolean same;
} Pair;

static void
pair_clear (Pair *pair)
{
  for (int i = 0; i < 2; i++) {
    g_clear_pointer (&pair->digits[i], limen_digits_free);
    g_clear_pointer (&pair->posterior[i], limen_digits_posterior_free);
  }
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pair, pair_clear)

static gboolean
agree (const Pair *pair, LimenDigit which)
{
  mpfr_t apart;
  const mpfr_t *few = &pair->digits[0]->number->at[which];
  const mpfr_t *many = &pair->digits[1]->number->at[which];
  if (mpfr_equal_p (*few, *many) || (mpfr_nan_p (*few) && mpfr_nan_p (*many)))
    return TRUE;
  if (!mpfr_number_p (*few) || !mpfr_number_p (*many))
    return FALSE;
  mpfr_init2 (apart, 64);
  mpfr_sub (apart, *few, *many, LIMEN_ROUND);
  mpfr_mul_2ui (apart, apart, AGREE_BITS, LIMEN_ROUND);
  gboolean close = mpfr_cmpabs (apart, *many) <= 0;
  mpfr_clear (apart);
  return close;
}

/* Whether a number that is left where larger ones cancel is so small that rounding may have taken
 * it whole: squares of what is lost beside 1 are missing with fewer bits and with more, and both
 * agree on what is left. Twice as many bits tell. */
static gboolean
is_tiny (const Pair *pair, const mpfr_t number)
{
  mpfr_exp_t tiny = -(mpfr_exp_t)pair->posterior[0]->bits / 2;
  return mpfr_zero_p (number) || (mpfr_number_p (number) && mpfr_get_exp (number) < tiny);
}

static gboolean
may_be_lost (const Pair *pair, LimenDigit which)
{
  return is_tiny (pair, pair->digits[1]->number->at[which]);
}

/* What is small with fewer bits and with more, and not the same, is what rounding leaves of 0. */
static gboolean
is_zero (const Pair *pair, LimenDigit which)
{
  return is_tiny (pair, pair->digits[0]->number->at[which]) && may_be_lost (pair, which) &&
         (mpfr_zero_p (pair->digits[1]->number->at[which]) || !agree (pair, which));
}

/* Whether Var v is infinite: where it is not sure that it isn't */
static gboolean
is_infinite (const Pair *pair)
{
  return !(mpfr_sgn (pair->digits[1]->number->at[LIMEN_DIGITS_SHARE]) > 0) ||
         may_be_lost (pair, LIMEN_DIGITS_SHARE);
}

/* Whether there are digits enough. The gap of a proposal that is not the posterior is not 0, nor is
 * its variance, if it has one; its share may be, and is where it is less than it could be else; of
 * other numbers 0 is one like any other. */
static gboolean
is_resolved (const Pair *pair, LimenDigit which)
{
  switch (which) {
  case LIMEN_DIGITS_SHARE:
    return pair->same || (agree (pair, which) && !may_be_lost (pair, which)) ||
           pair->posterior[0]->bits / 2 > pair->share_bits;
  case LIMEN_DIGITS_VARIANCE:
  case LIMEN_DIGITS_LOG_VARIANCE:
    return pair->same || is_infinite (pair) ||
           (agree (pair, which) && !may_be_lost (pair, LIMEN_DIGITS_VARIANCE));
  case LIMEN_DIGITS_GAP:
    return pair->same || (agree (pair, which) && !may_be_lost (pair, which));
  default:
    return agree (pair, which) || is_zero (pair, which);
  }
}

static gboolean
all_resolved (const Pair *pair)
{
  for (guint i = 0; i < LIMEN_DIGITS_CENTRAL_3; i++)
    if (!is_resolved (pair, i))
      return FALSE;
  return TRUE;
}

static void
pair_fill (Pair *pair, const LimenGaussianModel *model, const double *x, const LimenGaussian *q,
           LimenProposalKind kind)
{
  mpfr_prec_t bits = limen_gaussian_bits (model, x);
  if (kind == LIMEN_PROPOSAL_OWN)
    bits += 3 * limen_gaussian_lost_bits (q);
  pair->share_bits = limen_gaussian_share_bits (model, q, kind);
  for (;; bits *= 2) {
    for (int i = 0; i < 2; i++) {
      pair->posterior[i] = limen_digits_posterior_new (model, x, bits + i * MORE_BITS);
      pair->digits[i] = limen_digits_new (model, pair->posterior[i], q, kind);
    }
    pair->same = pair->same || (may_be_lost (pair, LIMEN_DIGITS_GAP) &&
                                limen_gaussian_is_posterior (model, x, q, kind));
    if (2 * bits > MOST_BITS || limen_gaussian_cost (model, 2 * bits) > MOST_COST ||
        all_resolved (pair))
      return;
    pair_clear (pair);
  }
}

/* -- what they say -- */

/* In float64, with the half of its last digit that rounding takes and what both differ by; of what
 * may be lost, as large as what is lost may be */
static LimenNumber
number_of (const Pair *pair, LimenDigit which)
{
  const mpfr_t *few = &pair->digits[0]->number->at[which];
  const mpfr_t *many = &pair->digits[1]->number->at[which];
  double value = mpfr_get_d (*many, LIMEN_ROUND), apart = 0;
  if (!agree (pair, which))
    apart = fabs (value - mpfr_get_d (*few, LIMEN_ROUND));
  if (!is_resolved (pair, which) && may_be_lost (pair, which))
    apart = fabs (value) + ldexp (1, -(int)(pair->posterior[0]->bits / 2));
  if (fabs (value) < DBL_MIN && !mpfr_zero_p (*many))
    apart += DBL_TRUE_MIN;
  return (LimenNumber){value, apart + fabs (value) * DBL_EPSILON / 2};
}

static gboolean
is_last_digit (const mpfr_t exact, double value, double scale)
{
  mpfr_t apart;
  mpfr_init2 (apart, 64);
  mpfr_sub_d (apart, exact, value, LIMEN_ROUND);
  gboolean close = fabs (mpfr_get_d (apart, LIMEN_ROUND)) <= LAST_DIGIT * scale;
  mpfr_clear (apart);
  return close;
}

/* Whether all numbers of @q are those of the posterior but for the last digit */
static gboolean
has_same_numbers (const LimenDigitsPosterior *posterior, const LimenGaussian *q)
{
  gsize k = posterior->k;
  const mpfr_t *factor = posterior->inverse->at;
  gboolean same = TRUE;
  mpfr_t covariance;
  mpfr_init2 (covariance, posterior->bits);
  for (gsize i = 0; i < k && same; i++) {
    same = is_last_digit (posterior->mean->at[i], q->mean[i], fabs (q->mean[i]));
    for (gsize j = 0; j <= i && same; j++) {
      double scale = sqrt (q->covariance[i * k + i]) * sqrt (q->covariance[j * k + j]);
      limen_reals_dot (covariance, factor + i * k, 1, factor + j * k, 1, j + 1);
      same = is_last_digit (covariance, q->covariance[i * k + j], scale);
    }
  }
  mpfr_clear (covariance);
  return same;
}

static LimenLikeness
likeness_of (const Pair *pair, LimenNumber gap, const LimenGaussian *q, LimenProposalKind kind)
{
  if (pair->same)
    return LIMEN_LIKENESS_SAME;
  gboolean has_numbers = kind == LIMEN_PROPOSAL_OWN || kind == LIMEN_PROPOSAL_PRIOR;
  return has_numbers && q && gap.value < NEXT_TO_NOTHING && has_same_numbers (pair->posterior[1], q)
             ? LIMEN_LIKENESS_ROUNDED
             : LIMEN_LIKENESS_NONE;
}

/* A variance that is 0 has no logarithm, one that is too large for float64 has. */
static void
take_variance (LimenClosedForm *form, const Pair *pair)
{
  form->weight_variance = number_of (pair, LIMEN_DIGITS_VARIANCE);
  form->log_weight_variance = number_of (pair, LIMEN_DIGITS_LOG_VARIANCE);
  if (!is_resolved (pair, LIMEN_DIGITS_LOG_VARIANCE))
    form->log_weight_variance = (LimenNumber){NAN, NAN};
  if (pair->same)
    form->weight_variance = (LimenNumber){0, 0};
  if (pair->same)
    form->log_weight_variance = (LimenNumber){-INFINITY, 0};
  else if (is_infinite (pair))
    form->weight_variance = form->log_weight_variance = (LimenNumber){INFINITY, 0};
  else if (isinf (form->weight_variance.value))
    form->weight_variance = (LimenNumber){NAN, NAN};
  for (guint i = 0; i < 3; i++) {
    const mpfr_t *central = &pair->digits[1]->number->at[LIMEN_DIGITS_CENTRAL_3 + i];
    form->central[i] = mpfr_zero_p (*central) || !mpfr_number_p (*central)
                           ? NAN
                           : mpfr_get_d (*central, LIMEN_ROUND);
  }
}

static void
take_coordinates (LimenClosedForm *form, const LimenDigits *digits)
{
  mpfr_t determinant;
  limen_reals_give (digits->root, form->root);
  limen_reals_give (digits->offset, form->offset);
  limen_reals_give (digits->eigenvalue, form->eigenvalue);
  limen_reals_give (digits->along, form->along);
  mpfr_init2 (determinant, digits->root->bits);
  limen_reals_diagonal (determinant, digits->root, form->dimension);
  mpfr_log (determinant, determinant, LIMEN_ROUND);
  form->log_root = mpfr_get_d (determinant, LIMEN_ROUND);
  mpfr_clear (determinant);
}

/* -- models too large for that -- */

static LimenClosedForm *
form_of_large (const LimenGaussianModel *model, const double *x, const LimenGaussian *own,
               LimenProposalKind kind)
{
  gsize k = model->latent;
  LimenClosedForm *form = form_alloc (model->latent);
  g_autoptr (LimenGaussian) posterior = limen_large_posterior (model, x);
  g_autoptr (LimenGaussian) q = kind == LIMEN_PROPOSAL_OWN
                                    ? limen_gaussian_copy (own)
                                    : limen_gaussian_proposal (model, posterior, kind);
  g_autoptr (LimenWhitened) whitened = limen_whitened_new (posterior, q);
  gboolean same = kind == LIMEN_PROPOSAL_POSTERIOR;
  form->likeness = same ? LIMEN_LIKENESS_SAME : LIMEN_LIKENESS_NONE;
  form->log_evidence = limen_large_log_evidence (model, x, posterior);
  form->elbo = same ? form->log_evidence : limen_large_elbo (model, x, q);
  form->gap = (LimenNumber){MAX (form->log_evidence.value - form->elbo.value, 0),
                            same ? 0 : form->log_evidence.error + form->elbo.error};
  form->weight_variance =
      (LimenNumber){same ? 0 : limen_whitened_variance (whitened), same ? 0 : NAN};
  form->log_weight_variance =
      (LimenNumber){log (form->weight_variance.value), form->weight_variance.error};
  for (guint i = 0; i < 3; i++)
    form->central[i] = NAN;
  for (gsize i = 0; i < k * k; i++)
    form->root[i] = same ? i % (k + 1) == 0 : whitened->root[i];
  for (gsize i = 0; i < k; i++) {
    form->offset[i] = same ? 0 : whitened->offset[i];
    form->log_root += log (form->root[i * k + i]);
  }
  return form;
}

/* -- all -- */

LimenClosedForm *
limen_closed_form_new (const LimenGaussianModel *model, const double *x, const LimenGaussian *q,
                       LimenProposalKind kind)
{
  if (limen_gaussian_is_large (model, x))
    return form_of_large (model, x, q, kind);
  g_auto (Pair) pair = {0};
  LimenClosedForm *form = form_alloc (model->latent);
  pair_fill (&pair, model, x, q, kind);
  form->log_evidence = number_of (&pair, LIMEN_DIGITS_LOG_EVIDENCE);
  form->elbo = pair.same ? form->log_evidence : number_of (&pair, LIMEN_DIGITS_ELBO);
  form->gap = pair.same ? (LimenNumber){0, 0} : number_of (&pair, LIMEN_DIGITS_GAP);
  form->likeness = likeness_of (&pair, form->gap, q, kind);
  take_variance (form, &pair);
  take_coordinates (form, pair.digits[1]);
  mpfr_free_cache2 (MPFR_FREE_LOCAL_CACHE);
  return form;
}

/* log w = log p(x) + log |root| − ½ ‖root·(e − offset)‖² + ½ ‖e‖²; of the posterior, log p(x) for
 * every e, to the last bit */
void
limen_closed_form_log_weights (const double *e, gsize n, double *out, gconstpointer data)
{
  const LimenClosedForm *form = data;
  gsize k = form->dimension;
  for (gsize i = 0; i < n; i++, e += k) {
    double of_q = 0, of_posterior = 0;
    for (gsize j = 0; j < k; j++) {
      double along = 0;
      for (gsize l = 0; l <= j; l++)
        along += form->root[j * k + l] * (e[l] - form->offset[l]);
      of_posterior += along * along;
      of_q += e[j] * e[j];
    }
    out[i] = form->log_evidence.value + (form->log_root + 0.5 * (of_q - of_posterior));
  }
}
