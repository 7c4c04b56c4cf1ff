#include "viz/bound/merge-plot.h"

#include "viz/bound/merge-plot-private.h"

#include <math.h>

#define BELOW      0.9 /* of the way from the lowest mean to the top: how far down dots are shown */
#define EXACT      0.42 /* of a column: half the length of the line at an exact value */
#define LEGEND     1.7  /* em: its row */
#define MOST_TWIGS 32   /* leaves up to which each pair is joined to what becomes of it */

/* --- Numbers --- */

guint
limen_merge_n (const LimenMergePlot *plot, guint level)
{
  return plot->value[level] ? plot->n_leaves >> level : 0;
}

double
limen_merge_mean (const LimenMergePlot *plot, guint level)
{
  guint n = limen_merge_n (plot, level);
  double sum = 0;
  for (guint i = 0; i < n; i++)
    sum += plot->value[level][i];
  return n ? sum / n : NAN;
}

typedef struct {
  double low, high;
} Range;

static void
take (Range *range, double value)
{
  if (!isfinite (value))
    return;
  range->low = fmin (range->low, value);
  range->high = fmax (range->high, value);
}

/* All means, all that is above them and the evidence; below the lowest mean as much as leaves the
 * rise to be seen: a weight of next to nothing is −50 nats or −500. */
static Range
value_range (const LimenMergePlot *plot)
{
  Range all = {INFINITY, -INFINITY}, means = all;
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    take (&means, limen_merge_mean (plot, level));
    for (guint i = 0; i < limen_merge_n (plot, level); i++)
      take (&all, plot->value[level][i]);
    if (plot->exact) {
      take (&means, plot->exact[level]);
      take (&all, plot->exact[level]);
    }
  }
  take (&all, plot->level);
  if (!(all.low <= all.high))
    return (Range){0, 1};
  double first = means.low <= means.high ? means.low : all.low;
  double low = fmax (all.low, first - BELOW * (all.high - first));
  double least = fmax (fmax (fabs (low), fabs (all.high)) * 1e-6, 1e-9);
  double room = all.high - low > least ? 0.07 * (all.high - low) : 0.5;
  return (Range){low - room, all.high + room};
}

/* --- Where things are --- */

static gboolean
has_legend (const LimenMergePlot *plot, const LimenChartStyle *style, double height)
{
  return height > 15 * style->font_size && limen_merge_n (plot, 0) > 0;
}

LimenFrame
limen_merge_frame (const LimenMergePlot *plot, const LimenChartStyle *style, double width,
                   double height)
{
  double em = style->font_size;
  LimenChartHeader header = limen_chart_header (style, plot->title, NULL, NULL, width, height);
  Range range = value_range (plot);
  double foot = has_legend (plot, style, height) ? LEGEND * em : 0;
  LimenRect outer = {em, header.bottom, fmax (width - 2.2 * em, 1),
                     fmax (height - header.bottom - foot - 0.6 * em, 1)};
  LimenAxis x = {&limen_scale_linear, .low = 0, .high = LIMEN_MERGE_LEVELS};
  LimenAxis y = {&limen_scale_linear, .low = range.low, .high = range.high};
  LimenFrame frame = limen_frame_layout (style, &outer, &x, &y, NULL);
  limen_frame_refine_y_ticks (&frame, style, NULL);
  g_array_set_size (frame.x_ticks, 0); /* the columns have names of their own */
  if (limen_merge_n (plot, 0) == 0 && !isfinite (plot->level))
    g_array_set_size (frame.y_ticks, 0);
  return frame;
}

double
limen_merge_x (const LimenFrame *frame, guint level)
{
  return frame->plot.x + frame->plot.width * (level + 0.5) / LIMEN_MERGE_LEVELS;
}

/* Where dot @i of a level stands: side by side, so that each pair can be seen to become one. */
static double
dot_x (const LimenMergePlot *plot, const LimenFrame *frame, guint level, guint i)
{
  double spread = 0.4 * frame->plot.width / LIMEN_MERGE_LEVELS;
  guint n = limen_merge_n (plot, level);
  return limen_merge_x (frame, level) + spread * ((i + 0.5) / n - 0.5);
}

/* In pixels; at the lower edge of the plot area for what lies below it. Returns: whether it does */
static gboolean
dot_y (const LimenMergePlot *plot, const LimenFrame *frame, guint level, guint i, double *y)
{
  double base = frame->plot.y + frame->plot.height;
  *y = limen_axis_to_pixel (&frame->y, plot->value[level][i]);
  gboolean below = !(*y <= base); /* NaN has no place: with what weighs nothing */
  *y = below ? base : fmax (*y, frame->plot.y);
  return below;
}

