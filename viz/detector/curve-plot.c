#include "viz/detector/curve-plot-private.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define CLOSE  0.25 /* pixels: nearer than that no new point of a line is needed */
#define ASIDE  0.3  /* pixels: so far a line may be from where it is, to be drawn quickly */
#define SMOOTH 3.0  /* pixels: shorter than that a line is straight */
#define DEPTH  16   /* times that a line is halved at most */

/* --- Where rates lie --- */

/* @axis: 0 across, 1 up */
static double
clamped (const LimenCurvePlot *plot, int axis, double percent)
{
  const double *end = plot->end[axis];
  return limen_axis_to_pixel (axis ? &plot->frame.y : &plot->frame.x,
                              CLAMP (percent, end[0], end[1]));
}

gboolean
limen_curve_plot_pixel (const LimenCurvePlot *plot, double type_1, double hits, double *x,
                        double *y)
{
  double across = type_1, up = hits;
  if (plot->kind == LIMEN_CURVE_DET)
    up = 1 - hits;
  if (plot->kind == LIMEN_CURVE_PRECISION_RECALL) {
    across = hits;
    up = limen_curve_precision (plot->share, type_1, hits);
  }
  *x = clamped (plot, 0, 100 * across);
  *y = isnan (up) ? NAN : clamped (plot, 1, 100 * up);
  return !isnan (up);
}

static void
add_pixel (GArray *path, double x, double y)
{
  const double both[2] = {x, y};
  if (path->len >= 2) {
    const double *last = &g_array_index (path, double, path->len - 2);
    if (fabs (last[0] - x) < CLOSE && fabs (last[1] - y) < CLOSE)
      return;
  }
  g_array_append_vals (path, both, 2);
}

/* The way between two pixels that are far from each other may be bent: it is halved until it is as
 * good as straight. @at: pixels of both ends */
static void
halve (const LimenCurvePlot *plot, GArray *path, const double from[2], const double to[2],
       const double at[4], int depth)
{
  double middle[2] = {(from[0] + to[0]) / 2, (from[1] + to[1]) / 2}, x, y;
  gboolean is_short = fmax (fabs (at[2] - at[0]), fabs (at[3] - at[1])) < SMOOTH;
  if (is_short || depth == 0 || !limen_curve_plot_pixel (plot, middle[0], middle[1], &x, &y)) {
    add_pixel (path, at[2], at[3]);
    return;
  }
  double bent = fabs (x - (at[0] + at[2]) / 2) + fabs (y - (at[1] + at[3]) / 2);
  if (bent < CLOSE && depth < DEPTH - 1) { /* one that is bent like an S may pass the middle */
    add_pixel (path, at[2], at[3]);
    return;
  }
  halve (plot, path, from, middle, (const double[4]){at[0], at[1], x, y}, depth - 1);
  halve (plot, path, middle, to, (const double[4]){x, y, at[2], at[3]}, depth - 1);
}

void
limen_curve_plot_trace (const LimenCurvePlot *plot, GArray *path, const double from[2],
                        const double to[2])
{
  double at[4];
  gboolean begins = limen_curve_plot_pixel (plot, from[0], from[1], &at[0], &at[1]);
  if (!limen_curve_plot_pixel (plot, to[0], to[1], &at[2], &at[3]))
    return;
  if (begins)
    halve (plot, path, from, to, at, DEPTH);
  else
    add_pixel (path, at[2], at[3]);
}

/* Between normal deviates it is straight. Precision has no value where nothing is flagged, but one
 * as near to that as can be. */
void
limen_curve_plot_trace_chance (const LimenCurvePlot *plot, GArray *path)
{
  double least =
      plot->kind == LIMEN_CURVE_DET ? fmax (plot->end[0][0], plot->end[1][0]) / 100 : DBL_MIN;
  const double from[2] = {least, least}, to[2] = {1 - least, 1 - least};
  double x, y;
  for (int i = 0; i < 2; i++) {
    const double *at = i ? to : from;
    if (limen_curve_plot_pixel (plot, at[0], at[1], &x, &y))
      add_pixel (path, x, y);
  }
}

void
limen_curve_plot_trace_box (const LimenCurvePlot *plot, GArray *path, const double low[2],
                            const double high[2])
{
  const double corner[5][2] = {
      {low[0], low[1]}, {low[0], high[1]}, {high[0], high[1]}, {high[0], low[1]}, {low[0], low[1]}};
  for (int i = 0; i < 4; i++)
    limen_curve_plot_trace (plot, path, corner[i], corner[i + 1]);
}

