/* What the steps of methods share with dynamics.c, which keeps their state. */
#pragma once

#include "model/game/dynamics.h"

/** LimenVector: room for the weights of a player */
typedef double LimenVector[LIMEN_GAME_MOST];

/** limen_dynamics_slot: (LIMEN_GAME_MOST): the @i-th vector of @state */
static inline double *
limen_dynamics_slot (LimenDynamics *d, guint i)
{
  return d->state + i * LIMEN_GAME_MOST;
}

/** limen_dynamics_move: @to = P(@from + @scale @g), P being the projection to the simplex */
static inline void
limen_dynamics_move (LimenDynamics *d, const double *from, double scale, const double *g, guint n,
                     double *to)
{
  for (guint i = 0; i < n; i++)
    to[i] = from[i] + scale * g[i];
  if (d->projected && limen_simplex_clip (to, n))
    d->touched = TRUE;
}

/** limen_extrapolate: @g = 2 @g − @last, and @last = what @g was */
static inline void
limen_extrapolate (double *g, double *last, guint n)
{
  for (guint i = 0; i < n; i++) {
    double now = g[i];
    g[i] = 2 * now - last[i];
    last[i] = now;
  }
}

static inline double
limen_dot (const double *a, const double *b, guint n)
{
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

/* Steps: sources are named at each. x minimizes, y maximizes xᵀM y. */
void limen_step_simultaneous (LimenDynamics *d);
void limen_step_alternating (LimenDynamics *d);
void limen_step_extragradient (LimenDynamics *d);
void limen_step_optimistic (LimenDynamics *d);
void limen_step_consensus (LimenDynamics *d);
void limen_step_lookahead (LimenDynamics *d);
void limen_step_negative_momentum (LimenDynamics *d);
void limen_step_eag_c (LimenDynamics *d);
void limen_step_eag_v (LimenDynamics *d);
void limen_step_anchored_simultaneous (LimenDynamics *d);
void limen_step_proximal_point (LimenDynamics *d);
void limen_step_multiplicative_weights (LimenDynamics *d);
void limen_step_alternating_multiplicative_weights (LimenDynamics *d);
void limen_step_optimistic_multiplicative_weights (LimenDynamics *d);
void limen_step_mirror_prox (LimenDynamics *d);
void limen_step_replicator (LimenDynamics *d);
void limen_step_fictitious_play (LimenDynamics *d);
void limen_step_regret_matching (LimenDynamics *d);
void limen_step_regret_matching_plus (LimenDynamics *d);

/** limen_step_prepare_proximal_point: fills in @matrix */
void limen_step_prepare_proximal_point (LimenDynamics *d);
