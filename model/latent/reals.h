/* Numbers of many bits (MPFR), for small models whose numbers lie so far apart that float64 has no
 * digit left. Row-major, like all matrices here. */
#pragma once

#include <glib.h>
#include <mpfr.h>

#define LIMEN_ROUND MPFR_RNDN

/**
 * LimenReals: @n numbers, each of @bits
 */
typedef struct {
  gsize n;
  mpfr_prec_t bits;
  mpfr_t *at;
} LimenReals;

/** limen_reals_exact_bits: so many that sums of products of up to @factors of the numbers in
 * @value: (@n_arrays) arrays of @n: (n_arrays) are exact, whatever cancels */
mpfr_prec_t
limen_reals_exact_bits (const double *const *value, const gsize *n, guint n_arrays, guint factors);
/** limen_reals_new: all 0 */
LimenReals *limen_reals_new (gsize n, mpfr_prec_t bits);
/** limen_reals_copy: of other @bits where they differ */
LimenReals *limen_reals_copy (const LimenReals *reals, mpfr_prec_t bits);
void limen_reals_free (LimenReals *reals);
/** limen_reals_take: exactly; @value: (n) */
void limen_reals_take (LimenReals *reals, const double *value);
/** limen_reals_give: rounded to the nearest float64 */
void limen_reals_give (const LimenReals *reals, double *value);

/** limen_reals_dot: @out = Σ a_i·b_i over @n numbers, each @step_a, @step_b behind the one before
 */
void
limen_reals_dot (mpfr_t out, const mpfr_t *a, gsize step_a, const mpfr_t *b, gsize step_b, gsize n);
/** limen_reals_cholesky: replaces the lower triangle of @a: (k, k) by L, A = L·Lᵀ, and what is
 * above by 0. @least: (out) (nullable): the least of the pivots, as a share of its diagonal
 * element. Returns: FALSE where it is not above 0; then A is not positive definite, and @a is
 * spoilt */
gboolean limen_reals_cholesky (LimenReals *a, gsize k, mpfr_ptr least);
/** limen_reals_cholesky_back: the same with A = Wᵀ·W, W lower triangular */
gboolean limen_reals_cholesky_back (LimenReals *a, gsize k);
/** limen_reals_solve_lower: replaces @b: (k) by L⁻¹·b */
void limen_reals_solve_lower (const LimenReals *l, gsize k, LimenReals *b);
/** limen_reals_solve_upper: replaces @b: (k) by L⁻ᵀ·b */
void limen_reals_solve_upper (const LimenReals *l, gsize k, LimenReals *b);
/** limen_reals_invert_lower: (transfer full): L⁻¹ */
LimenReals *limen_reals_invert_lower (const LimenReals *l, gsize k);
/** limen_reals_multiply_lower: (transfer full): A·B of two lower triangular matrices */
LimenReals *limen_reals_multiply_lower (const LimenReals *a, const LimenReals *b, gsize k);
/** limen_reals_diagonal: @out = Π a_ii */
void limen_reals_diagonal (mpfr_t out, const LimenReals *a, gsize k);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenReals, limen_reals_free)
