#include "model/latent/reals.h"

#include <math.h>

mpfr_prec_t
limen_reals_exact_bits (const double *const *value, const gsize *n, guint n_arrays, guint factors)
{
  int least = 0, most = 0;
  for (guint a = 0; a < n_arrays; a++)
    for (gsize i = 0; i < n[a]; i++)
      if (value[a][i] != 0) {
        least = MIN (least, ilogb (value[a][i]) - 53);
        most = MAX (most, ilogb (value[a][i]) + 1);
      }
  return (mpfr_prec_t)factors * (most - least) + 128;
}

LimenReals *
limen_reals_new (gsize n, mpfr_prec_t bits)
{
  LimenReals *reals = g_new (LimenReals, 1);
  *reals = (LimenReals){n, bits, g_new (mpfr_t, n)};
  for (gsize i = 0; i < n; i++) {
    mpfr_init2 (reals->at[i], bits);
    mpfr_set_zero (reals->at[i], 1);
  }
  return reals;
}

LimenReals *
limen_reals_copy (const LimenReals *reals, mpfr_prec_t bits)
{
  LimenReals *copy = limen_reals_new (reals->n, bits);
  for (gsize i = 0; i < reals->n; i++)
    mpfr_set (copy->at[i], reals->at[i], LIMEN_ROUND);
  return copy;
}

void
limen_reals_free (LimenReals *reals)
{
  if (!reals)
    return;
  for (gsize i = 0; i < reals->n; i++)
    mpfr_clear (reals->at[i]);
  g_free (reals->at);
  g_free (reals);
}

void
limen_reals_take (LimenReals *reals, const double *value)
{
  for (gsize i = 0; i < reals->n; i++)
    mpfr_set_d (reals->at[i], value[i], LIMEN_ROUND);
}

void
limen_reals_give (const LimenReals *reals, double *value)
{
  for (gsize i = 0; i < reals->n; i++)
    value[i] = mpfr_get_d (reals->at[i], LIMEN_ROUND);
}

/* @sum −= Σ a_i·b_i; @product: scratch */
static void
subtract_dot (mpfr_t sum, const mpfr_t *a, gsize step_a, const mpfr_t *b, gsize step_b, gsize n,
              mpfr_t product)
{
  for (gsize i = 0; i < n; i++) {
    mpfr_mul (product, a[i * step_a], b[i * step_b], LIMEN_ROUND);
    mpfr_sub (sum, sum, product, LIMEN_ROUND);
  }
}

void
limen_reals_dot (mpfr_t out, const mpfr_t *a, gsize step_a, const mpfr_t *b, gsize step_b, gsize n)
{
  mpfr_t product;
  mpfr_init2 (product, mpfr_get_prec (out));
  mpfr_set_zero (out, 1);
  subtract_dot (out, a, step_a, b, step_b, n, product);
  mpfr_neg (out, out, LIMEN_ROUND);
  mpfr_clear (product);
}

/* Replaces a pivot by its root, and @least by its share of @whole where that is less; a diagonal
 * element that is not above 0 counts itself. Returns: whether the pivot has a root */
static gboolean
take_root (mpfr_t pivot, const mpfr_t whole, mpfr_ptr least, mpfr_t scratch)
{
  gboolean positive = mpfr_sgn (pivot) > 0 && mpfr_sgn (whole) > 0;
  mpfr_set (scratch, whole, LIMEN_ROUND);
  if (mpfr_sgn (whole) > 0)
    mpfr_div (scratch, pivot, whole, LIMEN_ROUND);
  if (least && mpfr_cmp (scratch, least) < 0)
    mpfr_set (least, scratch, LIMEN_ROUND);
  if (positive)
    mpfr_sqrt (pivot, pivot, LIMEN_ROUND);
  return positive;
}

static void
clear_above (LimenReals *a, gsize k)
{
  for (gsize i = 0; i < k; i++)
    for (gsize j = i + 1; j < k; j++)
      mpfr_set_zero (a->at[i * k + j], 1);
}

