/* Each text of the histogram finds a place of its own: none over another, none cut, as few bars
 * under it as can be. */
#include "viz/detector/histogram-plot-private.h"

#include <math.h>

static const LimenColour set_colour[LIMEN_N_HISTOGRAMS] = {
    [LIMEN_HISTOGRAM_VALIDATION] = LIMEN_COLOUR_DIM,
    [LIMEN_HISTOGRAM_NORMAL] = LIMEN_COLOUR_FIRST,
    [LIMEN_HISTOGRAM_ANOMALY] = LIMEN_COLOUR_SECOND,
};

static gboolean
overlap (const LimenRect *a, const LimenRect *b, double gap)
{
  return a->x < b->x + b->width + gap && b->x < a->x + a->width + gap &&
         a->y < b->y + b->height + gap / 2 && b->y < a->y + a->height + gap / 2;
}

static gboolean
is_free (const LimenHistogramPlot *plot, const LimenRect *rect)
{
  for (guint i = 0; i < plot->n_labels; i++)
    if (overlap (rect, &plot->label[i].rect, plot->style.font_size * 0.6))
      return FALSE;
  return TRUE;
}

static void
add_label (LimenHistogramPlot *plot, const LimenText *text, const char *string,
           const LimenRect *rect)
{
  g_return_if_fail (plot->n_labels < LIMEN_MAX_LABELS);
  plot->label[plot->n_labels++] = (LimenLabel){*text, g_strdup (string), *rect};
}

/* Square pixels of bars under @rect. */
static double
covered (const LimenHistogramPlot *plot, const LimenRect *rect)
{
  double area = 0, bottom = rect->y + rect->height + 2;
  for (guint i = 0; i < plot->n_bins && plot->edge_pixel[i] < rect->x + rect->width + 4; i++) {
    double left = fmax (plot->edge_pixel[i], rect->x - 4);
    double right = fmin (plot->edge_pixel[i + 1], rect->x + rect->width + 4);
    if (right > left)
      area += (right - left) * CLAMP (bottom - plot->skyline[i], 0, rect->height);
  }
  return area;
}

/* The bin with the highest bar in view, or −1. */
static int
mode_of (const LimenHistogramPlot *plot, LimenHistogramIndex set)
{
  int mode = -1;
  for (guint i = 0; i < plot->n_bins; i++)
    if (plot->set[set].count[i] > 0 && plot->edge_pixel[i + 1] > plot->edge_pixel[i] &&
        (mode < 0 || plot->set[set].count[i] > plot->set[set].count[mode]))
      mode = i;
  return mode;
}

/* Around (@x, @y), the middle of its lower edge, the place of least cost: pixels away and bars
 * covered. */
static gboolean
find_place (const LimenHistogramPlot *plot, double x, double y, LimenRect *rect)
{
  const LimenRect *area = &plot->frame.plot;
  double reach = rect->width + 60, least = INFINITY;
  if (rect->width > area->width - 8)
    return FALSE;
  LimenRect best = *rect, tried = *rect;
  for (double dy = 0; dy < least && y - dy - rect->height >= area->y + plot->strip; dy += 4)
    for (double dx = -reach; dx <= reach; dx += 6) {
      tried.x = CLAMP (x + dx - rect->width / 2, area->x + 4,
                       fmax (area->x + area->width - rect->width - 4, area->x + 4));
      tried.y = y - dy - rect->height;
      double cost = 0.8 * fabs (tried.x + rect->width / 2 - x) + dy + 0.3 * covered (plot, &tried);
      if (cost < least && is_free (plot, &tried)) {
        least = cost;
        best = tried;
      }
    }
  *rect = best;
  return least < INFINITY;
}

static char *
set_label (const LimenHistogramPlot *plot, LimenHistogramIndex set, const LimenScores *scores)
{
  g_autofree char *count = limen_format_number (scores->n, 0);
  const char *name = set == LIMEN_HISTOGRAM_VALIDATION ? "validation" : scores->name;
  if (plot->width < 36 * plot->style.font_size)
    return g_strdup (name);
  return g_strdup_printf ("%s · %s", name ? name : "", count);
}

static void
place_set_label (LimenHistogramPlot *plot, LimenHistogramIndex set, const LimenScores *scores)
{
  int mode = mode_of (plot, set);
  if (mode < 0)
    return;
  gboolean dim = set == LIMEN_HISTOGRAM_VALIDATION;
  LimenText text = {.colour = set_colour[set], .bold = !dim, .size = dim ? 0.95 : 1.08};
  text.max_width = plot->frame.plot.width * 0.45;
  g_autofree char *string = set_label (plot, set, scores);
  LimenRect rect = limen_text_rect (&plot->style, &text, string, 0, 0);
  double x = (plot->edge_pixel[mode] + plot->edge_pixel[mode + 1]) / 2;
  double lowest = plot->frame.plot.y + plot->frame.plot.height - 4;
  if (find_place (plot, x, fmin (plot->set[set].top[mode] - 5, lowest), &rect))
    add_label (plot, &text, string, &rect);
}

