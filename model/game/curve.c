#include "model/game/curve.h"

#include <math.h>

#define LOOK  256   /* iterations between two looks at the cancellable: up to 0.1 ms each */
#define FLOOR 1e-13 /* of the largest payoff: gaps below are rounding */

/* -- what is proven -- */

/* What these have a proof of is the plane without edges: once projected, it is another method. */
static gboolean
knows_no_edges (LimenMethod method)
{
  return method == LIMEN_ALTERNATING_GDA || method == LIMEN_EAG_C || method == LIMEN_EAG_V ||
         method == LIMEN_ANCHORED_SIMULTANEOUS_GDA;
}

static gboolean
plays_all (const LimenDynamics *start)
{
  for (guint i = 0; i < start->payoff.rows; i++)
    if (!(start->x[i] > 0))
      return FALSE;
  for (guint j = 0; j < start->payoff.columns; j++)
    if (!(start->y[j] > 0))
      return FALSE;
  return TRUE;
}

static void
claim (LimenGameCurve *curve, gboolean proven, double slope, double average_slope)
{
  curve->slope = proven ? slope : NAN;
  curve->average_slope = proven ? average_slope : NAN;
}

/* Exponents of k in bounds of the gap: of the iterate, and of the mean of iterates, for the step at
 * hand. Many theorems are not about these: a mean of half steps (Nemirovski, 2004, of mirror prox),
 * steps that shrink with the number of iterations (Wibisono, Tao and Piliouras, 2022, of
 * alternating multiplicative weights), the flow and not its integrator (Hofbauer, Sorin and
 * Viossat, 2009). Then none is claimed. L is the Lipschitz constant of the gradients; the mean of
 * iterates that approach a solution at a linear rate is O(1/k) near it. */
static void
set_theory (LimenGameCurve *curve, const LimenDynamics *start)
{
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  double relative = start->step * limen_payoff_norm (&start->payoff); /* η L */
  double entry = start->step * limen_payoff_largest (&start->payoff);
  gboolean interior = limen_payoff_interior (&start->payoff, x, y);
  gboolean meets = start->projected || interior; /* or what it finds may be no strategy */
  claim (curve, FALSE, NAN, NAN);
  switch (curve->method) {
  case LIMEN_EXTRAGRADIENT: /* Cai, Oikonomou and Zheng, 2022; a linear rate: Tseng, 1995 */
    claim (curve, meets && relative < 1, -0.5, -1);
    break;
  case LIMEN_OPTIMISTIC_GDA: /* the reflected gradient, as gradients are linear: Cai and Zheng,
                                2023; the mean: Malitsky and Tam, 2020 */
    claim (curve, meets && relative < G_SQRT2 - 1, -0.5, -1);
    break;
  case LIMEN_PROXIMAL_POINT: /* Gu and Yang, 2020; a linear rate: Luque, 1984 */
    claim (curve, meets, -0.5, -1);
    break;
  case LIMEN_MIRROR_PROX: /* it converges: Mertikopoulos et al., 2019; then at a linear rate */
    claim (curve, entry < 1 && isfinite (curve->rate), NAN, -1);
    break;
  case LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS: /* Syrgkanis, Agarwal, Luo and Schapire, 2015 */
    claim (curve, entry <= 0.5 && plays_all (start), NAN, -1);
    break;
  case LIMEN_REGRET_MATCHING: /* Hart and Mas-Colell, 2000; Tammelin et al., 2015 */
  case LIMEN_REGRET_MATCHING_PLUS:
    claim (curve, TRUE, NAN, -0.5);
    break;
  case LIMEN_ALTERNATING_GDA: /* Bailey, Gidel and Piliouras, 2020 */
    claim (curve, interior && relative < 2 * (1 - 1e-9), NAN, -1); /* at 2 it need not stay near */
    break;
  case LIMEN_EAG_C: /* Yoon and Ryu, 2021, theorems 1 and 2: ‖F‖ = O(1/k) */
    claim (curve, interior && relative <= (1 + 1e-12) / 8, -1, NAN);
    break;
  case LIMEN_EAG_V:
    claim (curve, interior && relative < 0.75, -1, NAN);
    break;
  case LIMEN_ANCHORED_SIMULTANEOUS_GDA: /* Ryu, Yuan and Yin, 2019: ‖F‖² = O(k^(2p − 2)), p = 0.6 */
    claim (curve, interior, -0.4, NAN);
    break;
  default:
    break;
  }
}

/* -- the run -- */