gboolean
limen_reals_cholesky (LimenReals *a, gsize k, mpfr_ptr least)
{
  mpfr_t *at = a->at, product, whole;
  gboolean positive = TRUE;
  mpfr_inits2 (a->bits, product, whole, NULL);
  if (least)
    mpfr_set_ui (least, 1, LIMEN_ROUND);
  for (gsize i = 0; i < k && positive; i++)
    for (gsize j = 0; j <= i && positive; j++) {
      mpfr_t *own = &at[i * k + j];
      mpfr_set (whole, *own, LIMEN_ROUND);
      subtract_dot (*own, at + i * k, 1, at + j * k, 1, j, product);
      if (j < i)
        mpfr_div (*own, *own, at[j * k + j], LIMEN_ROUND);
      else
        positive = take_root (*own, whole, least, product);
    }
  clear_above (a, k);
  mpfr_clears (product, whole, NULL);
  return positive;
}

gboolean
limen_reals_cholesky_back (LimenReals *a, gsize k)
{
  mpfr_t *at = a->at, product, whole;
  gboolean positive = TRUE;
  mpfr_inits2 (a->bits, product, whole, NULL);
  for (gsize i = k; i-- > 0 && positive;)
    for (gsize j = i + 1; j-- > 0 && positive;) {
      mpfr_t *own = &at[i * k + j];
      gsize below = i + 1;
      mpfr_set (whole, *own, LIMEN_ROUND);
      subtract_dot (*own, at + below * k + i, k, at + below * k + j, k, k - below, product);
      if (j < i)
        mpfr_div (*own, *own, at[i * k + i], LIMEN_ROUND);
      else
        positive = take_root (*own, whole, NULL, product);
    }
  clear_above (a, k);
  mpfr_clears (product, whole, NULL);
  return positive;
}

void
limen_reals_solve_lower (const LimenReals *l, gsize k, LimenReals *b)
{
  mpfr_t product;
  mpfr_init2 (product, b->bits);
  for (gsize i = 0; i < k; i++) {
    subtract_dot (b->at[i], l->at + i * k, 1, b->at, 1, i, product);
    mpfr_div (b->at[i], b->at[i], l->at[i * k + i], LIMEN_ROUND);
  }
  mpfr_clear (product);
}

void
limen_reals_solve_upper (const LimenReals *l, gsize k, LimenReals *b)
{
  mpfr_t product;
  mpfr_init2 (product, b->bits);
  for (gsize i = k; i-- > 0;) {
    gsize below = i + 1;
    subtract_dot (b->at[i], l->at + below * k + i, k, b->at + below, 1, k - below, product);
    mpfr_div (b->at[i], b->at[i], l->at[i * k + i], LIMEN_ROUND);
  }
  mpfr_clear (product);
}

LimenReals *
limen_reals_invert_lower (const LimenReals *l, gsize k)
{
  LimenReals *inverse = limen_reals_new (k * k, l->bits);
  mpfr_t *at = inverse->at, product;
  mpfr_init2 (product, l->bits);
  for (gsize j = 0; j < k; j++)
    for (gsize i = j; i < k; i++) {
      mpfr_t *own = &at[i * k + j];
      mpfr_set_ui (*own, i == j, LIMEN_ROUND);
      subtract_dot (*own, l->at + i * k + j, 1, at + j * k + j, k, i - j, product);
      mpfr_div (*own, *own, l->at[i * k + i], LIMEN_ROUND);
    }
  mpfr_clear (product);
  return inverse;
}

LimenReals *
limen_reals_multiply_lower (const LimenReals *a, const LimenReals *b, gsize k)
{
  LimenReals *product = limen_reals_new (k * k, a->bits);
  for (gsize i = 0; i < k; i++)
    for (gsize j = 0; j <= i; j++)
      limen_reals_dot (product->at[i * k + j], a->at + i * k + j, 1, b->at + j * k + j, k,
                       i - j + 1);
  return product;
}

void
limen_reals_diagonal (mpfr_t out, const LimenReals *a, gsize k)
{
  mpfr_set_ui (out, 1, LIMEN_ROUND);
  for (gsize i = 0; i < k; i++)
    mpfr_mul (out, out, a->at[i * k + i], LIMEN_ROUND);
}
