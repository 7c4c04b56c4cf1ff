#include "ui/game/export.h"

#include "model/base/replace-file.h"
#include "ui/study/game/shown.h"

#include <math.h>
#include <string.h>

/* All that is drawn, copied, so that any thread can draw it. */
typedef struct {
  LimenGameShown *values;
  char *sentence, *game, *method, *table;
} Copy;

static void
copy_free (Copy *copy)
{
  limen_game_shown_free (copy->values);
  g_free (copy->sentence);
  g_free (copy->game);
  g_free (copy->method);
  g_free (copy->table);
  g_free (copy);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Copy *copy = data;
  const LimenGameShown *values = copy->values;
  LimenGamePicture picture = {.scheme = scheme,
                              .sentence = copy->sentence,
                              .a = values->has_triangles ? &values->triangle[0] : NULL,
                              .b = values->has_triangles ? &values->triangle[1] : NULL,
                              .exploit = values->has_triangles ? &values->exploit : NULL,
                              .race = &values->race,
                              .kept = values->kept};
  limen_game_picture_draw (cr, width, height, &picture);
}

static char **
text_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  const Copy *copy = data;
  const char *text[] = {"Title",       "A zero-sum game, and methods that learn it",
                        "Description", copy->sentence,
                        "Game",        copy->game,
                        "Method",      copy->method,
                        "Software",    "Limen " LIMEN_VERSION,
                        NULL};
  return g_strdupv ((char **)text);
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  const Copy *copy = data;
  return limen_replace_file_with_bytes (path, copy->table, strlen (copy->table), error);
}

/* CSV (RFC 4180): a row for each recorded iteration of each method. */
static char *
table_of (const LimenGameRace *race)
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
        limen_export_add_number (table, values[v]);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

LimenExport
limen_game_export (LimenGameSession *session)
{
  g_return_val_if_fail (LIMEN_IS_GAME_SESSION (session), (LimenExport){0});
  const LimenGameState *state = limen_game_session_state (session);
  g_autofree char *bold = NULL;
  LimenColour colour;
  Copy *copy = g_new0 (Copy, 1);
  copy->values = limen_game_shown_copy (session);
  copy->sentence = limen_game_session_sentence (session, &bold, &colour);
  copy->game = g_strdup (state->origin->name);
  copy->method = g_strdup_printf ("%s, step %g, iteration %" G_GUINT64_FORMAT,
                                  limen_method_title (state->settings.method), state->settings.step,
                                  limen_game_session_run (session)->k);
  copy->table = table_of (&copy->values->race);
  return (LimenExport){.name = "limen-game",
                       .draw = draw_cb,
                       .text = text_cb,
                       .write = write_cb,
                       .data = copy,
                       .free_data = (GDestroyNotify)copy_free};
}
