/* Whether what is said of curves, of what is kept, of the spectrum and of step sizes is true of a
 * state: by running methods, in long double. */
#pragma once

#include "model/game-states.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

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
  limen_game_curve_fill (&run->curve, &d, s->solution, n, 20, NULL, &error);
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

/* Least squares of log y on log k over the last two thirds of the decades, where y is a gap */
static double
slope_of (const Run *run, const State *s, gboolean mean)
{
  const LimenGameCurve *c = &run->curve;
  Long n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0, from = cbrtl (c->k[c->n - 1]);
  for (guint i = 0; i < c->n; i++) {
    Truth t = mean ? truth_at (&s->payoff, run->mean_x[i], run->mean_y[i])
                   : truth_at (&s->payoff, run->x[i], run->y[i]);
    if (c->k[i] < from || !(t.gap > 1e-13L * limen_payoff_largest (&s->payoff)))
      continue;
    if (!is_strategy (mean ? run->mean_x[i] : run->x[i], s->payoff.rows) ||
        !is_strategy (mean ? run->mean_y[i] : run->y[i], s->payoff.columns))
      return NAN;
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

#pragma GCC diagnostic pop
