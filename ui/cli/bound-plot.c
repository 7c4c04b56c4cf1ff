/* The picture of limen bound. */
#include "ui/cli/bound.h"
#include "viz/bound/bound-plot.h"

#include <math.h>

#define RADIUS 3 /* standard deviations that are to be seen */
#define SEEN   5 /* nats below the highest density, about as much */

/* The plane with the posterior and, over it, the proposal. */
typedef struct {
  LimenPlanePlot plot;
  LimenPlaneEllipse ellipse[4];
  LimenPlaneLabel label[2];
} Plane;

static void
add_gaussian (Plane *plane, const LimenGaussian *gaussian, const char *name, LimenColour colour)
{
  for (int radius = 1; radius <= 2; radius++)
    plane->ellipse[plane->plot.n_ellipses++] = (LimenPlaneEllipse){
        gaussian, radius, colour, radius == 1 ? LIMEN_LINE_EXACT : LIMEN_LINE_THIN};
  plane->label[plane->plot.n_labels++] =
      (LimenPlaneLabel){name, {gaussian->mean[0], gaussian->mean[1]}, colour};
}

static void
include (Plane *plane, const double low[2], const double high[2])
{
  for (int i = 0; i < 2; i++) {
    plane->plot.low[i] = MIN (plane->plot.low[i], low[i]);
    plane->plot.high[i] = MAX (plane->plot.high[i], high[i]);
  }
}

static void
include_gaussian (Plane *plane, const LimenGaussian *gaussian)
{
  double low[2], high[2];
  for (int i = 0; i < 2; i++) {
    double deviation = sqrt (gaussian->covariance[3 * i]);
    low[i] = gaussian->mean[i] - RADIUS * deviation;
    high[i] = gaussian->mean[i] + RADIUS * deviation;
  }
  include (plane, low, high);
}

/* The part of the map where the density is within SEEN nats of its highest, and a name there */
static void
add_map (Plane *plane, const LimenPlane *map)
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
      include (plane, z, z);
    if (i == most)
      plane->label[plane->plot.n_labels++] =
          (LimenPlaneLabel){"posterior", {z[0], z[1]}, LIMEN_COLOUR_DIM};
  }
  plane->plot.contours = map;
}

/* FALSE where there is no plane to be seen */
static gboolean
fill_plane (Plane *plane, const LimenBoundRun *run)
{
  const LimenGaussian *q = run->study->proposal[0].q;
  if (!q || q->dimension != 2)
    return FALSE;
  plane->plot = (LimenPlanePlot){.title = "Latent plane",
                                 .low = {q->mean[0], q->mean[1]},
                                 .high = {q->mean[0], q->mean[1]},
                                 .ellipse = plane->ellipse,
                                 .label = plane->label};
  include_gaussian (plane, q);
  if (run->posterior) {
    include_gaussian (plane, run->posterior);
    add_gaussian (plane, run->posterior, "posterior", LIMEN_COLOUR_DIM);
  }
  if (run->exact)
    add_map (plane, run->exact->posterior);
  add_gaussian (plane, q, "q", limen_bound_colour (0));
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

gboolean
limen_bound_run_draw (const LimenBoundRun *run, const LimenBoundReport *report, GError **error)
{
  const LimenBoundOptions *options = run->options;
  Plane plane = {0};
  guint k = MIN (limen_bound_report_k (report), LIMEN_BOUND_MOST_K); /* where the axis ends */
  g_autofree char *sentence = limen_bound_report_sentence (report);
  g_autoptr (LimenBoundPlot) plot = limen_bound_plot_new (report->study);
  g_auto (GStrv) text = limen_bound_report_picture_text (report);
  LimenBoundPicture drawing = {.scheme = limen_scheme (options->plot.dark, FALSE),
                               .sentence = sentence ? sentence : "",
                               .plot = plot,
                               .plane = fill_plane (&plane, run) ? &plane.plot : NULL,
                               .k = k,
                               .value = value_at (report, k)};
  return limen_plot_save (&options->plot, limen_bound_picture_draw, &drawing, text, error);
}
