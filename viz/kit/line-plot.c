#include "viz/kit/line-plot-private.h"

#include <math.h>

#define MANY 200  /* points of a line */
#define ROOM 0.06 /* above and below what is drawn, of its height */

/* --- Ranges --- */

typedef struct {
  const LimenScale *scale;
  const LimenAxis *axis;
  double low, high; /* in units of the scale: what lies far from zero on a log axis counts too */
} Range;

static void
take (Range *range, double value)
{
  double u = range->scale->map (value, range->axis->origin, range->axis->width);
  if (!isfinite (value) || !isfinite (u))
    return;
  range->low = fmin (range->low, u);
  range->high = fmax (range->high, u);
}

/* The points of a line within @low to @high, and where it enters and leaves. */
static void
take_line (Range *range, const LimenLine *line, double low, double high)
{
  for (guint i = 0; i < line->n; i++) {
    if (!isfinite (line->x[i]) || !isfinite (line->y[i]))
      continue;
    if (line->x[i] >= low && line->x[i] <= high)
      take (range, line->y[i]);
    if (i == 0 || !isfinite (line->x[i - 1]) || !isfinite (line->y[i - 1]))
      continue;
    for (int end = 0; end < 2; end++) {
      double t = ((end ? high : low) - line->x[i - 1]) / (line->x[i] - line->x[i - 1]);
      if (t > 0 && t < 1)
        take (range, line->y[i - 1] + t * (line->y[i] - line->y[i - 1]));
    }
  }
}

gboolean
limen_dots_has_bar (const LimenDots *dots, guint i)
{
  return dots->error && dots->error[i] > 0 && isfinite (dots->error[i]);
}

static void
take_dots (Range *range, const LimenDots *dots, double low, double high)
{
  for (guint i = 0; i < dots->n; i++) {
    double error = limen_dots_has_bar (dots, i) ? dots->error[i] : 0;
    if (!(dots->x[i] >= low && dots->x[i] <= high) || !isfinite (dots->y[i]))
      continue;
    take (range, dots->y[i] - error);
    take (range, dots->y[i]);
    take (range, dots->y[i] + error);
  }
}

gboolean
limen_line_plot_range (const LimenLinePlot *plot, double x_low, double x_high, double *low,
                       double *high)
{
  const LimenScale *scale = plot->y.scale ? plot->y.scale : &limen_scale_linear;
  Range range = {scale, &plot->y, INFINITY, -INFINITY};
  for (guint i = 0; i < plot->n_lines; i++)
    take_line (&range, &plot->line[i], x_low, x_high);
  for (guint i = 0; i < plot->n_dots; i++)
    take_dots (&range, &plot->dots[i], x_low, x_high);
  for (guint i = 0; i < plot->n_levels; i++)
    take (&range, plot->level[i].y);
  if (!(range.low <= range.high))
    return FALSE;
  double least = fmax (fmax (fabs (range.low), fabs (range.high)) * 1e-6, 1e-9);
  double room = range.high - range.low > least ? ROOM * (range.high - range.low) : 0.5;
  *low = scale->unmap (range.low - room, plot->y.origin, plot->y.width);
  *high = scale->unmap (range.high + room, plot->y.origin, plot->y.width);
  return TRUE;
}

/* --- Where things are --- */

static gboolean
is_usable (const LimenAxis *axis)
{
  return axis->scale && isfinite (axis->low) && isfinite (axis->high) && axis->low < axis->high &&
         isfinite (axis->scale->map (axis->low, axis->origin, axis->width)) &&
         isfinite (axis->scale->map (axis->high, axis->origin, axis->width));
}

static LimenAxis
usable_axis (const LimenAxis *axis)
{
  return is_usable (axis) ? *axis : (LimenAxis){&limen_scale_linear, .low = 0, .high = 1};
}

gboolean
limen_line_is_at_top (const LimenFrame *frame, const LimenChartStyle *style, double y)
{
  double em = style->font_size, below = y - frame->plot.y;
  return frame->plot.height > 5 * em && below >= -0.5 &&
         below < fmax (2 * em, 0.05 * frame->plot.height);
}

