/* What is said of games is true: random states, and each sentence that is said of one judged by a
 * computation of the test's own, in long double, by running methods, or by other means than the
 * condition of the sentence has. And the judge has teeth: a sentence whose condition is taken away
 * is caught. */
#include "model/game/sentences.h"
#include "model/random-dynamics.h"

#include <math.h>
#include <string.h>

#define STATES 10000
#define MOST   4 /* strategies of a player */

typedef long double Long;

/* -- a state of the page -- */

typedef struct {
  LimenPayoff payoff;
  LimenSolution *solution;
  double p_a[LIMEN_GAME_MOST], p_b[LIMEN_GAME_MOST];
  gboolean frozen, answered;
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
  g_string_replace (plain, "−", "-", 0);
  g_string_replace (plain, "\u2009", "", 0);
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

/* -- judges: whether what @text says contradicts the state -- */

static gboolean
judge_only (const State *s, const char *text)
{
  gboolean centre = strstr (text, "only the centre") != NULL;
  gboolean one = strstr (text, "only one pair") != NULL;
  /* another solution would be one with either player's strategy of this */
  for (guint side = 0; side < 2 && (centre || one); side++) {
    guint n = side ? s->solution->n_b : s->solution->n_a,
          size = side ? s->payoff.columns : s->payoff.rows;
    const double *p = side ? s->solution->b : s->solution->a;
    if (n > 1)
      return FALSE;
    for (guint i = 0; i < size && centre; i++)
      if (fabs (p[i] * size - 1) > 1e-14)
        return FALSE;
  }
  /* nor may a point that is not it be a saddle point */
  if (one || centre) {
    LimenRandom random = limen_random_stream (11, "others", 0);
    for (guint round = 0; round < 20; round++) {
      double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST], apart = 0;
      random_strategy (&random, s->payoff.rows, a);
      random_strategy (&random, s->payoff.columns, b);
      for (guint i = 0; i < s->payoff.rows; i++) {
        a[i] = round % 2 ? a[i] : s->solution->a[i];
        apart = fmax (apart, fabs (a[i] - s->solution->a[i]));
      }
      for (guint j = 0; j < s->payoff.columns; j++) {
        b[j] = round % 3 ? b[j] : s->solution->b[j];
        apart = fmax (apart, fabs (b[j] - s->solution->b[j]));
      }
      Truth t = truth_at (&s->payoff, a, b);
      if (apart > 1e-3 && t.gap < 1e-9L * t.size)
        return FALSE;
    }
  }
  return TRUE;
}

static gboolean
judge_hand (const State *s, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  if (strstr (text, "this is a saddle point"))
    return t.gap <= 1e-11L * t.size;
  if (strstr (text, "every point of A earns"))
    return s->frozen && !s->answered &&
           most_of (t.of_a, m->rows) - least_of (t.of_a, m->rows) <= 1e-11L * t.size &&
           is_rounded (number_after (text, "A earns "), -t.value, t.size);
  if (strstr (text, "no point of A earns more"))
    return s->frozen && !s->answered && t.saves <= 1e-11L * t.size &&
           is_rounded (number_after (text, "A earns "), -t.value, t.size);
  if (strstr (text, "B answers with"))
    return s->frozen && s->answered && t.gains >= 1e-13L * t.size &&
           is_rounded (number_after (text, "gains "), t.gains, t.size) &&
           names_best (text, "with ", t.for_b, m->column_name, m->columns, 1, t.size);
  if (strstr (text, "B can gain"))
    return t.gains >= 1e-13L * t.size && t.gains >= t.saves - 1e-11L * t.size &&
           is_rounded (number_after (text, "can gain "), t.gains, t.size) &&
           names_best (text, "with ", t.for_b, m->column_name, m->columns, 1, t.size) &&
           judge_only (s, text);
  if (strstr (text, "A can save"))
    return t.saves >= 1e-13L * t.size && t.saves >= t.gains - 1e-11L * t.size &&
           is_rounded (number_after (text, "can save "), t.saves, t.size) &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size) &&
           judge_only (s, text);
  return FALSE;
}

