/* Lines that are exact, dots that are measured, over any two scales. */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenLineKind:
 * @LIMEN_LINE_EXACT: solid
 * @LIMEN_LINE_THIN: solid and thin: what stands back
 * @LIMEN_LINE_REFERENCE: dashed
 */
typedef enum { LIMEN_LINE_EXACT, LIMEN_LINE_THIN, LIMEN_LINE_REFERENCE } LimenLineKind;

/**
 * LimenLine:
 * @name: (nullable): written at its right end, or where it has room
 * @x, @y: (n); what is not finite leaves a gap
 */
typedef struct {
  const char *name;
  LimenColour colour;
  LimenLineKind kind;
  const double *x, *y;
  guint n;
} LimenLine;

/** LimenDotShape: tell series apart without colour */
typedef enum {
  LIMEN_DOT_DISC,
  LIMEN_DOT_SQUARE,
  LIMEN_DOT_TRIANGLE,
  LIMEN_DOT_DIAMOND,
  LIMEN_DOT_TRIANGLE_DOWN,
  LIMEN_DOT_CROSS,
} LimenDotShape;

/**
 * LimenDots:
 * @error: (n) (nullable): half the length of the bar of each; no number, or none above 0: none
 */
typedef struct {
  LimenColour colour;
  LimenDotShape shape;
  const double *x, *y, *error;
  guint n;
} LimenDots;

/** LimenLevel: a horizontal line across the plot that is a theorem or a limit, with its name on it
 */
typedef struct {
  double y;
  const char *name;
  LimenColour colour;
  LimenLineKind kind;
} LimenLevel;

/**
 * LimenLinePlot:
 * @title: (nullable): bold, in the top left corner; @note: (nullable): dim, beside it, or below
 * where it is narrow
 * @x, @y: scales and ranges; their pixels are set by the layout
 * @x_caption, @y_caption: (nullable): "K", "nats"
 * @badge: (nullable): a remark in a frame where there is room: "Var(w) = ∞: no 1/K law"
 * @legend: whether names of lines stand in a list instead of at their ends
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const char *title, *note, *x_caption, *y_caption, *badge;
  LimenAxis x, y;
  const LimenLevel *level;
  guint n_levels;
  const LimenLine *line;
  guint n_lines;
  const LimenDots *dots;
  guint n_dots;
  gboolean legend;
} LimenLinePlot;

/** limen_line_plot_frame: where the axes are; free with limen_frame_clear() */
LimenFrame limen_line_plot_frame (const LimenLinePlot *plot, const LimenChartStyle *style,
                                  double width, double height);
/** limen_line_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_line_plot_draw (const LimenLinePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                           double width, double height);
/**
 * limen_line_plot_draw_marker: over it: a vertical line at @x in the colour of the hand
 * @y: (NaN: none): where on it the handle is; else at its foot
 * @text: (nullable): in a pill at its foot
 */
void
limen_line_plot_draw_marker (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                             double x, double y, const char *text, LimenHold hold);
/** limen_line_plot_draw_handle: the same without the line, where that is among the lines of the
 * plot: words lie over it then */
void
limen_line_plot_draw_handle (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                             double x, double y, const char *text, LimenHold hold);
/** limen_line_plot_range: (low, high) of all that is drawn at x within @x_low to @x_high, with room
 * around; FALSE where there is nothing */
gboolean limen_line_plot_range (const LimenLinePlot *plot, double x_low, double x_high, double *low,
                                double *high);
