#include "viz/simplex-hand.h"

#include <math.h>

/* A finger from the palm outwards: @angle from straight up, degrees. */
static void
finger (cairo_t *cr, double angle, double from, double to)
{
  double a = angle * G_PI / 180;
  cairo_move_to (cr, from * sin (a), -from * cos (a));
  cairo_line_to (cr, to * sin (a), -to * cos (a));
  cairo_stroke (cr);
}

static void
palm (cairo_t *cr)
{
  cairo_arc (cr, 0, 0.28, 0.34, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_line_width (cr, 0.34);
  cairo_move_to (cr, 0, 0.4);
  cairo_line_to (cr, 0, 0.85);
  cairo_stroke (cr);
}

/* Fingers lie over the palm. */
static void
draw_rock (cairo_t *cr)
{
  palm (cr);
  cairo_set_line_width (cr, 0.2);
  for (int i = 0; i < 4; i++) {
    double x = -0.33 + 0.22 * i;
    cairo_move_to (cr, x, -0.14);
    cairo_line_to (cr, x, 0.12);
    cairo_stroke (cr);
  }
  cairo_move_to (cr, -0.4, 0.3);
  cairo_line_to (cr, 0.1, 0.22);
  cairo_stroke (cr);
}

static void
draw_paper (cairo_t *cr)
{
  static const double angles[] = {-24, -8, 8, 24};
  palm (cr);
  cairo_set_line_width (cr, 0.17);
  for (int i = 0; i < 4; i++)
    finger (cr, angles[i], 0, i == 0 || i == 3 ? 0.78 : 0.92);
  cairo_move_to (cr, 0.2, 0.3);
  cairo_line_to (cr, 0.62, 0.0);
  cairo_stroke (cr);
}

static void
draw_scissors (cairo_t *cr)
{
  palm (cr);
  cairo_set_line_width (cr, 0.18);
  finger (cr, -20, 0, 0.95);
  finger (cr, 16, 0, 0.95);
  cairo_move_to (cr, 0.3, 0.05);
  cairo_line_to (cr, 0.3, 0.25);
  cairo_stroke (cr);
  cairo_move_to (cr, -0.36, 0.32);
  cairo_line_to (cr, 0.1, 0.2);
  cairo_stroke (cr);
}

gboolean
limen_hand_draw (cairo_t *cr, const char *name, double x, double y, double radius)
{
  static const struct {
    const char *name;
    void (*draw) (cairo_t *cr);
  } table[] = {{"rock", draw_rock}, {"paper", draw_paper}, {"scissors", draw_scissors}};
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i].name, name)) {
      cairo_save (cr);
      cairo_translate (cr, x, y);
      cairo_scale (cr, radius, radius);
      cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
      table[i].draw (cr);
      cairo_restore (cr);
      return TRUE;
    }
  return FALSE;
}
