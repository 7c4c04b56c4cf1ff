#include "model/latent/reals.h"

#include <math.h>

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

/* The root of a pivot: @left of what was @whole. Returns: its share */
static double
take_root (mpfr_t left, const mpfr_t whole, mpfr_t scratch)
{
  mpfr_div (scratch, left, whole, LIMEN_ROUND);
  double share = mpfr_get_d (scratch, LIMEN_ROUND);
  if (share > 0)
    mpfr_sqrt (left, left, LIMEN_ROUND);
  return share;
}

static void
clear_above (LimenReals *a, gsize k)
{
  for (gsize i = 0; i < k; i++)
    for (gsize j = i + 1; j < k; j++)
      mpfr_set_zero (a->at[i * k + j], 1);
}

double
limen_reals_cholesky (LimenReals *a, gsize k)
{
  mpfr_t *at = a->at, product, whole;
  double least = 1;
  mpfr_inits2 (a->bits, product, whole, NULL);
  for (gsize i = 0; i < k && least > 0; i++)
    for (gsize j = 0; j <= i && least > 0; j++) {
      mpfr_t *own = &at[i * k + j];
      mpfr_set (whole, *own, LIMEN_ROUND);
      subtract_dot (*own, at + i * k, 1, at + j * k, 1, j, product);
      if (j < i)
        mpfr_div (*own, *own, at[j * k + j], LIMEN_ROUND);
      else
        least = fmin (take_root (*own, whole, product), least);
    }
  clear_above (a, k);
  mpfr_clears (product, whole, NULL);
  return least;
}

double
limen_reals_cholesky_back (LimenReals *a, gsize k)
{
  mpfr_t *at = a->at, product, whole;
  double least = 1;
  mpfr_inits2 (a->bits, product, whole, NULL);
  for (gsize i = k; i-- > 0 && least > 0;)
    for (gsize j = i + 1; j-- > 0 && least > 0;) {
      mpfr_t *own = &at[i * k + j];
      gsize below = i + 1;
      mpfr_set (whole, *own, LIMEN_ROUND);
      subtract_dot (*own, at + below * k + i, k, at + below * k + j, k, k - below, product);
      if (j < i)
        mpfr_div (*own, *own, at[i * k + i], LIMEN_ROUND);
      else
        least = fmin (take_root (*own, whole, product), least);
    }
  clear_above (a, k);
  mpfr_clears (product, whole, NULL);
  return least;
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
