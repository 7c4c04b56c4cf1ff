#include "ui/bound/export.h"

#include "model/base/replace-file.h"
#include "model/bound/sentences.h"
#include "ui/bound/plots.h"

#include <math.h>

/* Copies of all that is drawn; @table is written when they are made. */
typedef struct {
  char *sentence, *contest, *table, **text;
  LimenBoundPlot *plot;
  LimenScene *scene;
  LimenGaussian *q;
  LimenNumber log_evidence, value;
  guint k;
  gboolean implied;
} Shown;

static void
shown_free (Shown *shown)
{
  g_free (shown->sentence);
  g_free (shown->contest);
  g_free (shown->table);
  g_strfreev (shown->text);
  limen_bound_plot_free (shown->plot);
  limen_scene_free (shown->scene);
  limen_gaussian_free (shown->q);
  g_free (shown);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  const Shown *shown = data;
  LimenBoundPlane plane;
  LimenMergePlot merge = limen_bound_merge_plot (shown->scene, shown->log_evidence.value);
  gboolean is_plane = shown->q->dimension == 2;
  LimenPlaneEllipse hand = {shown->q, 1.5, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT};
  if (is_plane) {
    limen_bound_plane_fill (&plane, shown->scene, shown->q, shown->k, shown->implied);
    plane.plot.ellipse = &hand;
    plane.plot.n_ellipses = 1;
  }
  LimenBoundPicture picture = {.scheme = scheme,
                               .sentence = shown->sentence,
                               .contest = shown->contest,
                               .plot = shown->plot,
                               .plane = is_plane ? &plane.plot : NULL,
                               .merge = &merge,
                               .k = shown->k,
                               .value = shown->value.value};
  limen_bound_picture_draw (cr, width, height, &picture);
}

static char **
text_cb (gpointer data, GCancellable *cancellable, GError **error)
{
  return g_strdupv (((const Shown *)data)->text);
}

static gboolean
write_cb (const char *path, gpointer data, GError **error)
{
  const Shown *shown = data;
  return limen_replace_file_with_bytes (path, shown->table, strlen (shown->table), error);
}

/* CSV (RFC 4180): a row for each proposal and K; what is not known stays empty. */
static char *
table_of (const LimenBoundStudy *study)
{
  GString *table =
      g_string_new ("proposal,k,log_evidence,vlb,monte_carlo_mean,monte_carlo_standard_error\r\n");
  for (guint i = 0; i < study->n_proposals; i++)
    for (guint dot = 0; dot < LIMEN_BOUND_N_DOTS; dot++) {
      LimenEstimate estimate = limen_running_mean_estimate (&study->proposal[i].estimate[dot]);
      g_string_append_printf (table, "%s,%u", study->proposal[i].name, limen_bound_dots[dot]);
      limen_export_add_number (table, study->log_evidence);
      limen_export_add_number (table, limen_bound_study_value (study, i, limen_bound_dots[dot]));
      limen_export_add_number (table, estimate.n > 0 ? estimate.mean : NAN);
      limen_export_add_number (table, estimate.n > 1 ? estimate.standard_error : NAN);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

LimenExport
limen_bound_export (LimenBoundSession *session)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), (LimenExport){0});
  const LimenBoundStudy *study = limen_bound_session_study (session);
  guint k = limen_bound_session_state (session)->k;
  Shown *shown = g_new (Shown, 1);
  *shown = (Shown){.sentence = limen_bound_study_sentence (study, k),
                   .contest = limen_bound_study_contest (study),
                   .table = table_of (study),
                   .text = limen_bound_session_text (session),
                   .plot = limen_bound_plot_new (study),
                   .scene = limen_scene_copy (limen_bound_session_scene (session)),
                   .q = limen_gaussian_copy (limen_bound_session_proposal (session)),
                   .log_evidence = {study->log_evidence, study->log_evidence_error},
                   .value = limen_bound_study_known (study, 0, k),
                   .k = k,
                   .implied = limen_bound_session_state (session)->implied};
  return (LimenExport){.name = "limen-bound",
                       .draw = draw_cb,
                       .text = text_cb,
                       .write = write_cb,
                       .data = shown,
                       .free_data = (GDestroyNotify)shown_free};
}
