/* Shared by the files of the plane plot, and their tests. */
#pragma once

#include "viz/kit/line-plot-private.h"
#include "viz/kit/plane-plot.h"

/** limen_plane_level: the log density above which a part @mass of the whole lies: the smallest
 * region that holds it is where the density is higher (Hyndman, 1996). NaN for an empty plane */
double limen_plane_level (const LimenPlane *plane, double mass);

/**
 * LimenContour: a line on the plane
 * @z: (n, 2)
 * @closed: the last point is joined to the first
 */
typedef struct {
  double *z;
  guint n;
  gboolean closed;
} LimenContour;

/** limen_plane_contours: (transfer full) (element-type LimenContour): the lines on which the log
 * density is @level, by marching squares (Lorensen and Cline, 1987, on the plane) */
GArray *limen_plane_contours (const LimenPlane *plane, double level);

/** LimenPlaneLayout: a plot with all its words */
typedef struct {
  const LimenPlanePlot *plot;
  const LimenChartStyle *style;
  double width, height;
  LimenFrame frame;
  GArray *contours[2];
  LimenPlaces *places;
} LimenPlaneLayout;

/** limen_plane_layout_new: borrows @plot and @style */
LimenPlaneLayout *limen_plane_layout_new (const LimenPlanePlot *plot, const LimenChartStyle *style,
                                          double width, double height);
void limen_plane_layout_free (LimenPlaneLayout *layout);
/** limen_plane_layout_place_words: finds places for all words of @layout, whose frame and contours
 * are there */
void limen_plane_layout_place_words (LimenPlaneLayout *layout);
/** limen_plane_header: the words over @plot */
LimenChartHeader limen_plane_header (const LimenPlanePlot *plot, const LimenChartStyle *style,
                                     double width, double height);
/** limen_plane_has_foot: whether there is a row for it */
gboolean
limen_plane_has_foot (const LimenPlanePlot *plot, const LimenChartStyle *style, double height);

/** limen_plane_frame: as much of the plane as @outer holds around @low to @high, both axes with the
 * same unit and the same ticks; labels end left of @right */
LimenFrame limen_plane_frame (const LimenChartStyle *style, const LimenRect *outer,
                              const double low[2], const double high[2], double right);
/** limen_plane_draw_grid: lines both ways */
void limen_plane_draw_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style);

/** limen_plane_ellipse_axes: pixels: @centre, and two conjugate half axes of the ellipse @radius
 * standard deviations from the mean. FALSE where it is not on the plane, or too large to draw */
gboolean limen_plane_ellipse_axes (const LimenFrame *frame, const LimenGaussian *gaussian,
                                   double radius, double centre[2], double half[2][2]);
/** limen_ellipse_path: from its centre and two conjugate half axes, pixels */
void limen_ellipse_path (cairo_t *cr, const double centre[2], double half[2][2]);

/** LimenPointScale: how large a series of points is drawn
 * @largest: weight; @radius: pixels of its point
 */
typedef struct {
  double largest, radius;
} LimenPointScale;

/** limen_plane_point_scale: a point of the largest weight is as large as leaves the plane to be
 * seen: all points together take no more than a part of it */
LimenPointScale limen_plane_point_scale (const LimenPlanePoints *points, const LimenFrame *frame,
                                         const LimenChartStyle *style);
/** limen_plane_point_radius: pixels, of point @index */
double limen_plane_point_radius (const LimenPlanePoints *points, const LimenPointScale *scale,
                                 guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LimenPlaneLayout, limen_plane_layout_free)
