#include "ui/prior/export.h"

#include "model/base/number.h"
#include "model/base/replace-file.h"
#include "ui/study/prior/shown.h"

#include <math.h>
#include <string.h>

/* All that is drawn, computed again or copied, so that any thread can draw it. */
typedef struct {
  char *sentence, *table;
  LimenGaussianCase *gaussian_case;
  LimenDuel *duel;
  LimenRaceView *view;
  LimenPoints *points;
  LimenPriorShown values;
} Shown;

static void
shown_free (Shown *shown)
{
  limen_prior_shown_clear (&shown->values);
  g_clear_pointer (&shown->duel, limen_duel_free);
  g_clear_pointer (&shown->view, limen_race_view_free);
  g_clear_pointer (&shown->points, limen_points_free);
  g_clear_pointer (&shown->gaussian_case, limen_gaussian_case_free);
  g_free (shown->sentence);
  g_free (shown->table);
  g_free (shown);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Shown *shown = data;
  LimenPriorPicture picture = {.scheme = scheme,
                               .sentence = shown->sentence,
                               .duel = shown->duel ? &shown->values.duel : NULL,
                               .variance = shown->duel ? &shown->values.variance : NULL,
                               .race = shown->view ? &shown->values.race : NULL};
  limen_prior_picture_draw (cr, width, height, &picture);
}

static char **
text_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  const Shown *shown = data;
  g_autofree char *step =
      shown->view ? g_strdup_printf ("%" G_GUINT64_FORMAT, shown->view->step) : g_strdup ("0");
  const char *text[] = {"Title",       "Gradient estimators and a trainable prior",
                        "Description", shown->sentence,
                        "Data",        shown->points->name,
                        "Step",        step,
                        "Software",    "Limen " LIMEN_VERSION,
                        NULL};
  return g_strdupv ((char **)text);
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  const Shown *shown = data;
  return limen_replace_file_with_bytes (path, shown->table, strlen (shown->table), error);
}

/* CSV (RFC 4180): a row for each estimator and parameter, then one for each recorded step. */
static char *
table_of (const LimenDuel *duel, const LimenRaceView *view)
{
  GString *table = g_string_new ("what,estimator,parameter_or_step,exact,mean,standard_error,"
                                 "variance,exact_variance,bound\r\n");
  for (guint e = 0; duel && e < LIMEN_N_ESTIMATORS; e++)
    for (guint p = 0; p < duel->n_parameters; p++) {
      LimenEstimate estimate = limen_running_mean_estimate (&duel->cloud[e].measured[p]);
      g_autofree char *name = limen_duel_parameter_name (duel, p);
      g_string_append_printf (table, "gradient,%s,%s", limen_estimator_word (e), name);
      limen_export_add_number (table, duel->exact[p]);
      limen_export_add_number (table, estimate.mean);
      limen_export_add_number (table, estimate.standard_error);
      limen_export_add_number (table, limen_running_mean_variance (&duel->cloud[e].measured[p]));
      limen_export_add_number (table, duel->cloud[e].variance[p]);
      g_string_append (table, ",\r\n");
    }
  for (guint r = 0; view && r < view->n; r++)
    for (guint i = 0; i < view->runner[r].n; i++) {
      g_string_append_printf (table, "training,%s,%.0f,,,,,",
                              limen_estimator_word (view->runner[r].estimator),
                              view->runner[r].step[i]);
      limen_export_add_number (table, view->runner[r].bound[i]);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

LimenExport
limen_prior_export (LimenPriorSession *session)
{
  g_return_val_if_fail (LIMEN_IS_PRIOR_SESSION (session), (LimenExport){0});
  const LimenPriorState *state = limen_prior_session_state (session);
  Shown *shown = g_new0 (Shown, 1);
  shown->gaussian_case = limen_gaussian_case_copy (limen_prior_session_case (session));
  shown->points = limen_points_copy (limen_prior_session_points (session));
  shown->view = limen_race_view_copy (limen_prior_session_view (session));
  g_autofree double *variance = g_new (double, shown->gaussian_case->model->latent);
  LimenGradientCase c;
  if (limen_gradient_case_of (shown->gaussian_case, variance, &c, NULL)) {
    c.shift = state->duel.shift;
    shown->duel = limen_duel_new (&c, state->duel.samples, state->duel.seed);
  }
  shown->sentence =
      shown->duel ? limen_duel_sentence (shown->duel, state->view.parameter) : g_strdup ("");
  shown->table = table_of (shown->duel, shown->view);
  const LimenRaceState race = limen_prior_session_race_state (session);
  limen_prior_shown_fill (&shown->values, shown->duel, state->view.parameter, shown->view,
                          shown->points, &race, FALSE);
  return (LimenExport){.name = "limen-prior",
                       .draw = draw_cb,
                       .text = text_cb,
                       .write = write_cb,
                       .data = shown,
                       .free_data = (GDestroyNotify)shown_free};
}
