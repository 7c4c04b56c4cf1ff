/* The picture of a detector: three histograms and the threshold between flagged and kept. */
#pragma once

#include "model/detect/detector.h"
#include "viz/kit/chart.h"

/**
 * LimenHistogramScale:
 * @LIMEN_HISTOGRAM_SPREAD: by distance from the best score, towards those that are flagged:
 * everything is readable at once
 * @LIMEN_HISTOGRAM_LINEAR: all scores
 * @LIMEN_HISTOGRAM_CLIPPED: linear around the validation scores; what lies beyond is counted at the
 * edge
 */
typedef enum {
  LIMEN_HISTOGRAM_SPREAD,
  LIMEN_HISTOGRAM_LINEAR,
  LIMEN_HISTOGRAM_CLIPPED,
} LimenHistogramScale;

/**
 * LimenHistogramView: what of the data is looked at, and how
 * @counts: images per bin instead of the share of their set
 * @log: logarithmic heights
 * @low, @high: the range shown, in the unit of the scores
 * @both: the spread goes to both sides of @origin
 * @origin, @width: of limen_scale_spread, or limen_scale_both, in the same unit
 *
 * A plain value: setters take it const and return a new one.
 */
typedef struct {
  LimenHistogramScale scale;
  gboolean counts, log, both;
  double low, high;
  double origin, width;
} LimenHistogramView;

/** limen_histogram_view_new: @detector's scores, readable at first sight; @detector may be NULL */
LimenHistogramView
limen_histogram_view_new (const LimenDetector *detector, LimenHistogramScale scale);
/** limen_histogram_view_with_heights: shares or counts, linear or logarithmic */
LimenHistogramView
limen_histogram_view_with_heights (const LimenHistogramView *view, gboolean counts, gboolean log);
/** limen_histogram_view_zoom: @factor > 1 shows less; the score @about stays where it is */
LimenHistogramView
limen_histogram_view_zoom (const LimenHistogramView *view, double about, double factor);
/** limen_histogram_view_pan: by @fraction of the visible width; positive: towards higher scores */
LimenHistogramView limen_histogram_view_pan (const LimenHistogramView *view, double fraction);
/** limen_histogram_view_place: where the score @value stands along the axis: 0 at its left end, 1
 * at its right one, which are as far as it goes */
double limen_histogram_view_place (const LimenHistogramView *view, double value);
/** limen_histogram_view_value: the other way round */
double limen_histogram_view_value (const LimenHistogramView *view, double place);

/**
 * LimenHistogramPlot:
 *
 * All that does not change while the line is dragged: counts, layout, ticks, places of labels. Made
 * from the sorted scores in O(bins · log n), immutable, keeps no reference to the detector.
 */
typedef struct LimenHistogramPlot LimenHistogramPlot;

/** limen_histogram_plot_new: @detector: (nullable): an empty frame; so may be any of its scores */
LimenHistogramPlot *
limen_histogram_plot_new (const LimenDetector *detector, const LimenHistogramView *view,
                          const LimenChartStyle *style, double width, double height);
void limen_histogram_plot_free (LimenHistogramPlot *plot);

/**
 * limen_histogram_plot_draw_base: opaque, the same for every threshold: draw it once into a surface
 * of the screen's scale and paint that at each step of a drag.
 */
void limen_histogram_plot_draw_base (const LimenHistogramPlot *plot, cairo_t *cr);
/**
 * limen_histogram_plot_lines: where flagged begins: one line, or two where both ends are flagged
 * @line: (out): (2): scores, from left to right
 *
 * Returns: how many; 0 where @threshold is NaN
 */
guint limen_histogram_plot_lines (const LimenHistogramPlot *plot, double threshold, double line[2]);
/** limen_histogram_plot_threshold: the threshold that has its line number @line at @value: two
 * lines do not pass each other */
double limen_histogram_plot_threshold (const LimenHistogramPlot *plot, guint line, double value);
/**
 * limen_histogram_plot_draw_lines: over the base: the regions, the wrong side of each histogram,
 * and of each line handle and value. NaN draws nothing.
 * @hold: (2): of each line
 */
void limen_histogram_plot_draw_lines (const LimenHistogramPlot *plot, cairo_t *cr, double threshold,
                                      const LimenHold hold[2]);
/** limen_histogram_plot_draw_threshold: the same; @hold: of the line at @threshold */
void limen_histogram_plot_draw_threshold (const LimenHistogramPlot *plot, cairo_t *cr,
                                          double threshold, LimenHold hold);
/** limen_histogram_plot_draw: base and threshold */
void limen_histogram_plot_draw (const LimenHistogramPlot *plot, cairo_t *cr, double threshold,
                                LimenHold hold);

/** limen_histogram_plot_draw_selected: over the base, below the lines: how much of each bar some
 * chosen images are; @normal, @anomaly: (nullable): their scores */
void limen_histogram_plot_draw_selected (const LimenHistogramPlot *plot, cairo_t *cr,
                                         const LimenScores *normal, const LimenScores *anomaly);
/** limen_histogram_plot_draw_range: a range that is being chosen, between two pixels */
void limen_histogram_plot_draw_range (const LimenHistogramPlot *plot, cairo_t *cr, double from,
                                      double to);
/** limen_histogram_plot_range: the scores between two pixels; what lies at the edge of the plot is
 * within what goes beyond it: @low, @high: (out), infinite then */
void limen_histogram_plot_range (const LimenHistogramPlot *plot, double from, double to,
                                 double *low, double *high);

/** limen_histogram_plot_area: the area between the axes */
LimenRect limen_histogram_plot_area (const LimenHistogramPlot *plot);
/** limen_histogram_plot_x_of_value: where the line for @threshold stands: at the edge for one out
 * of view */
double limen_histogram_plot_x_of_value (const LimenHistogramPlot *plot, double threshold);
/** limen_histogram_plot_value_at_x: a score, within the view */
double limen_histogram_plot_value_at_x (const LimenHistogramPlot *plot, double x);
/** limen_histogram_plot_hits_line: within the 24 pixels around line number @line, or on its pill */
gboolean limen_histogram_plot_hits_line (const LimenHistogramPlot *plot, double threshold,
                                         guint line, double x, double y);
/** limen_histogram_plot_hits_threshold: any of them */
gboolean limen_histogram_plot_hits_threshold (const LimenHistogramPlot *plot, double threshold,
                                              double x, double y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenHistogramPlot, limen_histogram_plot_free)
