/* One step of each method that follows gradients. P is the projection to the simplex. */
#include "model/game/dynamics-private.h"

#include <math.h>
#include <string.h>

#define CONSENSUS 1.0  /* γ: weight of ½‖F‖², F in units of half the range of the payoffs */
#define AHEAD     5    /* steps that lookahead looks ahead */
#define BACK      0.5  /* how far it then goes there */
#define MOMENTUM  -0.5 /* β, below 0 */
#define ANCHOR_P  0.6  /* of anchored simultaneous GDA: steps shrink as k^−p */
#define ANCHOR_G  2.0  /* γ: how hard the anchor pulls */

/* -- small algebra -- */

/* The part of a gradient within the simplex: without its mean. */
static void
center (double *g, guint n)
{
  double mean = 0;
  for (guint i = 0; i < n; i++)
    mean += g[i] / n;
  for (guint i = 0; i < n; i++)
    g[i] -= mean;
}

/* Unprojected gradients stay on the plane of weights whose sum is 1. */
static void
gradients (const LimenDynamics *d, const double *x, const double *y, double *gx, double *gy)
{
  limen_payoff_of_a (&d->payoff, y, gx);
  limen_payoff_for_b (&d->payoff, x, gy);
  if (!d->projected) {
    center (gx, d->payoff.rows);
    center (gy, d->payoff.columns);
  }
}

static void
gradient_of_b (const LimenDynamics *d, const double *x, double *gy)
{
  limen_payoff_for_b (&d->payoff, x, gy);
  if (!d->projected)
    center (gy, d->payoff.columns);
}

/* -- gradient descent ascent: Arrow, Hurwicz and Uzawa, 1958 -- */

void
limen_step_simultaneous (LimenDynamics *d)
{
  LimenVector gx, gy;
  gradients (d, d->x, d->y, gx, gy);
  limen_dynamics_move (d, d->x, -d->step, gx, d->payoff.rows, d->x);
  limen_dynamics_move (d, d->y, d->step, gy, d->payoff.columns, d->y);
}

/* Bailey, Gidel and Piliouras, "Finite regret and cycles with fixed step-size via alternating
 * gradient descent-ascent", 2020 */
void
limen_step_alternating (LimenDynamics *d)
{
  LimenVector gx, gy;
  gradients (d, d->x, d->y, gx, gy);
  limen_dynamics_move (d, d->x, -d->step, gx, d->payoff.rows, d->x);
  gradient_of_b (d, d->x, gy);
  limen_dynamics_move (d, d->y, d->step, gy, d->payoff.columns, d->y);
}

/* Korpelevich, 1976 */
void
limen_step_extragradient (LimenDynamics *d)
{
  LimenVector gx, gy, x, y;
  gradients (d, d->x, d->y, gx, gy);
  limen_dynamics_move (d, d->x, -d->step, gx, d->payoff.rows, x);
  limen_dynamics_move (d, d->y, d->step, gy, d->payoff.columns, y);
  gradients (d, x, y, gx, gy);
  limen_dynamics_move (d, d->x, -d->step, gx, d->payoff.rows, d->x);
  limen_dynamics_move (d, d->y, d->step, gy, d->payoff.columns, d->y);
}

/* Popov, 1980; Daskalakis, Ilyas, Syrgkanis and Zeng, "Training GANs with optimism", 2018.
 * State: the gradients of the step before. */
void
limen_step_optimistic (LimenDynamics *d)
{
  LimenVector gx, gy;
  limen_payoff_of_a (&d->payoff, d->y, gx);
  limen_payoff_for_b (&d->payoff, d->x, gy);
  limen_extrapolate (gx, limen_dynamics_slot (d, 0), d->payoff.rows);
  limen_extrapolate (gy, limen_dynamics_slot (d, 1), d->payoff.columns);
  if (!d->projected) { /* which was not known yet when the state was filled in */
    center (gx, d->payoff.rows);
    center (gy, d->payoff.columns);
  }
  limen_dynamics_move (d, d->x, -d->step, gx, d->payoff.rows, d->x);
  limen_dynamics_move (d, d->y, d->step, gy, d->payoff.columns, d->y);
}

/* F of consensus: the gradients of ½(‖ΠM y‖² + ‖ΠMᵀx‖²), Π taking the mean away. Mescheder, Nowozin
 * and Geiger, "The numerics of GANs", 2017 */
void
limen_step_consensus (LimenDynamics *d)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  LimenVector gx, gy, hx, hy, ax, ay;
  double gamma = CONSENSUS / limen_payoff_half_range (&d->payoff);
  gradients (d, d->x, d->y, gx, gy);
  memcpy (hx, gx, sizeof hx);
  memcpy (hy, gy, sizeof hy);
  center (hx, n);
  center (hy, m);
  limen_payoff_of_a (&d->payoff, hy, ax); /* M ΠMᵀx */
  limen_payoff_for_b (&d->payoff, hx, ay);
  if (!d->projected) { /* or weights would no longer sum to 1 */
    center (ax, n);
    center (ay, m);
  }
  for (guint i = 0; i < n; i++)
    gx[i] += gamma * ax[i];
  for (guint j = 0; j < m; j++)
    gy[j] -= gamma * ay[j];
  limen_dynamics_move (d, d->x, -d->step, gx, n, d->x);
  limen_dynamics_move (d, d->y, d->step, gy, m, d->y);
}