static gboolean
judge_answer (const State *s, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  if (strstr (text, "Freeze B"))
    return !s->frozen && !s->answered;
  if (strstr (text, "nothing to save"))
    return s->frozen && !s->answered && t.saves <= 1e-11L * t.size;
  if (strstr (text, "A does best with"))
    return s->frozen && !s->answered && t.saves >= 1e-13L * t.size &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size);
  if (strstr (text, "B finds no reply that earns more, and A none"))
    return s->answered && t.gap <= 1e-11L * t.size;
  if (strstr (text, "but A does better with"))
    return s->answered && t.gains <= 1e-11L * t.size && t.saves >= 1e-13L * t.size &&
           names_best (text, "with ", t.of_a, m->row_name, m->rows, -1, t.size);
  if (strstr (text, "B plays "))
    return s->answered && t.gains >= 1e-13L * t.size &&
           is_rounded (number_after (text, "gets "), t.value + t.gains, t.size) &&
           names_best (text, "plays ", t.for_b, m->column_name, m->columns, 1, t.size);
  return FALSE;
}

/* A second solution, where there is one, is a mixture of others: the midpoint of two is one too. */
static gboolean
judge_unique (const State *s, const char *text)
{
  gboolean sure = !strstr (text, "rounding"), yes = g_str_has_prefix (text, "yes");
  if (!sure)
    return !s->solution->exact;
  if (!yes && s->payoff.rows <= 3 && s->payoff.columns <= 3)
    return s->solution->exact && (s->solution->n_a > 1 || s->solution->n_b > 1);
  return s->solution->exact && (!yes || judge_only (s, "only one pair"));
}

static gboolean
judge_reply (const State *s, gboolean b, const char *text)
{
  Truth t = truth_at (&s->payoff, s->p_a, s->p_b);
  const LimenPayoff *m = &s->payoff;
  const Long *earned = b ? t.for_b : t.of_a;
  guint n = b ? m->columns : m->rows, best = 0;
  Long most = b ? most_of (earned, n) : least_of (earned, n);
  for (guint i = 0; i < n; i++)
    best += fabsl (earned[i] - most) <= 1e-12L * t.size;
  if (strstr (text, "any reply"))
    return best == n;
  if (strstr (text, "its best reply, "))
    return best == 1 && names_best (text, "reply, ", earned, b ? m->column_name : m->row_name, n,
                                    b ? 1 : -1, t.size);
  return strstr (text, "its best replies, ") && best > 1 &&
         names_best (text, "replies, ", earned, b ? m->column_name : m->row_name, n, b ? 1 : -1,
                     t.size);
}

/* -- runs -- */

static gboolean
is_strategy (const double *p, guint n)
{
  Long sum = 0;
  for (guint i = 0; i < n; i++) {
    if (!(p[i] >= -1.01e-9))
      return FALSE;
    sum += p[i];
  }
  return fabsl (sum - 1) <= 1.01e-9L;
}

static gboolean
is_about (double said, Long value, double digits, Long size)
{
  return fabsl (said - value) <= digits * fabsl (value) + 1e-11L * size;
}

/* The size of numbers whose sums the gap is */
static Long
far_of (const LimenPayoff *m, const double *p_a, const double *p_b)
{
  Long far = 0;
  for (guint i = 0; i < m->rows * m->columns; i++)
    far = fmaxl (far, fabsl (m->m[i]) *
                          fmaxl (fabsl (p_a[i / m->columns]), fabsl (p_b[i % m->columns])));
  return far;
}

/* Four digits, or none where they would be of rounding */
static gboolean
is_difference (const char *text, const char *before, Long value, Long far)
{
  double said = text ? number_after (text, before) : NAN;
  if (isnan (said))
    return text && strstr (text, "lost in rounding") && fabsl (value) < 1e-9L * (far + 1);
  return fabsl (said - value) <= 1e-3L * fabsl (value);
}

static gboolean
judge_run (const State *s, const LimenGameRow *last, const char *text)
{
  const LimenPayoff *m = &s->payoff;
  Truth now = truth_at (m, last->p_a, last->p_b),
        mean = truth_at (m, last->average_a, last->average_b);
  gboolean in = is_strategy (last->p_a, m->rows) && is_strategy (last->p_b, m->columns);
  gboolean mean_in =
      is_strategy (last->average_a, m->rows) && is_strategy (last->average_b, m->columns);
  if (strstr (text, "beyond all numbers"))
    return !(fabsl (now.gap) < 1e305L && fabsl (mean.gap) < 1e305L);
  if (!isfinite ((double)now.gap) || !isfinite ((double)mean.gap))
    return FALSE;
  const char *said = strstr (text, "p_A, ");
  Long most =
      fmaxl (far_of (m, last->p_a, last->p_b), far_of (m, last->average_a, last->average_b));
  if (strstr (text, "the last iterate and the average are outside"))
    return !in && !mean_in && is_difference (said, "p_A, ", now.gap, most) &&
           is_difference (said, " and ", mean.gap, most);
  if (strstr (text, "the last iterate is outside"))
    return !in && mean_in && is_difference (said, "p_A, ", now.gap, most) &&
           is_about (number_after (text, "the gap is "), mean.gap, 0.051, mean.size);
  if (strstr (text, "the average is outside"))
    return in && !mean_in && is_difference (said, "p_A, ", mean.gap, most) &&
           is_about (number_after (text, "the gap is "), now.gap, 0.051, now.size);
  return in && mean_in && is_about (number_after (text, "the gap is "), now.gap, 0.051, now.size) &&
         is_about (number_after (text, "iterate and "), mean.gap, 0.051, mean.size);
}

