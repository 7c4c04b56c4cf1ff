/* Shared by the files of the line plot and the plane plot, and their tests. */
#pragma once

#include "viz/kit/line-plot.h"
#include "viz/kit/places.h"

#define LIMEN_LINE_MOST_KEYS 8

/** LimenLineKey: a row of the legend */
typedef struct {
  const LimenLine *line;
  const LimenDots *dots; /* (nullable): those of the line's colour */
  double x, y;           /* left end, middle */
} LimenLineKey;

/**
 * LimenLineLayout: a plot with all its words
 * @badge: its frame; of no width where there is none
 */
typedef struct {
  const LimenLinePlot *plot;
  const LimenChartStyle *style;
  double width, height;
  LimenFrame frame;
  LimenPlaces *places;
  LimenRect badge;
  LimenLineKey key[LIMEN_LINE_MOST_KEYS];
  guint n_keys;
} LimenLineLayout;

/** limen_line_layout_new: borrows @plot and @style */
LimenLineLayout *limen_line_layout_new (const LimenLinePlot *plot, const LimenChartStyle *style,
                                        double width, double height);
void limen_line_layout_free (LimenLineLayout *layout);
/** limen_line_layout_place_words: finds places for all words of @layout, whose frame is there */
void limen_line_layout_place_words (LimenLineLayout *layout);
/** limen_line_layout_draw_keys: the lines of the legend */
void limen_line_layout_draw_keys (const LimenLineLayout *layout, cairo_t *cr);

/** LimenChartHeader: the words over a plot: title, note and caption of its vertical axis
 * @note_below: the note has a row of its own
 * @note_right: or else stands at the right end; to be set by the caller
 * @top: where they begin: below what lies in the corner where the title has no room beside it
 * @aside: what they leave free at the right
 * @bottom: where they end
 */
typedef struct {
  const char *title, *note, *caption;
  gboolean note_below, note_right;
  double top, aside, bottom;
} LimenChartHeader;

/** limen_chart_header: what of the words fits (what does not is NULL), and how */
LimenChartHeader
limen_chart_header (const LimenChartStyle *style, const char *title, const char *note,
                    const char *caption, double width, double height);
/** limen_chart_header_place: as labels of @places */
void limen_chart_header_place (const LimenChartHeader *header, LimenPlaces *places,
                               const LimenChartStyle *style, double width);
/** limen_line_plot_header: of @plot */
LimenChartHeader limen_line_plot_header (const LimenLinePlot *plot, const LimenChartStyle *style,
                                         double width, double height);
/** limen_caption_gap: the middle of a gap between tick labels that has room for @caption, or NaN */
double
limen_caption_gap (const LimenFrame *frame, const LimenChartStyle *style, const char *caption);

/** limen_line_is_at_top: whether a level at pixel @y has its name above the plot area, where it is
 * in nobody's way, neither of bars nor of the marker */
gboolean limen_line_is_at_top (const LimenFrame *frame, const LimenChartStyle *style, double y);
/** limen_line_place: a value in pixels. Returns: FALSE where there is none */
gboolean limen_line_place (const LimenFrame *frame, double x, double y, double *px, double *py);
/** limen_dots_has_bar: whether dot @i has one: a length that is a number, above 0 */
gboolean limen_dots_has_bar (const LimenDots *dots, guint i);
/** limen_chart_set_translucent: the colour lets through what is behind, less so in high contrast */
void limen_chart_set_translucent (cairo_t *cr, const LimenChartStyle *style, LimenColour colour,
                                  double alpha);
/** limen_line_stroke_style: width and dash of a line of @kind */
void limen_line_stroke_style (cairo_t *cr, const LimenChartStyle *style, LimenLineKind kind);
/** limen_dot_path: shapes of the same area as a disc of @radius; a path of its own, closed */
void limen_dot_path (cairo_t *cr, LimenDotShape shape, double x, double y, double radius);
/** limen_dot_draw: a ring, hollow, so that what is behind can be seen to be hit */
void limen_dot_draw (cairo_t *cr, const LimenChartStyle *style, LimenDotShape shape,
                     LimenColour colour, double x, double y);
/** limen_chart_rounded: the path of a rectangle with round corners */
void limen_chart_rounded (cairo_t *cr, const LimenRect *rect, double radius);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenLineLayout, limen_line_layout_free)
