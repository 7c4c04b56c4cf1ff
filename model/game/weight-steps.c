/* One step of each method that weighs strategies by what they earned. */
#include "model/game/dynamics-private.h"

#include <math.h>
#include <string.h>

/* -- multiplicative weights: state: logarithms of the weights -- */

/* @u: log weights, shifted so that the weights sum to 1; @p: the weights */
static void
normalize (double *u, guint n, double *p)
{
  double most = u[0], sum = 0;
  for (guint i = 1; i < n; i++)
    most = u[i] > most ? u[i] : most;
  for (guint i = 0; i < n; i++) {
    u[i] -= most; /* at once, beside which log (sum) may be small */
    sum += exp (u[i]);
  }
  double all = log (sum);
  for (guint i = 0; i < n; i++) {
    u[i] -= all;
    p[i] = exp (u[i]);
  }
}

/* @u += @scale @g, and @p its weights */
static void
reweigh (double *u, double scale, const double *g, guint n, double *p)
{
  for (guint i = 0; i < n; i++)
    u[i] += scale * g[i];
  normalize (u, n, p);
}

static void
reweigh_a (LimenDynamics *d, double scale)
{
  LimenVector g;
  limen_payoff_of_a (&d->payoff, d->y, g);
  reweigh (limen_dynamics_slot (d, 0), -scale, g, d->payoff.rows, d->x);
}

static void
reweigh_b (LimenDynamics *d, double scale)
{
  LimenVector g;
  limen_payoff_for_b (&d->payoff, d->x, g);
  reweigh (limen_dynamics_slot (d, 1), scale, g, d->payoff.columns, d->y);
}

/* Littlestone and Warmuth, 1994; Freund and Schapire, 1999 */
void
limen_step_multiplicative_weights (LimenDynamics *d)
{
  LimenVector gx, gy;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  reweigh (limen_dynamics_slot (d, 0), -d->step, gx, d->payoff.rows, d->x);
  reweigh (limen_dynamics_slot (d, 1), d->step, gy, d->payoff.columns, d->y);
}

/* Wibisono, Tao and Piliouras, "Alternating mirror descent for constrained min-max games", 2022 */
void
limen_step_alternating_multiplicative_weights (LimenDynamics *d)
{
  reweigh_a (d, d->step);
  reweigh_b (d, d->step);
}

/* Daskalakis and Panageas, "Last-iterate convergence: zero-sum games and constrained min-max
 * optimization", 2019. State, too: the gradients of the step before. */
void
limen_step_optimistic_multiplicative_weights (LimenDynamics *d)
{
  LimenVector gx, gy;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  limen_extrapolate (gx, limen_dynamics_slot (d, 2), d->payoff.rows);
  limen_extrapolate (gy, limen_dynamics_slot (d, 3), d->payoff.columns);
  reweigh (limen_dynamics_slot (d, 0), -d->step, gx, d->payoff.rows, d->x);
  reweigh (limen_dynamics_slot (d, 1), d->step, gy, d->payoff.columns, d->y);
}

/* Nemirovski, 2004 */
void
limen_step_mirror_prox (LimenDynamics *d)
{
  LimenVector gx, gy, u, v, x, y;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  memcpy (u, limen_dynamics_slot (d, 0), sizeof u);
  memcpy (v, limen_dynamics_slot (d, 1), sizeof v);
  reweigh (u, -d->step, gx, d->payoff.rows, x);
  reweigh (v, d->step, gy, d->payoff.columns, y);
  limen_payoff_of_a (&d->payoff, y, gx);
  limen_payoff_for_b (&d->payoff, x, gy);
  reweigh (limen_dynamics_slot (d, 0), -d->step, gx, d->payoff.rows, d->x);
  reweigh (limen_dynamics_slot (d, 1), d->step, gy, d->payoff.columns, d->y);
}

/* -- the replicator flow -- */

/* Störmer–Verlet in log weights, in which the flow is a Hamiltonian one (Hofbauer, "Evolutionary
 * dynamics for bimatrix games: a Hamiltonian system?", 1996) */
static void
verlet (LimenDynamics *d)
{
  reweigh_a (d, d->step / 2);
  reweigh_b (d, d->step);
  reweigh_a (d, d->step / 2);
}

static void
field_at (const LimenDynamics *d, double h, const double *vx, const double *vy, double *wx,
          double *wy)
{
  LimenVector x, y;
  for (guint i = 0; i < d->payoff.rows; i++)
    x[i] = d->x[i] + h * vx[i];
  for (guint j = 0; j < d->payoff.columns; j++)
    y[j] = d->y[j] + h * vy[j];
  limen_game_field (&d->payoff, TRUE, x, y, wx, wy);
}