/* Zhang, Lucas, Ba and Hinton, "Lookahead optimizer", 2019; for games Chavdarova et al., 2021 */
void
limen_step_lookahead (LimenDynamics *d)
{
  LimenVector x, y;
  memcpy (x, d->x, sizeof x);
  memcpy (y, d->y, sizeof y);
  for (guint i = 0; i < AHEAD; i++)
    limen_step_simultaneous (d);
  for (guint i = 0; i < d->payoff.rows; i++)
    d->x[i] = x[i] + BACK * (d->x[i] - x[i]);
  for (guint j = 0; j < d->payoff.columns; j++)
    d->y[j] = y[j] + BACK * (d->y[j] - y[j]);
}

static void
add_momentum (double *g, double scale, const double *now, double *before, guint n)
{
  for (guint i = 0; i < n; i++) {
    g[i] += scale * (now[i] - before[i]);
    before[i] = now[i];
  }
}

/* Alternating, with the last move taken back by half: Gidel et al., "Negative momentum for improved
 * game dynamics", 2019. State: the iterate before. */
void
limen_step_negative_momentum (LimenDynamics *d)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  LimenVector gx, gy;
  gradients (d, d->x, d->y, gx, gy);
  add_momentum (gx, -MOMENTUM / d->step, d->x, limen_dynamics_slot (d, 0), n);
  limen_dynamics_move (d, d->x, -d->step, gx, n, d->x);
  gradient_of_b (d, d->x, gy);
  add_momentum (gy, MOMENTUM / d->step, d->y, limen_dynamics_slot (d, 1), m);
  limen_dynamics_move (d, d->y, d->step, gy, m, d->y);
}

/* -- anchored: the start pulls, ever less -- */

/* @to = @z + @b (@anchor − @z) */
static void
pull (const double *z, double b, const double *anchor, guint n, double *to)
{
  for (guint i = 0; i < n; i++)
    to[i] = z[i] + b * (anchor[i] - z[i]);
}

/* Yoon and Ryu, "Accelerated algorithms for smooth convex-concave minimax problems with O(1/k²)
 * rate on squared gradient norm", 2021, section 2. State: the anchor. Half steps need not be
 * strategies, but are on the plane of weights whose sum is 1. */
static void
anchored_extragradient (LimenDynamics *d, double step)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  double b = 1 / ((double)d->k + 2);
  LimenVector cx, cy, hx, hy, gx, gy;
  pull (d->x, b, limen_dynamics_slot (d, 0), n, cx);
  pull (d->y, b, limen_dynamics_slot (d, 1), m, cy);
  gradients (d, d->x, d->y, gx, gy);
  center (gx, n);
  center (gy, m);
  for (guint i = 0; i < n; i++)
    hx[i] = cx[i] - step * gx[i];
  for (guint j = 0; j < m; j++)
    hy[j] = cy[j] + step * gy[j];
  gradients (d, hx, hy, gx, gy);
  limen_dynamics_move (d, cx, -step, gx, n, d->x);
  limen_dynamics_move (d, cy, step, gy, m, d->y);
}

void
limen_step_eag_c (LimenDynamics *d)
{
  anchored_extragradient (d, d->step);
}

/* α shrinks to a limit; R, the Lipschitz constant of the gradients, is in the state with it. Where
 * R α is beyond 3/4, of which nothing is proven, the recursion may leave 0 < α: then α stays. */
void
limen_step_eag_v (LimenDynamics *d)
{
  double *alpha = limen_dynamics_slot (d, 2), k = (double)d->k;
  anchored_extragradient (d, alpha[0]);
  double t = alpha[1] * alpha[1] * alpha[0] * alpha[0];
  double shrink = t < 1 ? 1 - t / ((1 - t) * ((k + 1) * (k + 3))) : 0;
  alpha[0] *= shrink > 0 ? shrink : 1;
}

/* Ryu, Yuan and Yin, "ODE analysis of stochastic gradient methods with optimism and anchoring for
 * minimax problems", 2019. State: the anchor. */
void
limen_step_anchored_simultaneous (LimenDynamics *d)
{
  guint n = d->payoff.rows, m = d->payoff.columns;
  double k = (double)d->k, step = d->step * (1 - ANCHOR_P) / pow (k + 1, ANCHOR_P);
  double b = (1 - ANCHOR_P) * ANCHOR_G / (k + 1);
  LimenVector cx, cy, gx, gy;
  pull (d->x, b, limen_dynamics_slot (d, 0), n, cx);
  pull (d->y, b, limen_dynamics_slot (d, 1), m, cy);
  gradients (d, d->x, d->y, gx, gy);
  limen_dynamics_move (d, cx, -step, gx, n, d->x);
  limen_dynamics_move (d, cy, step, gy, m, d->y);
}
