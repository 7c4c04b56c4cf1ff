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

/* Against a strategy that is exactly optimal, the best reply earns exactly the value. */
static void
assert_exactly_optimal (const LimenPayoff *payoff, const LimenSolution *s, gboolean b, guint index)
{
  guint n = b ? payoff->columns : payoff->rows, replies = b ? payoff->rows : payoff->columns;
  const LimenRational *p = (b ? s->b_exact : s->a_exact) + index * n;
  LimenRational best = {0, 0}, whole = {0, 1};
  for (guint i = 0; i < n; i++) {
    g_assert_cmpint (p[i].n, >=, 0);
    g_assert_true (limen_rational_add (whole, p[i], &whole));
  }
  g_assert_true (whole.n == 1 && whole.d == 1);
  for (guint j = 0; j < replies; j++) {
    LimenRational points = {0, 1}, m, term;
    for (guint i = 0; i < n; i++) {
      double entry = payoff->m[b ? j * n + i : i * replies + j];
      g_assert_true (limen_rational_from_double (entry, &m));
      g_assert_true (limen_rational_multiply (m, p[i], &term));
      g_assert_true (limen_rational_add (points, term, &points));
    }
    int order = best.d == 0 ? 0 : limen_rational_compare (points, best);
    if (best.d == 0 || (b ? order < 0 : order > 0))
      best = points;
  }
  g_assert_cmpint (limen_rational_compare (best, s->value_exact), ==, 0);
}

/* @exactly: numbers small enough that the fractions above fit 64 bits */
static void
assert_solution (const LimenPayoff *payoff, const LimenSolution *s, gboolean exactly)
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
  g_assert_cmpint (s->exact, ==, s->a_exact && s->b_exact);
  for (guint i = 0; exactly && s->exact && i < s->n_a; i++)
    assert_exactly_optimal (payoff, s, FALSE, i);
  for (guint i = 0; exactly && s->exact && i < s->n_b; i++)
    assert_exactly_optimal (payoff, s, TRUE, i);
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
assert_fraction (LimenRational value, gint64 n, gint64 d)
{
  g_assert_cmpint (value.n, ==, n);
  g_assert_cmpint (value.d, ==, d);
}

#pragma GCC diagnostic pop
