/* Thousands of translucent dots sixty times a second. */
#pragma once

#include "viz/kit/line-plot.h"

/**
 * LimenStamps: dots of one kind: in a picture of pixels each is a stamp, made once for each quarter
 * of a pixel; elsewhere (SVG, PDF) a path
 * @scale: pixels in a unit of @cr; 0: paths
 * @origin: of user space, pixels
 * @half: of a stamp's side, pixels
 */
typedef struct {
  cairo_t *cr;
  LimenDotShape shape;
  LimenRgba colour;
  double radius, scale, origin[2];
  int half;
  cairo_surface_t *stamp[4][4];
} LimenStamps;

/** limen_pixels_of: how user space lies on pixels. @origin: (out): of user space, pixels. Returns:
 * pixels in a unit; 0 where @cr is not about pixels, or turned */
double limen_pixels_of (cairo_t *cr, double origin[2]);
/** limen_recording_set_scale: of a recording that is to be played back on a screen: @scale: its
 * pixels in a unit. limen_recording_scale: what was set, or 1; 0 where @cr is not recorded */
void limen_recording_set_scale (cairo_t *cr, int scale);
double limen_recording_scale (cairo_t *cr);
/** limen_stamps_begin: dots in @colour of opacity @alpha, more in high contrast; borrows @cr until
 * limen_stamps_end(), which leaves its source undefined */
void limen_stamps_begin (LimenStamps *stamps, cairo_t *cr, const LimenChartStyle *style,
                         LimenDotShape shape, LimenColour colour, double alpha, double radius);
void limen_stamps_put (LimenStamps *stamps, double x, double y);
void limen_stamps_end (LimenStamps *stamps);
