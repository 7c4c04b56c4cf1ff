/* Scores like a flow's, their histograms, and what is in a picture of one. */
#pragma once

#include "model/base/random.h"
#include "viz/detector/histogram-plot-private.h"

#include <math.h>
#include <string.h>

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"

/* --- Data: like a flow's scores of digits, and of another script with a very long tail --- */

static LimenScores *
normal_scores (const char *name, guint n, guint64 seed)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (seed, "scores", 0);
  for (guint i = 0; i < n; i++)
    value[i] = 2160 - 300 * exp (0.7 * limen_random_normal (&random));
  return limen_scores_new (name, value, n);
}

static LimenScores *
anomaly_scores (const char *name, guint n, guint64 seed)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (seed, "scores", 1);
  for (guint i = 0; i < n; i++)
    value[i] = 1800 - 16000 * exp (1.1 * limen_random_normal (&random));
  return limen_scores_new (name, value, n);
}

static LimenDetector *
detector_of (LimenScores *validation, LimenScores *normal, LimenScores *anomaly)
{
  LimenDetector *detector = g_new0 (LimenDetector, 1);
  detector->validation = validation;
  detector->normal = normal;
  detector->anomaly = anomaly;
  return detector;
}

static void
free_detector (LimenDetector *detector)
{
  g_clear_pointer (&detector->validation, limen_scores_unref);
  g_clear_pointer (&detector->normal, limen_scores_unref);
  g_clear_pointer (&detector->anomaly, limen_scores_unref);
  g_free (detector);
}

static LimenDetector *
usual_detector (void)
{
  return detector_of (normal_scores ("validation", 5000, 1), normal_scores ("MNIST test", 5000, 2),
                      anomaly_scores ("KMNIST test", 10000, 3));
}

/* The same scores by a measure of the other side: a distance is minus a likelihood. */
static LimenScores *
turned (LimenMeasure *measure, LimenScores *scores)
{
  g_autofree double *value = g_new (double, scores->n);
  for (guint i = 0; i < scores->n; i++)
    value[i] = -scores->value[i];
  LimenScores *other = limen_scores_new_of (measure, scores->name, value, scores->n);
  limen_scores_unref (scores);
  return other;
}

static LimenDetector *
detector_above (void)
{
  g_autoptr (LimenMeasure) measure =
      limen_measure_new ("distance", "distance to the nearest", "", LIMEN_SIDE_HIGH);
  LimenDetector *detector = usual_detector ();
  detector->validation = turned (measure, detector->validation);
  detector->normal = turned (measure, detector->normal);
  detector->anomaly = turned (measure, detector->anomaly);
  return detector;
}

/* Normal scores about 5, anomalies on either side of them, one in five far off */
static LimenScores *
balance_scores (LimenMeasure *measure, const char *name, guint n, guint64 index, gboolean anomalies)
{
  g_autofree double *value = g_new (double, n);
  LimenRandom random = limen_random_stream (index, "balance", 0);
  for (guint i = 0; i < n; i++) {
    double noise = limen_random_normal (&random), side = i % 2 ? 1 : -1;
    value[i] = anomalies ? 5 + side * (4 + fabs (noise)) * (i % 5 ? 1 : 100) : 5 + noise;
  }
  return limen_scores_new_of (measure, name, value, n);
}

static LimenDetector *
detector_between (void)
{
  g_autoptr (LimenMeasure) measure =
      limen_measure_new ("balance", "balance", "bits", LIMEN_SIDE_BOTH);
  LimenDetector *detector = detector_of (balance_scores (measure, "validation", 5000, 1, FALSE),
                                         balance_scores (measure, "digits", 5000, 2, FALSE),
                                         balance_scores (measure, "letters", 8000, 3, TRUE));
  detector->mean = limen_scores_mean (detector->validation);
  detector->threshold = detector->mean - 3;
  return detector;
}

static LimenHistogramPlot *
plot_of (const LimenDetector *detector, LimenHistogramScale scale, LimenScheme scheme, double width,
         double height)
{
  LimenHistogramView view = limen_histogram_view_new (detector, scale);
  LimenChartStyle style = limen_chart_style (scheme);
  return limen_histogram_plot_new (detector, &view, &style, width, height);
}

/* --- Pictures and their pixels --- */

static cairo_surface_t *
draw (const LimenHistogramPlot *plot, double threshold, LimenHold hold)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)plot->width, (int)plot->height);
  cairo_t *cr = cairo_create (surface);
  limen_histogram_plot_draw (plot, cr, threshold, hold);
  g_assert_cmpint (cairo_status (cr), ==, CAIRO_STATUS_SUCCESS);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static LimenRgba
pixel_at (cairo_surface_t *surface, double x, double y)
{
  const guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 p = ((const guint32 *)(data + (int)y * stride))[(int)x];
  return (LimenRgba){(p >> 16 & 255) / 255.0, (p >> 8 & 255) / 255.0, (p & 255) / 255.0, 1};
}

static LimenRgba
over (LimenScheme scheme, LimenColour colour, LimenRgba below)
{
  LimenRgba top = limen_palette_colour (scheme, colour);
  double a = top.alpha;
  return (LimenRgba){top.red * a + below.red * (1 - a), top.green * a + below.green * (1 - a),
                     top.blue * a + below.blue * (1 - a), 1};
}

static double
difference (LimenRgba a, LimenRgba b)
{
  return fmax (fabs (a.red - b.red), fmax (fabs (a.green - b.green), fabs (a.blue - b.blue)));
}

static void
assert_colour (cairo_surface_t *surface, double x, double y, LimenRgba expected)
{
  g_assert_cmpfloat (difference (pixel_at (surface, x, y), expected), <=, 0.013);
}

static const LimenLabel *
find_label (const LimenHistogramPlot *plot, const char *part)
{
  for (guint i = 0; i < plot->n_labels; i++)
    if (strstr (plot->label[i].string, part))
      return &plot->label[i];
  return NULL;
}

#pragma GCC diagnostic pop
