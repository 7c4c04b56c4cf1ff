#include "viz/kit/sheet.h"

#include "viz/kit/line-plot-private.h"

#include <math.h>
#include <string.h>

#define MOST_LINES 4 /* of a paragraph */

/* How much of @string, in bytes up to a space or its end, fits into @width; at least a word. */
static gsize
fitting (const LimenChartStyle *style, const LimenText *text, const char *string, double width)
{
  gsize best = 0;
  for (const char *c = string;; c++) {
    if (*c != ' ' && *c != '\0')
      continue;
    g_autofree char *part = g_strndup (string, (gsize)(c - string));
    if (best > 0 && limen_text_rect (style, text, part, 0, 0).width > width)
      return best;
    best = (gsize)(c - string);
    if (*c == '\0')
      return best;
  }
}

double
limen_sheet_paragraph (cairo_t *cr, const LimenChartStyle *style, const LimenText *text,
                       const char *string, double x, double y, double width)
{
  LimenText line_text = *text;
  for (int line = 0; line < MOST_LINES && *string; line++) {
    line_text.max_width = 0;
    gsize n = fitting (style, &line_text, string, width);
    line_text.max_width =
        width; /* a word may be longer than the line, and the last line the rest */
    if (line == MOST_LINES - 1)
      n = strlen (string);
    g_autofree char *part = g_strndup (string, n);
    LimenRect rect = limen_text_draw (cr, style, &line_text, part, x, y);
    y = rect.y + rect.height;
    string += n;
    while (*string == ' ')
      string++;
  }
  return y;
}

void
limen_sheet_begin_plot (cairo_t *cr, const LimenRect *rect)
{
  cairo_save (cr);
  cairo_translate (cr, rect->x, rect->y);
  cairo_rectangle (cr, 0, 0, rect->width, rect->height);
  cairo_clip (cr);
}

void
limen_sheet_end_plot (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect)
{
  LimenRect border = {0.5, 0.5, rect->width - 1, rect->height - 1};
  limen_chart_rounded (cr, &border, 0.7 * style->font_size);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

LimenRect
limen_sheet_begin (cairo_t *cr, const LimenChartStyle *style, const char *sentence, double width,
                   double height, double margin, double space)
{
  LimenText text = {.colour = LIMEN_COLOUR_INK, .size = width < 560 ? 1.25 : 1.6};
  double top = space;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  if (sentence && *sentence && height >= 240 && width >= 160 + 2 * margin)
    top += limen_sheet_paragraph (cr, style, &text, sentence, margin, margin, width - 2 * margin);
  return (LimenRect){margin, top, fmax (width - 2 * margin, 1), fmax (height - top - margin, 1)};
}
