/* The picture of limen game. */
#include "ui/cli/game.h"
#include "viz/game/game-plot.h"

#include <string.h>

#define MOST_TRAIL 5000 /* iterates in a triangle */
#define OUTSIDE    -1e-9

typedef struct {
  LimenTrail trail;
  LimenSimplexPlot plot;
  double *iterates;
} Triangle;

static void
triangle_clear (Triangle *triangle)
{
  g_clear_pointer (&triangle->iterates, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Triangle, triangle_clear)

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
fill (Triangle *triangle, const LimenGameRecord *record, const LimenSolution *solution,
      gboolean is_b)
{
  const LimenGameRow *last = limen_game_record_last (record);
  gsize n;
  triangle->iterates = take_trail (record, is_b, &n);
  triangle->trail = (LimenTrail){.p = triangle->iterates,
                                 .n = n,
                                 .colour = is_b ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST,
                                 .kind = LIMEN_LINE_EXACT};
  triangle->plot = (LimenSimplexPlot){.payoff = &record->start.payoff,
                                      .is_b = is_b,
                                      .p = is_b ? last->p_b : last->p_a,
                                      .other = is_b ? last->p_a : last->p_b,
                                      .map = LIMEN_MAP_PAYOFF,
                                      .arrows = TRUE,
                                      .streamlines = TRUE,
                                      .replicator = record->start.method == LIMEN_REPLICATOR,
                                      .trail = &triangle->trail,
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

gboolean
limen_game_draw (const LimenGameReport *report, const LimenSolution *solution,
                 const LimenGameOptions *options, GError **error)
{
  const LimenGameRecord *record = report->record;
  const LimenGameRow *last = limen_game_record_last (record);
  g_auto (Triangle) a = {0}, b = {0};
  g_autofree char *sentence = limen_game_report_sentence (report);
  g_auto (GStrv) text = limen_game_report_picture_text (report);
  LimenExploit exploit = limen_exploit (&record->start.payoff, last->p_a, last->p_b);
  LimenGameRace race = {.curve = &record->curve, .n_curves = 1, .measure = LIMEN_RACE_GAP};
  LimenGamePicture drawing = {.scheme = limen_scheme (options->plot.dark, FALSE),
                              .sentence = sentence,
                              .race = &race,
                              .kept = kept_by (&record->start)};
  if (has_triangles (record)) {
    fill (&a, record, solution, FALSE);
    fill (&b, record, solution, TRUE);
    drawing.a = &a.plot;
    drawing.b = &b.plot;
    drawing.exploit = &exploit;
  }
  return limen_plot_save (&options->plot, limen_game_picture_draw, &drawing, text, error);
}
