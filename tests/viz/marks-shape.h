/* The shapes of a Cairo path, in device pixels. */
#pragma once

#include "viz/kit/chart.h"

/**
 * LimenShape: a piece of a path that hangs together
 * @kind: "line", "rectangle", "curve", "polygon of 5", "path of 12"
 * @box: of all its points; @from, @to: the first and the last
 * @mass: (2): centre of its outline; @length: of it
 */
typedef struct {
  char kind[24];
  LimenRect box;
  double from[2], to[2], mass[2], length;
} LimenShape;

/** limen_shapes: (transfer full) (element-type LimenShape): of @cr's path; a lone point that was
 * only moved to is none */
GArray *limen_shapes (cairo_t *cr);
/** limen_shape_add: @shape becomes what holds both; its kind stays */
void limen_shape_add (LimenShape *shape, const LimenShape *other);
