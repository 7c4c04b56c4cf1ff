/* The picture of numbers that change with time: curves over a common axis, the newest value of each
 * beside its name. */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenTrendMark: shapes tell curves apart without colour
 * @LIMEN_TREND_LINE: a line
 * @LIMEN_TREND_DIAMONDS: a diamond at each value, on a thin line, as long as there is room for them
 */
typedef enum { LIMEN_TREND_LINE, LIMEN_TREND_DIAMONDS } LimenTrendMark;

/**
 * LimenTrend:
 * @name: as it is to be read: "training images"
 * @x, @y: (n): @x ascending; values that are not finite leave a gap
 * @now: the newest value, in words behind the name; NaN: none yet
 */
typedef struct {
  const char *name;
  LimenColour colour;
  LimenTrendMark mark;
  const double *x, *y;
  guint n;
  double now;
} LimenTrend;

/**
 * LimenTrendPlot:
 * @x_end: where the horizontal axis ends, if the curves do not go further; it begins at 0
 * @x_caption: "epochs"; @y_caption: "negative log-likelihood, nats"
 * @unit: (nullable): behind the newest values: "nats"
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const LimenTrend *curve;
  guint n_curves;
  double x_end;
  const char *x_caption, *y_caption, *unit;
} LimenTrendPlot;

/**
 * limen_trend_plot_frame: where the axes are; free with limen_frame_clear()
 *
 * The vertical axis holds what comes after the first twentieth of the way so far: what falls
 * steeply at first comes in from above, and does not flatten the rest.
 */
LimenFrame limen_trend_plot_frame (const LimenTrendPlot *plot, const LimenChartStyle *style,
                                   double width, double height);
/** limen_trend_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_trend_plot_draw (const LimenTrendPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                            double width, double height);