/* -- curves, and what is kept -- */

typedef struct {
  LimenGameCurve curve;
  double x[LIMEN_GAME_PLACES][LIMEN_GAME_MOST], y[LIMEN_GAME_PLACES][LIMEN_GAME_MOST];
  double mean_x[LIMEN_GAME_PLACES][LIMEN_GAME_MOST], mean_y[LIMEN_GAME_PLACES][LIMEN_GAME_MOST];
  double start_x[LIMEN_GAME_MOST], start_y[LIMEN_GAME_MOST];
  gboolean touched;
} Run;

/* The curve, and by a run beside it what its places were. */
static Run *
run_of (const State *s, guint64 n)
{
  Run *run = g_new0 (Run, 1);
  LimenDynamics d = start_of (s);
  memcpy (run->start_x, d.x, sizeof d.x);
  memcpy (run->start_y, d.y, sizeof d.y);
  g_autoptr (GError) error = NULL;
  limen_game_curve_fill_from (&run->curve, &d, s->solution, n, 20, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < run->curve.n; i++) {
    while (d.k < (guint64)run->curve.k[i]) {
      limen_dynamics_step (&d);
      run->touched = run->touched || d.touched;
    }
    memcpy (run->x[i], d.x, sizeof d.x);
    memcpy (run->y[i], d.y, sizeof d.y);
    limen_dynamics_average (&d, run->mean_x[i], run->mean_y[i]);
  }
  return run;
}

/* Whether the solution plays what the point does not. */
static gboolean
is_infinite_at (const State *s, const double *x, const double *y)
{
  for (guint i = 0; i < s->payoff.rows; i++)
    if (s->solution->a[i] > 0 && !(x[i] > 0))
      return TRUE;
  for (guint j = 0; j < s->payoff.columns; j++)
    if (s->solution->b[j] > 0 && !(y[j] > 0))
      return TRUE;
  return FALSE;
}

static Long
energy_at (const State *s, const Long *x, const Long *y)
{
  Long energy = 0;
  for (guint i = 0; i < s->payoff.rows; i++)
    energy += (x[i] - s->solution->a[i]) * (x[i] - s->solution->a[i]);
  for (guint j = 0; j < s->payoff.columns; j++)
    energy += (y[j] - s->solution->b[j]) * (y[j] - s->solution->b[j]);
  for (guint i = 0; i < s->payoff.rows; i++)
    for (guint j = 0; j < s->payoff.columns; j++)
      energy -= s->step * (x[i] - s->solution->a[i]) * s->payoff.m[i * s->payoff.columns + j] *
                (y[j] - s->solution->b[j]);
  return energy;
}

static void
widen (const double *from, Long *to)
{
  for (guint i = 0; i < LIMEN_GAME_MOST; i++)
    to[i] = from[i];
}

/* At place @i; −1: at the start */
static Long
energy_of (const State *s, const Run *run, int i)
{
  Long x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  widen (i < 0 ? run->start_x : run->x[i], x);
  widen (i < 0 ? run->start_y : run->y[i], y);
  return energy_at (s, x, y);
}

static void
move (Long *p, Long step, const Long *g, guint n)
{
  Long mean = 0;
  for (guint i = 0; i < n; i++)
    mean += g[i] / n;
  for (guint i = 0; i < n; i++)
    p[i] += step * (g[i] - mean);
}

