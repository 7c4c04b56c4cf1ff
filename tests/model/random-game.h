/* Points of the simplices, games and what tests of the room of games ask again and again. */
#pragma once

#include "model/base/random.h"
#include "model/game/payoff.h"

#include <math.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static void
assert_near (double value, double expected, double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%.17g is not %.17g within %g", value, expected, tolerance);
}

static void
assert_all_near (const double *value, const double *expected, guint n, double tolerance)
{
  for (guint i = 0; i < n; i++)
    assert_near (value[i], expected[i], tolerance);
}

/* @p: (n): a strategy, to rounding */
static void
assert_strategy (const char *what, const double *p, guint n, double tolerance)
{
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    if (!(p[i] >= 0))
      g_error ("%s: a weight is %.17g", what, p[i]);
    sum += p[i];
  }
  if (!(fabs (sum - 1) <= tolerance))
    g_error ("%s: weights sum to 1%+.3g", what, sum - 1);
}

/* Evenly from the simplex; now and then from an edge of it, or a corner. */
static void
random_strategy (LimenRandom *random, guint n, double *p)
{
  gboolean at_edge = limen_random_below (random, 8) == 0;
  double sum = 0;
  for (guint i = 0; i < n; i++) {
    p[i] = -log1p (-limen_random_uniform (random));
    if (at_edge && limen_random_below (random, 2) == 0)
      p[i] = 0;
    sum += p[i];
  }
  if (sum == 0)
    p[limen_random_below (random, n)] = sum = 1;
  for (guint i = 0; i < n; i++)
    p[i] /= sum;
}

/* Of payoffs −9 to 9 */
static LimenPayoff
random_game (LimenRandom *random, guint rows, guint columns)
{
  LimenPayoff game = {.rows = rows, .columns = columns};
  for (guint i = 0; i < rows * columns; i++)
    game.m[i] = (double)limen_random_below (random, 19) - 9;
  return game;
}

static LimenPayoff
builtin_game (const char *name)
{
  LimenPayoff game;
  g_autoptr (GError) error = NULL;
  limen_payoff_builtin (name, &game, &error);
  g_assert_no_error (error);
  return game;
}

#pragma GCC diagnostic pop
