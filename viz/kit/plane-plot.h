/* Distributions on the latent plane: shades, contours, ellipses, samples, paths. */
#pragma once

#include "model/base/plane.h"
#include "model/latent/gaussian.h"
#include "viz/kit/line-plot.h"

/**
 * LimenPlaneEllipse:
 * @radius: standard deviations from the mean; 0: only the mean, as a cross
 */
typedef struct {
  const LimenGaussian *gaussian;
  double radius;
  LimenColour colour;
  LimenLineKind kind;
} LimenPlaneEllipse;

/**
 * LimenPlanePoints:
 * @z: (n, 2)
 * @weight: (n) (nullable): areas are in proportion; the largest is 1
 */
typedef struct {
  const double *z, *weight;
  guint n;
  LimenColour colour;
  LimenDotShape shape;
} LimenPlanePoints;

/** LimenPlaneLabel: a name, at a place that gives way to the edge and to other names */
typedef struct {
  const char *text;
  double z[2];
  LimenColour colour;
} LimenPlaneLabel;

/**
 * LimenPlanePlot:
 * @title, @note, @foot: (nullable): top left, top right, bottom left
 * @low, @high: (2): what is to be seen at least; one unit is as long on both axes
 * @shade: (nullable): painted, in @shade_colour
 * @contours: (nullable): lines around the smallest regions that hold 39 % and 86 % of the mass: one
 * and two standard deviations of a normal distribution
 *
 * @handle: (n_handles, 2): where the hand's may lie over it: names keep off them
 *
 * A plain value; everything is borrowed.
 */
typedef struct {
  const char *title, *note, *foot;
  double low[2], high[2];
  const LimenPlane *shade, *contours;
  LimenColour shade_colour;
  const LimenPlaneEllipse *ellipse;
  guint n_ellipses;
  const LimenPlanePoints *points;
  guint n_points;
  const LimenPlaneLabel *label;
  guint n_labels;
  const double *handle;
  guint n_handles;
} LimenPlanePlot;

/** limen_plane_plot_frame: where the axes are; free with limen_frame_clear() */
LimenFrame limen_plane_plot_frame (const LimenPlanePlot *plot, const LimenChartStyle *style,
                                   double width, double height);
/** limen_plane_plot_draw: opaque, from (0, 0) to (@width, @height) */
void limen_plane_plot_draw (const LimenPlanePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                            double width, double height);

/**
 * LimenEllipseHandles: of the ellipse that the user holds, in the units of the plane
 * @mean; @end: (2): ends of its two half axes, @radius standard deviations out
 */
typedef struct {
  double mean[2], end[2][2];
} LimenEllipseHandles;

/** limen_ellipse_handles: of a distribution on the plane; axes are continuous in it: the first is
 * the one nearer to @before's first (nullable) */
LimenEllipseHandles limen_ellipse_handles (const LimenGaussian *gaussian, double radius,
                                           const LimenEllipseHandles *before);
/** limen_ellipse_from_handles: (transfer full): the distribution after handle @index (0: mean, 1
 * and 2: ends) went to @z: an end stretches and turns it, the other axis stays at a right angle and
 * as long as it was. Half axes are kept at 0.001 or longer. */
LimenGaussian *limen_ellipse_from_handles (const LimenEllipseHandles *handles, double radius,
                                           int index, const double z[2]);
/** limen_plane_draw_hand: over the plot: the ellipse in the colour of the hand with its three
 * handles, held as @hold: (3) says */
void limen_plane_draw_hand (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                            const LimenGaussian *gaussian, double radius,
                            const LimenEllipseHandles *handles, const LimenHold hold[3]);