/* How far the plot has to move down below @top for the name of a level near its upper edge. */
static double
room_for_levels (const LimenLinePlot *plot, const LimenFrame *frame, const LimenChartStyle *style,
                 double top)
{
  double em = style->font_size;
  for (guint i = 0; i < plot->n_levels; i++) {
    const LimenLevel *level = &plot->level[i];
    double y = limen_axis_to_pixel (&frame->y, level->y);
    if (level->name && limen_line_is_at_top (frame, style, y))
      return fmax (ceil (1.6 * em - (frame->plot.y - top)), 0);
  }
  return 0;
}

static LimenFrame
layout_frame (const LimenLinePlot *plot, const LimenChartStyle *style, const LimenRect *outer,
              double right)
{
  LimenAxis x = usable_axis (&plot->x), y = usable_axis (&plot->y);
  LimenFrame frame = limen_frame_layout (style, outer, &x, &y, NULL);
  limen_frame_refine_y_ticks (&frame, style, NULL);
  limen_frame_set_x_ticks (&frame, style, 1.8 * style->font_size, 2, right);
  if (!is_usable (&plot->x))
    g_array_set_size (frame.x_ticks, 0);
  if (!is_usable (&plot->y))
    g_array_set_size (frame.y_ticks, 0);
  return frame;
}

LimenChartHeader
limen_line_plot_header (const LimenLinePlot *plot, const LimenChartStyle *style, double width,
                        double height)
{
  return limen_chart_header (style, plot->title, plot->note, plot->y_caption, width, height);
}

LimenFrame
limen_line_plot_frame (const LimenLinePlot *plot, const LimenChartStyle *style, double width,
                       double height)
{
  double em = style->font_size;
  double top = limen_line_plot_header (plot, style, width, height).bottom;
  LimenRect outer = {em, top, fmax (width - 3 * em, 1), fmax (height - top - 0.6 * em, 1)};
  LimenFrame frame = layout_frame (plot, style, &outer, width - 4);
  double down = room_for_levels (plot, &frame, style, top);
  gboolean own_row = plot->x_caption && height > 10 * em && frame.x_ticks->len > 0 &&
                     isnan (limen_caption_gap (&frame, style, plot->x_caption));
  if (down == 0 && !own_row)
    return frame;
  outer.y += down;
  outer.height = fmax (outer.height - down - (own_row ? 1.5 * em : 0), 1);
  limen_frame_clear (&frame);
  return layout_frame (plot, style, &outer, width - 4);
}

gboolean
limen_line_place (const LimenFrame *frame, double x, double y, double *px, double *py)
{
  if (!isfinite (x) || !isfinite (y))
    return FALSE;
  *px = limen_axis_to_pixel (&frame->x, x);
  *py = limen_axis_to_pixel (&frame->y, y);
  return isfinite (*px) && isfinite (*py);
}

LimenLineLayout *
limen_line_layout_new (const LimenLinePlot *plot, const LimenChartStyle *style, double width,
                       double height)
{
  LimenLineLayout *layout = g_new0 (LimenLineLayout, 1);
  layout->plot = plot;
  layout->style = style;
  layout->width = width;
  layout->height = height;
  layout->frame = limen_line_plot_frame (plot, style, width, height);
  layout->places = limen_places_new (style, width, height);
  limen_line_layout_place_words (layout);
  return layout;
}

void
limen_line_layout_free (LimenLineLayout *layout)
{
  if (!layout)
    return;
  limen_frame_clear (&layout->frame);
  limen_places_free (layout->places);
  g_free (layout);
}

/* --- Lines --- */

static gboolean
high_contrast (const LimenChartStyle *style)
{
  return style->scheme >= LIMEN_SCHEME_LIGHT_CONTRAST;
}

