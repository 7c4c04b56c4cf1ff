/* Hands that show rock, paper and scissors. */
#pragma once

#include <cairo.h>
#include <glib.h>

/** limen_hand_draw: in @cr's source, within a circle of @radius; FALSE where @name is none of them
 */
gboolean limen_hand_draw (cairo_t *cr, const char *name, double x, double y, double radius);
