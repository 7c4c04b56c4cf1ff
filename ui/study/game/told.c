#include "ui/study/game/told.h"

#include <string.h>

#define MOST_TRAIL 5000 /* iterates in a triangle */
#define OUTSIDE    -1e-9

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

static void
fill_triangle (LimenGameTold *told, const LimenGameRecord *record, const LimenSolution *solution,
               gboolean is_b)
{
  const LimenGameRow *last = limen_game_record_last (record);
  gsize n;
  told->iterates[is_b] = take_trail (record, is_b, &n);
  told->trail[is_b] = (LimenTrail){.p = told->iterates[is_b],
                                   .n = n,
                                   .colour = is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                                   .kind = LIMEN_LINE_EXACT};
  told->triangle[is_b] = (LimenSimplexPlot){.payoff = &record->start.payoff,
                                            .is_b = is_b,
                                            .p = is_b ? last->p_b : last->p_a,
                                            .other = is_b ? last->p_a : last->p_b,
                                            .map = LIMEN_MAP_PAYOFF,
                                            .arrows = TRUE,
                                            .streamlines = TRUE,
                                            .replicator = record->start.method == LIMEN_REPLICATOR,
                                            .trail = &told->trail[is_b],
                                            .n_trails = 1,
                                            .average = is_b ? last->average_b : last->average_a,
                                            .solution = is_b ? solution->b : solution->a,
                                            .n_solutions = is_b ? solution->n_b : solution->n_a,
                                            .title = is_b ? "Player B" : "Player A"};
}

/* Alternating GDA keeps its energy; others may keep the divergence, which is infinite outside. */
static LimenGameKept
kept_by (const LimenDynamics *d)
{
  return d->method == LIMEN_ALTERNATING_GDA || !d->projected ? LIMEN_KEPT_ENERGY : LIMEN_KEPT_KL;
}

LimenGameTold *
limen_game_told_new (const LimenGameReport *report, const LimenSolution *solution,
                     LimenScheme scheme)
{
  g_return_val_if_fail (report != NULL && report->record->n > 0 && solution != NULL, NULL);
  const LimenGameRecord *record = report->record;
  const LimenGameRow *last = limen_game_record_last (record);
  LimenGameTold *told = g_new0 (LimenGameTold, 1);
  told->sentence = limen_game_report_sentence (report);
  told->text = limen_game_report_picture_text (report);
  told->exploit = limen_exploit (&record->start.payoff, last->p_a, last->p_b);
  told->race =
      (LimenGameCurves){.curve = &record->curve, .n_curves = 1, .measure = LIMEN_MEASURE_GAP};
  told->picture = (LimenGamePicture){.scheme = scheme,
                                     .sentence = told->sentence,
                                     .race = &told->race,
                                     .kept = kept_by (&record->start)};
  if (has_triangles (record)) {
    fill_triangle (told, record, solution, FALSE);
    fill_triangle (told, record, solution, TRUE);
    told->picture.a = &told->triangle[0];
    told->picture.b = &told->triangle[1];
    told->picture.exploit = &told->exploit;
  }
  return told;
}

void
limen_game_told_free (LimenGameTold *told)
{
  g_return_if_fail (told != NULL);
  g_strfreev (told->text);
  g_free (told->sentence);
  g_free (told->iterates[0]);
  g_free (told->iterates[1]);
  g_free (told);
}