/* --- Drawing --- */

/* From each pair to what becomes of it. */
static void
draw_twigs (const LimenMergePlot *plot, const LimenFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  for (guint level = 1; level < LIMEN_MERGE_LEVELS && plot->n_leaves <= MOST_TWIGS; level++)
    for (guint i = 0; i < 2 * limen_merge_n (plot, level) && plot->value[level - 1]; i++) {
      double from, to, x0 = dot_x (plot, frame, level - 1, i),
                       x1 = dot_x (plot, frame, level, i / 2);
      dot_y (plot, frame, level - 1, i, &from);
      dot_y (plot, frame, level, i / 2, &to);
      cairo_move_to (cr, x0, from);
      cairo_curve_to (cr, (x0 + x1) / 2, from, (x0 + x1) / 2, to, x1, to);
    }
  limen_chart_set_translucent (cr, style, LIMEN_COLOUR_FIRST, 0.3);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Dots, and triangles that point down at the edge for what lies below. */
static void
draw_dots (const LimenMergePlot *plot, const LimenFrame *frame, cairo_t *cr,
           const LimenChartStyle *style)
{
  double em = style->font_size, y;
  limen_chart_set_translucent (cr, style, LIMEN_COLOUR_FIRST, 0.55);
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++)
    for (guint i = 0; i < limen_merge_n (plot, level); i++) {
      double x = dot_x (plot, frame, level, i), radius = 0.28 * em;
      if (dot_y (plot, frame, level, i, &y)) {
        cairo_move_to (cr, x - 1.2 * radius, y - 2.2 * radius);
        cairo_line_to (cr, x + 1.2 * radius, y - 2.2 * radius);
        cairo_line_to (cr, x, y - 0.2 * radius);
        cairo_close_path (cr);
      } else
        limen_dot_path (cr, LIMEN_DOT_DISC, x, y, radius);
      cairo_fill (cr);
    }
}

/* A bold line at each exact value: a theorem */
static void
draw_exact (const LimenMergePlot *plot, const LimenFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  double half = EXACT * frame->plot.width / LIMEN_MERGE_LEVELS;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 3);
  for (guint level = 0; plot->exact && level < LIMEN_MERGE_LEVELS; level++) {
    double x = limen_merge_x (frame, level);
    double y = round (limen_axis_to_pixel (&frame->y, plot->exact[level])) + 0.5;
    if (!isfinite (plot->exact[level]))
      continue;
    limen_chart_line (cr, x - half, y, x + half, y);
    cairo_stroke (cr);
  }
}

/* A mark on a thin bar at the mean of each level of this draw, dashes from one to the next. */
static void
draw_means (const LimenMergePlot *plot, const LimenFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  static const double dash[] = {2.5, 2.5};
  double half = 0.3 * frame->plot.width / LIMEN_MERGE_LEVELS, y[LIMEN_MERGE_LEVELS];
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    double x = limen_merge_x (frame, level), mean = limen_merge_mean (plot, level);
    y[level] = isfinite (mean) ? round (limen_axis_to_pixel (&frame->y, mean)) + 0.5 : NAN;
    if (isnan (y[level]))
      continue;
    cairo_set_dash (cr, NULL, 0, 0);
    cairo_set_line_width (cr, 1.3);
    limen_chart_line (cr, x - half, y[level], x + half, y[level]);
    cairo_stroke (cr);
    limen_dot_draw (cr, style, LIMEN_DOT_DIAMOND, LIMEN_COLOUR_FIRST, x, y[level]);
    limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
    if (level == 0 || isnan (y[level - 1]))
      continue;
    cairo_set_dash (cr, dash, 2, 0);
    cairo_set_line_width (cr, 1.3);
    limen_chart_line (cr, limen_merge_x (frame, level - 1) + half, y[level - 1], x - half,
                      y[level]);
    cairo_stroke (cr);
  }
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_level (const LimenMergePlot *plot, const LimenFrame *frame, cairo_t *cr,
            const LimenChartStyle *style)
{
  double y = round (limen_axis_to_pixel (&frame->y, plot->level));
  if (!isfinite (plot->level))
    return;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_INK);
  cairo_set_line_width (cr, 2);
  limen_chart_line (cr, frame->plot.x, y, frame->plot.x + frame->plot.width, y);
  cairo_stroke (cr);
}

