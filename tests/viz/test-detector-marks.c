#include "references.h"
#include "histogram-draw.h"
#include "viz/detector/detector-picture.h"

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

static const LimenReference plots[] = {
    {"histogram", draw_histogram, {320, 480, 800}},
    {"histogram-clipped", draw_clipped, {320, 480, 800}},
    {"histogram-empty", draw_empty, {320, 480, 800}},
    {"histogram-above", draw_above, {320, 480, 800}},
    {"histogram-between", draw_between, {320, 480, 800}},
    {"detector-picture", draw_page, {320, 560, 1000}},
};

int
main (int argc, char **argv)
{
  return limen_references_run (argc, argv, plots, G_N_ELEMENTS (plots));
}
