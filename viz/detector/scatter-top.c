/* What moves over a scatter: regions, lines, lasso, cursor. */
#include "viz/detector/histogram-plot-private.h" /* limen_decimals_for() */
#include "viz/detector/scatter-plot-private.h"

#include <math.h>

/* --- Regions --- */

/* Where a line stands: pixels, at the edge for a value out of view. */
static double
pixel_of (const LimenScatterPlot *plot, int axis, double value)
{
  const LimenAxis *line = axis ? &plot->frame.y : &plot->frame.x;
  double least = fmin (line->start, line->end), most = fmax (line->start, line->end);
  return CLAMP (limen_axis_to_pixel (line, value), least, most);
}

/**
 * Parts: an axis in three parts at most, in pixels from left to right or from the top down
 * @edge: (n + 1); @flagged: (n)
 */
typedef struct {
  int n;
  double edge[4];
  gboolean flagged[3];
} Parts;

static gboolean
is_cut (LimenLines cut)
{
  return !isnan (cut.low) && !isnan (cut.high);
}

/* No threshold: one part, which is kept. */
static Parts
parts_of (const LimenScatterPlot *plot, int axis, LimenLines cut)
{
  const LimenRect *area = &plot->frame.plot;
  double first = axis ? area->y : area->x, last = first + (axis ? area->height : area->width);
  double line[2] = {axis ? cut.high : cut.low, axis ? cut.low : cut.high}; /* the high end is up */
  Parts parts = {.edge = {first}};
  gboolean flagged = is_cut (cut) && isfinite (line[0]);
  for (int i = 0; is_cut (cut) && i < 2; i++) {
    if (!isfinite (line[i]))
      continue;
    parts.flagged[parts.n++] = flagged;
    parts.edge[parts.n] = round (pixel_of (plot, axis, line[i]));
    flagged = !flagged;
  }
  parts.flagged[parts.n++] = flagged;
  parts.edge[parts.n] = last;
  return parts;
}

/* Kept by both: the tint of what is kept; else that of what is flagged, once for each score. */
static void
draw_regions (const LimenScatterPlot *plot, cairo_t *cr, const LimenLines cut[2])
{
  Parts x = parts_of (plot, 0, cut[0]), y = parts_of (plot, 1, cut[1]);
  if (x.n == 1 && y.n == 1)
    return;
  for (int i = 0; i < x.n; i++)
    for (int k = 0; k < y.n; k++) {
      int times = x.flagged[i] + y.flagged[k];
      limen_palette_set (cr, plot->style.scheme, times ? LIMEN_COLOUR_FLAGGED : LIMEN_COLOUR_KEPT);
      for (int t = 0; t < MAX (times, 1); t++) {
        cairo_rectangle (cr, x.edge[i], y.edge[k], x.edge[i + 1] - x.edge[i],
                         y.edge[k + 1] - y.edge[k]);
        cairo_fill (cr);
      }
    }
}

/* --- Lines --- */

static void
add_line (const LimenScatterPlot *plot, cairo_t *cr, int axis, double value)
{
  const LimenRect *area = &plot->frame.plot;
  if (!isfinite (value))
    return;
  double at = pixel_of (plot, axis, value);
  if (axis == 0)
    limen_chart_line (cr, at, area->y, at, area->y + area->height);
  else
    limen_chart_line (cr, area->x, at, area->x + area->width, at);
}

