#include "references.h"
#include "histogram-draw.h"
#include "viz/detector/detector-picture.h"
#include "viz/detector/scatter-picture.h"
#include "bench-draw.h"

static void
draw_histogram (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenDetector *detector = usual_detector ();
  g_autoptr (LimenHistogramPlot) plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, with->scheme, width, height);
  limen_histogram_plot_draw (plot, cr, 194, LIMEN_HOLD_GRABBED);
  free_detector (detector);
}

static void
draw_clipped (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenDetector *detector = usual_detector ();
  LimenHistogramView view = limen_histogram_view_new (detector, LIMEN_HISTOGRAM_CLIPPED);
  view = limen_histogram_view_with_heights (&view, TRUE, TRUE);
  g_autoptr (LimenHistogramPlot) plot =
      limen_histogram_plot_new (detector, &view, with, width, height);
  limen_histogram_plot_draw (plot, cr, 1200, LIMEN_HOLD_FOCUSED);
  free_detector (detector);
}

static void
draw_empty (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenHistogramView view = limen_histogram_view_new (NULL, LIMEN_HISTOGRAM_LINEAR);
  g_autoptr (LimenHistogramPlot) plot = limen_histogram_plot_new (NULL, &view, with, width, height);
  limen_histogram_plot_draw (plot, cr, NAN, LIMEN_HOLD_NONE);
}

static void
draw_page (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenScores *normal = normal_scores ("MNIST test", 5000, 2);
  LimenScores *anomaly = anomaly_scores ("KMNIST test", 5000, 3);
  g_autoptr (LimenDetector) detector = limen_detector_new (
      normal, anomaly, (LimenSplit){LIMEN_SPLIT_ORDERED, 0}, (LimenRule){LIMEN_RULE_SIGMAS, 3});
  LimenDetectorPicture picture = {
      detector, limen_histogram_view_new (detector, LIMEN_HISTOGRAM_SPREAD), with->scheme};
  limen_detector_picture_draw (cr, width, height, &picture);
  limen_scores_unref (normal);
  limen_scores_unref (anomaly);
}

static void
draw_above (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenDetector *detector = detector_above ();
  g_autoptr (LimenHistogramPlot) plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, with->scheme, width, height);
  limen_histogram_plot_draw (plot, cr, -194, LIMEN_HOLD_GRABBED);
  free_detector (detector);
}

static void
draw_between (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  LimenDetector *detector = detector_between ();
  g_autoptr (LimenHistogramPlot) plot =
      plot_of (detector, LIMEN_HISTOGRAM_SPREAD, with->scheme, width, height);
  limen_histogram_plot_draw (plot, cr, detector->threshold, LIMEN_HOLD_FOCUSED);
  free_detector (detector);
}

/* Few images, some selected by a box, and one in hand */
static void
draw_scatter (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  const double box[4][2] = {{0.5, 0.4}, {0.9, 0.4}, {0.9, 0.95}, {0.5, 0.95}};
  double corner[4][2];
  g_autoptr (LimenScatterPoints) points = points_of (60, 40, 3);
  g_autoptr (LimenScatterPlot) plot = limen_scatter_plot_new (points, with, width, height);
  LimenRect area = limen_scatter_plot_area (plot);
  LimenScatterHit cursor = {LIMEN_SCATTER_NORMAL, 7};
  Bits bits = bits_for (points);
  for (int i = 0; i < 4; i++) {
    corner[i][0] = area.x + box[i][0] * area.width;
    corner[i][1] = area.y + (1 - box[i][1]) * area.height;
  }
  limen_scatter_plot_inside (plot, (const double (*)[2])corner, 4, bits.of);
  LimenScatterTop top = {.cut = {usual_cuts[0], usual_cuts[1]},
                         .corner = (const double (*)[2])corner,
                         .n_corners = 4,
                         .cursor = &cursor,
                         .said = "image 7"};
  limen_scatter_plot_draw_base (plot, cr, (const guint64 *const *)bits.of);
  limen_scatter_plot_draw_top (plot, cr, &top);
  free_bits (&bits);
}

/* Long names, four lines, and an image in a corner */
static void
draw_crowded (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenMeasure) measure =
      limen_measure_new ("far", "distance to the nearest of all normal images that were fitted to",
                         "grey levels", LIMEN_SIDE_BOTH);
  const double value[] = {1, 2, 3, 4, 5, 6, 7, 8};
  LimenScores *normal[2], *anomaly[2];
  const LimenLines cut[2] = {{2.5, 6.25}, {3.5, 4.25}};
  for (int axis = 0; axis < 2; axis++) {
    normal[axis] =
        limen_scores_new_of (measure, "photographs of the left half of all boards", value, 8);
    anomaly[axis] =
        limen_scores_new_of (measure, "boards with a fault that somebody found", value, 8);
  }
  g_autoptr (LimenScatterPoints) points = limen_scatter_points_new (normal, anomaly, cut);
  g_autoptr (LimenScatterPlot) plot = limen_scatter_plot_new (points, with, width, height);
  LimenScatterHit cursor = {LIMEN_SCATTER_ANOMALY, 7};
  LimenScatterTop top = {.cut = {cut[0], cut[1]}, .cursor = &cursor, .said = "the eighth image"};
  limen_scatter_plot_draw_base (plot, cr, NULL);
  limen_scatter_plot_draw_top (plot, cr, &top);
  drop_scores (normal);
  drop_scores (anomaly);
}

static void
draw_bench (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  MadeBench bench;
  make_bench (&bench, 300);
  bench.picture.scheme = with->scheme;
  limen_bench_picture_draw (cr, width, height, &bench.picture);
  drop_bench (&bench);
}

/* With its sentence, and some images selected */
static void
draw_scatter_picture (cairo_t *cr, const LimenChartStyle *with, double width, double height)
{
  g_autoptr (LimenScatterPoints) points = points_of (60, 40, 3);
  Bits bits = bits_for (points);
  for (guint i = 0; i < 60; i += 3)
    bits.of[LIMEN_SCATTER_NORMAL][0] |= (guint64)1 << i;
  LimenScatterPicture picture = {
      .sentence = "At 194 nats, 2.6 % of the normal images are flagged and 0.2 % of the anomalies "
                  "are kept.",
      .points = points,
      .cut = {usual_cuts[0], usual_cuts[1]},
      .selected = (const guint64 *const *)bits.of,
      .scheme = with->scheme};
  limen_scatter_picture_draw (cr, width, height, &picture);
  free_bits (&bits);
}

static const LimenReference plots[] = {
    {"histogram", draw_histogram, {320, 480, 800}},
    {"histogram-clipped", draw_clipped, {320, 480, 800}},
    {"histogram-empty", draw_empty, {320, 480, 800}},
    {"histogram-above", draw_above, {320, 480, 800}},
    {"histogram-between", draw_between, {320, 480, 800}},
    {"detector-picture", draw_page, {320, 560, 1000}},
    {"scatter", draw_scatter, {320, 480, 800}},
    {"scatter-crowded", draw_crowded, {320, 480, 800}},
    {"scatter-picture", draw_scatter_picture, {400, 560, 900}},
    {"bench-picture", draw_bench, {620, 460, 460}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
