#include "ui/study/bound/told.h"

#include <math.h>

#define RADIUS 3 /* standard deviations that are to be seen */
#define SEEN   5 /* nats below the highest density, about as much */

static void
add_gaussian (LimenBoundTold *told, const LimenGaussian *gaussian, const char *name,
              LimenColour colour)
{
  for (int radius = 1; radius <= 2; radius++)
    told->ellipse[told->plane.n_ellipses++] = (LimenPlaneEllipse){
        gaussian, radius, colour, radius == 1 ? LIMEN_LINE_EXACT : LIMEN_LINE_THIN};
  told->label[told->plane.n_labels++] =
      (LimenPlaneLabel){name, {gaussian->mean[0], gaussian->mean[1]}, colour};
}

static void
include (LimenBoundTold *told, const double low[2], const double high[2])
{
  for (int i = 0; i < 2; i++) {
    told->plane.low[i] = MIN (told->plane.low[i], low[i]);
    told->plane.high[i] = MAX (told->plane.high[i], high[i]);
  }
}

static void
include_gaussian (LimenBoundTold *told, const LimenGaussian *gaussian)
{
  double low[2], high[2];
  for (int i = 0; i < 2; i++) {
    double deviation = sqrt (gaussian->covariance[3 * i]);
    low[i] = gaussian->mean[i] - RADIUS * deviation;
    high[i] = gaussian->mean[i] + RADIUS * deviation;
  }
  include (told, low, high);
}

/* The part of the map where the density is within SEEN nats of its highest, and a name there */
static void
add_map (LimenBoundTold *told, const LimenPlane *map)
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
      include (told, z, z);
    if (i == most)
      told->label[told->plane.n_labels++] =
          (LimenPlaneLabel){"posterior", {z[0], z[1]}, LIMEN_COLOUR_DIM};
  }
  told->plane.contours = map;
}

/* FALSE where there is no plane to be seen */
static gboolean
fill_plane (LimenBoundTold *told, const LimenBoundReport *report, const LimenPlane *map)
{
  const LimenGaussian *q = report->study->proposal[0].q;
  if (!q || q->dimension != 2)
    return FALSE;
  told->plane = (LimenPlanePlot){.title = "Latent plane",
                                 .low = {q->mean[0], q->mean[1]},
                                 .high = {q->mean[0], q->mean[1]},
                                 .ellipse = told->ellipse,
                                 .label = told->label};
  include_gaussian (told, q);
  if (report->posterior) {
    include_gaussian (told, report->posterior);
    add_gaussian (told, report->posterior, "posterior", LIMEN_COLOUR_DIM);
  }
  if (map)
    add_map (told, map);
  add_gaussian (told, q, "q", limen_bound_colour (0));
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

LimenBoundTold *
limen_bound_told_new (const LimenBoundReport *report, const LimenPlane *map, LimenScheme scheme)
{
  g_return_val_if_fail (report != NULL && report->study->n_proposals > 0, NULL);
  LimenBoundTold *told = g_new0 (LimenBoundTold, 1);
  guint k = MIN (limen_bound_report_k (report), LIMEN_BOUND_MOST_K); /* where the axis ends */
  told->sentence = limen_bound_report_sentence (report);
  told->plot = limen_bound_plot_new (report->study);
  told->text = limen_bound_report_picture_text (report);
  told->picture = (LimenBoundPicture){.scheme = scheme,
                                      .sentence = told->sentence ? told->sentence : "",
                                      .plot = told->plot,
                                      .plane = fill_plane (told, report, map) ? &told->plane : NULL,
                                      .k = k,
                                      .value = value_at (report, k)};
  return told;
}

void
limen_bound_told_free (LimenBoundTold *told)
{
  g_return_if_fail (told != NULL);
  g_strfreev (told->text);
  g_free (told->sentence);
  limen_bound_plot_free (told->plot);
  g_free (told);
}