void
limen_chart_set_translucent (cairo_t *cr, const LimenChartStyle *style, LimenColour colour,
                             double alpha)
{
  LimenRgba c = limen_palette_colour (style->scheme, colour);
  double opacity = high_contrast (style) ? fmin (1.7 * alpha, 1) : alpha;
  cairo_set_source_rgba (cr, c.red, c.green, c.blue, fmin (c.alpha, opacity));
}

void
limen_line_stroke_style (cairo_t *cr, const LimenChartStyle *style, LimenLineKind kind)
{
  static const double dash[] = {4.5, 3.5};
  double width = kind == LIMEN_LINE_EXACT ? 2.1 : kind == LIMEN_LINE_THIN ? 1 : 1.3;
  cairo_set_line_width (cr, width * (high_contrast (style) ? 1.3 : 1));
  cairo_set_dash (cr, dash, kind == LIMEN_LINE_REFERENCE ? 2 : 0, 0);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
}

/* Only what is near the plot area: Cairo has no coordinates for what is far away. */
static void
add_line (const LimenFrame *frame, const LimenLine *line, cairo_t *cr)
{
  const LimenRect *area = &frame->plot;
  const LimenRect near = {area->x - 20, area->y - 20, area->width + 40, area->height + 40};
  double x, y, last[2] = {0, 0};
  gboolean down = FALSE, joined = FALSE;
  for (guint i = 0; i < line->n; i++) {
    if (!limen_line_place (frame, line->x[i], line->y[i], &x, &y)) {
      down = joined = FALSE;
      continue;
    }
    double p[4] = {last[0], last[1], x, y};
    if (down && i + 1 < line->n && fabs (x - last[0]) + fabs (y - last[1]) < 0.3)
      continue;
    if (down && limen_segment_clip (&near, p)) {
      if (!joined)
        cairo_move_to (cr, p[0], p[1]);
      cairo_line_to (cr, p[2], p[3]);
      joined = p[2] == x && p[3] == y;
    } else
      joined = FALSE;
    last[0] = x;
    last[1] = y;
    down = TRUE;
  }
}

static void
draw_levels (const LimenLineLayout *layout, cairo_t *cr)
{
  const LimenRect *area = &layout->frame.plot;
  for (guint i = 0; i < layout->plot->n_levels; i++) {
    const LimenLevel *level = &layout->plot->level[i];
    double x, y;
    if (!limen_line_place (&layout->frame, layout->frame.x.low, level->y, &x, &y) ||
        y < area->y - 1 || y > area->y + area->height + 1)
      continue;
    limen_palette_set (cr, layout->style->scheme, level->colour);
    limen_line_stroke_style (cr, layout->style, level->kind);
    /* whole pixels, or the middle of one: sharp */
    y = level->kind == LIMEN_LINE_EXACT ? round (y) : floor (y) + 0.5;
    if (level->kind == LIMEN_LINE_EXACT)
      cairo_set_line_width (cr, 2);
    limen_chart_line (cr, area->x, y, area->x + area->width, y);
    cairo_stroke (cr);
  }
}