/* --- Words --- */

typedef enum { DRAWN, MEAN, EXACT_VALUE, BELOW_IT, N_KEYS } Mark;

/**
 * Legend: of the marks that are there, in one row
 * @word: (N_KEYS): NULL: not there; @x: of the mark's middle
 */
typedef struct {
  const char *word[N_KEYS];
  double x[N_KEYS], y;
} Legend;

#define KEY 2.2 /* em: a mark and what is behind it */

static gboolean
has_mark (const LimenMergePlot *plot, const LimenFrame *frame, Mark mark)
{
  gboolean below = FALSE, exact = FALSE;
  double y;
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    exact |= plot->exact && isfinite (plot->exact[level]);
    for (guint i = 0; i < limen_merge_n (plot, level); i++)
      below |= dot_y (plot, frame, level, i, &y);
  }
  return mark == EXACT_VALUE ? exact : mark == BELOW_IT ? below : TRUE;
}

/* The longest words with which it fits into the width; none where nothing does */
static Legend
legend_of (const LimenMergePlot *plot, const LimenFrame *frame, const LimenChartStyle *style,
           double width, double height)
{
  static const char *const words[][N_KEYS] = {
      {"log-means of one draw of weights", "mean of this draw", "VLB, exact", "far below"},
      {"one draw of weights", "its mean", "VLB, exact", "far below"},
      {"one draw", "its mean", "VLB, exact", "below"},
      {"one draw", "mean", "exact", "below"}};
  const LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
  double em = style->font_size, left = 1.2 * em;
  Legend legend = {.y = height - 1.2 * em};
  for (guint v = 0; has_legend (plot, style, height) && v < G_N_ELEMENTS (words); v++) {
    double x = left;
    for (Mark mark = 0; mark < N_KEYS; mark++) {
      legend.word[mark] = has_mark (plot, frame, mark) ? words[v][mark] : NULL;
      legend.x[mark] = x + 0.8 * em;
      if (legend.word[mark])
        x += limen_text_rect (style, &text, words[v][mark], 0, 0).width + (KEY + 1) * em;
    }
    if (x - em <= width - em)
      return legend;
  }
  return (Legend){0};
}

static void
draw_keys (const Legend *legend, cairo_t *cr, const LimenChartStyle *style)
{
  double em = style->font_size, y = legend->y;
  for (Mark mark = 0; mark < N_KEYS; mark++) {
    double x = legend->x[mark], r = 0.28 * em;
    if (!legend->word[mark])
      continue;
    limen_chart_set_translucent (cr, style, LIMEN_COLOUR_FIRST, mark >= EXACT_VALUE ? 1 : 0.55);
    if (mark == DRAWN)
      limen_dot_path (cr, LIMEN_DOT_DISC, x, y, r);
    if (mark == BELOW_IT)
      limen_dot_path (cr, LIMEN_DOT_TRIANGLE_DOWN, x, y, r);
    cairo_fill (cr);
    if (mark == DRAWN || mark == BELOW_IT)
      continue;
    limen_palette_set (cr, style->scheme, LIMEN_COLOUR_FIRST);
    cairo_set_line_width (cr, mark == MEAN ? 1.3 : 3);
    limen_chart_line (cr, x - 0.8 * em, y, x + 0.8 * em, y);
    cairo_stroke (cr);
    if (mark == MEAN)
      limen_dot_draw (cr, style, LIMEN_DOT_DIAMOND, LIMEN_COLOUR_FIRST, x, y);
  }
}

static void
place_legend (const Legend *legend, const LimenChartStyle *style, LimenPlaces *places)
{
  const LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_y = 0.5};
  double em = style->font_size;
  for (Mark mark = 0; mark < N_KEYS; mark++)
    if (legend->word[mark])
      limen_places_add_text (places, &text, legend->word[mark], legend->x[mark] + (KEY - 0.8) * em,
                             legend->y);
}

