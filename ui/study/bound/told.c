#include "ui/study/bound/told.h"

#include "model/bound/bound-report.h"
#include "ui/study/bound/shown.h"

#include <math.h>

/* What is drawn, and all that it borrows; @scene: (nullable): of a mean over images */
typedef struct {
  LimenBoundPicture picture;
  char *sentence, *contest;
  LimenBoundPlot *plot;
  LimenScene *scene;
  LimenGaussian *q;
  LimenBoundPlane plane;
  LimenPlaneEllipse hand;
  LimenMergePlot merge;
} Shown;

static void
shown_free (Shown *shown)
{
  g_free (shown->sentence);
  g_free (shown->contest);
  limen_bound_plot_free (shown->plot);
  g_clear_pointer (&shown->scene, limen_scene_free);
  g_clear_pointer (&shown->q, limen_gaussian_free);
  g_free (shown);
}

static void
draw_cb (cairo_t *cr, LimenScheme scheme, double width, double height, gpointer data)
{
  LimenBoundPicture picture = ((const Shown *)data)->picture;
  picture.scheme = scheme;
  limen_bound_picture_draw (cr, width, height, &picture);
}

/* Where on the curve, or else at which dot, the marker has its handle */
static double
value_at (const LimenBoundReport *report, guint k)
{
  double value = limen_bound_study_value (report->study, 0, k);
  for (guint i = 0; i < report->n_rows && isnan (value); i++)
    if (report->row[i].k == k && report->row[i].estimate.n > 0)
      value = report->row[i].estimate.mean;
  return value;
}

/* @scene: (transfer full); @q: the proposal that it is of */
static void
fill_scene (Shown *shown, LimenScene *scene, const LimenGaussian *q, double log_evidence,
            gboolean implied)
{
  shown->scene = scene;
  shown->q = limen_gaussian_copy (q);
  shown->merge = limen_bound_merge_plot (scene, log_evidence);
  shown->picture.merge = &shown->merge;
  if (q->dimension != 2)
    return;
  shown->hand =
      (LimenPlaneEllipse){shown->q, LIMEN_BOUND_RADIUS, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT};
  limen_bound_plane_fill (&shown->plane, scene, shown->q, (guint)shown->picture.k, implied);
  shown->plane.plot.ellipse = &shown->hand;
  shown->plane.plot.n_ellipses = 1;
  shown->picture.plane = &shown->plane.plot;
}

/* @sentence: (transfer full) (nullable): above the picture at @k */
static Shown *
shown_new (const LimenBoundReport *report, char *sentence, guint k)
{
  Shown *shown = g_new0 (Shown, 1);
  shown->sentence = sentence;
  shown->contest = limen_bound_study_contest (report->study);
  shown->plot = limen_bound_plot_new (report->study);
  shown->picture = (LimenBoundPicture){.sentence = sentence ? sentence : "",
                                       .contest = shown->contest,
                                       .plot = shown->plot,
                                       .k = k,
                                       .value = value_at (report, k)};
  return shown;
}

/* @shown: (transfer full) */
static LimenTold
told_of (Shown *shown, const LimenBoundReport *report)
{
  return (LimenTold){.name = "limen-bound",
                     .what = g_strdup ("the plots of the Bound page"),
                     .draw = draw_cb,
                     .text = limen_bound_report_picture_text (report),
                     .data = shown,
                     .free_data = (GDestroyNotify)shown_free};
}

LimenTold
limen_bound_told (const LimenBoundReport *report, const LimenTarget *target, LimenPlane *map)
{
  g_return_val_if_fail (report != NULL && report->study->n_proposals > 0, (LimenTold){0});
  const LimenGaussian *q = report->study->proposal[0].q, *around[] = {q, report->posterior};
  guint k = MIN (limen_bound_report_k (report), LIMEN_BOUND_MOST_K); /* where the axis ends */
  Shown *shown = shown_new (report, limen_bound_report_sentence (report), k);
  if (target && q) {
    LimenScene *scene = limen_scene_new ();
    if (map)
      limen_scene_take_posterior (scene, map);
    else if (q->dimension <= 2)
      limen_scene_look (scene, around, report->posterior ? 2 : 1);
    limen_scene_fill (scene, target, report->study, q, k, 0);
    fill_scene (shown, scene, q, report->study->log_evidence, TRUE);
  }
  return told_of (shown, report);
}

