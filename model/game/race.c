#include "model/game/race.h"

#include <math.h>
#include <string.h>

#define LOOK  4096  /* iterations between two looks at the cancellable */
#define FLOOR 1e-13 /* gaps below are rounding */

/* Exponents of k in bounds of the gap, with constant steps below the threshold: of the iterate, and
 * of the mean. */
static void
set_theory (LimenGameCurve *curve)
{
  curve->slope = curve->average_slope = NAN;
  switch (curve->method) {
  case LIMEN_EXTRAGRADIENT: /* Nemirovski, 2004; the iterate: Cai, Oikonomou and Zheng, 2022 */
  case LIMEN_OPTIMISTIC_GDA:
    curve->slope = -0.5;
    curve->average_slope = -1;
    break;
  case LIMEN_PROXIMAL_POINT: /* Rockafellar, 1976; Gu and Yang, 2020 */
    curve->slope = -0.5;
    curve->average_slope = -1;
    break;
  case LIMEN_MIRROR_PROX:
  case LIMEN_OPTIMISTIC_MULTIPLICATIVE_WEIGHTS: /* Rakhlin and Sridharan, 2013 */
  case LIMEN_REPLICATOR: /* bounded regret of the flow: Hofbauer, Sorin and Viossat, 2009 */
    curve->average_slope = -1;
    break;
  case LIMEN_ALTERNATING_MULTIPLICATIVE_WEIGHTS: /* Wibisono, Tao and Piliouras, 2022 */
    curve->average_slope = -2.0 / 3;
    break;
  case LIMEN_REGRET_MATCHING: /* Hart and Mas-Colell, 2000; Tammelin et al., 2015 */
  case LIMEN_REGRET_MATCHING_PLUS:
    curve->average_slope = -0.5;
    break;
  case LIMEN_EAG_C: /* Yoon and Ryu, 2021: ‖F‖ ≤ C / k */
  case LIMEN_EAG_V:
    curve->slope = -1;
    break;
  case LIMEN_ANCHORED_SIMULTANEOUS_GDA: /* Ryu, Yuan and Yin, 2019: ‖F‖² = O(k^(2p − 2)), p = 0.6 */
    curve->slope = -0.4;
    break;
  default:
    break;
  }
}

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
  curve->gap[i] = limen_exploit (&d->payoff, d->x, d->y).gap;
  curve->average_gap[i] = limen_exploit (&d->payoff, x, y).gap;
  curve->distance[i] = kept.distance;
  curve->kl[i] = kept.kl;
  curve->energy[i] = kept.energy;
  curve->touched[i] = touched;
}

/* Least squares of log y on log k where k ≥ @from. */
static double
fit_slope (const double *k, const double *y, guint n, double from)
{
  double count = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (guint i = 0; i < n; i++) {
    if (k[i] < from || !(y[i] > FLOOR))
      continue;
    double a = log (k[i]), b = log (y[i]);
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
limen_game_curve_begin (LimenGameCurve *curve, const LimenDynamics *start)
{
  double radius = limen_method_radius (start->method, &start->payoff, start->step);
  curve->method = start->method;
  curve->step = start->step;
  curve->n = 0;
  curve->gradients = limen_method_gradients (start->method);
  curve->rate = radius < 1 - 1e-9 ? radius : NAN;
  set_theory (curve);
}

void
limen_game_curve_end (LimenGameCurve *curve)
{
  double from = curve->n > 0 ? pow (curve->k[curve->n - 1], 1.0 / 3) : 0;
  curve->measured_slope = fit_slope (curve->k, curve->gap, curve->n, from);
  curve->measured_average_slope = fit_slope (curve->k, curve->average_gap, curve->n, from);
}

/* Place after place, evenly on a logarithmic axis. */
gboolean
limen_game_curve_fill_from (LimenGameCurve *curve, const LimenDynamics *start,
                            const LimenSolution *solution, guint64 n_iterations, guint per_decade,
                            GCancellable *cancellable, GError **error)
{
  LimenDynamics d = *start;
  guint64 next = 1;
  gboolean touched = FALSE;
  limen_game_curve_begin (curve, start);
  while (d.k < n_iterations && curve->n < LIMEN_GAME_PLACES) {
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

gboolean
limen_game_curve_fill (LimenGameCurve *curve, const LimenPayoff *payoff,
                       const LimenSolution *solution, LimenMethod method, double step,
                       const double *x0, const double *y0, guint64 n_iterations, guint per_decade,
                       GCancellable *cancellable, GError **error)
{
  LimenDynamics start;
  if (step == 0)
    step = limen_method_default_step (method, payoff);
  return limen_dynamics_start (&start, payoff, method, step, x0, y0, error) &&
         limen_game_curve_fill_from (curve, &start, solution, n_iterations, per_decade, cancellable,
                                     error);
}
