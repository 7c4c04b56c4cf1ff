/* Methods from the same start, recorded where a log–log plot has room for them. */
#pragma once

#include "model/game/dynamics.h"
#include "model/game/equilibrium.h"

#include <gio/gio.h>

#define LIMEN_GAME_PLACES 512

/**
 * LimenGameCurve: what became of one method
 * @largest: limen_payoff_largest() of the game: the unit of its gaps
 * @k: (n): iterations recorded: 1, 2, 3, … and then some @per_decade of them in each decade, or
 * fewer where there is no room for as many; the last iteration is one of them
 * @gap, @average_gap: (n): of the iterate, and of the mean of iterates 1 to k
 * @distance: (n): √(‖x − x*‖² + ‖y − y*‖²); NaN where the solution is not unique
 * @kl: (n): Σ KL(x*‖x) of both players, nats; INFINITY at an edge; NaN where not unique
 * @energy: (n): what alternating GDA keeps away from edges (LimenInvariant); NaN where not unique;
 * @start_energy: that of the start
 * @outside, @average_outside: (n): whether the iterate, or the mean, is no pair of strategies: then
 * its gap is no duality gap (LimenExploit), and may be below 0
 * @interior: whether the solution is a single one of full support: only then are energy and
 * divergence what alternating GDA and the replicator flow keep
 * @touched: (n): whether any iterate since the one before was projected back to a simplex
 * @gradients: evaluations of a step
 * @rate: the modulus by which each step brings the iterate nearer, from the spectrum of one step;
 * NaN where it does not
 * @slope, @average_slope: exponents of k in the proven bounds of the gap of the iterate and of the
 * mean; NaN where none is proven for this game, step and start
 * @measured_slope, @measured_average_slope: least-squares slopes log–log over the last two thirds
 * of the decades; NaN where there are too few places above 1e-13 of @largest, or one of them is no
 * pair of strategies, so that it has no gap
 *
 * A plain value.
 */
typedef struct {
  LimenMethod method;
  double step, largest;
  guint n, gradients;
  double k[LIMEN_GAME_PLACES], gap[LIMEN_GAME_PLACES], average_gap[LIMEN_GAME_PLACES];
  double distance[LIMEN_GAME_PLACES], kl[LIMEN_GAME_PLACES], energy[LIMEN_GAME_PLACES];
  gboolean touched[LIMEN_GAME_PLACES];
  gboolean outside[LIMEN_GAME_PLACES], average_outside[LIMEN_GAME_PLACES], interior;
  double rate, slope, average_slope, measured_slope, measured_average_slope, start_energy;
} LimenGameCurve;

/** limen_game_curve_fill: @n_iterations from where @start is, by its method, step and integrator.
 * FALSE where @cancellable was cancelled */
gboolean limen_game_curve_fill (LimenGameCurve *curve, const LimenDynamics *start,
                                const LimenSolution *solution, guint64 n_iterations,
                                guint per_decade, GCancellable *cancellable, GError **error);

/** limen_game_curve_begin, limen_game_curve_add, limen_game_curve_end: the same place by place, for
 * a run that is watched otherwise, too; @touched: as in LimenGameCurve */
void limen_game_curve_begin (LimenGameCurve *curve, const LimenDynamics *start,
                             const LimenSolution *solution);
void limen_game_curve_add (LimenGameCurve *curve, const LimenDynamics *dynamics,
                           const LimenSolution *solution, gboolean touched);
void limen_game_curve_end (LimenGameCurve *curve);
/** limen_game_curve_next: which iteration comes after @k where @per_decade are recorded */
guint64 limen_game_curve_next (guint64 k, guint per_decade);
