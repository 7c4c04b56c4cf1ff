#include "viz/detector/histogram-plot-private.h"

#include <math.h>

/* --- Making --- */

static double
bar_value (const LimenHistogramPlot *plot, LimenHistogramIndex set, guint bin)
{
  const LimenBins *bins = &plot->set[set];
  return plot->view.counts || bins->n == 0 ? bins->count[bin] : 100.0 * bins->count[bin] / bins->n;
}

/* Heights from zero, or on a logarithmic axis from below the height of a single image, with
 * @headroom of the height left free above the highest bar. */
static LimenAxis
height_axis (const LimenHistogramPlot *plot, double headroom)
{
  double most = 0, least = INFINITY;
  for (guint s = 0; s < LIMEN_N_HISTOGRAMS; s++)
    for (guint i = 0; i < plot->n_bins; i++) {
      const LimenBins *bins = &plot->set[s];
      most = fmax (most, bar_value (plot, s, i));
      if (bins->n > 0)
        least = fmin (least, plot->view.counts ? 1 : 100.0 / bins->n);
    }
  if (most == 0)
    return (LimenAxis){&limen_scale_linear, .low = 0, .high = 1};
  if (!plot->view.log)
    return (LimenAxis){&limen_scale_linear, .low = 0, .high = most / (1 - headroom)};
  double low = least * 0.7, high = low * pow (most / low, 1 / (1 - headroom));
  return (LimenAxis){&limen_scale_log, .low = low, .high = high};
}

/* No grid line at zero, where the axis is, nor behind the threshold's value. */
static void
drop_height_ticks (LimenHistogramPlot *plot)
{
  GArray *ticks = plot->frame.y_ticks;
  for (guint i = ticks->len; i-- > 0;) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    if (tick->value == 0 || tick->pixel < plot->frame.plot.y + plot->strip || plot->n_scores == 0)
      g_array_remove_index (ticks, i);
  }
  if (plot->n_scores == 0)
    g_array_set_size (plot->frame.x_ticks, 0);
}

static void
lay_out (LimenHistogramPlot *plot)
{
  double em = plot->style.font_size;
  LimenRect outer = {em, 0.7 * em, plot->width - 2.2 * em, plot->height - 1.2 * em};
  plot->captions = plot->height > 17 * em;
  outer.height -= plot->captions ? 1.7 * em : 0;
  plot->strip = 2.9 * em;
  double rows = 2 + 1.5 * limen_histogram_tail_rows (plot);
  double headroom = (plot->strip + rows * em) / fmax (outer.height - 2 * em, 1);
  LimenAxis x = limen_histogram_view_axis (&plot->view);
  LimenAxis y = height_axis (plot, CLAMP (headroom, 0, 0.6));
  plot->frame =
      limen_frame_layout (&plot->style, &outer, &x, &y, plot->view.counts ? NULL : "\u00a0%");
  drop_height_ticks (plot);
}

static void
find_pixels (LimenHistogramPlot *plot)
{
  const LimenRect *area = &plot->frame.plot;
  double base = area->y + area->height;
  plot->edge_pixel = g_new (double, plot->n_bins + 1);
  for (guint i = 0; i <= plot->n_bins; i++) {
    double pixel = round (limen_axis_to_pixel (&plot->frame.x, plot->edge[i]));
    plot->edge_pixel[i] = CLAMP (pixel, area->x, area->x + area->width);
  }
  plot->skyline = g_new (double, plot->n_bins);
  for (guint i = 0; i < plot->n_bins; i++) {
    plot->skyline[i] = base;
    for (guint s = 0; s < LIMEN_N_HISTOGRAMS; s++) {
      double *top = &plot->set[s].top[i];
      *top = base;
      if (plot->set[s].count[i] > 0)
        *top = limen_axis_to_pixel (&plot->frame.y, bar_value (plot, s, i));
      plot->skyline[i] = fmin (plot->skyline[i], *top);
    }
  }
}

LimenHistogramPlot *
limen_histogram_plot_new (const LimenDetector *detector, const LimenHistogramView *view,
                          const LimenChartStyle *style, double width, double height)
{
  LimenHistogramPlot *plot = g_new0 (LimenHistogramPlot, 1);
  const LimenScores *sets[LIMEN_N_HISTOGRAMS];
  limen_histogram_sets (detector, sets);
  plot->style = *style;
  plot->style.font_family = plot->font_family = g_strdup (style->font_family);
  plot->view = *view;
  plot->measure = limen_measure_ref (detector ? limen_detector_measure (detector)
                                              : limen_measure_log_likelihood ());
  plot->mean = detector ? detector->mean : NAN;
  plot->width = fmax (width, 1);
  plot->height = fmax (height, 1);
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++)
    plot->n_scores += sets[i] ? sets[i]->n : 0;
  limen_histogram_count (plot, sets, plot->width);
  lay_out (plot);
  find_pixels (plot);
  limen_histogram_place_labels (plot, sets);
  return plot;
}

void
limen_histogram_plot_free (LimenHistogramPlot *plot)
{
  if (!plot)
    return;
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++) {
    g_free (plot->set[i].count);
    g_free (plot->set[i].top);
  }
  for (guint i = 0; i < plot->n_labels; i++)
    g_free (plot->label[i].string);
  limen_frame_clear (&plot->frame);
  limen_measure_unref (plot->measure);
  g_free (plot->edge);
  g_free (plot->edge_pixel);
  g_free (plot->skyline);
  g_free (plot->font_family);
  g_free (plot);
}