/* One alternating step without projection, from any point: is the energy what it was? */
static gboolean
alternating_keeps_energy (const State *s)
{
  LimenRandom random = limen_random_stream (3, "energy", 0);
  double a[LIMEN_GAME_MOST] = {0}, b[LIMEN_GAME_MOST] = {0};
  Long x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST], g[LIMEN_GAME_MOST];
  guint n = s->payoff.rows, m = s->payoff.columns;
  random_strategy (&random, n, a);
  random_strategy (&random, m, b);
  widen (a, x);
  widen (b, y);
  Long before = energy_at (s, x, y), far = 1 + s->step * limen_payoff_largest (&s->payoff);
  for (guint i = 0; i < n; i++) {
    g[i] = 0;
    for (guint j = 0; j < m; j++)
      g[i] += s->payoff.m[i * m + j] * y[j];
  }
  move (x, -s->step, g, n);
  for (guint j = 0; j < m; j++) {
    g[j] = 0;
    for (guint i = 0; i < n; i++)
      g[j] += s->payoff.m[i * m + j] * x[i];
  }
  move (y, s->step, g, m);
  Long after = energy_at (s, x, y);
  return fabsl (after - before) <= 1e-12L * far * far * far * far; /* of terms that cancel */
}

/* d/dt Σ KL = x*ᵀM y − xᵀM y*, of the replicator flow at any point */
static gboolean
flow_keeps_divergence (const State *s)
{
  LimenRandom random = limen_random_stream (4, "flow", 0);
  for (guint round = 0; round < 8; round++) {
    double a[LIMEN_GAME_MOST], b[LIMEN_GAME_MOST];
    random_strategy (&random, s->payoff.rows, a);
    random_strategy (&random, s->payoff.columns, b);
    Truth here = truth_at (&s->payoff, s->solution->a, b),
          there = truth_at (&s->payoff, a, s->solution->b);
    if (fabsl (here.value - there.value) > 1e-9L * here.size)
      return FALSE;
  }
  return TRUE;
}

static gboolean
judge_nothing_kept (const State *s, const Run *run, gboolean kl, const char *text)
{
  if (!run)
    return strstr (text, "on their way") != NULL;
  const LimenGameCurve *curve = &run->curve;
  if (strstr (text, "no single solution"))
    return !s->solution->unique;
  for (guint i = 0; i < curve->n; i++) {
    Truth t = truth_at (&s->payoff, run->x[i], run->y[i]);
    gboolean inside =
        is_strategy (run->x[i], s->payoff.rows) && is_strategy (run->y[i], s->payoff.columns);
    if (strstr (text, "infinite") &&
        (!kl || !s->solution->unique || (inside && !is_infinite_at (s, run->x[i], run->y[i]))))
      return FALSE;
    if (g_str_equal (text, "infinite: at an edge") && !inside)
      return FALSE;
    if (strstr (text, "0: at the solution") &&
        !(fabsl (t.gap) <= 1e-5L * t.size && s->solution->unique))
      return FALSE;
  }
  return strstr (text, "infinite") || strstr (text, "0: at the solution");
}

static gboolean
judge_kept (const State *s, const Run *run, gboolean kl, const char *text)
{
  if (!run)
    return g_str_equal (text, "nats") && kl;
  const LimenGameCurve *curve = &run->curve;
  gboolean loses = strstr (text, "loses energy") != NULL;
  gboolean gains = strstr (text, "gains energy") != NULL;
  for (guint i = 0; i < curve->n; i++) {
    if (curve->touched[i] && strstr (text, "infinite there") &&
        !(kl && is_infinite_at (s, run->x[i], run->y[i])))
      return FALSE;
    if (!loses && !gains)
      continue;
    Long now = energy_of (s, run, (int)i), before = energy_of (s, run, (int)i - 1);
    if (curve->touched[i] ? !(loses ? now < before : now > before)
                          : !(fabsl (now - before) <= 1e-9L * (fabsl (now) + 1)))
      return FALSE;
  }
  if (loses || gains)
    return run->touched && !kl && s->solution->unique && alternating_keeps_energy (s);
  if (strstr (text, "infinite there") || strstr (text, "ticks"))
    return run->touched;
  if (strstr (text, "what the replicator flow keeps"))
    return kl && s->solution->unique && flow_keeps_divergence (s);
  if (strstr (text, "what alternating GDA keeps"))
    return !kl && s->solution->unique && alternating_keeps_energy (s);
  return g_str_equal (text, "nats") && kl;
}

