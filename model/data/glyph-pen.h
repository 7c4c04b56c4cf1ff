/* The pen: a path of varying width becomes grey pixels. */
#pragma once

#include <glib.h>

#define LIMEN_PEN_SIDE       28
#define LIMEN_PEN_MAX_POINTS 512

/**
 * LimenPenPoint:
 * @x, @y: px, from the upper left corner of the image
 * @radius: half the width of the stroke here, px
 * @lifted: no ink between this point and the next
 */
typedef struct {
  float x, y, radius;
  gboolean lifted;
} LimenPenPoint;

/**
 * LimenPenPath:
 * @softness: the width of the grey edge, px
 */
typedef struct {
  LimenPenPoint points[LIMEN_PEN_MAX_POINTS];
  guint n;
  float softness;
} LimenPenPath;

/**
 * limen_pen_draw:
 * @image: (out): (28, 28), row-major, black 0 to white 255
 *
 * A pixel's value is 1/2 − distance/softness, clamped to [0, 1], where the distance is that of its
 * centre from the outline of the stroke, negative inside.
 */
void limen_pen_draw (const LimenPenPath *path, guint8 *image);
