/* Two scores against each other: every image a point, both thresholds as lines. */
#pragma once

#include "viz/detector/scatter-points.h"
#include "viz/kit/chart.h"

/**
 * LimenScatterPlot:
 *
 * All that does not change while lines and lasso move: layout, ticks, places of words. Immutable,
 * reference-counted, holds a reference to the points.
 */
typedef struct LimenScatterPlot LimenScatterPlot;

/** limen_scatter_plot_new: @points: (nullable): an empty frame */
LimenScatterPlot *limen_scatter_plot_new (LimenScatterPoints *points, const LimenChartStyle *style,
                                          double width, double height);
LimenScatterPlot *limen_scatter_plot_ref (LimenScatterPlot *plot);
void limen_scatter_plot_unref (LimenScatterPlot *plot);

/**
 * limen_scatter_plot_draw_base:
 * @selected: (nullable): [set]: bits as of limen_scatter_points_inside(): those images keep their
 * colour, the others fade
 *
 * Opaque. Few images are dots; of many each pixel is shaded by how many lie there, on a logarithmic
 * scale on which one alone is still seen: sums of dots, so that both look alike. Where the sets lie
 * over each other, their colours mix. Draw it once into a surface of the screen's scale and paint
 * that at each step of a drag.
 */
void limen_scatter_plot_draw_base (const LimenScatterPlot *plot, cairo_t *cr,
                                   const guint64 *const selected[LIMEN_N_SCATTER_SETS]);

/**
 * LimenScatterShade: many images of a plot, drawn: what takes longest of a base, to be made beside
 * a window. Immutable.
 */
typedef struct LimenScatterShade LimenScatterShade;

/** limen_scatter_shade_new: @scale: pixels of the screen in one of the plot; @selected: (nullable):
 * as limen_scatter_plot_draw_base() takes them. From any thread; 20 ms for five million images */
LimenScatterShade *limen_scatter_shade_new (const LimenScatterPlot *plot, double scale,
                                            const guint64 *const selected[LIMEN_N_SCATTER_SETS]);
void limen_scatter_shade_free (LimenScatterShade *shade);
/** limen_scatter_shade_fits: whether it is of the images of @plot, and where @plot has them */
gboolean limen_scatter_shade_fits (const LimenScatterShade *shade, const LimenScatterPlot *plot,
                                   double scale);
/** limen_scatter_plot_draw_base_with: as limen_scatter_plot_draw_base(), with @shade (nullable: no
 * image yet) instead of the images */
void limen_scatter_plot_draw_base_with (const LimenScatterPlot *plot, cairo_t *cr,
                                        const guint64 *const selected[LIMEN_N_SCATTER_SETS],
                                        const LimenScatterShade *shade);

/** LimenScatterHit: one image of one set */
typedef struct {
  LimenScatterSet set;
  guint index;
} LimenScatterHit;

/**
 * LimenScatterTop: what moves
 * @cut: by axis
 * @corner: (n_corners, 2): pixels: of the lasso or box that is being drawn
 * @cursor: (nullable): the image that the keys are at, and @said: (nullable): about it
 *
 * A plain value that borrows.
 */
typedef struct {
  LimenLines cut[2];
  const double (*corner)[2];
  guint n_corners;
  const LimenScatterHit *cursor;
  const char *said;
} LimenScatterTop;

/** limen_scatter_plot_draw_top: over the base: regions tinted as on the histogram, darker where
 * both scores flag; lines and their values; lasso and cursor */
void
limen_scatter_plot_draw_top (const LimenScatterPlot *plot, cairo_t *cr, const LimenScatterTop *top);

/** limen_scatter_plot_points: (nullable) (transfer none): what it draws */
const LimenScatterPoints *limen_scatter_plot_points (const LimenScatterPlot *plot);
/** limen_scatter_plot_area: the area between the axes */
LimenRect limen_scatter_plot_area (const LimenScatterPlot *plot);
/** limen_scatter_plot_place: pixels of an image */
void limen_scatter_plot_place (const LimenScatterPlot *plot, const LimenScatterHit *hit, double *x,
                               double *y);
/** limen_scatter_plot_nearest: the image nearest to a point, at most @reach pixels away; of equals
 * the first. Returns: FALSE where there is none */
gboolean limen_scatter_plot_nearest (const LimenScatterPlot *plot, double x, double y, double reach,
                                     LimenScatterHit *hit);
/**
 * limen_scatter_plot_next: the next image from @from in the direction (@dx, @dy), which is (±1, 0)
 * or (0, ±1), down being 1: what is aside counts twice. Images at one place count as one.
 *
 * Returns: FALSE where there is none: @next is @from then
 */
gboolean limen_scatter_plot_next (const LimenScatterPlot *plot, const LimenScatterHit *from, int dx,
                                  int dy, LimenScatterHit *next);
/** limen_scatter_plot_inside: as limen_scatter_points_inside(), with corners in pixels; what lies
 * at the edge of the plot is inside of what goes beyond it */
guint limen_scatter_plot_inside (const LimenScatterPlot *plot, const double (*corner)[2],
                                 guint n_corners, guint64 *const inside[LIMEN_N_SCATTER_SETS]);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScatterPlot, limen_scatter_plot_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenScatterShade, limen_scatter_shade_free)
