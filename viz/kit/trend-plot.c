#include "viz/kit/trend-plot.h"

#include <math.h>

#define SETTLING 0.05 /* of the way so far may lie above the vertical axis */
#define ROOM     0.06 /* above and below the curves */

/* --- Where things are --- */

typedef struct {
  double low, high;
} Range;

static gboolean
is_there (const LimenTrend *curve, guint i)
{
  return isfinite (curve->x[i]) && isfinite (curve->y[i]);
}

/* How far the curves go. */
static double
furthest (const LimenTrendPlot *plot)
{
  double end = 0;
  for (guint c = 0; c < plot->n_curves; c++)
    for (guint i = 0; i < plot->curve[c].n; i++)
      if (is_there (&plot->curve[c], i))
        end = fmax (end, plot->curve[c].x[i]);
  return end;
}

/* Of the values at or behind @from; low > high where there are none. */
static Range
range_from (const LimenTrendPlot *plot, double from)
{
  Range range = {INFINITY, -INFINITY};
  for (guint c = 0; c < plot->n_curves; c++) {
    const LimenTrend *curve = &plot->curve[c];
    for (guint i = 0; i < curve->n; i++)
      if (is_there (curve, i) && curve->x[i] >= from)
        range = (Range){fmin (range.low, curve->y[i]), fmax (range.high, curve->y[i])};
  }
  return range;
}

/* Room around the values, so that no mark is cut; a single value gets an axis too. */
static Range
with_room (Range range)
{
  double least = fmax (fmax (fabs (range.low), fabs (range.high)) * 1e-6, 1e-9);
  double room = range.high - range.low > least ? ROOM * (range.high - range.low) : 1;
  return (Range){range.low - room, range.high + room};
}

static gboolean
has_captions (const LimenChartStyle *style, double height)
{
  return height > 10 * style->font_size;
}

LimenFrame
limen_trend_plot_frame (const LimenTrendPlot *plot, const LimenChartStyle *style, double width,
                        double height)
{
  double em = style->font_size, end = furthest (plot);
  Range y = range_from (plot, SETTLING * end);
  gboolean is_empty = !(y.low <= y.high);
  double caption = has_captions (style, height) ? 1.9 * em : 0;
  LimenRect outer = {em, 0.8 * em + caption, fmax (width - 2.2 * em, 1),
                     fmax (height - 1.4 * em - 1.9 * caption, 1)};
  y = is_empty ? (Range){0, 1} : with_room (y);
  double x_end = fmax (isfinite (plot->x_end) ? plot->x_end : 0, end);
  LimenAxis x_axis = {&limen_scale_linear, .low = 0, .high = x_end > 0 ? x_end : 1};
  LimenAxis y_axis = {&limen_scale_linear, .low = y.low, .high = y.high};
  LimenFrame frame = limen_frame_layout (style, &outer, &x_axis, &y_axis, NULL);
  limen_frame_refine_y_ticks (&frame, style, NULL);
  if (is_empty) {
    g_array_set_size (frame.y_ticks, 0);
    g_array_set_size (frame.x_ticks, 0);
  }
  return frame;
}

/* --- Curves --- */

static void
add_line (const LimenFrame *frame, const LimenTrend *curve, cairo_t *cr)
{
  gboolean down = FALSE;
  for (guint i = 0; i < curve->n; i++) {
    if (!is_there (curve, i)) {
      down = FALSE;
      continue;
    }
    double x = limen_axis_to_pixel (&frame->x, curve->x[i]);
    double y = limen_axis_to_pixel (&frame->y, curve->y[i]);
    if (down)
      cairo_line_to (cr, x, y);
    else
      cairo_move_to (cr, x, y);
    down = TRUE;
  }
}

static void
add_diamond (cairo_t *cr, double x, double y, double radius)
{
  cairo_move_to (cr, x, y - radius);
  cairo_line_to (cr, x + radius, y);
  cairo_line_to (cr, x, y + radius);
  cairo_line_to (cr, x - radius, y);
  cairo_close_path (cr);
}

/* Every so many-th mark, counted from the newest, so that they do not touch. */
static void
add_diamonds (const LimenFrame *frame, const LimenTrend *curve, cairo_t *cr, double radius)
{
  double last = INFINITY;
  for (guint i = curve->n; i-- > 0;) {
    double x = limen_axis_to_pixel (&frame->x, curve->x[i]);
    if (!is_there (curve, i) || last - x < 3.2 * radius)
      continue;
    add_diamond (cr, x, limen_axis_to_pixel (&frame->y, curve->y[i]), radius);
    last = x;
  }
}

/* On a rim of paper: readable where it lies on another curve. */
static void
fill_on_paper (cairo_t *cr, const LimenChartStyle *style, LimenColour colour)
{
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_set_line_width (cr, 2.5);
  cairo_stroke_preserve (cr);
  limen_palette_set (cr, style->scheme, colour);
  cairo_fill (cr);
}