static void
add_ink (const LimenMergePlot *plot, const LimenFrame *frame, const LimenChartStyle *style,
         LimenPlaces *places)
{
  double em = style->font_size, y, half = 0.3 * frame->plot.width / LIMEN_MERGE_LEVELS;
  double before = NAN;
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    double mean = limen_axis_to_pixel (&frame->y, limen_merge_mean (plot, level));
    double x = limen_merge_x (frame, level), reach = EXACT * half / 0.3;
    double exact = plot->exact ? limen_axis_to_pixel (&frame->y, plot->exact[level]) : NAN;
    if (isfinite (mean))
      limen_places_add_segment (places, x - half, mean, x + half, mean);
    if (isfinite (exact))
      limen_places_add_segment (places, x - reach, exact, x + reach, exact);
    if (isfinite (mean) && isfinite (before)) /* the dashes */
      limen_places_add_segment (places, limen_merge_x (frame, level - 1) + half, before, x - half,
                                mean);
    before = mean;
    for (guint i = 0; i < limen_merge_n (plot, level); i++) {
      dot_y (plot, frame, level, i, &y);
      LimenRect dot = {dot_x (plot, frame, level, i) - 0.3 * em, y - 0.3 * em, 0.6 * em, 0.6 * em};
      limen_places_add_rect (places, &dot);
    }
  }
}

/* Above or below the line, at the right end where there is room, or further left. */
static void
place_level_name (const LimenMergePlot *plot, const LimenFrame *frame, const LimenChartStyle *style,
                  LimenPlaces *places)
{
  const LimenRect *area = &frame->plot;
  double y = limen_axis_to_pixel (&frame->y, plot->level), em = style->font_size, least = INFINITY;
  LimenText text = {.colour = LIMEN_COLOUR_INK, .bold = TRUE, .size = 1};
  if (!plot->level_name || !isfinite (plot->level))
    return;
  LimenRect best, rect = limen_text_rect (style, &text, plot->level_name, 0, 0);
  for (int below = 0; below < 2; below++)
    for (double x = area->x + area->width - rect.width; x >= area->x; x -= 6) {
      rect.x = x;
      rect.y = below ? y + 0.2 * em : y - rect.height - 0.15 * em;
      double cost = limen_places_cover (places, &rect) + 10 * below +
                    0.1 * (area->x + area->width - rect.width - x);
      if (cost < least && limen_places_is_free (places, &rect) &&
          rect.y + rect.height <= area->y + area->height) {
        least = cost;
        best = rect;
      }
    }
  if (isfinite (least))
    limen_places_add_label (places, &text, plot->level_name, &best);
}

/* "K = 1, 2, 4, 8", as long as all four have room; or just the numbers. */
static void
place_column_names (const LimenFrame *frame, const LimenChartStyle *style, LimenPlaces *places)
{
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5};
  double y = frame->plot.y + frame->plot.height + 0.55 * style->font_size;
  double column = frame->plot.width / LIMEN_MERGE_LEVELS;
  gboolean wide = limen_text_rect (style, &text, "K = 32", 0, 0).width < 0.9 * column;
  for (guint level = 0; level < LIMEN_MERGE_LEVELS; level++) {
    g_autofree char *name = g_strdup_printf (wide ? "K = %u" : "%u", 1u << level);
    limen_places_add_text (places, &text, name, limen_merge_x (frame, level), y);
  }
}

LimenPlaces *
limen_merge_words (const LimenMergePlot *plot, const LimenFrame *frame,
                   const LimenChartStyle *style, double width, double height)
{
  LimenPlaces *places = limen_places_new (style, width, height);
  LimenChartHeader header = limen_chart_header (style, plot->title, NULL, NULL, width, height);
  limen_chart_header_place (&header, places, style, width);
  place_column_names (frame, style, places);
  const Legend legend = legend_of (plot, frame, style, width, height);
  place_legend (&legend, style, places);
  add_ink (plot, frame, style, places);
  place_level_name (plot, frame, style, places);
  return places;
}

void
limen_merge_plot_draw (const LimenMergePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                       double width, double height)
{
  LimenFrame frame = limen_merge_frame (plot, style, width, height);
  g_autoptr (LimenPlaces) places = limen_merge_words (plot, &frame, style, width, height);
  limen_chart_begin (cr, style, width, height);
  limen_frame_draw_grid (&frame, cr, style);
  draw_level (plot, &frame, cr, style);
  draw_twigs (plot, &frame, cr, style);
  draw_dots (plot, &frame, cr, style);
  draw_exact (plot, &frame, cr, style);
  draw_means (plot, &frame, cr, style);
  limen_frame_draw_axes (&frame, cr, style);
  const Legend legend = legend_of (plot, &frame, style, width, height);
  draw_keys (&legend, cr, style);
  limen_places_draw (places, cr);
  cairo_restore (cr);
  limen_frame_clear (&frame);
}
