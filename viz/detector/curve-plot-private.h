/* Shared by the files of the curve plot, and its tests. */
#pragma once

#include "viz/detector/curve-plot.h"
#include "viz/kit/line-plot-private.h"

/** limen_scale_probit: u = the normal deviate of a value in percent, in (0, 100) */
extern const LimenScale limen_scale_probit;

/**
 * LimenCurvePlot:
 * @share: of anomalies
 * @end: of both axes, in percent: where the least and the most that it holds stands; beyond is room
 * for the handle
 * @line: the curve, @band: the edge of its band: x and y of each pixel (element-type double)
 * @place: (n, 2): pixels of the points of the curve, NaN of one that has no place
 * @places: ink and words; the ink of the curve keeps words and the pill off it
 */
struct LimenCurvePlot {
  LimenCurve *curve;
  LimenCurveKind kind;
  double share;
  LimenChartStyle style;
  char *font_family;
  double width, height, end[2][2];
  LimenFrame frame;
  GArray *line, *band;
  float *place;
  LimenPlaces *places;
};

/** limen_curve_plot_axes: sets their ends; @x, @y: (out): without pixels; they are to lie within
 * @outer */
void
limen_curve_plot_axes (LimenCurvePlot *plot, const LimenRect *outer, LimenAxis *x, LimenAxis *y);
/** limen_curve_plot_end_ticks: on axes of normal deviates 0 and 100 stand at the ends, where a rate
 * of half an image is */
void limen_curve_plot_end_ticks (LimenCurvePlot *plot);
/** limen_curve_plot_pixel: where a rate of false alarms and one of hits lie; rates that an axis of
 * normal deviates cannot hold are at its ends. Returns: FALSE where precision is not defined */
gboolean limen_curve_plot_pixel (const LimenCurvePlot *plot, double type_1, double hits, double *x,
                                 double *y);
/** limen_curve_plot_trace: adds pixels to @path (element-type double), x and y of each, on the way
 * from its end, which is at the rates @from, to the rates @to, along what is a straight line
 * between even axes */
void limen_curve_plot_trace (const LimenCurvePlot *plot, GArray *path, const double from[2],
                             const double to[2]);
/** limen_curve_plot_trace_chance: the way of a detector that flags as many of both sets */
void limen_curve_plot_trace_chance (const LimenCurvePlot *plot, GArray *path);
/** limen_curve_plot_trace_box: the edge of a rectangle of rates, from @low to @high, all around */
void limen_curve_plot_trace_box (const LimenCurvePlot *plot, GArray *path, const double low[2],
                                 const double high[2]);
/** limen_curve_plot_place_words: finds places for all words of @plot; limen_curve_plot_header:
 * those over it, which the layout needs first */
void limen_curve_plot_place_words (LimenCurvePlot *plot, const LimenChartHeader *header);
LimenChartHeader limen_curve_plot_header (const LimenCurvePlot *plot, char **note);
/** limen_curve_plot_pill: where the words of the point at (@x, @y) stand, and which have room.
 * Returns: (transfer full) (nullable): NULL where none have */
char *limen_curve_plot_pill (const LimenCurvePlot *plot, double threshold, double x, double y,
                             LimenRect *pill);
