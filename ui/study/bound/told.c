#include "ui/study/bound/told.h"

#include "model/bound/bound-report.h"
#include "ui/study/bound/shown.h"

#include <math.h>

#define RADIUS 3 /* standard deviations that are to be seen */
#define SEEN   5 /* nats below the highest density, about as much */

/* What is drawn, and all that it borrows
 * @scene, @q: (nullable): of the page; else @ellipse and @label are on the plane */
typedef struct {
  LimenBoundPicture picture;
  char *sentence, *contest;
  LimenBoundPlot *plot;
  LimenBoundPlane plane;
  LimenPlaneEllipse ellipse[4];
  LimenMergePlot merge;
  LimenScene *scene;
  LimenGaussian *q;
} Shown;

/* -- the plane of the command line -- */

static void
add_gaussian (Shown *shown, const LimenGaussian *gaussian, const char *name, LimenColour colour)
{
  for (int radius = 1; radius <= 2; radius++)
    shown->ellipse[shown->plane.plot.n_ellipses++] = (LimenPlaneEllipse){
        gaussian, radius, colour, radius == 1 ? LIMEN_LINE_EXACT : LIMEN_LINE_THIN};
  shown->plane.label[shown->plane.plot.n_labels++] =
      (LimenPlaneLabel){name, {gaussian->mean[0], gaussian->mean[1]}, colour};
}

static void
include (Shown *shown, const double low[2], const double high[2])
{
  for (int i = 0; i < 2; i++) {
    shown->plane.plot.low[i] = MIN (shown->plane.plot.low[i], low[i]);
    shown->plane.plot.high[i] = MAX (shown->plane.plot.high[i], high[i]);
  }
}

static void
include_gaussian (Shown *shown, const LimenGaussian *gaussian)
{
  double low[2], high[2];
  for (int i = 0; i < 2; i++) {
    double deviation = sqrt (gaussian->covariance[3 * i]);
    low[i] = gaussian->mean[i] - RADIUS * deviation;
    high[i] = gaussian->mean[i] + RADIUS * deviation;
  }
  include (shown, low, high);
}

/* The part of the map where the density is within SEEN nats of its highest, and a name there */
static void
add_map (Shown *shown, const LimenPlane *map)
{
  guint n = map->columns * map->rows, most = 0;
  double step[2] = {(map->high[0] - map->low[0]) / MAX (map->columns - 1, 1),
                    (map->high[1] - map->low[1]) / MAX (map->rows - 1, 1)};
  for (guint i = 1; i < n; i++)
    if (map->log_density[i] > map->log_density[most])
      most = i;
  for (guint i = 0; i < n; i++) {
    double z[2] = {map->low[0] + i % map->columns * step[0],
                   map->low[1] + i / map->columns * step[1]};
    if (map->log_density[i] > map->log_density[most] - SEEN)
      include (shown, z, z);
    if (i == most)
      shown->plane.label[shown->plane.plot.n_labels++] =
          (LimenPlaneLabel){"posterior", {z[0], z[1]}, LIMEN_COLOUR_DIM};
  }
  shown->plane.plot.contours = map;
}

