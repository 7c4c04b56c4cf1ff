/* A picture with handles: draws, and tells what the pointer and the keys do to them. What it shows
 * and means, its page knows. */
#pragma once

#include "viz/kit/chart.h"

#include <gtk/gtk.h>

#define LIMEN_TYPE_PLOT_AREA (limen_plot_area_get_type ())
G_DECLARE_FINAL_TYPE (LimenPlotArea, limen_plot_area, LIMEN, PLOT_AREA, GtkWidget)

/**
 * LimenPlotAreaFuncs: called with the page; all but @draw_base may be NULL
 * @draw_base: the opaque picture, which is kept until limen_plot_area_changed()
 * @draw_top: over it, at every frame: handles and what moves with them
 * @n_handles: how many there are now
 * @place: where a handle is; FALSE: nowhere
 * @move: a handle is dragged to a point
 * @key: a key on the handle that has the focus. Returns: GDK_EVENT_STOP where it was one for it
 * @hover: the pointer is at a point, or (NaN, NaN) gone
 * @scroll: the wheel at a point. Returns: GDK_EVENT_STOP or GDK_EVENT_PROPAGATE
 * @grab: a handle was taken (@on), or let go
 * @hits: whether a point takes @handle; where it is NULL, what lies near it
 * @pan: what is no handle was dragged sideways by @dx pixels
 * @pinch: two fingers around @x went apart by @factor
 */
typedef struct {
  void (*draw_base) (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                     double height, gpointer page);
  void (*draw_top) (LimenPlotArea *area, cairo_t *cr, const LimenChartStyle *style, double width,
                    double height, gpointer page);
  int (*n_handles) (LimenPlotArea *area, gpointer page);
  gboolean (*place) (LimenPlotArea *area, int handle, double *x, double *y, gpointer page);
  void (*move) (LimenPlotArea *area, int handle, double x, double y, gpointer page);
  gboolean (*key) (LimenPlotArea *area, int handle, guint key, GdkModifierType state,
                   gpointer page);
  void (*hover) (LimenPlotArea *area, double x, double y, gpointer page);
  gboolean (*scroll) (LimenPlotArea *area, double x, double y, double dx, double dy, gpointer page);
  void (*grab) (LimenPlotArea *area, int handle, gboolean on, gpointer page);
  gboolean (*hits) (LimenPlotArea *area, int handle, double x, double y, gpointer page);
  void (*pan) (LimenPlotArea *area, double dx, gpointer page);
  void (*pinch) (LimenPlotArea *area, double x, double factor, gpointer page);
} LimenPlotAreaFuncs;

/** limen_plot_area_new: @name: for a screen reader. Borrows @funcs and @page, which must outlive it
 */
LimenPlotArea *
limen_plot_area_new (const char *name, const LimenPlotAreaFuncs *funcs, gpointer page);
/** limen_plot_area_changed: its base is to be drawn anew */
void limen_plot_area_changed (LimenPlotArea *self);
/** limen_plot_area_describe: the picture read aloud, for a screen reader */
void limen_plot_area_describe (LimenPlotArea *self, const char *text);
/** limen_plot_area_hold: what is being done to @handle, for drawing it */
LimenHold limen_plot_area_hold (LimenPlotArea *self, int handle);
/** LIMEN_ALL_LINES: every handle is a line */
#define LIMEN_ALL_LINES (-2)
/** limen_plot_area_set_line: @handle is a vertical line: it is taken anywhere along it, and moves
 * sideways; −1: none is */
void limen_plot_area_set_line (LimenPlotArea *self, int handle);
/** limen_plot_area_set_least: its least height, pixels at the usual size of text; else 120 */
void limen_plot_area_set_least (LimenPlotArea *self, int height);
/** limen_plot_area_with_corner: (transfer floating): @self with @widget over the right end of the
 * header: words keep beside it, or below */
GtkWidget *limen_plot_area_with_corner (LimenPlotArea *self, GtkWidget *widget);
/** limen_plot_area_style: the font and the scheme that it draws with */
LimenChartStyle limen_plot_area_style (LimenPlotArea *self);
