/* The eigenvalues of one step of a method on the complex plane: it comes nearer where all are
 * inside the unit circle. */
#include "viz/kit/plane-plot-private.h"
#include "viz/game/game-picture-private.h"

#include <math.h>
#include <string.h>

#define ON_CIRCLE 1e-9 /* so near to the unit circle is on it */

static double
radius_of (const double *re, const double *im, guint n)
{
  double radius = 0;
  for (guint i = 0; i < n; i++)
    radius = fmax (radius, hypot (re[i], im[i]));
  return radius;
}

char *
limen_spectrum_words (const LimenSpectrum *spectrum, const LimenChartStyle *style, double width)
{
  const LimenText text = {.size = 1};
  g_autofree char *number =
      limen_format_number (radius_of (spectrum->re, spectrum->im, spectrum->n), 6);
  g_autofree char *meaning = limen_game_say (LIMEN_SAY_SPECTRUM, spectrum);
  gsize where = meaning ? strcspn (meaning, ":,") : 0; /* "inside" */
  g_autofree char *least = g_strdup_printf ("ρ = %s", number);
  g_autofree char *whole = g_strdup_printf ("%s, %s", least, meaning ? meaning : "");
  g_autofree char *part = g_strdup_printf ("%s, %.*s", least, (int)where, meaning ? meaning : "");
  const char *variants[] = {whole, part, least, NULL};
  const char *fits = limen_chart_fitting (style, &text, variants, width - 2.4 * style->font_size);
  return g_strdup (fits && meaning ? fits : least);
}

static char *
title_of (const char *method, const LimenChartStyle *style, double width)
{
  const LimenText bold = {.bold = TRUE, .size = 1.05};
  g_autofree char *whole = g_strdup_printf ("Spectrum of %s", method);
  const char *variants[] = {whole, method, "Spectrum", NULL};
  const char *fits = limen_chart_fitting (style, &bold, variants, width - 2.4 * style->font_size);
  return g_strdup (fits ? fits : "Spectrum");
}

LimenFrame
limen_spectrum_frame (const double *re, const double *im, guint n, const LimenChartStyle *style,
                      double width, double height)
{
  double em = style->font_size, low[2] = {-1.08, -1.08}, high[2] = {1.08, 1.08};
  for (guint i = 0; i < n; i++)
    if (isfinite (re[i]) && isfinite (im[i]) && hypot (re[i], im[i]) < 1e6) {
      low[0] = fmin (low[0], 1.08 * re[i]);
      high[0] = fmax (high[0], 1.08 * re[i]);
      low[1] = fmin (low[1], 1.08 * im[i]);
      high[1] = fmax (high[1], 1.08 * im[i]);
    }
  double top = limen_chart_header (style, "Spectrum", "", NULL, width, height).bottom;
  if (height >= 18 * em)
    top += 1.5 * em; /* the note below the title */
  LimenRect outer = {em, top, fmax (width - 2.2 * em, 1), fmax (height - top - 0.5 * em, 1)};
  return limen_plane_frame (style, &outer, low, high, width - 2);
}

/* A circle of @radius, as far as it is within the plot. */
static void
draw_circle (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  double x = limen_axis_to_pixel (&frame->x, 0), y = limen_axis_to_pixel (&frame->y, 0);
  double radius = limen_axis_to_pixel (&frame->x, 1) - x;
  const LimenRect *area = &frame->plot;
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_KEPT);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 0.8);
  limen_chart_line (cr, area->x, floor (y) + 0.5, area->x + area->width, floor (y) + 0.5);
  limen_chart_line (cr, floor (x) + 0.5, area->y, floor (x) + 0.5, area->y + area->height);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* Inside blue discs, outside orange squares, on the circle diamonds in the colour of the hand. */
static void
draw_eigenvalue (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style, double re,
                 double im)
{
  const LimenRect *area = &frame->plot;
  double size = hypot (re, im), x, y;
  if (!limen_line_place (frame, re, im, &x, &y) || x < area->x - 1 || y < area->y - 1 ||
      x > area->x + area->width + 1 || y > area->y + area->height + 1)
    return;
  LimenDotShape shape = size > 1 + ON_CIRCLE   ? LIMEN_DOT_SQUARE
                        : size < 1 - ON_CIRCLE ? LIMEN_DOT_DISC
                                               : LIMEN_DOT_DIAMOND;
  LimenColour colour = size > 1 + ON_CIRCLE   ? LIMEN_COLOUR_SECOND
                       : size < 1 - ON_CIRCLE ? LIMEN_COLOUR_FIRST
                                              : LIMEN_COLOUR_HAND;
  limen_dot_path (cr, shape, x, y, 0.42 * style->font_size);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, style->scheme, colour);
  cairo_fill (cr);
}

static void
draw_none (cairo_t *cr, const LimenChartStyle *style, double width, double height)
{
  static const char *const variants[] = {"no interior solution, or no linear step", "no spectrum",
                                         NULL};
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5, .align_y = 0.5};
  const char *fits = limen_chart_fitting (style, &text, variants, width - 2.4 * style->font_size);
  if (fits && height > 6 * style->font_size)
    limen_text_draw (cr, style, &text, fits, width / 2, height / 2);
}

void
limen_spectrum_draw (const LimenSpectrum *spectrum, cairo_t *cr, const LimenChartStyle *style,
                     double width, double height)
{
  const double *re = spectrum->re, *im = spectrum->im;
  guint n = spectrum->n;
  g_autoptr (LimenPlaces) places = limen_places_new (style, width, height);
  g_autofree char *words = n > 0 ? limen_spectrum_words (spectrum, style, width) : NULL;
  g_autofree char *title = title_of (limen_method_title (spectrum->method), style, width);
  LimenChartHeader header = limen_chart_header (style, title, words, NULL, width, height);
  limen_chart_begin (cr, style, width, height);
  if (n == 0)
    draw_none (cr, style, width, height);
  else {
    LimenFrame frame = limen_spectrum_frame (re, im, n, style, width, height);
    limen_frame_draw_grid (&frame, cr, style);
    draw_circle (&frame, cr, style);
    for (guint i = 0; i < n; i++)
      draw_eigenvalue (&frame, cr, style, re[i], im[i]);
    limen_frame_draw_axes (&frame, cr, style);
    limen_frame_clear (&frame);
  }
  limen_chart_header_place (&header, places, style, width);
  limen_places_draw (places, cr);
  cairo_restore (cr);
}