/* What stands back first; of its kind, the first line lies on top. */
static void
draw_lines (const LimenLineLayout *layout, cairo_t *cr)
{
  static const LimenLineKind order[] = {LIMEN_LINE_THIN, LIMEN_LINE_REFERENCE, LIMEN_LINE_EXACT};
  const LimenRect *area = &layout->frame.plot;
  cairo_save (cr);
  cairo_rectangle (cr, area->x - 1, area->y - 1, area->width + 2, area->height + 2);
  cairo_clip (cr);
  for (guint k = 0; k < G_N_ELEMENTS (order); k++)
    for (guint i = layout->plot->n_lines; i-- > 0;) {
      const LimenLine *line = &layout->plot->line[i];
      if (line->kind != order[k])
        continue;
      limen_palette_set (cr, layout->style->scheme, line->colour);
      limen_line_stroke_style (cr, layout->style, line->kind);
      /* a line that grows while one looks has to be drawn in a millisecond */
      gboolean many = line->n > MANY;
      cairo_set_antialias (cr, many ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT);
      cairo_set_line_join (cr, many ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
      add_line (&layout->frame, line, cr);
      cairo_stroke (cr);
    }
  cairo_restore (cr);
}

/* --- Dots --- */

/* @n corners on a circle of @radius, the first at the top, or at the bottom where it is negative.
 */
static void
add_polygon (cairo_t *cr, int n, double x, double y, double radius)
{
  for (int i = 0; i < n; i++)
    cairo_line_to (cr, x + radius * sin (2 * G_PI * i / n), y - radius * cos (2 * G_PI * i / n));
}

/* Two bars, a third as thick as long, from corner to corner of a square. */
static void
add_saltire (cairo_t *cr, double x, double y, double radius)
{
  static const int quarter[3][2] = {{3, 1}, {1, 1}, {1, 3}};
  const double half = radius * sqrt (G_PI / 20); /* of the thickness: of five squares */
  for (int i = 0; i < 12; i++) {
    double turn = G_PI * (i / 3) / 2 + G_PI / 4, c = cos (turn), s = sin (turn);
    double u = half * quarter[i % 3][0], v = half * quarter[i % 3][1];
    cairo_line_to (cr, x + c * u - s * v, y + s * u + c * v);
  }
}

void
limen_dot_path (cairo_t *cr, LimenDotShape shape, double x, double y, double radius)
{
  double half = radius * sqrt (G_PI) / 2, across = radius * sqrt (4 * G_PI / (3 * sqrt (3)));
  cairo_new_sub_path (cr);
  if (shape == LIMEN_DOT_DISC)
    cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  else if (shape == LIMEN_DOT_SQUARE)
    cairo_rectangle (cr, x - half, y - half, 2 * half, 2 * half);
  else if (shape == LIMEN_DOT_DIAMOND)
    add_polygon (cr, 4, x, y, half * G_SQRT2);
  else if (shape == LIMEN_DOT_CROSS)
    add_saltire (cr, x, y, radius);
  else
    add_polygon (cr, 3, x, y, shape == LIMEN_DOT_TRIANGLE ? across : -across);
  cairo_close_path (cr);
}

void
limen_dot_draw (cairo_t *cr, const LimenChartStyle *style, LimenDotShape shape, LimenColour colour,
                double x, double y)
{
  limen_dot_path (cr, shape, x, y, 0.26 * style->font_size);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, style->scheme, colour);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, high_contrast (style) ? 1.9 : 1.5);
  cairo_stroke (cr);
}

static gboolean
dot_place (const LimenFrame *frame, const LimenDots *dots, guint i, double *x, double *y)
{
  const LimenRect *area = &frame->plot;
  return limen_line_place (frame, dots->x[i], dots->y[i], x, y) && *x > area->x - 1 &&
         *x < area->x + area->width + 1;
}

/* The pixels that the bar of a dot reaches, within the plot area. */
static gboolean
bar_of (const LimenFrame *frame, const LimenDots *dots, guint i, double *x, double *top,
        double *bottom)
{
  const LimenRect *area = &frame->plot;
  double y;
  if (!limen_dots_has_bar (dots, i) || !dot_place (frame, dots, i, x, &y))
    return FALSE;
  *top = limen_axis_to_pixel (&frame->y, dots->y[i] + dots->error[i]);
  *bottom = limen_axis_to_pixel (&frame->y, dots->y[i] - dots->error[i]);
  if (!isfinite (*bottom)) /* a log axis has no zero */
    *bottom = area->y + area->height;
  *top = fmax (*top, area->y);
  *bottom = fmin (*bottom, area->y + area->height);
  return *top < *bottom;
}

static void
draw_dots (const LimenLineLayout *layout, const LimenDots *dots, cairo_t *cr)
{
  const LimenFrame *frame = &layout->frame;
  const LimenRect *area = &frame->plot;
  double x, y, top, bottom;
  limen_palette_set (cr, layout->style->scheme, dots->colour);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, high_contrast (layout->style) ? 2 : 1.5);
  for (guint i = 0; i < dots->n; i++)
    if (bar_of (frame, dots, i, &x, &top, &bottom))
      limen_chart_line (cr, x, top, x, bottom);
  cairo_stroke (cr);
  for (guint i = 0; i < dots->n; i++)
    if (dot_place (frame, dots, i, &x, &y) && y > area->y - 1 && y < area->y + area->height + 1)
      limen_dot_draw (cr, layout->style, dots->shape, dots->colour, x, y);
}