static gboolean
judge_gap (const State *s, const Run *run, const char *text)
{
  gboolean outside = FALSE, mean_outside = FALSE;
  for (guint i = 0; i < run->curve.n; i++) {
    outside = outside || !is_strategy (run->x[i], s->payoff.rows) ||
              !is_strategy (run->y[i], s->payoff.columns);
    mean_outside = mean_outside || !is_strategy (run->mean_x[i], s->payoff.rows) ||
                   !is_strategy (run->mean_y[i], s->payoff.columns);
  }
  if (strstr (text, "thin: gap"))
    return !mean_outside;
  if (strstr (text, "thin: max"))
    return mean_outside;
  return g_str_equal (text, "duality gap") ? s->gap && !outside
         : strstr (text, "max − min")      ? s->gap && outside
                                           : !s->gap && strstr (text, "distance");
}

/* Least squares of log y on log k over the last two thirds of the decades */
static double
slope_of (const Run *run, const State *s, gboolean mean)
{
  const LimenGameCurve *c = &run->curve;
  Long n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, from = cbrtl (c->k[c->n - 1]);
  for (guint i = 0; i < c->n; i++) {
    Truth t = mean ? truth_at (&s->payoff, run->mean_x[i], run->mean_y[i])
                   : truth_at (&s->payoff, run->x[i], run->y[i]);
    if (c->k[i] < from || !(t.gap > 1e-13L))
      continue;
    Long a = logl (c->k[i]), b = logl (t.gap);
    n++;
    sx += a;
    sy += b;
    sxx += a * a;
    sxy += a * b;
  }
  return n >= 8 ? (double)((sxy - sx * sy / n) / (sxx - sx * sx / n)) : NAN;
}

/* A bound O(k^p) holds with a constant of the size of the game and of what a step can't see. */
static gboolean
is_bounded (const Run *run, const State *s, gboolean mean, double power)
{
  if (s->method == LIMEN_ANCHORED_SIMULTANEOUS_GDA &&
      s->step * limen_payoff_largest (&s->payoff) > 2)
    return TRUE; /* before its steps have shrunk it runs away, however far */
  for (guint i = 0; i < run->curve.n; i++) {
    Truth t = mean ? truth_at (&s->payoff, run->mean_x[i], run->mean_y[i])
                   : truth_at (&s->payoff, run->x[i], run->y[i]);
    if (!(t.gap <= 100 * (t.size + 1 / s->step) * powl (run->curve.k[i], power)))
      return FALSE;
  }
  return TRUE;
}

/* -- near the solution -- */

static gboolean
has_interior (const State *s)
{
  gboolean all = s->solution->unique && s->payoff.rows == s->payoff.columns && s->payoff.rows > 1;
  for (guint i = 0; i < s->payoff.rows && all; i++)
    all = s->solution->a[i] > 1e-9 && s->solution->b[i] > 1e-9;
  return all;
}

static double
distance_of (const State *s, const LimenDynamics *d)
{
  Long squares = 0;
  for (guint i = 0; i < s->payoff.rows; i++) {
    squares += ((Long)d->x[i] - s->solution->a[i]) * ((Long)d->x[i] - s->solution->a[i]);
    squares += ((Long)d->y[i] - s->solution->b[i]) * ((Long)d->y[i] - s->solution->b[i]);
  }
  return (double)sqrtl (squares);
}

/* From 1e-7 beside the solution: how far after @n steps, and at most, in parts of that. Linear
 * methods run without projection. */
static void
run_near (const State *s, double step, guint n, double *last, double *most)
{
  LimenRandom random = limen_random_stream (7, "near", 0);
  State near = *s;
  double first;
  guint size = s->payoff.rows;
  for (guint side = 0; side < 2; side++) {
    double *p = side ? near.p_b : near.p_a, mean = 0, away[LIMEN_GAME_MOST];
    for (guint i = 0; i < size; i++) {
      away[i] = limen_random_normal (&random);
      mean += away[i] / size;
    }
    for (guint i = 0; i < size; i++)
      p[i] = (side ? s->solution->b : s->solution->a)[i] +
             1e-7 * (away[i] - mean) * s->solution->a[i] * s->solution->b[i];
    Long sum = 0;
    for (guint i = 0; i < size; i++)
      sum += p[i];
    p[0] += (double)(1 - sum);
  }
  near.step = step;
  near.projected = !limen_method_follows_gradients (s->method);
  LimenDynamics d = start_of (&near);
  first = distance_of (s, &d);
  *most = *last = 1;
  for (guint i = 0; i < n && *most < 1e6; i++) {
    limen_dynamics_step (&d);
    *last = distance_of (s, &d) / first;
    *most = fmax (*most, *last);
  }
}

#define MOST_STEPS 6000

