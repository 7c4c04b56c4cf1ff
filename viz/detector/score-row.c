#include "viz/detector/score-row.h"

#include <math.h>

#define BAR       2 /* pixels of the narrowest bar */
#define LEAST     8 /* bars */
#define MOST      200
#define LINE_ROOM 1 /* pixels above the highest bar */

void
limen_score_row_bins (const LimenScores *scores, const LimenAxis *axis, guint n_bins, guint *count)
{
  guint last = 0;
  LimenAxis unit = *axis;
  unit.start = 0;
  unit.end = 1;
  for (guint i = 0; i < n_bins; i++) {
    double edge = limen_axis_from_pixel (&unit, (i + 1.0) / n_bins);
    guint next = i + 1 < n_bins ? limen_scores_n_below (scores, edge) : scores->n;
    count[i] = next - last;
    last = next;
  }
}

/* Few images get few bars. */
static guint
n_bins_for (const LimenScoreRow *row, double width)
{
  guint n = MAX (row->normal ? row->normal->n : 0, row->anomaly ? row->anomaly->n : 0);
  return (guint)CLAMP (fmin (width / BAR, 1.5 * sqrt (n)), LEAST, MOST);
}

static void
add_bars (cairo_t *cr, const LimenRect *rect, const guint *count, guint n_bins)
{
  guint most = 1;
  double base = rect->y + rect->height, room = rect->height - LINE_ROOM;
  for (guint i = 0; i < n_bins; i++)
    most = MAX (most, count[i]);
  cairo_new_path (cr);
  cairo_move_to (cr, rect->x, base);
  for (guint i = 0; i < n_bins; i++) {
    double left = rect->x + rect->width * i / n_bins,
           right = rect->x + rect->width * (i + 1) / n_bins;
    /* a single image is still a pixel high */
    double height = count[i] > 0 ? fmax (room * count[i] / most, 1) : 0;
    cairo_line_to (cr, round (left), base - height);
    cairo_line_to (cr, round (right), base - height);
  }
  cairo_line_to (cr, rect->x + rect->width, base);
}

static void
draw_set (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect,
          const LimenScores *scores, const LimenAxis *axis, guint n_bins, LimenColour fill,
          LimenColour line)
{
  if (!scores || scores->n == 0)
    return;
  g_autofree guint *count = g_new (guint, n_bins);
  limen_score_row_bins (scores, axis, n_bins, count);
  add_bars (cr, rect, count, n_bins);
  limen_palette_set (cr, style->scheme, fill);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, style->scheme, line);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Where a value stands: pixels, at the edge for one out of view */
static double
x_of (const LimenRect *rect, const LimenAxis *axis, double value)
{
  return rect->x + CLAMP (limen_axis_to_pixel (axis, value), 0, 1) * rect->width;
}

static void
tint (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect, double left, double right,
      gboolean flagged)
{
  limen_palette_set (cr, style->scheme, flagged ? LIMEN_COLOUR_FLAGGED : LIMEN_COLOUR_KEPT);
  cairo_rectangle (cr, left, rect->y, right - left, rect->height);
  cairo_fill (cr);
}

static void
draw_cut (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect, const LimenAxis *axis,
          LimenLines cut)
{
  double end = rect->x + rect->width, left = rect->x, right = end;
  if (isnan (cut.low) || isnan (cut.high))
    return;
  if (isfinite (cut.low)) {
    left = round (x_of (rect, axis, cut.low));
    limen_chart_line (cr, left, rect->y, left, rect->y + rect->height);
  }
  if (isfinite (cut.high)) {
    right = round (x_of (rect, axis, cut.high));
    limen_chart_line (cr, right, rect->y, right, rect->y + rect->height);
  }
  cairo_path_t *lines = cairo_copy_path (cr);
  cairo_new_path (cr);
  tint (cr, style, rect, rect->x, left, TRUE);
  tint (cr, style, rect, left, right, FALSE);
  tint (cr, style, rect, right, end, TRUE);
  cairo_append_path (cr, lines);
  cairo_path_destroy (lines);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw_base (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect)
{
  double base = floor (rect->y + rect->height) + 0.5;
  limen_chart_line (cr, rect->x, base, rect->x + rect->width, base);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
limen_score_row_draw (cairo_t *cr, const LimenChartStyle *style, const LimenRect *rect,
                      const LimenScoreRow *row)
{
  const LimenScores *sets[] = {row->normal, row->anomaly};
  LimenRect room = {rect->x, rect->y, rect->width, fmax (rect->height - 1, 1)};
  LimenAxis axis = limen_score_axis (sets, G_N_ELEMENTS (sets), row->cut);
  guint n_bins = n_bins_for (row, rect->width);
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (cr);
  draw_set (cr, style, &room, row->anomaly, &axis, n_bins, LIMEN_COLOUR_SECOND_FILL,
            LIMEN_COLOUR_SECOND);
  draw_set (cr, style, &room, row->normal, &axis, n_bins, LIMEN_COLOUR_FIRST_FILL,
            LIMEN_COLOUR_FIRST);
  if (row->normal || row->anomaly)
    draw_cut (cr, style, &room, &axis, row->cut);
  draw_base (cr, style, &room);
  cairo_restore (cr);
}
