/* Methods at work, as tests start them. */
#pragma once

#include "model/game/dynamics.h"
#include "model/random-game.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static const double third[] = {1 / 3.0, 1 / 3.0, 1 / 3.0};
/* S1 and S2 of the reference */
static const double starts[2][2][3] = {{{0.5, 0.25, 0.25}, {0.25, 0.5, 0.25}},
                                       {{0.75, 0.125, 0.125}, {0.125, 0.25, 0.625}}};

/* @step: 0: the default */
static LimenDynamics
start_method (const LimenPayoff *game, LimenMethod method, double step, const double *x,
              const double *y)
{
  LimenDynamics d;
  g_autoptr (GError) error = NULL;
  if (step == 0)
    step = limen_method_default_step (method, game);
  limen_dynamics_start (&d, game, method, step, x, y, &error);
  g_assert_no_error (error);
  return d;
}

static void
advance (LimenDynamics *d, guint64 k)
{
  while (d->k < k)
    limen_dynamics_step (d);
}

#pragma GCC diagnostic pop
