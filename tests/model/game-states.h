/* Random states of the Game page, a judge's own numbers of them in long double, and how to read
 * numbers and names from a sentence. */
#pragma once

#include "model/game/sentences.h"
#include "model/random-dynamics.h"
#include "model/written-power.h"

#include <math.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

#define STATES 10000
#define MOST   4 /* strategies of a player */

typedef long double Long;

/* -- a state of the page -- */

typedef struct {
  LimenPayoff payoff;
  LimenSolution *solution;
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST];
  gboolean frozen, answered;
  guint64 k;
  LimenMethod method;
  LimenIntegrator integrator;
  double step;
  gboolean projected, gap, kl;
} State;

/* Games with ties, with columns that are the same, of fractions, of any numbers, of one number */
static LimenPayoff
any_game (LimenRandom *random)
{
  guint rows = 1 + limen_random_below (random, MOST),
        columns = 1 + limen_random_below (random, MOST);
  guint kind = limen_random_below (random, 9);
  if (kind < 3) /* interior solutions are of square games */
    rows = columns = 2 + limen_random_below (random, 2);
  LimenPayoff game = random_game (random, rows, columns);
  for (guint i = 0; i < rows * columns; i++) {
    double value = game.m[i];
    game.m[i] = kind == 3   ? fmod (value, 2)
                : kind == 4 ? value / 8
                : kind == 5 ? 10 * limen_random_uniform (random) - 5
                : kind == 8 ? (i % columns == 1 ? game.m[i - 1] : limen_random_uniform (random))
                : kind == 6 ? (i % columns == 0 ? value : game.m[i - 1])
                : kind == 7 ? 3
                            : value;
  }
  if (kind == 0)
    limen_payoff_builtin (limen_payoff_names ()[limen_random_below (random, 4)], &game, NULL);
  for (guint i = 0; i < LIMEN_GAME_MOST; i++) {
    g_snprintf (game.row_name[i], sizeof game.row_name[i], "a%u", i);
    g_snprintf (game.column_name[i], sizeof game.column_name[i], "b%u", i);
  }
  return game;
}

static void
any_point (LimenRandom *random, const double *solution, guint n, double *p)
{
  guint kind = limen_random_below (random, 6);
  random_strategy (random, n, p);
  for (guint i = 0; i < n && kind < 3; i++)
    p[i] = kind == 0 ? solution[i] : kind == 1 ? 1.0 / n : i == (guint)(n / 2);
  if (kind == 5) { /* nearly a solution */
    for (guint i = 0; i < n; i++)
      p[i] = solution[i] + 1e-4 * p[i];
    limen_simplex_project (p, n);
  }
}

static State
any_state (LimenRandom *random)
{
  State s = {.payoff = any_game (random)};
  g_autoptr (GError) error = NULL;
  s.solution = limen_solve (&s.payoff, &error);
  g_assert_no_error (error);
  any_point (random, s.solution->a, s.payoff.rows, s.p_a);
  any_point (random, s.solution->b, s.payoff.columns, s.p_b);
  s.frozen = limen_random_below (random, 2);
  s.answered = limen_random_below (random, 2);
  for (guint j = 0; s.frozen && j < s.payoff.columns; j++)
    s.p_b[j] = 1.0 / s.payoff.columns;
  s.method = limen_random_below (random, LIMEN_N_METHODS);
  s.integrator = limen_random_below (random, 3);
  s.step = limen_method_default_step (s.method, &s.payoff) *
           pow (10, 2 * limen_random_uniform (random) - 1);
  s.step = fmax (s.step, 2e-6 / limen_payoff_largest (&s.payoff));
  s.k = s.frozen ? 0 : (guint64)(s.step * 1e6) % 3 * 17;
  s.projected = !limen_method_follows_gradients (s.method) || limen_random_below (random, 2);
  s.gap = limen_random_below (random, 2);
  s.kl = limen_random_below (random, 2);
  return s;
}