/* --- Fewer pixels --- */

/* Of the pixels (@n, 2) between two that are kept, those are kept that are farther than ASIDE from
 * the straight line: the farthest first (Douglas and Peucker, 1973). @kept: (n), of which first and
 * last are set */
static void
keep_bends (const double *at, guint first, guint last, guint8 *kept)
{
  double dx = at[2 * last] - at[2 * first], dy = at[2 * last + 1] - at[2 * first + 1];
  double length = hypot (dx, dy), most = ASIDE;
  guint farthest = first;
  for (guint i = first + 1; i < last; i++) {
    double x = at[2 * i] - at[2 * first], y = at[2 * i + 1] - at[2 * first + 1];
    double along = length > 0 ? (x * dx + y * dy) / length : 0;
    double away = length > 0 && along >= 0 && along <= length ? fabs (x * dy - y * dx) / length
                  : along > length                            ? hypot (x - dx, y - dy)
                                                              : hypot (x, y);
    if (away > most) {
      most = away;
      farthest = i;
    }
  }
  if (farthest == first)
    return;
  kept[farthest] = TRUE;
  keep_bends (at, first, farthest, kept);
  keep_bends (at, farthest, last, kept);
}

static void
straighten (GArray *path)
{
  guint n = path->len / 2, to = 0;
  double *at = (double *)(gpointer)path->data;
  if (n < 3)
    return;
  g_autofree guint8 *kept = g_new0 (guint8, n);
  kept[0] = kept[n - 1] = TRUE;
  keep_bends (at, 0, n - 1, kept);
  for (guint i = 0; i < n; i++)
    if (kept[i]) {
      at[2 * to] = at[2 * i];
      at[2 * to++ + 1] = at[2 * i + 1];
    }
  g_array_set_size (path, 2 * to);
}

/* --- Making --- */

static void
rates_of (const LimenCurve *curve, const LimenCurvePoint *point, double rates[2])
{
  rates[0] = (double)point->k1 / curve->n1;
  rates[1] = (double)point->k2 / curve->n2;
}

static void
find_line (LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  double last[2] = {NAN, NAN}, rates[2], x, y;
  plot->place = g_new (float, 2 * (gsize)curve->n);
  for (guint i = 0; i < curve->n; i++) {
    rates_of (curve, &curve->point[i], rates);
    gboolean is_there = limen_curve_plot_pixel (plot, rates[0], rates[1], &x, &y);
    plot->place[2 * i] = is_there ? (float)x : NAN;
    plot->place[2 * i + 1] = is_there ? (float)y : NAN;
    if (i == 0 && is_there)
      add_pixel (plot->line, x, y);
    if (i > 0)
      limen_curve_plot_trace (plot, plot->line, last, rates);
    memcpy (last, rates, sizeof last);
  }
}

/* The corner of the rectangle of point @i that is on the side of @more hits for the same false
 * alarms, or of less. */
static void
corner_of (const LimenCurve *curve, guint i, gboolean more, double rates[2])
{
  const LimenCurvePoint *point = &curve->point[i];
  rates[0] = more ? point->low[0] : point->high[0];
  rates[1] = more ? point->high[1] : point->low[1];
}

/* Up along the corners with more hits, and back along those with less: where one of the two counts
 * grows by itself, which is everywhere but at ties, these are the stairs around all rectangles. */
static void
find_band (LimenCurvePlot *plot)
{
  const LimenCurve *curve = plot->curve;
  const LimenCurvePoint *first = &curve->point[0], *end = &curve->point[curve->n - 1];
  double from[2] = {first->low[0], first->low[1]}, to[2];
  if (plot->kind == LIMEN_CURVE_PRECISION_RECALL) /* where nothing is flagged it may be anything */
    add_pixel (plot->band, clamped (plot, 0, 0), clamped (plot, 1, 100));
  else
    limen_curve_plot_trace (plot, plot->band, from, from);
  for (guint i = 0; i < curve->n; i++) {
    corner_of (curve, i, TRUE, to);
    limen_curve_plot_trace (plot, plot->band, from, to);
    memcpy (from, to, sizeof from);
  }
  to[0] = end->high[0];
  to[1] = end->high[1];
  limen_curve_plot_trace (plot, plot->band, from, to);
  for (guint i = curve->n; i-- > 0;) {
    memcpy (from, to, sizeof from);
    corner_of (curve, i, FALSE, to);
    limen_curve_plot_trace (plot, plot->band, from, to);
  }
}

