#include "ui/study/game/shown.h"

#include <math.h>
#include <string.h>

#define MOST_TRAIL 5000 /* iterates of a record in a triangle */
#define OUTSIDE    -1e-9

/* Of the method @run where it is now, whose iterates so far are @trail: (n, 3) */
static void
fill_triangle (LimenGameShown *shown, const LimenDynamics *run, const LimenSolution *solution,
               gboolean b, const double *trail, gsize n)
{
  shown->trail[b] = (LimenTrail){.p = trail,
                                 .n = n,
                                 .colour = b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                                 .kind = LIMEN_LINE_EXACT};
  shown->triangle[b] = (LimenSimplexPlot){
      .payoff = &shown->payoff,
      .is_b = b,
      .p = shown->point[b],
      .other = shown->now[!b],
      .map = LIMEN_MAP_PAYOFF,
      .arrows = TRUE,
      .streamlines = TRUE,
      .replicator = run->method == LIMEN_REPLICATOR,
      .trail = &shown->trail[b],
      .n_trails = n > 1,
      .average = run->k > 0 ? shown->average[b] : NULL,
      .solution = b ? solution->b : solution->a,
      .n_solutions = b ? solution->n_b : solution->n_a,
      .title = b ? "Player B" : "Player A",
  };
}

static void
fill_mix (LimenGameShown *shown, LimenGameSession *session, gboolean b)
{
  const LimenSolution *solution = limen_game_session_solution (session);
  guint n = b ? shown->payoff.columns : shown->payoff.rows;
  guint all = (1u << n) - 1, best = b ? shown->exploit.b_replies : shown->exploit.a_replies;
  if (b)
    limen_payoff_for_b (&shown->payoff, shown->now[0], shown->points[b]);
  else
    limen_payoff_of_a (&shown->payoff, shown->now[1], shown->points[b]);
  for (guint i = 0; i < n; i++) {
    shown->points[b][i] *= b ? 1 : -1;
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
                     .best = best == all ? 0 : best};
}

void
limen_game_shown_fill (LimenGameShown *shown, LimenGameSession *session)
{
  g_return_if_fail (shown != NULL && LIMEN_IS_GAME_SESSION (session));
  const LimenDynamics *run = limen_game_session_run (session);
  const LimenGameState *state = limen_game_session_state (session);
  LimenGameHand hand = limen_game_session_hand (session);
  *shown = (LimenGameShown){.payoff = state->payoff,
                            .has_triangles = limen_game_state_has_triangles (state),
                            .exploit = hand.exploit,
                            .kept = state->view.kept};
  limen_dynamics_average (run, shown->average[0], shown->average[1]);
  memcpy (shown->now[0], hand.p_a, sizeof shown->now[0]);
  memcpy (shown->now[1], hand.p_b, sizeof shown->now[1]);
  memcpy (shown->point, state->point, sizeof shown->point);
  for (int b = 0; b < 2; b++)
    if (shown->has_triangles) {
      gsize n;
      const double *trail = limen_game_session_trail (session, b, &n);
      fill_triangle (shown, run, limen_game_session_solution (session), b, trail, n);
      shown->triangle[b].arrows = shown->triangle[b].streamlines = state->view.field;
      if (!b && state->answered)
        shown->triangle[b].map = LIMEN_MAP_EXPLOITABILITY;
    } else
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

/* -- of a record -- */

/* Triangles are of games of three strategies a player, and of iterates that stay in them. */
static gboolean
has_triangles (const LimenGameRecord *record)
{
  const LimenPayoff *game = &record->start.payoff;
  if (game->rows != 3 || game->columns != 3)
    return FALSE;
  for (guint i = 0; i < record->n; i++)
    for (guint j = 0; j < 3; j++)
      if (!(record->row[i].p_a[j] >= OUTSIDE && record->row[i].p_b[j] >= OUTSIDE))
        return FALSE;
  return TRUE;
}

/* (transfer full): (n, 3): @n: (out): evenly from the iterations of which none is left out: between
 * later ones a line would cut across the triangle. */
static double *
take_trail (const LimenGameRecord *record, gboolean is_b, gsize *n)
{
  guint n_rows = MIN (record->n, LIMEN_RECORD_ALL + 1);
  guint every = (n_rows + MOST_TRAIL - 1) / MOST_TRAIL;
  double *trail = g_new (double, 3 * (MOST_TRAIL + 1));
  *n = 0;
  for (guint i = 0; i < n_rows; i++)
    if (i % every == 0 || i + 1 == n_rows) {
      const LimenGameRow *row = &record->row[i];
      memcpy (trail + 3 * (*n)++, is_b ? row->p_b : row->p_a, 3 * sizeof *trail);
    }
  return trail;
}

/* Alternating GDA keeps its energy; others may keep the divergence, which is infinite outside. */
static LimenGameKept
kept_by (const LimenDynamics *d)
{
  return d->method == LIMEN_ALTERNATING_GDA || !d->projected ? LIMEN_KEPT_ENERGY : LIMEN_KEPT_KL;
}

LimenGameShown *
limen_game_shown_of_record (const LimenGameRecord *record, const LimenSolution *solution)
{
  g_return_val_if_fail (record != NULL && record->n > 0 && solution != NULL, NULL);
  const LimenGameRow *last = limen_game_record_last (record);
  LimenDynamics run = record->start;
  LimenGameShown *shown = g_new0 (LimenGameShown, 1);
  shown->payoff = run.payoff;
  shown->has_triangles = has_triangles (record);
  shown->exploit = limen_exploit (&run.payoff, last->p_a, last->p_b);
  shown->race =
      (LimenGameCurves){.curve = &record->curve, .n_curves = 1, .measure = LIMEN_MEASURE_GAP};
  shown->kept = kept_by (&run);
  memcpy (shown->point[0], last->p_a, sizeof last->p_a);
  memcpy (shown->point[1], last->p_b, sizeof last->p_b);
  memcpy (shown->now, shown->point, sizeof shown->now);
  memcpy (shown->average[0], last->average_a, sizeof last->average_a);
  memcpy (shown->average[1], last->average_b, sizeof last->average_b);
  run.k = last->k;
  for (int b = 0; b < 2 && shown->has_triangles; b++) {
    gsize n;
    shown->owned[b] = take_trail (record, b, &n);
    fill_triangle (shown, &run, solution, b, shown->owned[b], n);
  }
  return shown;
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
