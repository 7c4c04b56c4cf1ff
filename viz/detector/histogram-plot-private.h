/* Shared by the files of the histogram plot, and its tests. */
#pragma once

#include "viz/detector/histogram-plot.h"
#include "viz/kit/places.h"

/** LIMEN_HISTOGRAM_VALIDATION first: the scale is chosen by the first set that has scores */
typedef enum {
  LIMEN_HISTOGRAM_VALIDATION,
  LIMEN_HISTOGRAM_NORMAL,
  LIMEN_HISTOGRAM_ANOMALY,
  LIMEN_N_HISTOGRAMS,
} LimenHistogramIndex;

/**
 * LimenBins: one set, counted
 * @n: scores in the set
 * @count: (n_bins)
 * @below, @above: scores left of the first bin, right of the last
 * @tail_below, @tail_above: scores out of the view
 * @top: (n_bins): pixel of the upper edge of each bar
 */
typedef struct {
  guint n, below, above, tail_below, tail_above;
  guint *count;
  double *top;
} LimenBins;

#define LIMEN_MAX_LABELS 12

/**
 * LimenHistogramPlot:
 * @measure: what the scores are, a reference; @mean: of the validation scores, NaN without
 * @edge: (n_bins + 1): scores; @edge_pixel: the same in whole pixels, within the plot area
 * @skyline: (n_bins): pixel of the highest bar of any set
 * @strip: height at the top of the plot area that belongs to the threshold's value
 */
struct LimenHistogramPlot {
  LimenChartStyle style;
  char *font_family;
  LimenHistogramView view;
  LimenMeasure *measure;
  double mean;
  double width, height;
  LimenFrame frame;
  double strip;
  gboolean captions;
  guint64 n_scores;
  guint n_bins;
  double *edge, *edge_pixel, *skyline;
  LimenBins set[LIMEN_N_HISTOGRAMS];
  LimenLabel label[LIMEN_MAX_LABELS];
  guint n_labels;
};

/** limen_histogram_sets: (nullable) each: the sets of @detector by LimenHistogramIndex */
void
limen_histogram_sets (const LimenDetector *detector, const LimenScores *sets[LIMEN_N_HISTOGRAMS]);
/** limen_histogram_view_axis: with pixels 0 to 1 */
LimenAxis limen_histogram_view_axis (const LimenHistogramView *view);
/** limen_histogram_count: fills bins, edges and tails of @plot for a plot area of @width pixels */
void limen_histogram_count (LimenHistogramPlot *plot, const LimenScores *sets[LIMEN_N_HISTOGRAMS],
                            double width);
/** limen_histogram_place_labels: finds places for all labels of @plot */
void limen_histogram_place_labels (LimenHistogramPlot *plot,
                                   const LimenScores *sets[LIMEN_N_HISTOGRAMS]);
/** limen_histogram_tail_rows: rows of text that say what lies out of view */
guint limen_histogram_tail_rows (const LimenHistogramPlot *plot);
/** limen_decimals_for: how many show a difference of @step */
guint limen_decimals_for (double step);
/** limen_histogram_threshold_text: (transfer full): "194 nats" */
char *limen_histogram_threshold_text (const LimenHistogramPlot *plot, double threshold);
/** limen_histogram_pill_rect: where it stands for a line at @x */
LimenRect limen_histogram_pill_rect (const LimenHistogramPlot *plot, double x, const char *string);

/**
 * LimenHistogramLine: one line of a threshold
 * @x: pixel; @text: its value, owned
 * @pill: where that stands; no width: there is no room for it
 */
typedef struct {
  double x;
  char *text;
  LimenRect pill;
} LimenHistogramLine;

/** limen_histogram_place_lines: @line: (out): (2), each to be cleared by freeing its text. Returns:
 * how many there are */
guint limen_histogram_place_lines (const LimenHistogramPlot *plot, double threshold,
                                   LimenHistogramLine line[2]);
