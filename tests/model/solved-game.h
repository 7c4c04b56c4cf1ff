/* Games for tests of solutions, and what every solution has to be. */
#pragma once

#include "model/base/random.h"
#include "model/game/equilibrium.h"
#include "model/game/rational.h"

#include <math.h>
#include <string.h>

#define MOST LIMEN_GAME_MOST

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static LimenPayoff
make_game (guint rows, guint columns, const double *m)
{
  static const char *const names[] = {"rock", "paper", "scissors"};
  LimenPayoff payoff = {.rows = rows, .columns = columns};
  for (guint k = 0; k < rows * columns; k++)
    payoff.m[k] = m[k];
  for (guint i = 0; i < MOST; i++) {
    g_strlcpy (payoff.row_name[i], i < 3 ? names[i] : "", sizeof payoff.row_name[i]);
    g_strlcpy (payoff.column_name[i], i < 3 ? names[i] : "", sizeof payoff.column_name[i]);
  }
  return payoff;
}

#define GAME(rows, columns, ...) make_game (rows, columns, (const double[]){__VA_ARGS__})

static LimenSolution *
solve (const LimenPayoff *payoff)
{
  g_autoptr (GError) error = NULL;
  LimenSolution *solution = limen_solve (payoff, &error);
  g_assert_no_error (error);
  g_assert_nonnull (solution);
  return solution;
}

/* Integers −@most … @most */
static LimenPayoff
integer_game (LimenRandom *random, guint rows, guint columns, guint32 most)
{
  LimenPayoff payoff = GAME (1, 1, 0);
  payoff.rows = rows;
  payoff.columns = columns;
  for (guint k = 0; k < rows * columns; k++)
    payoff.m[k] = (double)limen_random_below (random, 2 * most + 1) - most;
  return payoff;
}

/* √2 to 48 bits: no fraction, and its products by integers up to 31 are doubles */
static double
no_fraction (void)
{
  return ldexp (round (ldexp (G_SQRT2, 47)), -47);
}

static double
range_of (const LimenPayoff *payoff)
{
  double least = payoff->m[0], most = payoff->m[0];
  for (guint k = 1; k < payoff->rows * payoff->columns; k++) {
    least = fmin (least, payoff->m[k]);
    most = fmax (most, payoff->m[k]);
  }
  return most - least;
}

/* max (Mᵀp_A) − min (M p_B), without the rounding of double sums */
static double
gap_of (const LimenPayoff *payoff, const double *a, const double *b)
{
  long double most = -INFINITY, least = INFINITY;
  for (guint j = 0; j < payoff->columns; j++) {
    long double points = 0;
    for (guint i = 0; i < payoff->rows; i++)
      points += (long double)a[i] * payoff->m[i * payoff->columns + j];
    most = fmaxl (most, points);
  }
  for (guint i = 0; i < payoff->rows; i++) {
    long double points = 0;
    for (guint j = 0; j < payoff->columns; j++)
      points += (long double)b[j] * payoff->m[i * payoff->columns + j];
    least = fminl (least, points);
  }
  return (double)(most - least);
}

static void
assert_strategies (const double *p, guint n, guint size)
{
  for (guint k = 0; k < n; k++) {
    double sum = 0;
    for (guint i = 0; i < size; i++) {
      g_assert_cmpfloat (p[k * size + i], >=, 0);
      sum += p[k * size + i];
    }
    g_assert_cmpfloat (fabs (sum - 1), <=, 1e-15);
  }
}

/* What a payoff is: the fraction found in it, or itself */
static void
set_payoff (mpq_ptr out, const LimenSolution *s, double payoff)
{
  if (s->exact)
    g_assert_true (limen_rational_from_double (payoff, out));
  else
    mpq_set_d (out, payoff);
}

/* @points: (out): for B, where @p meets @reply of the other player */
static void
sum_points (const LimenPayoff *payoff, const LimenSolution *s, gboolean b, const mpq_t *p,
            guint reply, mpq_ptr points)
{
  guint n = b ? payoff->columns : payoff->rows;
  mpq_t m;
  mpq_init (m);
  mpq_set_ui (points, 0, 1);
  for (guint i = 0; i < n; i++) {
    set_payoff (m, s, payoff->m[b ? reply * n + i : i * payoff->columns + reply]);
    mpq_mul (m, m, p[i]);
    mpq_add (points, points, m);
  }
  mpq_clear (m);
}