/* @p += @scale @v. A large step may leave the simplex: back to it, among the strategies that are
 * played, for the flow does not leave their face, and rounding shall not. */
static void
move_on_face (LimenDynamics *d, double *p, double scale, const double *v, guint n)
{
  LimenVector played;
  guint n_played = 0;
  for (guint i = 0; i < n; i++)
    if (p[i] > 0)
      played[n_played++] = p[i] + scale * v[i];
  if (limen_simplex_clip (played, n_played))
    d->touched = TRUE;
  n_played = 0;
  for (guint i = 0; i < n; i++)
    p[i] = p[i] > 0 ? played[n_played++] : 0;
}

static void
euler (LimenDynamics *d)
{
  LimenVector vx, vy;
  limen_game_field (&d->payoff, TRUE, d->x, d->y, vx, vy);
  move_on_face (d, d->x, d->step, vx, d->payoff.rows);
  move_on_face (d, d->y, d->step, vy, d->payoff.columns);
}

/* Runge and Kutta's fourth-order method */
static void
runge_kutta (LimenDynamics *d)
{
  double h = d->step;
  LimenVector ax, ay, bx, by, cx, cy, ex, ey;
  limen_game_field (&d->payoff, TRUE, d->x, d->y, ax, ay);
  field_at (d, h / 2, ax, ay, bx, by);
  field_at (d, h / 2, bx, by, cx, cy);
  field_at (d, h, cx, cy, ex, ey);
  for (guint i = 0; i < d->payoff.rows; i++)
    ax[i] += 2 * bx[i] + 2 * cx[i] + ex[i];
  for (guint j = 0; j < d->payoff.columns; j++)
    ay[j] += 2 * by[j] + 2 * cy[j] + ey[j];
  move_on_face (d, d->x, h / 6, ax, d->payoff.rows);
  move_on_face (d, d->y, h / 6, ay, d->payoff.columns);
}

void
limen_step_replicator (LimenDynamics *d)
{
  static void (*const integrators[]) (LimenDynamics *) = {[LIMEN_INTEGRATOR_VERLET] = verlet,
                                                          [LIMEN_INTEGRATOR_RUNGE_KUTTA] =
                                                              runge_kutta,
                                                          [LIMEN_INTEGRATOR_EULER] = euler};
  integrators[d->integrator](d);
}

/* -- play and regret -- */

/* Brown, 1951; both at once, the first of equal replies. State: plays of each strategy, of which
 * the start counts as one. */
void
limen_step_fictitious_play (LimenDynamics *d)
{
  double *a = limen_dynamics_slot (d, 0), *b = limen_dynamics_slot (d, 1), n = (double)d->k + 2;
  LimenVector of_a, for_b;
  guint reply_a = 0, reply_b = 0;
  limen_payoff_of_a (&d->payoff, b, of_a);
  limen_payoff_for_b (&d->payoff, a, for_b);
  for (guint i = 1; i < d->payoff.rows; i++)
    reply_a = of_a[i] < of_a[reply_a] ? i : reply_a;
  for (guint j = 1; j < d->payoff.columns; j++)
    reply_b = for_b[j] > for_b[reply_b] ? j : reply_b;
  a[reply_a]++;
  b[reply_b]++;
  for (guint i = 0; i < d->payoff.rows; i++)
    d->x[i] = a[i] / n;
  for (guint j = 0; j < d->payoff.columns; j++)
    d->y[j] = b[j] / n;
}

/* Plays in proportion to regrets above 0; where there are none, evenly. */
static void
follow_regret (double *regret, double sign, const double *g, gboolean plus, double *p, guint n)
{
  double value = limen_dot (p, g, n), sum = 0;
  for (guint i = 0; i < n; i++) {
    regret[i] += sign * (g[i] - value);
    if (plus)
      regret[i] = fmax (regret[i], 0);
    sum += fmax (regret[i], 0);
  }
  for (guint i = 0; i < n; i++)
    p[i] = sum > 0 ? fmax (regret[i], 0) / sum : 1.0 / n;
}

/* Hart and Mas-Colell, 2000, and, with @plus, Tammelin, 2014. State: regrets, which begin with the
 * start, in units of half the range of the payoffs. */
static void
match_regrets (LimenDynamics *d, gboolean plus)
{
  LimenVector gx, gy;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  follow_regret (limen_dynamics_slot (d, 0), -1, gx, plus, d->x, d->payoff.rows);
  follow_regret (limen_dynamics_slot (d, 1), 1, gy, plus, d->y, d->payoff.columns);
}

void
limen_step_regret_matching (LimenDynamics *d)
{
  match_regrets (d, FALSE);
}

void
limen_step_regret_matching_plus (LimenDynamics *d)
{
  match_regrets (d, TRUE);
}