static gboolean
judge_spectrum (const State *s, double radius, const char *text)
{
  double last, most, pace = fabs (radius - 1);
  if (!has_interior (s))
    return FALSE;
  gboolean inside = g_str_has_prefix (text, "inside"), outside = g_str_has_prefix (text, "outside");
  if ((inside || outside) && 25 / pace > MOST_STEPS)
    return inside ? radius < 1 : radius > 1; /* too slow to see */
  run_near (s, s->step, inside || outside ? (guint)(25 / pace) + 10 : MOST_STEPS, &last, &most);
  if (inside)
    return last < 0.5;
  if (outside)
    return most > 2;
  if (strstr (text, "two as one"))
    return most > 5;
  if (strstr (text, "too close to tell"))
    return pace < 1e-8 && most < 100;
  return strstr (text, "stays near") && most < 1e5 && pace < 1e-8;
}

static gboolean
judge_steps (const State *s, const char *text)
{
  gboolean without = s->method == LIMEN_FICTITIOUS_PLAY || s->method == LIMEN_REGRET_MATCHING ||
                     s->method == LIMEN_REGRET_MATCHING_PLUS;
  double most, last, below = number_after (text, "below "), proven = number_after (text, "up to ");
  double size = limen_payoff_largest (&s->payoff);
  gboolean eag = s->method == LIMEN_EAG_C || s->method == LIMEN_EAG_V;
  if (strstr (text, "no step size"))
    return without;
  if (without || !has_interior (s) || strstr (text, "nan") || strstr (text, "inf"))
    return FALSE;
  if (strstr (text, "proven up to")) {
    if (!eag || !(proven > 0))
      return FALSE;
    run_near (s, proven, 2000, &last, &most); /* ‖F‖ falls as 1 / k */
    return last < 0.5;
  }
  if (strstr (text, "stable below")) {
    if (eag || !(below > 0))
      return FALSE;
    run_near (s, 0.93 * below, 2000, &last, &most);
    return most < 1e4;
  }
  if (strstr (text, "stable at any")) {
    run_near (s, 1 / size, 2000, &last, &most);
    return most < 1e4 &&
           (s->method == LIMEN_PROXIMAL_POINT || s->method == LIMEN_ANCHORED_SIMULTANEOUS_GDA);
  }
  if (!strstr (text, "stable at none"))
    return FALSE;
  double radius = limen_method_radius (s->method, s->integrator, &s->payoff, 0.5 / size);
  if (isfinite (radius) && 3 / fabs (radius - 1) > MOST_STEPS)
    return radius > 1;
  run_near (s, 0.5 / size, MOST_STEPS, &last, &most);
  return most > 2;
}

static gboolean
judge_pace (const State *s, const Run *run, const char *text)
{
  gboolean mean = g_str_has_prefix (text, "average: ");
  double said = number_after (text, "measured slope "), own = slope_of (run, s, mean);
  double proven = number_after (text, strstr (text, ", proven ") ? ", proven " : "proven slope ");
  double last, most, rate = number_after (text, "ρ = ");
  if (strstr (text, "nan") || strstr (text, "–") || (!mean && !strstr (text, "ρ") && !s->gap))
    return FALSE;
  if (strstr (text, "ρ")) {
    guint n = (guint)fmin (25 / fmax (1 - rate, 1e-12), MOST_STEPS);
    if (!has_interior (s))
      return FALSE;
    run_near (s, s->step, n, &last, &most);
    return 25 / (1 - rate) > MOST_STEPS || last < 0.5;
  }
  if (strstr (text, "measured slope") &&
      !(fabs (said - own) <= (fabs (own) < 9.9 ? 0.0051 : 0.051) + 2e-4 * (1 + fabs (own))))
    return FALSE;
  if (!strstr (text, "proven"))
    return strstr (text, "measured slope") != NULL;
  return proven <= -0.3 && proven >= -1 &&
         is_bounded (run, s, mean, strstr (text, "−2/3") ? -2.0 / 3 : proven);
}

/* -- what is said of a state, and whether it is so -- */

/* What @claims say of @s, and whether it holds; @said: (out): which, or none */
typedef struct {
  const LimenClaim *claims;
  guint n, said;
  char *text;
} Saying;

static gboolean
say (Saying *saying, gconstpointer state)
{
  g_clear_pointer (&saying->text, g_free);
  saying->said = limen_claim_first (saying->claims, saying->n, state);
  if (saying->said == saying->n)
    return FALSE;
  saying->text = saying->claims[saying->said].say (state);
  return TRUE;
}

