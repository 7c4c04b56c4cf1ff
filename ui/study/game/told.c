#include "ui/study/game/told.h"

#include "model/report/provenance.h"
#include "ui/study/game/shown.h"

#include <string.h>

typedef struct {
  LimenGamePicture picture;
  LimenGameShown *shown;
  char *sentence;
} Drawn;

static void
drawn_free (Drawn *drawn)
{
  limen_game_shown_free (drawn->shown);
  g_free (drawn->sentence);
  g_free (drawn);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  LimenGamePicture picture = ((const Drawn *)data)->picture;
  picture.scheme = scheme;
  limen_game_picture_draw (cr, width, height, &picture);
}

/* @shown, @sentence: (transfer full) */
static LimenTold
told_of (LimenGameShown *shown, char *sentence, const LimenGameReport *report)
{
  Drawn *drawn = g_new (Drawn, 1);
  *drawn = (Drawn){.shown = shown, .sentence = sentence};
  drawn->picture = (LimenGamePicture){.sentence = sentence,
                                      .a = shown->has_triangles ? &shown->triangle[0] : NULL,
                                      .b = shown->has_triangles ? &shown->triangle[1] : NULL,
                                      .exploit = shown->has_triangles ? &shown->exploit : NULL,
                                      .race = &shown->race,
                                      .kept = shown->kept};
  return (LimenTold){.name = "limen-game",
                     .what = g_strdup ("the plots of the Game page"),
                     .draw = draw_cb,
                     .text = limen_game_report_picture_text (report),
                     .data = drawn,
                     .free_data = (GDestroyNotify)drawn_free};
}

LimenTold
limen_game_told (const LimenGameReport *report, const LimenSolution *solution)
{
  g_return_val_if_fail (report != NULL && solution != NULL, (LimenTold){0});
  return told_of (limen_game_shown_of_record (report->record, solution),
                  limen_game_report_sentence (report), report);
}

/* -- of the page -- */

/* CSV (RFC 4180): a row for each recorded iteration of each method. */
static char *
table_of (const LimenGameCurves *race)
{
  GString *table = g_string_new ("method,step,k,gap,average_gap,distance,kl,energy\r\n");
  for (guint c = 0; c < race->n_curves; c++)
    for (guint i = 0; i < race->curve[c].n; i++) {
      const LimenGameCurve *curve = &race->curve[c];
      const double values[] = {curve->step,           curve->k[i],        curve->gap[i],
                               curve->average_gap[i], curve->distance[i], curve->kl[i],
                               curve->energy[i]};
      g_string_append (table, limen_method_word (curve->method));
      for (guint v = 0; v < G_N_ELEMENTS (values); v++)
        limen_table_add (table, values[v]);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

/* Of the run in hand: its start, and where it is now */
static LimenGameRecord
record_of (LimenGameSession *session, LimenGameRow *row)
{
  const LimenGameState *state = limen_game_session_state (session);
  const LimenDynamics *run = limen_game_session_run (session);
  LimenGameRecord record = {.start = *run, .row = row, .n = 1};
  record.start.k = 0;
  memcpy (record.start.x, state->point[0], sizeof state->point[0]);
  memcpy (record.start.y, state->point[1], sizeof state->point[1]);
  *row = limen_game_row (run, limen_game_session_solution (session));
  return record;
}

LimenTold
limen_game_session_told (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), (LimenTold){0});
  const LimenGameState *state = limen_game_session_state (session);
  const char *path = state->origin->paths[0];
  g_autofree char *bold = NULL;
  LimenColour colour;
  LimenGameRow row;
  limen_game_session_look (session);
  LimenGameShown *shown = limen_game_shown_copy (session);
  guint n = shown->race.n_curves;
  g_autofree LimenGameRecord *record = g_new (LimenGameRecord, 1);
  *record = record_of (session, &row);
  const LimenGameReport report = {.record = record,
                                  .beside = n > 1 ? shown->race.curve + 1 : NULL,
                                  .n_beside = n > 1 ? n - 1 : 0,
                                  .payoff = path ? path : state->origin->name,
                                  .sha256 = state->origin->sha256};
  char *sentence = limen_game_session_sentence (session, &bold, &colour);
  LimenTold told = told_of (shown, sentence, &report);
  told.table = table_of (&shown->race);
  return told;
}