static void
draw_lines (const LimenScatterPlot *plot, cairo_t *cr, const LimenLines cut[2])
{
  for (int axis = 0; axis < 2; axis++) {
    add_line (plot, cr, axis, cut[axis].low);
    add_line (plot, cr, axis, cut[axis].high);
  }
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

/* "194 nats": as many decimals as a pixel can show. */
static char *
value_text (const LimenScatterPlot *plot, int axis, double value)
{
  const LimenAxis *line = axis ? &plot->frame.y : &plot->frame.x;
  const char *unit = plot->points->measure[axis]->unit;
  double at = pixel_of (plot, axis, value), step = line->end > line->start ? 1 : -1;
  double pixel =
      fabs (limen_axis_from_pixel (line, at + step) - limen_axis_from_pixel (line, at - step)) / 2;
  g_autofree char *number = limen_format_number (value, limen_decimals_for (pixel));
  return g_strdup_printf ("%s%s%s", number, *unit ? "\u00a0" : "", unit);
}

static gboolean
overlap (const LimenRect *a, const LimenRect *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height &&
         b->y < a->y + a->height;
}

static gboolean
is_free (const LimenScatterPill *pill, guint n, const LimenRect *rect)
{
  for (guint i = 0; i < n; i++)
    if (overlap (rect, &pill[i].rect))
      return FALSE;
  return TRUE;
}

/* The value of an upright line stands at its top, or at its lower end; that of a level one at its
 * right end, or at its left, or, in little room, beside it. Returns: FALSE where others stand there
 */
static gboolean
place_pill (const LimenScatterPlot *plot, int axis, double value, LimenScatterPill *pill, guint n)
{
  const LimenRect *area = &plot->frame.plot;
  double middle = 1.3 * plot->style.font_size, top = area->y + middle;
  double bottom = fmax (area->y + area->height - middle, top), at = pixel_of (plot, axis, value);
  g_autofree char *text = value_text (plot, axis, value);
  double aside = 1.8 * middle * (at < (top + bottom) / 2 ? 1 : -1);
  for (int other = 0; other < 4; other++) {
    gboolean second = other % 2 == 1;
    double x = axis == 0 ? at : second ? area->x : area->x + area->width;
    double y = axis == 1 ? CLAMP (at, top, bottom) + (other < 2 ? 0 : aside)
               : second  ? bottom
                         : top;
    pill[n].rect = limen_chart_pill_rect (&plot->style, text, x, y, area);
    if (is_free (pill, n, &pill[n].rect)) {
      pill[n].text = g_steal_pointer (&text);
      return TRUE;
    }
  }
  return FALSE;
}

/* One line of each score first: where there is no room for all, these have it. */
guint
limen_scatter_pills (const LimenScatterPlot *plot, const LimenLines cut[2],
                     LimenScatterPill pill[LIMEN_SCATTER_MOST_PILLS])
{
  guint n = 0;
  for (int line = 0; line < 2; line++)
    for (int axis = 0; axis < 2; axis++) {
      gboolean two = isfinite (cut[axis].low) && isfinite (cut[axis].high);
      double first = isfinite (cut[axis].low) ? cut[axis].low : cut[axis].high;
      double value = line == 0 ? first : cut[axis].high;
      if (isfinite (value) && (line == 0 || two))
        n += place_pill (plot, axis, value, pill, n);
    }
  return n;
}

/* --- The hand --- */

static void
draw_lasso (const LimenScatterPlot *plot, cairo_t *cr, const LimenScatterTop *top)
{
  LimenRgba hand = limen_palette_colour (plot->style.scheme, LIMEN_COLOUR_HAND);
  if (top->n_corners < 2)
    return;
  cairo_new_path (cr);
  for (guint i = 0; i < top->n_corners; i++)
    cairo_line_to (cr, top->corner[i][0], top->corner[i][1]);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, hand.red, hand.green, hand.blue, 0.1);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_width (cr, 3.5);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
}

static void
draw_ring (const LimenScatterPlot *plot, cairo_t *cr, double x, double y)
{
  double radius = 0.6 * plot->style.font_size;
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 5);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, plot->style.scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke (cr);
}

static gboolean
is_within (const LimenRect *area, const LimenRect *rect)
{
  return rect->x >= area->x + 2 && rect->x + rect->width <= area->x + area->width - 2 &&
         rect->y >= area->y + 2 && rect->y + rect->height <= area->y + area->height - 2;
}

/* Beside the ring, or above or below it, within the plot, off the values of the lines. */
static void
draw_said (const LimenScatterPlot *plot, cairo_t *cr, const char *said, double x, double y,
           const LimenScatterPill *pill, guint n_pills)
{
  static const double rows[] = {0, 0, -1.6, 1.6, -3.2, 3.2}; /* em */
  const LimenRect *area = &plot->frame.plot;
  double em = plot->style.font_size, left = area->x + 3, right = area->x + area->width - 3;
  LimenText text = {.colour = LIMEN_COLOUR_INK, .halo = TRUE, .size = 1, .align_y = 0.5};
  text.max_width = fmax (area->width - 6, 1);
  double width = limen_text_rect (&plot->style, &text, said, 0, 0).width;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    double at = i == 0 ? x + em : i == 1 ? x - em - width : x - width / 2;
    at = i < 2 ? at : CLAMP (at, left, fmax (right - width, left));
    LimenRect rect = limen_text_rect (&plot->style, &text, said, at, y + rows[i] * em);
    if (is_within (area, &rect) && is_free (pill, n_pills, &rect)) {
      limen_text_draw (cr, &plot->style, &text, said, at, y + rows[i] * em);
      return;
    }
  }
}

void
limen_scatter_plot_draw_top (const LimenScatterPlot *plot, cairo_t *cr, const LimenScatterTop *top)
{
  if (!plot->points || !plot->points->measure[0])
    return;
  LimenScatterPill pill[LIMEN_SCATTER_MOST_PILLS];
  guint n = limen_scatter_pills (plot, top->cut, pill);
  cairo_save (cr);
  cairo_new_path (cr);
  draw_regions (plot, cr, top->cut);
  draw_lines (plot, cr, top->cut);
  draw_lasso (plot, cr, top);
  for (guint i = 0; i < n; i++)
    limen_chart_draw_pill (cr, &plot->style, pill[i].text, &pill[i].rect);
  if (top->cursor) {
    double x, y;
    limen_scatter_plot_place (plot, top->cursor, &x, &y);
    draw_ring (plot, cr, x, y);
    if (top->said)
      draw_said (plot, cr, top->said, x, y, pill, n);
  }
  cairo_restore (cr);
  for (guint i = 0; i < n; i++)
    g_free (pill[i].text);
}
