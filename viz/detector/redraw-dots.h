/* What other validation sets would have said: a dot for each, filled where the truth was missed. */
#pragma once

#include "model/detect/redraw.h"
#include "viz/kit/chart.h"

/** LIMEN_REDRAW_MOST_DOTS: sets that are drawn; the counts are of all */
#define LIMEN_REDRAW_MOST_DOTS 1000

/**
 * LimenRedrawDots:
 * @one: (n): of the sets drawn so far
 * @n_sets: how many there will be, at least @n: those to come are small grey points
 *
 * Three groups of dots, the same set at the same place of each: the interval at the line of the
 * user; the same interval wherever the line is put; the band, wherever the line is put. A plain
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
/** limen_redraw_dots_text: (transfer full): the same in words, a line for each group: "95 %
 * interval at your line: 9 of 200 missed the truth" */
char *limen_redraw_dots_text (const LimenRedrawDots *dots);
