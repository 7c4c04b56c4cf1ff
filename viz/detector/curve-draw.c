/* The curve on paper: what stays while the point moves, and what moves with it. */
#include "viz/detector/curve-plot-private.h"

#include "model/detect/band.h"

#include <math.h>

#define BAND_FILL 0.2
#define BAND_EDGE 0.5

static void
add_path (cairo_t *cr, const GArray *path)
{
  const double *at = (const double *)(gpointer)path->data;
  for (guint i = 0; i < path->len / 2; i++)
    cairo_line_to (cr, at[2 * i], at[2 * i + 1]);
}

/* --- The base --- */

static void
draw_band (const LimenCurvePlot *plot, cairo_t *cr)
{
  cairo_new_path (cr);
  add_path (cr, plot->band);
  cairo_close_path (cr);
  limen_chart_set_translucent (cr, &plot->style, LIMEN_COLOUR_REST, BAND_FILL);
  cairo_fill_preserve (cr);
  limen_chart_set_translucent (cr, &plot->style, LIMEN_COLOUR_REST, BAND_EDGE);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* A detector that does not look at its images flags as many of both sets. */
static void
draw_chance (const LimenCurvePlot *plot, cairo_t *cr)
{
  g_autoptr (GArray) path = g_array_new (FALSE, FALSE, sizeof (double));
  limen_curve_plot_trace_chance (plot, path);
  cairo_save (cr);
  limen_line_stroke_style (cr, &plot->style, LIMEN_LINE_REFERENCE);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_DIM);
  cairo_set_line_width (cr, 1);
  add_path (cr, path);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_line (const LimenCurvePlot *plot, cairo_t *cr)
{
  cairo_save (cr);
  limen_line_stroke_style (cr, &plot->style, LIMEN_LINE_EXACT);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_BEVEL);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_INK);
  add_path (cr, plot->line);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
limen_curve_plot_draw_base (const LimenCurvePlot *plot, cairo_t *cr)
{
  limen_chart_begin (cr, &plot->style, plot->width, plot->height);
  limen_frame_draw_grid (&plot->frame, cr, &plot->style);
  limen_frame_draw_upright_grid (&plot->frame, cr, &plot->style);
  if (plot->curve) {
    draw_band (plot, cr);
    draw_chance (plot, cr);
    draw_line (plot, cr);
  }
  limen_frame_draw_axes (&plot->frame, cr, &plot->style);
  limen_places_draw (plot->places, cr);
  cairo_restore (cr);
}

/* --- The point --- */

/* What the band says at this threshold: a rectangle of both rates. @path: (out): its edge */
static void
find_box (const LimenCurvePlot *plot, double threshold, GArray *path)
{
  const LimenCurve *curve = plot->curve;
  double low[2], high[2];
  guint k[2];
  limen_curve_at (curve, threshold, &k[0], &k[1]);
  limen_band (k[0], curve->n1, LIMEN_CURVE_CONFIDENCE, &low[0], &high[0]);
  limen_band (k[1], curve->n2, LIMEN_CURVE_CONFIDENCE, &low[1], &high[1]);
  limen_curve_plot_trace_box (plot, path, low, high);
}

/* Lines break where a word stands: it stays readable while they pass. */
static void
clip_words (const LimenCurvePlot *plot, cairo_t *cr)
{
  cairo_rectangle (cr, 0, 0, plot->width, plot->height);
  for (guint i = 0; i < limen_places_n_labels (plot->places); i++) {
    const LimenRect *rect = &limen_places_label (plot->places, i)->rect;
    cairo_rectangle (cr, rect->x - 2, rect->y, rect->width + 4, rect->height);
  }
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_clip (cr);
}

/* The rectangle, and from the point to both axes, to read it there */
static void
draw_box (const LimenCurvePlot *plot, cairo_t *cr, double threshold, double x, double y)
{
  const LimenRect *area = &plot->frame.plot;
  g_autoptr (GArray) box = g_array_new (FALSE, FALSE, sizeof (double));
  find_box (plot, threshold, box);
  add_path (cr, box);
  cairo_close_path (cr);
  limen_chart_set_translucent (cr, &plot->style, LIMEN_COLOUR_HAND, 0.12);
  cairo_fill (cr);
  cairo_save (cr);
  clip_words (plot, cr);
  cairo_set_line_width (cr, 1);
  add_path (cr, box);
  cairo_close_path (cr);
  limen_chart_set_translucent (cr, &plot->style, LIMEN_COLOUR_HAND, 0.7);
  cairo_stroke (cr);
  limen_chart_line (cr, area->x, y, x, y);
  limen_chart_line (cr, x, y, x, area->y + area->height);
  limen_chart_set_translucent (cr, &plot->style, LIMEN_COLOUR_HAND, 0.45);
  cairo_stroke (cr);
  cairo_restore (cr);
}

void
limen_curve_plot_draw_point (const LimenCurvePlot *plot, cairo_t *cr, double threshold,
                             LimenHold hold)
{
  double x, y;
  LimenRect pill;
  if (!limen_curve_plot_place (plot, threshold, &x, &y))
    return;
  g_autofree char *text = limen_curve_plot_pill (plot, threshold, x, y, &pill);
  cairo_save (cr);
  cairo_new_path (cr);
  draw_box (plot, cr, threshold, x, y);
  limen_chart_draw_handle (cr, &plot->style, x, y, hold);
  if (text)
    limen_chart_draw_pill (cr, &plot->style, text, &pill);
  cairo_restore (cr);
}

void
limen_curve_plot_draw (const LimenCurvePlot *plot, cairo_t *cr, double threshold, LimenHold hold)
{
  limen_curve_plot_draw_base (plot, cr);
  limen_curve_plot_draw_point (plot, cr, threshold, hold);
}