static void
draw_curve (const LimenFrame *frame, const LimenTrend *curve, cairo_t *cr,
            const LimenChartStyle *style)
{
  gboolean marked = curve->mark == LIMEN_TREND_DIAMONDS;
  limen_palette_set (cr, style->scheme, curve->colour);
  cairo_set_line_width (cr, marked ? 1.2 : 1.6);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  add_line (frame, curve, cr);
  cairo_stroke (cr);
  if (!marked)
    return;
  add_diamonds (frame, curve, cr, 0.36 * style->font_size);
  fill_on_paper (cr, style, curve->colour);
}

static void
draw_curves (const LimenTrendPlot *plot, const LimenFrame *frame, cairo_t *cr,
             const LimenChartStyle *style)
{
  const LimenRect *area = &frame->plot;
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width + 0.5 * style->font_size, area->height);
  cairo_clip (cr);
  for (guint c = 0; c < plot->n_curves; c++)
    draw_curve (frame, &plot->curve[c], cr, style);
  cairo_restore (cr);
}

/* --- Words --- */

static void
draw_key (const LimenTrend *curve, cairo_t *cr, const LimenChartStyle *style, double x, double y)
{
  double em = style->font_size;
  limen_palette_set (cr, style->scheme, curve->colour);
  cairo_set_line_width (cr, 2);
  limen_chart_line (cr, x, y, x + 1.6 * em, y);
  cairo_stroke (cr);
  if (curve->mark != LIMEN_TREND_DIAMONDS)
    return;
  add_diamond (cr, x + 0.8 * em, y, 0.36 * em);
  fill_on_paper (cr, style, curve->colour);
}

static char *
legend_text (const LimenTrendPlot *plot, const LimenTrend *curve)
{
  if (!isfinite (curve->now))
    return g_strdup (curve->name);
  g_autofree char *number = limen_format_number (curve->now, fabs (curve->now) < 100 ? 2 : 1);
  return g_strconcat (curve->name, "  ", number, plot->unit ? "\u00a0" : NULL, plot->unit, NULL);
}

/* In the corner that falling curves leave free, on paper that lets a steep beginning through. */
static void
draw_legend (const LimenTrendPlot *plot, const LimenFrame *frame, cairo_t *cr,
             const LimenChartStyle *style)
{
  double em = style->font_size, right = frame->plot.x + frame->plot.width - 0.4 * em;
  double y = frame->plot.y + em;
  for (guint c = 0; c < plot->n_curves; c++, y += 1.6 * em) {
    const LimenTrend *curve = &plot->curve[c];
    LimenText text = {
        .colour = curve->colour, .bold = TRUE, .size = 1, .align_x = 1, .align_y = 0.5};
    g_autofree char *string = legend_text (plot, curve);
    LimenRect rect = limen_text_rect (style, &text, string, right, y);
    if (rect.x - 2.4 * em < frame->plot.x)
      continue; /* no room for words */
    LimenRgba paper = limen_palette_colour (style->scheme, LIMEN_COLOUR_PAPER);
    cairo_set_source_rgba (cr, paper.red, paper.green, paper.blue, 0.8);
    cairo_rectangle (cr, rect.x - 2.4 * em, rect.y, rect.width + 2.6 * em, rect.height);
    cairo_fill (cr);
    limen_text_draw (cr, style, &text, string, right, y);
    draw_key (curve, cr, style, rect.x - 2.2 * em, y);
  }
}

static void
draw_captions (const LimenTrendPlot *plot, const LimenFrame *frame, cairo_t *cr,
               const LimenChartStyle *style, double width, double height)
{
  double em = style->font_size;
  LimenText text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .max_width = fmax (width - 2 * em, 1)};
  if (!has_captions (style, height))
    return;
  limen_text_draw (cr, style, &text, plot->y_caption, em, 0.7 * em);
  text = (LimenText){.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5, .align_y = 1};
  limen_text_draw (cr, style, &text, plot->x_caption, frame->plot.x + frame->plot.width / 2,
                   height - 0.5 * em);
}

void
limen_trend_plot_draw (const LimenTrendPlot *plot, cairo_t *cr, const LimenChartStyle *style,
                       double width, double height)
{
  LimenFrame frame = limen_trend_plot_frame (plot, style, width, height);
  limen_chart_begin (cr, style, width, height);
  limen_frame_draw_grid (&frame, cr, style);
  draw_curves (plot, &frame, cr, style);
  limen_frame_draw_axes (&frame, cr, style);
  draw_captions (plot, &frame, cr, style, width, height);
  draw_legend (plot, &frame, cr, style);
  cairo_restore (cr);
  limen_frame_clear (&frame);
}
