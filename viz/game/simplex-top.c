/* What moves on a triangle: trails, the ghost of their mean, and the point in the hand. */
#include "viz/game/simplex-plot-private.h"

#include <math.h>

#define AWAY 1.5 /* em from the middle of a handle to the pill: its focus ring is between */

/* --- The pill --- */

static double
common (const LimenRect *a, const LimenRect *b)
{
  double width = fmin (a->x + a->width, b->x + b->width) - fmax (a->x, b->x);
  double height = fmin (a->y + a->height, b->y + b->height) - fmax (a->y, b->y);
  return fmax (width, 0) * fmax (height, 0);
}

/* How much of @pill lies over the triangle: 0 to 1. */
static double
part_inside (const LimenSimplexFrame *frame, const LimenRect *pill)
{
  int inside = 0;
  for (int i = 0; i < 9; i++)
    for (int k = 0; k < 3; k++) {
      double p[3];
      limen_simplex_barycentric (frame, pill->x + i * pill->width / 8,
                                 pill->y + k * pill->height / 2, p);
      inside += p[0] >= 0 && p[1] >= 0 && p[2] >= 0;
    }
  return inside / 27.0;
}

/* Least where nothing is: off the corners' words, beside the triangle, far from its middle, where
 * trails end. */
static double
cost_of (const LimenSimplexFrame *frame, const LimenRect *pill, const LimenRect *words,
         guint n_words)
{
  double middle[2] = {frame->corner[0][0], (frame->corner[0][1] + 2 * frame->corner[1][1]) / 3};
  double x = pill->x + pill->width / 2, y = pill->y + pill->height / 2;
  double cost =
      pill->width * part_inside (frame, pill) - 0.5 * hypot (x - middle[0], y - middle[1]);
  for (guint i = 0; i < n_words; i++)
    cost += common (pill, &words[i]);
  return cost;
}

gboolean
limen_simplex_pill (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame,
                    const LimenChartStyle *style, const char *text, double x, double y,
                    double width, double height, LimenRect *pill)
{
  double points[3], least = INFINITY, away = AWAY * style->font_size;
  LimenRect words[3], tried = limen_chart_pill_rect (style, text, 0, 0, NULL);
  guint n_words = 0;
  limen_simplex_points (plot, points);
  for (guint i = 0; i < 3; i++) {
    LimenSimplexCorner corner;
    if (limen_simplex_corner (plot, frame, style, i, points[i], width, height, &corner))
      words[n_words++] = corner.rect;
    g_free (corner.number);
  }
  double right = width - 3 - tried.width, bottom = height - 3 - tried.height;
  for (int way = 0; way < 4 && right >= 3 && bottom >= 3; way++) {
    gboolean beside = way >= 2;
    double sign = way % 2 ? -1 : 1;
    double cx = x + (beside ? sign * (away + tried.width / 2) : 0);
    double cy = y + (beside ? 0 : sign * (away + tried.height / 2));
    tried.x = cx - tried.width / 2;
    tried.y = cy - tried.height / 2;
    /* it slides along the edge of the picture, but not over its handle */
    if (beside)
      tried.y = CLAMP (tried.y, 3, bottom);
    else
      tried.x = CLAMP (tried.x, 3, right);
    if (tried.x < 3 || tried.x > right || tried.y < 3 || tried.y > bottom)
      continue;
    double cost = cost_of (frame, &tried, words, n_words);
    if (cost < least) {
      least = cost;
      *pill = tried;
    }
  }
  return isfinite (least);
}

/* --- The top --- */

static void
draw_average (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
              const LimenChartStyle *style)
{
  double x, y, radius = 0.62 * style->font_size;
  limen_simplex_to_pixel (frame, plot->average, &x, &y);
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 4.6);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, style->scheme,
                     plot->is_b ? LIMEN_COLOUR_SECOND_LIGHT : LIMEN_COLOUR_FIRST_LIGHT);
  cairo_set_line_width (cr, 2.2);
  cairo_stroke (cr);
}

static char *
numbers_of (const double *p)
{
  g_autofree char *a = limen_format_number (p[0], 3), *b = limen_format_number (p[1], 3);
  g_autofree char *c = limen_format_number (p[2], 3);
  return g_strdup_printf ("%s, %s, %s", a, b, c);
}

void
limen_simplex_plot_draw_top (const LimenSimplexPlot *plot, cairo_t *cr,
                             const LimenChartStyle *usual, double width, double height,
                             LimenHold hold)
{
  const LimenChartStyle fitted = limen_simplex_style (usual, width, height), *style = &fitted;
  LimenSimplexFrame frame = limen_simplex_frame (plot, style, width, height);
  double x, y;
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_clip (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  for (guint i = plot->n_trails; i-- > 0;) /* the first on top */
    limen_trail_draw (&plot->trail[i], &frame, cr, style);
  if (plot->average)
    draw_average (plot, &frame, cr, style);
  limen_simplex_to_pixel (&frame, plot->p, &x, &y);
  limen_chart_draw_handle (cr, style, x, y, hold);
  g_autofree char *text = numbers_of (plot->p);
  LimenRect pill;
  if (limen_simplex_pill (plot, &frame, style, text, x, y, width, height, &pill))
    limen_chart_draw_pill (cr, style, text, &pill);
  cairo_restore (cr);
}
