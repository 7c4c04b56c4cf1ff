/* Eigenvalues of one step beside the unit circle. */
#include "viz/game-plot.h"

#include <math.h>

#define ON 1e-9 /* the circle, but for rounding */

typedef struct {
  double x, y, unit; /* the origin, and pixels of 1 */
} Plane;

static void
draw_plane (const Plane *plane, const LimenRect *room, cairo_t *cr, const LimenChartStyle *style)
{
  LimenText one = {.colour = LIMEN_COLOUR_DIM, .size = 0.95, .halo = TRUE};
  double em = style->font_size;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, room->x, plane->y);
  cairo_line_to (cr, room->x + room->width, plane->y);
  cairo_move_to (cr, plane->x, room->y);
  cairo_line_to (cr, plane->x, room->y + room->height);
  cairo_stroke (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1.5);
  cairo_arc (cr, plane->x, plane->y, plane->unit, 0, 2 * G_PI);
  cairo_stroke (cr);
  limen_text_draw (cr, style, &one, "1", plane->x + plane->unit + 0.3 * em, plane->y + 0.2 * em);
  limen_text_draw (cr, style, &one, "i", plane->x + 0.3 * em, plane->y - plane->unit - 1.4 * em);
}

/* Discs inside, rings on the circle, crosses outside */
static void
draw_eigenvalue (const Plane *plane, double re, double im, cairo_t *cr,
                 const LimenChartStyle *style)
{
  double radius = hypot (re, im), x = plane->x + plane->unit * re, y = plane->y - plane->unit * im;
  double size = 0.38 * style->font_size;
  limen_palette_set (cr, style->scheme, radius > 1 + ON ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST);
  cairo_set_line_width (cr, 2);
  if (radius > 1 + ON) {
    cairo_move_to (cr, x - size, y - size);
    cairo_line_to (cr, x + size, y + size);
    cairo_move_to (cr, x - size, y + size);
    cairo_line_to (cr, x + size, y - size);
    cairo_stroke (cr);
    return;
  }
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, size, 0, 2 * G_PI);
  if (radius < 1 - ON)
    cairo_fill (cr);
  else
    cairo_stroke (cr);
}

static char *
radius_words (double radius)
{
  return g_strdup_printf ("ρ = %.6f: %s", radius,
                          radius > 1 + ON   ? "moves away"
                          : radius < 1 - ON ? "converges"
                                            : "circles");
}

void
limen_spectrum_draw (const double *re, const double *im, guint n, const char *method, cairo_t *cr,
                     const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size, radius = 0;
  LimenText title = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1.05, .max_width = width};
  LimenText words = {.colour = LIMEN_COLOUR_DIM,
                     .size = 1,
                     .align_x = 0.5,
                     .align_y = 0.5,
                     .max_width = width - 2 * em};
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_paint (cr);
  limen_text_draw (cr, style, &title, "Spectrum of one step", 1.1 * em, 0.9 * em);
  if (n == 0) {
    limen_text_draw (cr, style, &words, "no step that is linear there", width / 2,
                     height / 2);
    return;
  }
  LimenRect room = {em, 3 * em, fmax (width - 2 * em, 1), fmax (height - 6 * em, 1)};
  for (guint i = 0; i < n; i++)
    radius = fmax (radius, hypot (re[i], im[i]));
  double least = fmin (room.width, room.height);
  Plane plane = {width / 2, room.y + room.height / 2,
                 (0.5 * least - 1.2 * em) / fmin (fmax (radius, 1), 3)};
  if (plane.unit > 0) {
    cairo_save (cr);
    cairo_rectangle (cr, room.x, room.y, room.width, room.height);
    cairo_clip (cr);
    draw_plane (&plane, &room, cr, style);
    for (guint i = 0; i < n; i++)
      draw_eigenvalue (&plane, re[i], im[i], cr, style);
    cairo_restore (cr);
  }
  g_autofree char *text = radius_words (radius);
  words.colour = radius > 1 + ON ? LIMEN_COLOUR_SECOND : LIMEN_COLOUR_FIRST;
  words.bold = TRUE;
  limen_text_draw (cr, style, &words, text, width / 2, height - 1.6 * em);
}