static void
lay_out (LimenCurvePlot *plot)
{
  g_autofree char *note = NULL;
  double em = plot->style.font_size;
  LimenChartHeader header = limen_curve_plot_header (plot, &note);
  double below = header.caption ? 2.2 * em : 0.6 * em, top = header.bottom + 0.5 * em;
  LimenRect outer = {em, top, plot->width - 2.4 * em, plot->height - top - below};
  LimenAxis x, y;
  limen_curve_plot_axes (plot, &outer, &x, &y);
  plot->frame = limen_frame_layout (&plot->style, &outer, &x, &y, NULL);
  if (plot->curve) {
    limen_curve_plot_end_ticks (plot);
    find_line (plot);
    find_band (plot);
    straighten (plot->line);
    straighten (plot->band);
  } else {
    g_array_set_size (plot->frame.x_ticks, 0);
    g_array_set_size (plot->frame.y_ticks, 0);
  }
  limen_curve_plot_place_words (plot, &header);
}

LimenCurvePlot *
limen_curve_plot_new (LimenCurve *curve, LimenCurveKind kind, double share,
                      const LimenChartStyle *style, double width, double height)
{
  LimenCurvePlot *plot = g_new0 (LimenCurvePlot, 1);
  plot->curve = curve ? limen_curve_ref (curve) : NULL;
  plot->kind = kind;
  plot->share = share;
  plot->style = *style;
  plot->style.font_family = plot->font_family = g_strdup (style->font_family);
  plot->width = fmax (width, 1);
  plot->height = fmax (height, 1);
  plot->line = g_array_new (FALSE, FALSE, sizeof (double));
  plot->band = g_array_new (FALSE, FALSE, sizeof (double));
  plot->places = limen_places_new (&plot->style, plot->width, plot->height);
  lay_out (plot);
  return plot;
}

void
limen_curve_plot_free (LimenCurvePlot *plot)
{
  if (!plot)
    return;
  g_clear_pointer (&plot->curve, limen_curve_unref);
  limen_frame_clear (&plot->frame);
  g_array_unref (plot->line);
  g_array_unref (plot->band);
  limen_places_free (plot->places);
  g_free (plot->place);
  g_free (plot->font_family);
  g_free (plot);
}

/* --- Places --- */

LimenRect
limen_curve_plot_area (const LimenCurvePlot *plot)
{
  return plot->frame.plot;
}

gboolean
limen_curve_plot_place (const LimenCurvePlot *plot, double threshold, double *x, double *y)
{
  guint k1, k2;
  return plot->curve && limen_curve_at (plot->curve, threshold, &k1, &k2) &&
         limen_curve_plot_pixel (plot, (double)k1 / plot->curve->n1, (double)k2 / plot->curve->n2,
                                 x, y);
}

static gboolean
is_inside (const LimenRect *rect, double x, double y)
{
  return x >= rect->x && x <= rect->x + rect->width && y >= rect->y && y <= rect->y + rect->height;
}

gboolean
limen_curve_plot_hits_point (const LimenCurvePlot *plot, double threshold, double x, double y)
{
  double at_x, at_y;
  LimenRect pill;
  if (!limen_curve_plot_place (plot, threshold, &at_x, &at_y))
    return FALSE;
  if (hypot (x - at_x, y - at_y) <= 12)
    return TRUE;
  g_autofree char *text = limen_curve_plot_pill (plot, threshold, at_x, at_y, &pill);
  return text && is_inside (&pill, x, y);
}

double
limen_curve_plot_threshold_at (const LimenCurvePlot *plot, double x, double y)
{
  double least = INFINITY, threshold = NAN;
  for (guint i = 0; plot->curve && i < plot->curve->n; i++) {
    double dx = plot->place[2 * i] - x, dy = plot->place[2 * i + 1] - y;
    double away = dx * dx + dy * dy; /* NaN is not less */
    if (away < least && isfinite (plot->curve->point[i].threshold)) {
      least = away;
      threshold = plot->curve->point[i].threshold;
    }
  }
  return threshold;
}
