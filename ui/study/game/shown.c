#include "ui/study/game/shown.h"

#include <math.h>
#include <string.h>

static void
fill_triangle (LimenGameShown *shown, LimenGameSession *session, gboolean b)
{
  const LimenGameState *state = limen_game_session_state (session);
  const LimenSolution *solution = limen_game_session_solution (session);
  gsize n;
  const double *p = limen_game_session_trail (session, b, &n);
  shown->trail[b] = (LimenTrail){.p = p,
                                 .n = n,
                                 .colour = b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                                 .kind = LIMEN_LINE_EXACT};
  shown->triangle[b] = (LimenSimplexPlot){
      .payoff = &shown->payoff,
      .is_b = b,
      .p = shown->point[b],
      .other = shown->point[!b],
      .map = !b && state->answered ? LIMEN_MAP_EXPLOITABILITY : LIMEN_MAP_PAYOFF,
      .arrows = state->view.field,
      .streamlines = state->view.field,
      .replicator = state->settings.method == LIMEN_REPLICATOR,
      .trail = &shown->trail[b],
      .n_trails = n > 1,
      .average = limen_game_session_run (session)->k > 0 ? shown->average[b] : NULL,
      .solution = b ? solution->b : solution->a,
      .n_solutions = b ? solution->n_b : solution->n_a,
      .title = b ? "Player B" : "Player A",
  };
}

static void
fill_mix (LimenGameShown *shown, LimenGameSession *session, gboolean b)
{
  const LimenSolution *solution = limen_game_session_solution (session);
  guint n = b ? shown->payoff.columns : shown->payoff.rows, best = 0;
  if (b)
    limen_payoff_for_b (&shown->payoff, shown->now[0], shown->points[b]);
  else
    limen_payoff_of_a (&shown->payoff, shown->now[1], shown->points[b]);
  for (guint i = 0; i < n; i++) {
    shown->points[b][i] *= b ? 1 : -1;
    best = shown->points[b][i] > shown->points[b][best] ? i : best;
    shown->name[b][i] = b ? shown->payoff.column_name[i] : shown->payoff.row_name[i];
  }
  shown->mix[b] =
      (LimenMixPlot){.title = b ? "Player B" : "Player A",
                     .colour = b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                     .name = shown->name[b],
                     .p = shown->now[b],
                     .average = limen_game_session_run (session)->k > 0 ? shown->average[b] : NULL,
                     .solution = b ? solution->b : solution->a,
                     .points = shown->points[b],
                     .n = n,
                     .best = best};
}

void
limen_game_shown_fill (LimenGameShown *shown, LimenGameSession *session)
{
  g_return_if_fail (shown != NULL && LIMEN_IS_GAME_SESSION (session));
  const LimenDynamics *run = limen_game_session_run (session);
  const LimenGameState *state = limen_game_session_state (session);
  *shown = (LimenGameShown){.payoff = state->payoff,
                            .has_triangles = limen_game_state_has_triangles (state),
                            .exploit = limen_game_session_hand (session).exploit,
                            .kept = state->view.kept};
  limen_dynamics_average (run, shown->average[0], shown->average[1]);
  memcpy (shown->now[0], run->x, sizeof run->x);
  memcpy (shown->now[1], run->y, sizeof run->y);
  memcpy (shown->point, state->point, sizeof shown->point);
  for (int b = 0; b < 2; b++)
    if (shown->has_triangles)
      fill_triangle (shown, session, b);
    else
      fill_mix (shown, session, b);
  guint n_curves;
  const LimenGameCurve *curves = limen_game_session_curves (session, &n_curves);
  shown->race = (LimenGameCurves){.curve = curves,
                                  .n_curves = n_curves,
                                  .measure = state->view.measure,
                                  .by_gradients = state->view.by_gradients,
                                  .k = (double)run->k};
}

LimenGameShown *
limen_game_shown_copy (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), NULL);
  LimenGameShown *copy = g_new (LimenGameShown, 1);
  const LimenSolution *solution = limen_game_session_solution (session);
  limen_game_shown_fill (copy, session);
  for (int b = 0; b < 2; b++) {
    guint n = b ? copy->payoff.columns * solution->n_b : copy->payoff.rows * solution->n_a;
    double *points = g_memdup2 (b ? solution->b : solution->a, n * sizeof *points);
    copy->trail[b].p = g_memdup2 (copy->trail[b].p, 3 * copy->trail[b].n * sizeof (double));
    copy->triangle[b].solution = copy->mix[b].solution = points;
    copy->owned[2 * b] = points;
    copy->owned[2 * b + 1] = (gpointer)copy->trail[b].p;
  }
  copy->owned[4] = g_memdup2 (copy->race.curve, copy->race.n_curves * sizeof *copy->race.curve);
  copy->race.curve = copy->owned[4];
  return copy;
}

void
limen_game_shown_free (LimenGameShown *copy)
{
  g_return_if_fail (copy != NULL);
  for (guint i = 0; i < G_N_ELEMENTS (copy->owned); i++)
    g_free (copy->owned[i]);
  g_free (copy);
}

double
limen_game_shown_bar_scale (const LimenGameShown *shown)
{
  g_return_val_if_fail (shown != NULL, 0);
  return 2 * limen_payoff_largest (&shown->payoff);
}