/* The rows of tails at the top of one side. */
guint
limen_histogram_tail_rows (const LimenHistogramPlot *plot)
{
  const LimenBins *normal = &plot->set[LIMEN_HISTOGRAM_NORMAL],
                  *anomaly = &plot->set[LIMEN_HISTOGRAM_ANOMALY];
  return MAX ((normal->tail_below > 0) + (anomaly->tail_below > 0),
              (normal->tail_above > 0) + (anomaly->tail_above > 0));
}

/* "‹ 1 234 below −3 000": what the view leaves out on one side. @row: counted from the top */
static gboolean
place_tail (LimenHistogramPlot *plot, LimenHistogramIndex set, gboolean left, guint row)
{
  const LimenRect *area = &plot->frame.plot;
  guint n = left ? plot->set[set].tail_below : plot->set[set].tail_above;
  if (n == 0)
    return FALSE;
  LimenText text = {.colour = set_colour[set], .size = 0.95, .align_x = left ? 0 : 1};
  double edge = left ? plot->view.low : plot->view.high;
  LimenAxis axis = plot->frame.x;
  double pixel = fabs (limen_axis_from_pixel (&axis, left ? axis.start + 1 : axis.end - 1) - edge);
  g_autofree char *count = limen_format_number (n, 0);
  g_autofree char *value = limen_format_number (edge, limen_decimals_for (pixel));
  g_autofree char *string = left ? g_strdup_printf ("‹ %s below %s", count, value)
                                 : g_strdup_printf ("%s above %s ›", count, value);
  double x = left ? area->x + 6 : area->x + area->width - 6;
  double y = area->y + plot->strip + row * 1.5 * plot->style.font_size;
  LimenRect rect = limen_text_rect (&plot->style, &text, string, x, y);
  if (rect.width > area->width * 0.45) {
    g_free (string);
    string = left ? g_strdup_printf ("‹ %s", count) : g_strdup_printf ("%s ›", count);
    rect = limen_text_rect (&plot->style, &text, string, x, y);
  }
  add_label (plot, &text, string, &rect);
  return TRUE;
}

/* The first of @strings that fits under the axis, at its left or right end. */
static void
place_caption (LimenHistogramPlot *plot, const char *const *strings, double align)
{
  const LimenRect *area = &plot->frame.plot;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = align, .align_y = 1};
  double x = area->x + align * area->width, y = plot->height - 0.7 * plot->style.font_size;
  for (; *strings; strings++) {
    LimenRect rect = limen_text_rect (&plot->style, &text, *strings, x, y);
    if (rect.width <= area->width && is_free (plot, &rect)) {
      add_label (plot, &text, *strings, &rect);
      return;
    }
  }
}

/* To the right what the axis shows, to the left, where there is room, what the heights are. */
static void
place_captions (LimenHistogramPlot *plot)
{
  static const char *const from[] = {[LIMEN_SIDE_LOW] = "far below the best",
                                     [LIMEN_SIDE_HIGH] = "far above the best",
                                     [LIMEN_SIDE_BOTH] = "far from the middle"};
  static const char *const where[] = {[LIMEN_SIDE_LOW] = "far left",
                                      [LIMEN_SIDE_HIGH] = "far right",
                                      [LIMEN_SIDE_BOTH] = "on both sides"};
  const LimenMeasure *measure = plot->measure;
  g_autofree char *what = *measure->unit
                              ? g_strdup_printf ("%s (%s)", measure->title, measure->unit)
                              : g_strdup (measure->title);
  g_autofree char *whole =
      g_strdup_printf ("%s; the axis is squeezed %s", what, from[measure->side]);
  g_autofree char *squeezed = g_strdup_printf ("%s, squeezed %s", what, where[measure->side]);
  const char *const axis[] = {whole, squeezed, what, *measure->unit ? measure->unit : NULL, NULL};
  static const char *const shares[] = {"share of each set per bar", NULL};
  static const char *const counts[] = {"images per bar", NULL};
  place_caption (plot, plot->view.scale == LIMEN_HISTOGRAM_SPREAD ? axis : axis + 2, 1);
  place_caption (plot, plot->view.counts ? counts : shares, 0);
}

void
limen_histogram_place_labels (LimenHistogramPlot *plot, const LimenScores *sets[LIMEN_N_HISTOGRAMS])
{
  static const LimenHistogramIndex order[] = {LIMEN_HISTOGRAM_NORMAL, LIMEN_HISTOGRAM_ANOMALY,
                                              LIMEN_HISTOGRAM_VALIDATION};
  guint row_left = 0, row_right = 0;
  for (guint i = 0; i < 2; i++) {
    row_left += place_tail (plot, order[i], TRUE, row_left);
    row_right += place_tail (plot, order[i], FALSE, row_right);
  }
  for (guint i = 0; i < LIMEN_N_HISTOGRAMS; i++)
    if (sets[order[i]])
      place_set_label (plot, order[i], sets[order[i]]);
  if (plot->captions && plot->n_scores > 0)
    place_captions (plot);
}