static gboolean
holds_run (const State *s, Saying *saying)
{
  LimenDynamics start = start_of (s);
  g_autoptr (GError) error = NULL;
  guint64 n = 1 + (guint64)(s->step * 1e6) % 150;
  g_autoptr (LimenGameRecord) record =
      limen_game_record_new (&start, s->solution, n, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  const LimenGameRun run = {&start, limen_game_record_last (record)};
  return !say (saying, &run) || judge_run (s, run.last, saying->text);
}

static gboolean
holds_spectrum (const State *s, Saying *saying)
{
  double re[LIMEN_SPECTRUM_MOST], im[LIMEN_SPECTRUM_MOST], radius = 0;
  guint n = limen_method_spectrum (s->method, s->integrator, &s->payoff, s->step, re, im);
  const LimenSpectrum spectrum = {s->method, s->integrator, re, im, n};
  for (guint i = 0; i < n; i++)
    radius = fmax (radius, hypot (re[i], im[i]));
  return !say (saying, &spectrum) || judge_spectrum (s, radius, saying->text);
}

static gboolean
holds_of_curve (const State *s, LimenGameTopic topic, Saying *saying)
{
  gboolean none = topic <= LIMEN_SAY_KEPT && (guint64)(s->step * 1e6) % 16 == 0;
  g_autofree Run *run = none ? NULL : run_of (s, topic == LIMEN_SAY_PACE ? 800 : 60);
  const LimenGameStrip strip = {run ? &run->curve : NULL, s->kl};
  const LimenGamePace pace = {run ? &run->curve : NULL, s->gap};
  if (!say (saying, topic <= LIMEN_SAY_KEPT ? (gconstpointer)&strip : &pace))
    return TRUE;
  return topic == LIMEN_SAY_NOTHING_KEPT ? judge_nothing_kept (s, run, s->kl, saying->text)
         : topic == LIMEN_SAY_KEPT       ? judge_kept (s, run, s->kl, saying->text)
         : topic == LIMEN_SAY_PACE       ? judge_pace (s, run, saying->text)
                                         : judge_gap (s, run, saying->text);
}

static gboolean
holds (const State *s, LimenGameTopic topic, Saying *saying)
{
  LimenGameHand hand =
      limen_game_hand (&s->payoff, s->solution, s->p_a, s->p_b, s->frozen, s->answered);
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  const LimenGameSteps steps = {s->method,
                                limen_method_threshold (s->method, s->integrator, &s->payoff),
                                limen_payoff_interior (&s->payoff, x, y)};
  const LimenGameReply reply = limen_game_reply (&s->payoff, &hand.exploit, s->gap);
  switch (topic) {
  case LIMEN_SAY_HAND:
    return !say (saying, &hand) || judge_hand (s, saying->text);
  case LIMEN_SAY_ANSWER:
    return !say (saying, &hand) || judge_answer (s, saying->text);
  case LIMEN_SAY_ONLY:
    return !say (saying, &hand) || judge_only (s, saying->text);
  case LIMEN_SAY_UNIQUE:
    return !say (saying, s->solution) || judge_unique (s, saying->text);
  case LIMEN_SAY_REPLY:
    return !say (saying, &reply) || judge_reply (s, s->gap, saying->text);
  case LIMEN_SAY_RUN:
    return holds_run (s, saying);
  case LIMEN_SAY_STEPS:
    return !say (saying, &steps) || judge_steps (s, saying->text);
  case LIMEN_SAY_SPECTRUM:
    return holds_spectrum (s, saying);
  default:
    return holds_of_curve (s, topic, saying);
  }
}

/* -- states that are seldom met by chance -- */

/* From two edges of its own game into corners: there alternating GDA gains what it is said to keep
 */
static void
corner_rock_paper_scissors (State *s, LimenRandom *random)
{
  double a = 0.15 + 0.1 * limen_random_uniform (random);
  double b = 0.05 + 0.1 * limen_random_uniform (random);
  limen_solution_free (s->solution);
  limen_payoff_builtin ("rock-paper-scissors", &s->payoff, NULL);
  s->solution = limen_solve (&s->payoff, NULL);
  memcpy (s->p_a, (const double[]){a, 1 - a, 0}, 3 * sizeof (double));
  memcpy (s->p_b, (const double[]){0, b, 1 - b}, 3 * sizeof (double));
  s->step = 0.9 + 0.2 * limen_random_uniform (random);
  s->kl = FALSE;
}

static State
state_number (guint number)
{
  LimenRandom random = limen_random_stream (2024, "sentences", number);
  State s = any_state (&random);
  double threshold = limen_method_threshold (s.method, s.integrator, &s.payoff);
  switch (number % 12) {
  case 0: /* at the threshold, where alternating steps have a double eigenvalue */
    s.step = isfinite (threshold) && threshold > 0 ? threshold : s.step;
    break;
  case 1: /* so small that rounding hides the side of the circle */
    s.step = fmax (limen_method_default_step (s.method, &s.payoff) * 2e-5,
                   2e-6 / limen_payoff_largest (&s.payoff));
    break;
  case 2: /* at the solution */
    memcpy (s.p_a, s.solution->a, s.payoff.rows * sizeof *s.p_a);
    memcpy (s.p_b, s.solution->b, s.payoff.columns * sizeof *s.p_b);
    s.frozen = FALSE;
    break;
  case 3: /* far beyond all bounds */
    s.step = 3e5 / limen_payoff_largest (&s.payoff);
    s.projected = !limen_method_follows_gradients (s.method);
    break;
  case 4: /* into the edges, and from them */
    s.method = LIMEN_ALTERNATING_GDA;
    s.step = 10 * limen_method_default_step (s.method, &s.payoff) * limen_random_uniform (&random);
    s.projected = TRUE;
    s.kl = s.kl && number % 5 == 0;
    random_strategy (&random, s.payoff.rows, s.p_a);
    random_strategy (&random, s.payoff.columns, s.p_b);
    s.p_a[0] = number % 3 ? s.p_a[0] : 0;
    s.p_b[0] = number % 7 ? s.p_b[0] : 0;
    limen_simplex_project (s.p_a, s.payoff.rows);
    limen_simplex_project (s.p_b, s.payoff.columns);
    s.frozen = FALSE;
    if (number % 24 == 4)
      corner_rock_paper_scissors (&s, &random);
    break;
  default:
    break;
  }
  if (!limen_method_has_step (s.method))
    s.step = 1;
  s.step = fmin (s.step, 5e5 / limen_payoff_largest (&s.payoff));
  return s;
}

/* -- the tests -- */

static const char *const topics[LIMEN_SAY_N_TOPICS] = {
    "hand",     "answer",       "only", "unique", "reply", "run", "steps",
    "spectrum", "nothing-kept", "kept", "gap",    "thin",  "pace"};

/* How many states of a topic: those that run methods take longer */
static void
test_topic (gconstpointer data)
{
  LimenGameTopic topic = GPOINTER_TO_UINT (data);
  Saying saying = {0};
  guint counts[16] = {0};
  saying.claims = limen_game_claims (topic, &saying.n);
  for (guint i = 0; i < STATES; i++) {
    State s = state_number (i);
    if (!holds (&s, topic, &saying))
      g_error ("state %u, %s, step %g: “%s” (%s) is not so", i, limen_method_word (s.method),
               s.step, saying.text, saying.claims[saying.said].name);
    counts[saying.said]++;
    limen_solution_free (s.solution);
  }
  for (guint c = 0; c < saying.n; c++) {
    g_test_message ("%s: %u", saying.claims[c].name, counts[c]);
    g_assert_cmpuint (counts[c], >, 0);
  }
  g_free (saying.text);
}

/* Said of every state, whatever else might be said, each claim is caught, but for what is true of
 * all. */
static void
test_teeth (gconstpointer data)
{
  LimenGameTopic topic = GPOINTER_TO_UINT (data);
  LimenClaim claim;
  Saying saying = {&claim, 1, 0, NULL};
  guint n;
  const LimenClaim *table = limen_game_claims (topic, &n);
  for (guint c = 0; c < n; c++) {
    gboolean caught = FALSE;
    if (table[c].holds == limen_claim_always)
      continue;
    claim = table[c];
    claim.holds = limen_claim_always;
    for (guint i = 0; i < STATES && !caught; i++) {
      State s = state_number (i);
      caught = !holds (&s, topic, &saying);
      limen_solution_free (s.solution);
    }
    if (!caught)
      g_error ("“%s” is said always, and nobody notices", table[c].name);
  }
  g_free (saying.text);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < LIMEN_SAY_N_TOPICS; i++) {
    g_autofree char *truth = g_strdup_printf ("/game-sentences/%s", topics[i]);
    g_autofree char *teeth = g_strdup_printf ("/game-sentences/teeth/%s", topics[i]);
    g_test_add_data_func (truth, GUINT_TO_POINTER (i), test_topic);
    g_test_add_data_func (teeth, GUINT_TO_POINTER (i), test_teeth);
  }
  return g_test_run ();
}