/* Against a strategy that is exactly optimal, the best reply earns exactly the value. */
static void
assert_exactly_optimal (const LimenPayoff *payoff, const LimenSolution *s, gboolean b, guint index)
{
  guint n = b ? payoff->columns : payoff->rows, replies = b ? payoff->rows : payoff->columns;
  const mpq_t *p = (b ? s->b_exact : s->a_exact)->at + index * n;
  mpq_t best, points, whole;
  mpq_inits (best, points, whole, NULL);
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (mpq_sgn (p[i]), >=, 0);
    mpq_add (whole, whole, p[i]);
  }
  g_assert_cmpint (mpq_cmp_ui (whole, 1, 1), ==, 0);
  for (guint j = 0; j < replies; j++) {
    sum_points (payoff, s, b, p, j, points);
    int order = mpq_cmp (points, best);
    if (j == 0 || (b ? order < 0 : order > 0))
      mpq_set (best, points);
  }
  g_assert_true (mpq_equal (best, s->value_exact));
  mpq_clears (best, points, whole, NULL);
}

/* Doubles are the nearest to what they stand for. */
static void
assert_rounded (double value, mpq_srcptr exact)
{
  mpq_t apart, other;
  mpq_inits (apart, other, NULL);
  mpq_set_d (apart, value);
  mpq_sub (apart, apart, exact);
  mpq_abs (apart, apart);
  for (int way = -1; way <= 1; way += 2) {
    mpq_set_d (other, nextafter (value, way * INFINITY));
    mpq_sub (other, other, exact);
    mpq_abs (other, other);
    g_assert_cmpint (mpq_cmp (apart, other), <=, 0);
  }
  mpq_clears (apart, other, NULL);
}

static void
assert_solution (const LimenPayoff *payoff, const LimenSolution *s)
{
  double largest = fmax (range_of (payoff), 1e-300);
  for (guint k = 0; k < payoff->rows * payoff->columns; k++)
    largest = fmax (largest, fabs (payoff->m[k]));
  g_assert_true (s->n_a >= 1 && s->n_b >= 1 && g_utf8_validate (s->certificate, -1, NULL));
  assert_strategies (s->a, s->n_a, payoff->rows);
  assert_strategies (s->b, s->n_b, payoff->columns);
  for (guint i = 0; i < s->n_a; i++)
    for (guint j = 0; j < s->n_b; j++)
      g_assert_cmpfloat (gap_of (payoff, s->a + i * payoff->rows, s->b + j * payoff->columns), <=,
                         1e-12 * largest);
  g_assert_cmpuint (s->a_exact->n, ==, s->n_a * payoff->rows);
  g_assert_cmpuint (s->b_exact->n, ==, s->n_b * payoff->columns);
  for (guint i = 0; i < s->n_a; i++)
    assert_exactly_optimal (payoff, s, FALSE, i);
  for (guint i = 0; i < s->n_b; i++)
    assert_exactly_optimal (payoff, s, TRUE, i);
  assert_rounded (s->value, s->value_exact);
  for (guint i = 0; i < s->a_exact->n; i++)
    assert_rounded (s->a[i], s->a_exact->at[i]);
  for (guint i = 0; i < s->b_exact->n; i++)
    assert_rounded (s->b[i], s->b_exact->at[i]);
}

static gboolean
has_point (const double *p, guint n, guint size, const double *point, double tolerance)
{
  for (guint k = 0; k < n; k++) {
    double apart = 0;
    for (guint i = 0; i < size; i++)
      apart = fmax (apart, fabs (p[k * size + i] - point[i]));
    if (apart <= tolerance)
      return TRUE;
  }
  return FALSE;
}

#define assert_has(p, n, size, ...)                                                                \
  g_assert_true (has_point (p, n, size, (const double[]){__VA_ARGS__}, 1e-15))

static void
assert_fraction (mpq_srcptr value, glong n, gulong d)
{
  g_assert_cmpint (mpz_cmp_si (mpq_numref (value), n), ==, 0);
  g_assert_cmpint (mpz_cmp_ui (mpq_denref (value), d), ==, 0);
}

#pragma GCC diagnostic pop
