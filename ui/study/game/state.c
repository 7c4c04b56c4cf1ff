#include "ui/study/game/state.h"

#include <string.h>

/* Half of the first strategy, and half of all alike: away from every solution that is even. */
static void
set_start (LimenGameState *state)
{
  static const double a[] = {0.75, 0.125, 0.125}, b[] = {0.125, 0.25, 0.625};
  guint n = state->payoff.rows, m = state->payoff.columns;
  memset (state->point, 0, sizeof state->point);
  for (guint i = 0; i < n; i++)
    state->point[0][i] = 0.5 / n + (i == 0 ? 0.5 : 0);
  for (guint j = 0; j < m; j++)
    state->point[1][j] = 0.5 / m + (j == m - 1 ? 0.5 : 0);
  if (limen_game_state_has_triangles (state)) {
    memcpy (state->point[0], a, sizeof a);
    memcpy (state->point[1], b, sizeof b);
  }
}

LimenGameState
limen_game_state_new (void)
{
  const char *name = limen_payoff_names ()[0];
  LimenGameState state = {
      .origin = limen_origin_new (NULL, limen_payoff_title (name)),
      .settings = {.method = LIMEN_EXTRAGRADIENT,
                   .step = limen_method_default_step (LIMEN_EXTRAGRADIENT, NULL),
                   .speed = 60,
                   .beside = {LIMEN_SIMULTANEOUS_GDA, LIMEN_ALTERNATING_GDA,
                              LIMEN_MULTIPLICATIVE_WEIGHTS},
                   .iterations = 10000},
      .view = {.field = TRUE, .kept = LIMEN_KEPT_ENERGY}};
  limen_payoff_builtin (name, &state.payoff, NULL);
  set_start (&state);
  return state;
}

LimenGameState
limen_game_state_copy (const LimenGameState *state)
{
  g_return_val_if_fail (state, (LimenGameState){0});
  LimenGameState copy = *state;
  limen_origin_ref (copy.origin);
  return copy;
}

void
limen_game_state_clear (LimenGameState *state)
{
  g_return_if_fail (state);
  limen_origin_put (&state->origin, NULL);
}

LimenGameState
limen_game_state_with_payoff (const LimenGameState *state, const LimenPayoff *payoff,
                              LimenOrigin *origin)
{
  g_return_val_if_fail (state && payoff && origin, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  next.payoff = *payoff;
  limen_origin_put (&next.origin, origin);
  if (payoff->rows != state->payoff.rows || payoff->columns != state->payoff.columns) {
    next.frozen = next.answered = FALSE;
    memset (next.thawed, 0, sizeof next.thawed);
    set_start (&next);
  }
  if (limen_payoff_largest (payoff) != limen_payoff_largest (&state->payoff))
    next.settings.step = limen_method_default_step (next.settings.method, payoff);
  return next;
}

LimenGameState
limen_game_state_with_point (const LimenGameState *state, gboolean is_b, const double *p)
{
  g_return_val_if_fail (state && p, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  guint n = is_b ? state->payoff.columns : state->payoff.rows;
  if (is_b && state->frozen)
    return next;
  memcpy (next.point[is_b], p, n * sizeof *p);
  limen_simplex_project (next.point[is_b], n);
  return next;
}

LimenGameState
limen_game_state_with_frozen (const LimenGameState *state, gboolean frozen)
{
  g_return_val_if_fail (state, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  if (frozen == state->frozen)
    return next;
  next.frozen = frozen;
  memcpy (frozen ? next.thawed : next.point[1], frozen ? state->point[1] : state->thawed,
          sizeof next.thawed);
  for (guint j = 0; frozen && j < state->payoff.columns; j++)
    next.point[1][j] = 1.0 / state->payoff.columns;
  if (!frozen)
    memset (next.thawed, 0, sizeof next.thawed);
  return next;
}

LimenGameState
limen_game_state_with_answered (const LimenGameState *state, gboolean answered)
{
  g_return_val_if_fail (state, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  next.answered = answered;
  return next;
}

LimenGameState
limen_game_state_with_settings (const LimenGameState *state, const LimenGameSettings *settings)
{
  g_return_val_if_fail (state && settings, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  next.settings = *settings;
  if (settings->method != state->settings.method) {
    next.settings.step = limen_method_default_step (settings->method, &state->payoff);
    next.view.kept = limen_method_weighs (settings->method) ? LIMEN_KEPT_KL : LIMEN_KEPT_ENERGY;
  }
  return next;
}

LimenGameState
limen_game_state_with_view (const LimenGameState *state, const LimenGameView *view)
{
  g_return_val_if_fail (state && view, (LimenGameState){0});
  LimenGameState next = limen_game_state_copy (state);
  next.view = *view;
  return next;
}

/* -- differences: of what has no padding, by its bytes: what is not used is 0 -- */

static gboolean
same_run (const LimenGameSettings *a, const LimenGameSettings *b)
{
  return a->method == b->method && a->integrator == b->integrator && a->step == b->step;
}

static gboolean
same_race (const LimenGameSettings *a, const LimenGameSettings *b)
{
  return memcmp (a->beside, b->beside, sizeof a->beside) == 0 && a->iterations == b->iterations;
}

LimenGameChange
limen_game_state_changes (const LimenGameState *a, const LimenGameState *b)
{
  g_return_val_if_fail (a && b, 0);
  const LimenGameSettings *s = &a->settings, *t = &b->settings;
  gboolean payoff = memcmp (&a->payoff, &b->payoff, sizeof a->payoff) != 0;
  gboolean points = memcmp (a->point, b->point, sizeof a->point) != 0;
  gboolean thawed = memcmp (a->thawed, b->thawed, sizeof a->thawed) != 0;
  gboolean run = payoff || points || !same_run (s, t), race = run || !same_race (s, t);
  LimenGameChange changes = 0;
  if (payoff || !limen_origin_equal (a->origin, b->origin))
    changes |= LIMEN_GAME_CHANGED_PAYOFF;
  if (points || thawed || a->frozen != b->frozen || a->answered != b->answered)
    changes |= LIMEN_GAME_CHANGED_HAND;
  if (!same_run (s, t) || !same_race (s, t) || s->speed != t->speed)
    changes |= LIMEN_GAME_CHANGED_SETTINGS;
  if (memcmp (&a->view, &b->view, sizeof a->view) != 0)
    changes |= LIMEN_GAME_CHANGED_VIEW;
  return changes | (run ? LIMEN_GAME_CHANGED_RUN : 0) | (race ? LIMEN_GAME_CHANGED_RACE : 0);
}

gboolean
limen_game_state_equal (const LimenGameState *a, const LimenGameState *b)
{
  return limen_game_state_changes (a, b) == 0;
}

gboolean
limen_game_state_has_triangles (const LimenGameState *state)
{
  g_return_val_if_fail (state, FALSE);
  return state->payoff.rows == 3 && state->payoff.columns == 3;
}