/* -- of the page -- */

/* What is known at K */
static LimenBoundRow
row_of (const LimenBoundStudy *study, guint k)
{
  const LimenBoundState state = limen_bound_state (study, k);
  return (LimenBoundRow){k, limen_bound_study_known (study, 0, k), state.gap, state.estimate, NAN};
}

static void
add_to_table (GString *table, const LimenBoundStudy *study, guint i, guint k)
{
  LimenEstimate estimate = limen_bound_study_estimate (study, i, k);
  g_string_append_printf (table, "%s,%u", study->proposal[i].name, k);
  limen_table_add (table, study->log_evidence);
  limen_table_add (table, limen_bound_study_value (study, i, k));
  limen_table_add (table, estimate.n > 0 ? estimate.mean : NAN);
  limen_table_add (table, estimate.n > 1 ? estimate.standard_error : NAN);
  g_string_append (table, "\r\n");
}

/* CSV (RFC 4180): a row for each proposal and K, and for the K in the hand where it is none of
 * those that have dots; what is not known stays empty. */
static char *
table_of (const LimenBoundStudy *study, guint k)
{
  GString *table =
      g_string_new ("proposal,k,log_evidence,vlb,monte_carlo_mean,monte_carlo_standard_error\r\n");
  for (guint i = 0; i < study->n_proposals; i++)
    for (guint dot = 0; dot < LIMEN_BOUND_N_DOTS; dot++)
      add_to_table (table, study, i, limen_bound_dots[dot]);
  if (limen_bound_dot_of (k) < 0)
    add_to_table (table, study, 0, k);
  return g_string_free (table, FALSE);
}

static const char *
first_path (const LimenOrigin *origin)
{
  return origin ? origin->paths[0] : NULL;
}

/* (nullable): of one that came with its model, what the command line calls it */
static const char *
given_proposal (const LimenBoundPageState *state)
{
  if (state->morph > 0 || state->preset != LIMEN_PROPOSAL_OWN)
    return NULL;
  return state->uses_vae ? "q(z|x)" : "own";
}

LimenTold
limen_bound_session_told (LimenBoundSession *session)
{
  g_return_val_if_fail (LIMEN_IS_BOUND_SESSION (session), (LimenTold){0});
  const LimenBoundPageState *state = limen_bound_session_state (session);
  const LimenBoundStudy *study = limen_bound_session_study (session);
  const LimenOrigin *used[] = {state->uses_vae ? state->vae : state->gaussian_case,
                               state->uses_vae ? state->images : NULL};
  g_autoptr (GHashTable) hashes = limen_origin_hashes (used, G_N_ELEMENTS (used));
  const LimenBoundRow row = row_of (study, state->k);
  const LimenBoundReport report = {.study = study,
                                   .row = &row,
                                   .n_rows = 1,
                                   .posterior = limen_bound_session_posterior (session),
                                   .case_file =
                                       state->uses_vae ? NULL : first_path (state->gaussian_case),
                                   .proposal = given_proposal (state),
                                   .vae = limen_bound_session_vae (session),
                                   .images = {limen_bound_session_images (session), NULL},
                                   .index = state->index,
                                   .sha256 = hashes};
  Shown *shown = shown_new (&report, limen_bound_study_sentence (study, state->k), state->k);
  fill_scene (shown, limen_scene_copy (limen_bound_session_scene (session)),
              limen_bound_session_proposal (session), study->log_evidence, state->implied);
  LimenTold told = told_of (shown, &report);
  told.table = table_of (study, state->k);
  return told;
}
