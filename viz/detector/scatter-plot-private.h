/* Shared by the files of the scatter plot, and its tests. */
#pragma once

#include "viz/detector/scatter-plot.h"
#include "viz/kit/line-plot-private.h"

#define LIMEN_SCATTER_FEW 2000 /* images that are dots of their own */

/** LimenScatterPlot: @legend_y: the middle of its row */
struct LimenScatterPlot {
  gatomicrefcount references;
  LimenScatterPoints *points;
  LimenChartStyle style;
  char *font_family;
  double width, height;
  LimenFrame frame;
  double legend_y;
};

/** LimenScatterMark: what the points of a set look like */
typedef struct {
  LimenDotShape shape;
  LimenColour colour, text;
} LimenScatterMark;
extern const LimenScatterMark limen_scatter_marks[LIMEN_N_SCATTER_SETS];

/** limen_scatter_draw_points: as limen_scatter_plot_draw_base() says */
void limen_scatter_draw_points (const LimenScatterPlot *plot, cairo_t *cr,
                                const guint64 *const selected[LIMEN_N_SCATTER_SETS]);

/** limen_scatter_paint_shade: where it was made for */
void limen_scatter_paint_shade (const LimenScatterShade *shade, cairo_t *cr);

#define LIMEN_SCATTER_MOST_PILLS 4

/** LimenScatterPill: the value of a line; @text: owned */
typedef struct {
  LimenRect rect;
  char *text;
} LimenScatterPill;

/** limen_scatter_pills: where the values of all lines stand, none over another. @pill: (out).
 * Returns: how many there is room for */
guint limen_scatter_pills (const LimenScatterPlot *plot, const LimenLines cut[2],
                           LimenScatterPill pill[LIMEN_SCATTER_MOST_PILLS]);

static inline gboolean
limen_scatter_is_selected (const guint64 *const selected[LIMEN_N_SCATTER_SETS], LimenScatterSet set,
                           guint index)
{
  return !selected || (selected[set][index / 64] >> (index % 64) & 1);
}
