/* Hands that show rock, paper and scissors. */
#pragma once

#include "viz/kit/palette.h"

/** limen_hand_draw: outlined in @line, filled with @fill, within a circle of @radius about (@x,
 * @y); FALSE where @name is none of them */
gboolean limen_hand_draw (cairo_t *cr, const char *name, double x, double y, double radius,
                          const LimenRgba *line, const LimenRgba *fill);
