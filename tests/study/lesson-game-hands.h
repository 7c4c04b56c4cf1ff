/* Hands on the Game page, for the tests of its lesson. */
#pragma once

#include "tests/study/game-world.h"
#include "tests/study/lesson-steps.h"
#include "ui/study/game/lesson.h"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

static const LimenGameState *
state_of (LimenGameSession *session)
{
  return limen_game_session_state (session);
}

static void
set (LimenGameSession *session, LimenGameState next)
{
  g_assert_true (limen_game_session_set (session, &next));
  limen_game_state_clear (&next);
}

static void
put (LimenGameSession *session, gboolean is_b, double x, double y)
{
  const double p[] = {x, y, 1 - x - y};
  set (session, limen_game_state_with_point (state_of (session), is_b, p));
}

static void
freeze (LimenGameSession *session, gboolean frozen)
{
  set (session, limen_game_state_with_frozen (state_of (session), frozen));
}

static void
answer (LimenGameSession *session, gboolean answered)
{
  set (session, limen_game_state_with_answered (state_of (session), answered));
}

static void
certify (LimenGameSession *session, gboolean certificate)
{
  LimenGameView view = state_of (session)->view;
  view.certificate = certificate;
  set (session, limen_game_state_with_view (state_of (session), &view));
}

static void
choose (LimenGameSession *session, const char *game)
{
  LimenPayoff payoff;
  g_assert_true (limen_payoff_builtin (game, &payoff, NULL));
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, limen_payoff_title (game));
  set (session, limen_game_state_with_payoff (state_of (session), &payoff, origin));
}

static void
choose_pennies (LimenGameSession *session)
{
  const LimenPayoff pennies = {.rows = 2, .columns = 2, .m = {1, -1, -1, 1}};
  g_autoptr (LimenOrigin) origin = limen_origin_new (NULL, "your own payoffs");
  set (session, limen_game_state_with_payoff (state_of (session), &pennies, origin));
}

static void
pick (LimenGameSession *session, LimenMethod method, double step)
{
  LimenGameSettings settings = state_of (session)->settings;
  settings.method = method;
  set (session, limen_game_state_with_settings (state_of (session), &settings));
  settings = state_of (session)->settings;
  settings.step = step > 0 ? step : settings.step;
  set (session, limen_game_state_with_settings (state_of (session), &settings));
}

static void
play (LimenGameSession *session, guint n)
{
  limen_game_session_advance (session, n, 60000);
}

#pragma GCC diagnostic pop