/* FALSE where there is no plane to be seen */
static gboolean
fill_plane (Shown *shown, const LimenBoundReport *report, const LimenPlane *map)
{
  const LimenGaussian *q = report->study->proposal[0].q;
  if (!q || q->dimension != 2)
    return FALSE;
  shown->plane.plot = (LimenPlanePlot){.title = "Latent plane",
                                       .low = {q->mean[0], q->mean[1]},
                                       .high = {q->mean[0], q->mean[1]},
                                       .ellipse = shown->ellipse,
                                       .label = shown->plane.label};
  include_gaussian (shown, q);
  if (report->posterior) {
    include_gaussian (shown, report->posterior);
    add_gaussian (shown, report->posterior, "posterior", LIMEN_COLOUR_DIM);
  }
  if (map)
    add_map (shown, map);
  add_gaussian (shown, q, "q", limen_bound_colour (0));
  return TRUE;
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

/* -- what both tell -- */

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

/* @sentence: (transfer full) (nullable) */
static LimenTold
told_of (Shown *shown, char *sentence, const LimenBoundReport *report)
{
  guint k = MIN (limen_bound_report_k (report), LIMEN_BOUND_MOST_K); /* where the axis ends */
  shown->sentence = sentence;
  shown->plot = limen_bound_plot_new (report->study);
  shown->picture.sentence = sentence ? sentence : "";
  shown->picture.plot = shown->plot;
  shown->picture.k = k;
  shown->picture.value = value_at (report, k);
  return (LimenTold){.name = "limen-bound",
                     .draw = draw_cb,
                     .text = limen_bound_report_picture_text (report),
                     .data = shown,
                     .free_data = (GDestroyNotify)shown_free};
}

LimenTold
limen_bound_told (const LimenBoundReport *report, const LimenPlane *map)
{
  g_return_val_if_fail (report != NULL && report->study->n_proposals > 0, (LimenTold){0});
  Shown *shown = g_new0 (Shown, 1);
  shown->picture.plane = fill_plane (shown, report, map) ? &shown->plane.plot : NULL;
  return told_of (shown, limen_bound_report_sentence (report), report);
}

/* -- of the page -- */

static void
fill_page (Shown *shown, LimenBoundSession *session)
{
  const LimenBoundStudy *study = limen_bound_session_study (session);
  const LimenBoundPageState *state = limen_bound_session_state (session);
  shown->contest = limen_bound_study_contest (study);
  shown->scene = limen_scene_copy (limen_bound_session_scene (session));
  shown->q = limen_gaussian_copy (limen_bound_session_proposal (session));
  shown->merge = limen_bound_merge_plot (shown->scene, study->log_evidence);
  shown->picture.contest = shown->contest;
  shown->picture.merge = &shown->merge;
  if (shown->q->dimension != 2)
    return;
  shown->ellipse[0] =
      (LimenPlaneEllipse){shown->q, LIMEN_BOUND_RADIUS, LIMEN_COLOUR_HAND, LIMEN_LINE_EXACT};
  limen_bound_plane_fill (&shown->plane, shown->scene, shown->q, state->k, state->implied);
  shown->plane.plot.ellipse = shown->ellipse;
  shown->plane.plot.n_ellipses = 1;
  shown->picture.plane = &shown->plane.plot;
}

/* What is known at K; where that is nothing exact, of the nearest K that has estimates */
static LimenBoundRow
row_of (const LimenBoundStudy *study, guint k)
{
  const LimenBoundState state = limen_bound_state (study, k);
  LimenNumber exact = limen_bound_study_known (study, 0, k);
  LimenBoundRow row = {isfinite (exact.value) ? k : state.estimate_k, exact, state.gap,
                       state.estimate, NAN};
  if (row.k != state.estimate_k)
    row.estimate = (LimenEstimate){0};
  return row;
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
      limen_table_add (table, study->log_evidence);
      limen_table_add (table, limen_bound_study_value (study, i, limen_bound_dots[dot]));
      limen_table_add (table, estimate.n > 0 ? estimate.mean : NAN);
      limen_table_add (table, estimate.n > 1 ? estimate.standard_error : NAN);
      g_string_append (table, "\r\n");
    }
  return g_string_free (table, FALSE);
}

static const char *
first_path (const LimenOrigin *origin)
{
  return origin ? origin->paths[0] : NULL;
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
                                   .vae = limen_bound_session_vae (session),
                                   .images = {limen_bound_session_images (session), NULL},
                                   .index = state->index,
                                   .sha256 = hashes};
  Shown *shown = g_new0 (Shown, 1);
  fill_page (shown, session);
  LimenTold told = told_of (shown, limen_bound_study_sentence (study, state->k), &report);
  shown->picture.k = state->k;
  told.table = table_of (study);
  return told;
}