static LimenDynamics
start_of (const State *s)
{
  LimenDynamics d;
  g_autoptr (GError) error = NULL;
  limen_dynamics_start (&d, &s->payoff, s->method, s->step, s->p_a, s->p_b, &error);
  g_assert_no_error (error);
  d.projected = s->projected;
  d.integrator = s->integrator;
  return d;
}

/* -- the judge's own numbers -- */

/* Points of each strategy of B (@b) against p_A, or for B of each of A against p_B */
static void
earn (const LimenPayoff *m, const double *p, gboolean b, Long *out)
{
  guint n = b ? m->columns : m->rows, k = b ? m->rows : m->columns;
  for (guint i = 0; i < n; i++) {
    out[i] = 0;
    for (guint j = 0; j < k; j++)
      out[i] += (Long)m->m[b ? j * m->columns + i : i * m->columns + j] * p[j];
  }
}

static Long
most_of (const Long *x, guint n)
{
  Long most = x[0];
  for (guint i = 1; i < n; i++)
    most = x[i] > most ? x[i] : most;
  return most;
}

static Long
least_of (const Long *x, guint n)
{
  Long least = x[0];
  for (guint i = 1; i < n; i++)
    least = x[i] < least ? x[i] : least;
  return least;
}

typedef struct {
  Long for_b[LIMEN_GAME_MOST], of_a[LIMEN_GAME_MOST], value, saves, gains, gap, size;
} Truth;

static Truth
truth_at (const LimenPayoff *m, const double *p_a, const double *p_b)
{
  Truth t = {.size = 0};
  earn (m, p_a, TRUE, t.for_b);
  earn (m, p_b, FALSE, t.of_a);
  for (guint i = 0; i < m->rows; i++)
    t.value += p_a[i] * t.of_a[i];
  for (guint i = 0; i < m->rows * m->columns; i++)
    t.size = fmaxl (t.size, fabsl (m->m[i]));
  t.size = t.size > 0 ? t.size : 1;
  t.saves = t.value - least_of (t.of_a, m->rows);
  t.gains = most_of (t.for_b, m->columns) - t.value;
  t.gap = most_of (t.for_b, m->columns) - least_of (t.of_a, m->rows);
  return t;
}

/* -- reading sentences -- */

/* The number after @before in @text; NaN where there is none */
static double
number_after (const char *text, const char *before)
{
  const char *at = strstr (text, before);
  if (!at)
    return NAN;
  g_autoptr (GString) plain = g_string_new (at + strlen (before));
  make_plain (plain);
  char *end;
  double value = g_ascii_strtod (plain->str, &end);
  return end == plain->str ? NAN : value;
}

/* Half of a unit of the last of the digits written: two decimals, or two digits of what is small */
static gboolean
is_rounded (double said, Long value, Long size)
{
  Long tolerance = fabsl (value) < 0.0995L ? 0.0505L * fabsl (value) : 0.00505L;
  return fabsl (said - value) <= tolerance + 1e-11L * size;
}

/* Whether @name is among the names that stand after @before, up to a mark or a verb */
static gboolean
is_named (const char *text, const char *before, const char *name)
{
  const char *at = strstr (text, before);
  for (at = at ? at + strlen (before) : ""; (at = strstr (at, name)); at++)
    if (!g_ascii_isalnum (at[strlen (name)]) && !g_ascii_isalnum (at[-1]))
      return TRUE;
  return FALSE;
}

/* Names after @before are exactly those that earn their player most. Between 1e-13 and 1e-11 of the
 * payoffs anything may be said. */
static gboolean
names_best (const char *text, const char *before, const Long *earned, const char (*name)[24],
            guint n, int sign, Long size)
{
  Long most = -INFINITY;
  for (guint i = 0; i < n; i++)
    most = fmaxl (most, sign * earned[i]);
  for (guint i = 0; i < n; i++) {
    Long behind = most - sign * earned[i];
    gboolean said = is_named (text, before, name[i]);
    if ((behind <= 1e-13L * size && !said) || (behind >= 1e-11L * size && said))
      return FALSE;
  }
  return TRUE;
}

#pragma GCC diagnostic pop