/* --- Where things are --- */

LimenRect
limen_histogram_plot_area (const LimenHistogramPlot *plot)
{
  return plot->frame.plot;
}

double
limen_histogram_plot_x_of_value (const LimenHistogramPlot *plot, double threshold)
{
  const LimenRect *area = &plot->frame.plot;
  if (threshold <= plot->view.low)
    return area->x;
  if (threshold >= plot->view.high)
    return area->x + area->width;
  return limen_axis_to_pixel (&plot->frame.x, threshold);
}

double
limen_histogram_plot_value_at_x (const LimenHistogramPlot *plot, double x)
{
  double value = limen_axis_from_pixel (&plot->frame.x, x);
  return CLAMP (value, plot->view.low, plot->view.high);
}

/* Decimals that tell two neighbouring pixels apart. */
guint
limen_decimals_for (double step)
{
  return step > 0 && step < 1 ? (guint)fmin (ceil (-log10 (step)), 9) : 0;
}

char *
limen_histogram_threshold_text (const LimenHistogramPlot *plot, double threshold)
{
  double x = limen_histogram_plot_x_of_value (plot, threshold);
  double step = limen_axis_from_pixel (&plot->frame.x, x + 0.5) -
                limen_axis_from_pixel (&plot->frame.x, x - 0.5);
  g_autofree char *number = limen_format_number (threshold, limen_decimals_for (step));
  const char *before = threshold < plot->view.low ? "‹ " : "";
  const char *after = threshold > plot->view.high ? " ›" : "", *unit = plot->measure->unit;
  return g_strconcat (before, number, *unit ? "\u00a0" : "", unit, after, NULL);
}

/* --- Lines --- */

guint
limen_histogram_plot_lines (const LimenHistogramPlot *plot, double threshold, double line[2])
{
  LimenLines lines = limen_lines_new (plot->measure->side, plot->mean, threshold);
  if (isnan (lines.low))
    return 0;
  line[0] = plot->measure->side == LIMEN_SIDE_HIGH ? lines.high : lines.low;
  line[1] = lines.high;
  return plot->measure->side == LIMEN_SIDE_BOTH ? 2 : 1;
}

double
limen_histogram_plot_threshold (const LimenHistogramPlot *plot, guint line, double value)
{
  if (plot->measure->side != LIMEN_SIDE_BOTH)
    return value;
  return line == 0 ? fmin (value, plot->mean) : fmax (value, plot->mean);
}

LimenRect
limen_histogram_pill_rect (const LimenHistogramPlot *plot, double x, const char *string)
{
  LimenRect strip = plot->frame.plot;
  strip.height = plot->strip;
  return limen_chart_pill_rect (&plot->style, string, x, strip.y + plot->strip / 2, &strip);
}

#define PILL_GAP 4

/* Two pills stand beside each other, as near their lines as can be; where there is no room for both
 * only that of the threshold itself, which the left line @is_left. */
static void
keep_apart (const LimenHistogramPlot *plot, LimenRect *left, LimenRect *right, gboolean is_left)
{
  const LimenRect *area = &plot->frame.plot;
  double both = left->width + PILL_GAP + right->width,
         over = left->x + left->width + PILL_GAP - right->x;
  if (over <= 0)
    return;
  if (both > area->width) {
    (is_left ? right : left)->width = 0;
    return;
  }
  left->x = CLAMP (left->x - over / 2, area->x, area->x + area->width - both);
  right->x = left->x + left->width + PILL_GAP;
}

guint
limen_histogram_place_lines (const LimenHistogramPlot *plot, double threshold,
                             LimenHistogramLine line[2])
{
  double value[2];
  guint n = limen_histogram_plot_lines (plot, threshold, value);
  for (guint i = 0; i < n; i++) {
    line[i].x = limen_histogram_plot_x_of_value (plot, value[i]);
    line[i].text = limen_histogram_threshold_text (plot, value[i]);
    line[i].pill = limen_histogram_pill_rect (plot, line[i].x, line[i].text);
  }
  if (n == 2)
    keep_apart (plot, &line[0].pill, &line[1].pill, value[0] == threshold);
  return n;
}

static gboolean
is_inside (const LimenRect *rect, double x, double y)
{
  return rect->width > 0 && x >= rect->x && x <= rect->x + rect->width &&
         y <= rect->y + rect->height;
}

gboolean
limen_histogram_plot_hits_line (const LimenHistogramPlot *plot, double threshold, guint line,
                                double x, double y)
{
  const LimenRect *area = &plot->frame.plot;
  LimenHistogramLine all[2];
  if (y < area->y || y > area->y + area->height)
    return FALSE;
  guint n = limen_histogram_place_lines (plot, threshold, all);
  gboolean hit = line < n && (fabs (x - all[line].x) <= 12 || is_inside (&all[line].pill, x, y));
  for (guint i = 0; i < n; i++)
    g_free (all[i].text);
  return hit;
}

gboolean
limen_histogram_plot_hits_threshold (const LimenHistogramPlot *plot, double threshold, double x,
                                     double y)
{
  return limen_histogram_plot_hits_line (plot, threshold, 0, x, y) ||
         limen_histogram_plot_hits_line (plot, threshold, 1, x, y);
}
