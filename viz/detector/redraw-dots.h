/* What other validation sets would have said: a dot for each, filled where the truth was missed. */
#pragma once

#include "model/detect/redraw.h"
#include "viz/kit/chart.h"

/**
 * LimenRedrawDots:
 * @one: (n): of the sets drawn so far; at most 1000 of them are drawn
 * @n_sets: how many there will be: dots of those to come are points
 *
 * Three rows of dots, the same set in the same column of each: the fixed interval at the line of
 * the user; the same interval wherever the line is put; the band, wherever the line is put. A plain
 * value that borrows.
 */
typedef struct {
  const LimenRedrawOne *one;
  guint n, n_sets;
} LimenRedrawDots;

/** limen_redraw_dots_height: pixels that it needs at a width of @width */
double
limen_redraw_dots_height (const LimenRedrawDots *dots, const LimenChartStyle *style, double width);
/** limen_redraw_dots_draw: opaque, from (0, 0) to (@width, @height) */
void limen_redraw_dots_draw (const LimenRedrawDots *dots, cairo_t *cr, const LimenChartStyle *style,
                             double width, double height);
