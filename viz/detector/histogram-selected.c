/* Some images of a histogram, chosen by hand: theirs is a part of each bar. */
#include "viz/detector/histogram-plot-private.h"

#include <math.h>

#define OPACITY 0.75 /* grid and hatching show through */

static double
top_of (const LimenHistogramPlot *plot, const LimenBins *all, guint n)
{
  double value = plot->view.counts ? n : 100.0 * n / MAX (all->n, 1);
  return limen_axis_to_pixel (&plot->frame.y, value);
}

static void
draw_bars (const LimenHistogramPlot *plot, cairo_t *cr, LimenHistogramIndex set,
           const LimenScores *scores, LimenColour colour)
{
  double base = plot->frame.plot.y + plot->frame.plot.height;
  guint last = limen_scores_n_below (scores, plot->edge[0]);
  for (guint i = 0; i < plot->n_bins; i++) {
    guint next = limen_scores_n_below (scores, plot->edge[i + 1]);
    double x = plot->edge_pixel[i], end = plot->edge_pixel[i + 1];
    if (next > last && end > x) {
      double top = fmin (top_of (plot, &plot->set[set], next - last), base - 1);
      cairo_rectangle (cr, x, top, end - x, base - top);
    }
    last = next;
  }
  LimenRgba c = limen_palette_colour (plot->style.scheme, colour);
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, OPACITY);
  cairo_fill (cr);
}

void
limen_histogram_plot_draw_selected (const LimenHistogramPlot *plot, cairo_t *cr,
                                    const LimenScores *normal, const LimenScores *anomaly)
{
  g_return_if_fail (plot != NULL && cr != NULL);
  if (anomaly)
    draw_bars (plot, cr, LIMEN_HISTOGRAM_ANOMALY, anomaly, LIMEN_COLOUR_SECOND_DARK);
  if (normal)
    draw_bars (plot, cr, LIMEN_HISTOGRAM_NORMAL, normal, LIMEN_COLOUR_FIRST_DARK);
}

void
limen_histogram_plot_draw_range (const LimenHistogramPlot *plot, cairo_t *cr, double from,
                                 double to)
{
  g_return_if_fail (plot != NULL && cr != NULL);
  const LimenRect *area = &plot->frame.plot;
  double right = area->x + area->width;
  double low = round (CLAMP (fmin (from, to), area->x, right));
  double high = round (CLAMP (fmax (from, to), area->x, right));
  LimenRgba hand = limen_palette_colour (plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_rectangle (cr, low, area->y, high - low, area->height);
  cairo_set_source_rgba (cr, hand.red, hand.green, hand.blue, 0.12);
  cairo_fill (cr);
  limen_chart_line (cr, low, area->y, low, area->y + area->height);
  limen_chart_line (cr, high, area->y, high, area->y + area->height);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
limen_histogram_plot_range (const LimenHistogramPlot *plot, double from, double to, double *low,
                            double *high)
{
  g_return_if_fail (plot != NULL && low != NULL && high != NULL);
  const LimenRect *area = &plot->frame.plot;
  double left = fmin (from, to), right = fmax (from, to);
  *low = left <= area->x ? -INFINITY : limen_histogram_plot_value_at_x (plot, left);
  *high = right >= area->x + area->width ? INFINITY : limen_histogram_plot_value_at_x (plot, right);
}