/* --- The picture --- */

void
limen_chart_rounded (cairo_t *cr, const LimenRect *rect, double radius)
{
  double right = rect->x + rect->width, bottom = rect->y + rect->height;
  cairo_new_sub_path (cr);
  cairo_arc (cr, rect->x + radius, rect->y + radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, right - radius, rect->y + radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, right - radius, bottom - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, rect->x + radius, bottom - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
}

static void
draw_badge_frame (const LimenLineLayout *layout, cairo_t *cr)
{
  if (layout->badge.width <= 0)
    return;
  limen_chart_rounded (cr, &layout->badge, 0.45 * layout->style->font_size);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_PAPER);
  cairo_fill_preserve (cr);
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

void
limen_line_plot_draw (const LimenLinePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                      double width, double height)
{
  g_autoptr (LimenLineLayout) layout = limen_line_layout_new (plot, style, width, height);
  limen_chart_begin (cr, style, width, height);
  limen_frame_draw_grid (&layout->frame, cr, style);
  draw_levels (layout, cr);
  draw_lines (layout, cr);
  for (guint i = plot->n_dots; i-- > 0;)
    draw_dots (layout, &plot->dots[i], cr);
  cairo_set_dash (cr, NULL, 0, 0);
  limen_frame_draw_axes (&layout->frame, cr, style);
  draw_badge_frame (layout, cr);
  limen_places_draw (layout->places, cr);
  limen_line_layout_draw_keys (layout, cr);
  cairo_restore (cr);
}

/* --- The marker --- */

/* At the foot of the line, or above a handle that is there itself. */
static LimenRect
marker_pill (const LimenFrame *frame, const LimenChartStyle *style, const char *text, double x,
             double handle)
{
  double em = style->font_size, base = frame->plot.y + frame->plot.height;
  LimenRect inside = frame->plot;
  inside.width += 1.2 * em;
  LimenRect pill = limen_chart_pill_rect (style, text, x, 0, &inside);
  pill.y = base - pill.height - 0.4 * em;
  if (handle > pill.y - 1.2 * em)
    pill.y = fmax (handle - 1.2 * em - pill.height, frame->plot.y);
  return pill;
}

/* FALSE where @x has no place; @handle: pixel */
static gboolean
marker_place (const LimenFrame *frame, double x, double y, double *at, double *handle)
{
  const LimenRect *area = &frame->plot;
  double base = area->y + area->height, pixel = limen_axis_to_pixel (&frame->x, x);
  *handle = isnan (y) ? base : limen_axis_to_pixel (&frame->y, y);
  *handle = isfinite (*handle) ? CLAMP (*handle, area->y, base) : base;
  *at = CLAMP (pixel, area->x, area->x + area->width);
  return isfinite (pixel);
}

void
limen_line_plot_draw_handle (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                             double x, double y, const char *text, LimenHold hold)
{
  double at, handle;
  if (!marker_place (frame, x, y, &at, &handle))
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  if (text) {
    LimenRect pill = marker_pill (frame, style, text, at, handle);
    limen_chart_draw_pill (cr, style, text, &pill);
  }
  limen_chart_draw_handle (cr, style, at, handle, hold);
  cairo_restore (cr);
}

void
limen_line_plot_draw_marker (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                             double x, double y, const char *text, LimenHold hold)
{
  const LimenRect *area = &frame->plot;
  double at, handle;
  if (!marker_place (frame, x, y, &at, &handle))
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 2.5);
  limen_chart_line (cr, at, area->y, at, area->y + area->height);
  cairo_stroke (cr);
  cairo_restore (cr);
  limen_line_plot_draw_handle (frame, cr, style, x, y, text, hold);
}
