/* What all charts share: text, the frame, grid, ticks and the mark of what the user holds. */
#pragma once

#include "viz/kit/axis.h"
#include "viz/kit/palette.h"

/**
 * LimenChartStyle:
 * @font_family: as Pango takes it, "Cantarell, Inter, sans-serif"
 * @font_size: of tick labels, pixels; everything else is in proportion to it
 * @aside_width, @aside_height: of the corner at the right of the header that is not the chart's,
 * as buttons lie there, pixels; 0: all of it is
 *
 * A plain value; strings are borrowed.
 */
typedef struct {
  LimenScheme scheme;
  const char *font_family;
  double font_size;
  double aside_width, aside_height;
} LimenChartStyle;

/** limen_chart_style: the default font at 12 pixels */
LimenChartStyle limen_chart_style (LimenScheme scheme);

/** LimenRect: in pixels of the chart */
typedef struct {
  double x, y, width, height;
} LimenRect;

/**
 * LimenText:
 * @size: in proportion to the style's font size
 * @max_width: pixels; longer text loses its middle; 0: no limit
 * @halo: on a rim of paper, readable over lines
 * @align_x, @align_y: which part of the text lies at the given point: 0 left or top, 0.5 centre, 1
 * right or bottom
 */
typedef struct {
  LimenColour colour;
  gboolean bold, halo;
  double size, max_width;
  double align_x, align_y;
} LimenText;

/** limen_text_draw: figures are tabular. Returns: where the text is */
LimenRect limen_text_draw (cairo_t *cr, const LimenChartStyle *style, const LimenText *text,
                           const char *string, double x, double y);
/** limen_text_rect: where limen_text_draw() would put it */
LimenRect limen_text_rect (const LimenChartStyle *style, const LimenText *text, const char *string,
                           double x, double y);
/** limen_chart_fitting: the first of @variants (NULL-terminated, the longest first) that is no
 * wider than @width, or NULL */
const char *limen_chart_fitting (const LimenChartStyle *style, const LimenText *text,
                                 const char *const *variants, double width);

/**
 * LimenFrame: a plot area with two axes
 * @plot: the area between the axes; both axes' pixels are its edges
 * @x_ticks, @y_ticks: (element-type LimenTick)
 */
typedef struct {
  LimenRect plot;
  LimenAxis x, y;
  GArray *x_ticks, *y_ticks;
} LimenFrame;

/**
 * limen_frame_layout:
 * @outer: the room for plot and labels
 * @x, @y: axes; their pixels are set here
 * @y_unit: (nullable): behind each label of the vertical axis
 *
 * Finds the plot area that leaves room for the labels, and the ticks. Free with
 * limen_frame_clear().
 */
LimenFrame limen_frame_layout (const LimenChartStyle *style, const LimenRect *outer,
                               const LimenAxis *x, const LimenAxis *y, const char *y_unit);
void limen_frame_clear (LimenFrame *frame);
/** limen_frame_set_x_ticks: anew, for an axis that moved; @gap pixels between labels, all within
 * @left to @right */
void limen_frame_set_x_ticks (LimenFrame *frame, const LimenChartStyle *style, double gap,
                              double left, double right);
/** limen_frame_set_y_ticks: anew, for an axis that moved; @gap pixels between labels */
void limen_frame_set_y_ticks (LimenFrame *frame, const LimenChartStyle *style, double gap,
                              const char *y_unit);
/** limen_frame_refine_y_ticks: a low plot has room for closer values than the usual ones, where
 * their labels are as short */
void
limen_frame_refine_y_ticks (LimenFrame *frame, const LimenChartStyle *style, const char *y_unit);
/** limen_frame_draw_grid: the thin level lines behind; limen_frame_draw_upright_grid: upright ones,
 * where both axes are read; limen_frame_draw_axes: the base line, ticks and labels */
void limen_frame_draw_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style);
void
limen_frame_draw_upright_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style);
void limen_frame_draw_axes (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style);
/** limen_frame_draw_labels: the labels alone */
void limen_frame_draw_labels (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style);

/** limen_chart_begin: saves the state of @cr, and paints (0, 0) to (@width, @height) with paper */
void limen_chart_begin (cairo_t *cr, const LimenChartStyle *style, double width, double height);
/** limen_chart_line: adds a line of its own to the path */
void limen_chart_line (cairo_t *cr, double x0, double y0, double x1, double y1);

/** LimenHold: what is being done to a handle */
typedef enum {
  LIMEN_HOLD_NONE = 0,
  LIMEN_HOLD_HOVERED = 1 << 0,
  LIMEN_HOLD_GRABBED = 1 << 1,
  LIMEN_HOLD_FOCUSED = 1 << 2,
} LimenHold;

/** limen_chart_draw_handle: the round handle of something that can be dragged, with its focus ring
 */
void limen_chart_draw_handle (cairo_t *cr, const LimenChartStyle *style, double x, double y,
                              LimenHold hold);
/**
 * limen_chart_pill_rect:
 * @inside: (nullable): where the whole pill is to be; else it is centred at (@x, @y)
 */
LimenRect limen_chart_pill_rect (const LimenChartStyle *style, const char *string, double x,
                                 double y, const LimenRect *inside);
/** limen_chart_draw_pill: the value of a handle, on the colour of the hand */
void limen_chart_draw_pill (cairo_t *cr, const LimenChartStyle *style, const char *string,
                            const LimenRect *pill);