void
limen_game_curve_add (LimenGameCurve *curve, const LimenDynamics *d, const LimenSolution *solution,
                      gboolean touched)
{
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  LimenInvariant kept = {NAN, NAN, NAN};
  if (curve->n == LIMEN_GAME_PLACES)
    return;
  guint i = curve->n++;
  if (solution->unique)
    kept = limen_dynamics_invariant (d, solution->a, solution->b);
  limen_dynamics_average (d, x, y);
  curve->k[i] = (double)d->k;
  LimenExploit now = limen_exploit (&d->payoff, d->x, d->y);
  LimenExploit mean = limen_exploit (&d->payoff, x, y);
  curve->gap[i] = now.gap;
  curve->average_gap[i] = mean.gap;
  curve->outside[i] = !now.inside;
  curve->average_outside[i] = !mean.inside;
  curve->distance[i] = kept.distance;
  curve->kl[i] = kept.kl;
  curve->energy[i] = kept.energy;
  curve->touched[i] = touched;
}

/* Least squares of log y on log k where k ≥ @from; y in units of @largest, so that the same game in
 * other units has the same slope. NaN where one of them is @outside: y is no gap there */
static double
fit_slope (const double *k, const double *y, const gboolean *outside, guint n, double from,
           double largest)
{
  double count = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (guint i = 0; i < n; i++) {
    if (k[i] < from || !(y[i] / largest > FLOOR))
      continue;
    if (outside[i])
      return NAN;
    double a = log (k[i]), b = log (y[i] / largest);
    count++;
    sx += a;
    sy += b;
    sxx += a * a;
    sxy += a * b;
  }
  double spread = sxx - sx * sx / count;
  return count >= 8 && spread > 0 ? (sxy - sx * sy / count) / spread : NAN;
}

guint64
limen_game_curve_next (guint64 k, guint per_decade)
{
  double ratio = pow (10, 1.0 / MAX (per_decade, 1));
  return MAX (k + 1, (guint64)llround ((double)k * ratio));
}

void
limen_game_curve_begin (LimenGameCurve *curve, const LimenDynamics *start,
                        const LimenSolution *solution)
{
  double radius =
      limen_method_radius (start->method, start->integrator, &start->payoff, start->step);
  curve->method = start->method;
  curve->step = start->step;
  curve->largest = limen_payoff_largest (&start->payoff);
  curve->n = 0;
  curve->gradients = limen_method_gradients (start->method);
  /* A strategy without weight never gets one, and the iterate stays away from the solution. */
  gboolean stuck = limen_method_weighs (start->method) && !plays_all (start);
  double x[LIMEN_GAME_MOST], y[LIMEN_GAME_MOST];
  curve->start_energy =
      solution->unique ? limen_dynamics_invariant (start, solution->a, solution->b).energy : NAN;
  curve->interior = limen_payoff_interior (&start->payoff, x, y);
  curve->rate = radius < 1 - 1e-9 && !stuck ? radius : NAN;
  set_theory (curve, start);
}

void
limen_game_curve_end (LimenGameCurve *curve)
{
  double from = curve->n > 0 ? pow (curve->k[curve->n - 1], 1.0 / 3) : 0;
  for (guint i = 0; i < curve->n; i++)
    if (curve->touched[i] && knows_no_edges (curve->method))
      claim (curve, FALSE, NAN, NAN);
  curve->measured_slope =
      fit_slope (curve->k, curve->gap, curve->outside, curve->n, from, curve->largest);
  curve->measured_average_slope = fit_slope (curve->k, curve->average_gap, curve->average_outside,
                                             curve->n, from, curve->largest);
}

/* @per_decade, or as many of them as there is room for up to @last. */
static guint
fit_per_decade (guint64 k, guint64 last, guint per_decade)
{
  for (guint fits = MIN (per_decade, LIMEN_GAME_PLACES); fits > 1; fits--) {
    guint n = 1;
    for (guint64 at = k + 1; at < last && n <= LIMEN_GAME_PLACES; n++)
      at = limen_game_curve_next (at, fits);
    if (n <= LIMEN_GAME_PLACES)
      return fits;
  }
  return 1;
}

/* Place after place, evenly on a logarithmic axis. */
gboolean
limen_game_curve_fill (LimenGameCurve *curve, const LimenDynamics *start,
                       const LimenSolution *solution, guint64 n_iterations, guint per_decade,
                       GCancellable *cancellable, GError **error)
{
  LimenDynamics d = *start;
  guint64 next = 1;
  gboolean touched = FALSE;
  limen_game_curve_begin (curve, start, solution);
  per_decade = fit_per_decade (d.k, n_iterations, per_decade);
  while (d.k < n_iterations) {
    limen_dynamics_step (&d);
    touched = touched || d.touched;
    if (d.k % LOOK == 0 && g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (d.k < next && d.k < n_iterations)
      continue;
    limen_game_curve_add (curve, &d, solution, touched);
    touched = FALSE;
    next = limen_game_curve_next (d.k, per_decade);
  }
  limen_game_curve_end (curve);
  return TRUE;
}
