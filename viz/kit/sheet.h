/* What exported pictures of several plots have in common: a sentence over them, and borders. */
#pragma once

#include "viz/kit/chart.h"

/** limen_sheet_paragraph: @string in as many lines of @width as it needs, four at most, the last
 * one shortened; from (@x, @y) on. Returns: where they end */
double limen_sheet_paragraph (cairo_t *cr, const LimenChartStyle *style, const LimenText *text,
                              const char *string, double x, double y, double width);
/** limen_sheet_begin_plot: until limen_sheet_end_plot(), or cairo_restore() where there is to be no
 * border, what is drawn lies in @rect, from (0, 0) on, and is cut off at its edges */
void limen_sheet_begin_plot (cairo_t *cr, const LimenRect *rect);
/** limen_sheet_end_plot: draws a border around it */
void limen_sheet_end_plot (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect);
/** limen_sheet_begin: opaque paper, and @sentence (nullable) over the room of the plots, which is
 * returned: @margin from the edges, @space below the sentence; where there is little, no sentence
 */
LimenRect limen_sheet_begin (cairo_t *cr, const LimenChartStyle *style, const char *sentence,
                             double width, double height, double margin, double space);
