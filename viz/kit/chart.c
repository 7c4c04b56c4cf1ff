#include "viz/kit/chart.h"
#include "viz/kit/text-context.h"

#include <math.h>
#include <pango/pangocairo.h>

#define DEFAULT_FAMILY "Cantarell, Inter, sans-serif"

LimenChartStyle
limen_chart_style (LimenScheme scheme)
{
  return (LimenChartStyle){scheme, DEFAULT_FAMILY, 12};
}

void
limen_chart_begin (cairo_t *cr, const LimenChartStyle *style, double width, double height)
{
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_set_dash (cr, NULL, 0, 0);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  cairo_rectangle (cr, 0, 0, width, height);
  cairo_fill (cr);
}

void
limen_chart_line (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
}

/* --- Text --- */

/* One context per thread: making one costs more than drawing a label. Glyphs are a whole number of
 * pixels wide: Cairo 1.16 draws them on whole pixels only, and the layout is the same at every
 * scale and in every format. */
PangoContext *
limen_text_context (void)
{
  static GPrivate key = G_PRIVATE_INIT (g_object_unref);
  PangoContext *context = g_private_get (&key);
  if (!context) {
    cairo_font_options_t *options = cairo_font_options_create ();
    cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_ON);
    cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_SLIGHT);
    cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
    context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
    pango_cairo_context_set_font_options (context, options);
    cairo_font_options_destroy (options);
    g_private_set (&key, context);
  }
  return context;
}

static double
layout_width (PangoLayout *layout)
{
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  return logical.width / (double)PANGO_SCALE;
}

/* (transfer full): the first and the last characters of @string, @n in all, without blanks at what
 * stands for the others: Pango would leave one there, as a gap */
static char *
without_middle (const char *string, glong length, glong n)
{
  glong head = (n + 1) / 2, tail = n / 2;
  g_autofree char *first = g_utf8_substring (string, 0, head);
  g_autofree char *last = g_utf8_substring (string, length - tail, length);
  return g_strconcat (g_strchomp (first), "…", g_strchug (last), NULL);
}

/* As many characters as fit; where none does, "…" alone */
static void
shorten (PangoLayout *layout, const char *string, double width)
{
  glong length = g_utf8_strlen (string, -1), fits = 0, too_many = length;
  if (layout_width (layout) <= width)
    return;
  while (too_many - fits > 1) {
    glong n = (fits + too_many) / 2;
    g_autofree char *some = without_middle (string, length, n);
    pango_layout_set_text (layout, some, -1);
    if (layout_width (layout) <= width)
      fits = n;
    else
      too_many = n;
  }
  g_autofree char *most = without_middle (string, length, fits);
  pango_layout_set_text (layout, most, -1);
}

static PangoLayout *
layout_text (const LimenChartStyle *style, const LimenText *text, const char *string)
{
  PangoLayout *layout = pango_layout_new (limen_text_context ());
  PangoFontDescription *font = pango_font_description_from_string (style->font_family);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  pango_font_description_set_absolute_size (font, style->font_size * text->size * PANGO_SCALE);
  pango_font_description_set_weight (font, text->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  /* Tabular figures: a number that changes does not shake. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  g_autofree char *valid =
      g_utf8_validate (string, -1, NULL) ? NULL : g_utf8_make_valid (string, -1);
  pango_layout_set_text (layout, valid ? valid : string, -1);
  if (text->max_width > 0)
    shorten (layout, valid ? valid : string, text->max_width);
  return layout;
}

static LimenRect
layout_rect (PangoLayout *layout, const LimenText *text, double x, double y)
{
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  double width = logical.width / (double)PANGO_SCALE, height = logical.height / (double)PANGO_SCALE;
  return (LimenRect){x - text->align_x * width, y - text->align_y * height, width, height};
}

LimenRect
limen_text_rect (const LimenChartStyle *style, const LimenText *text, const char *string, double x,
                 double y)
{
  g_autoptr (PangoLayout) layout = layout_text (style, text, string);
  return layout_rect (layout, text, x, y);
}

static void
draw_halo (cairo_t *cr, const LimenChartStyle *style, PangoLayout *layout, double x, double y)
{
  LimenRgba paper = limen_palette_colour (style->scheme, LIMEN_COLOUR_PAPER);
  cairo_save (cr);
  cairo_move_to (cr, x, y);
  pango_cairo_layout_path (cr, layout);
  cairo_set_source_rgba (cr, paper.red, paper.green, paper.blue, 0.85);
  cairo_set_line_width (cr, 0.3 * style->font_size);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_dash (cr, NULL, 0, 0);
  cairo_stroke (cr);
  cairo_restore (cr);
}

LimenRect
limen_text_draw (cairo_t *cr, const LimenChartStyle *style, const LimenText *text,
                 const char *string, double x, double y)
{
  g_autoptr (PangoLayout) layout = layout_text (style, text, string);
  LimenRect rect = layout_rect (layout, text, x, y);
  PangoRectangle logical;
  pango_layout_get_extents (layout, NULL, &logical);
  double left = rect.x - logical.x / (double)PANGO_SCALE;
  if (text->halo)
    draw_halo (cr, style, layout, left, rect.y);
  limen_palette_set (cr, style->scheme, text->colour);
  cairo_move_to (cr, left, rect.y);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
  return rect;
}

/* --- The frame --- */

typedef struct {
  const LimenChartStyle *style;
  gboolean vertical;
} Measure;

static const LimenText tick_text = {.colour = LIMEN_COLOUR_DIM, .size = 1};

static double
measure_label (const char *label, gpointer user_data)
{
  const Measure *measure = user_data;
  LimenRect rect = limen_text_rect (measure->style, &tick_text, label, 0, 0);
  return measure->vertical ? rect.height : rect.width;
}

static double
widest_label (const LimenChartStyle *style, const GArray *ticks)
{
  double widest = 0;
  for (guint i = 0; i < ticks->len; i++)
    widest = fmax (widest, measure_label (g_array_index (ticks, LimenTick, i).label,
                                          &(Measure){style, FALSE}));
  return widest;
}

/* Half of a label at the very end of the axis may stick out: it is left away. */
static void
drop_cut_labels (const LimenChartStyle *style, double left, double right, GArray *ticks)
{
  for (guint i = ticks->len; i-- > 0;) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    double half = measure_label (tick->label, &(Measure){style, FALSE}) / 2;
    if (tick->pixel - half < left || tick->pixel + half > right)
      g_array_remove_index (ticks, i);
  }
}

void
limen_frame_set_x_ticks (LimenFrame *frame, const LimenChartStyle *style, double gap, double left,
                         double right)
{
  g_clear_pointer (&frame->x_ticks, g_array_unref);
  frame->x_ticks = limen_axis_ticks (&frame->x, gap, NULL, measure_label, &(Measure){style, FALSE});
  drop_cut_labels (style, left, right, frame->x_ticks);
}

void
limen_frame_set_y_ticks (LimenFrame *frame, const LimenChartStyle *style, double gap,
                         const char *y_unit)
{
  g_clear_pointer (&frame->y_ticks, g_array_unref);
  frame->y_ticks =
      limen_axis_ticks (&frame->y, gap, y_unit, measure_label, &(Measure){style, TRUE});
}

/* @room: how much wider the labels may get, pixels */
static void
refine_y_ticks (LimenFrame *frame, const LimenChartStyle *style, const char *y_unit, double room)
{
  GArray *finer = limen_axis_ticks (&frame->y, 0.8 * style->font_size, y_unit, measure_label,
                                    &(Measure){style, TRUE});
  if (finer->len > frame->y_ticks->len &&
      widest_label (style, finer) < widest_label (style, frame->y_ticks) + room) {
    g_array_unref (frame->y_ticks);
    frame->y_ticks = finer;
  } else
    g_array_unref (finer);
}

void
limen_frame_refine_y_ticks (LimenFrame *frame, const LimenChartStyle *style, const char *y_unit)
{
  if (frame->y_ticks->len <= 2)
    refine_y_ticks (frame, style, y_unit, 0.4 * style->font_size);
}

LimenFrame
limen_frame_layout (const LimenChartStyle *style, const LimenRect *outer, const LimenAxis *x,
                    const LimenAxis *y, const char *y_unit)
{
  double em = style->font_size;
  LimenFrame frame = {.x = *x, .y = *y};
  double bottom = limen_text_rect (style, &tick_text, "0", 0, 0).height + 0.6 * em;
  frame.plot.y = outer->y;
  frame.plot.height = fmax (floor (outer->height - bottom), 1);
  frame.y.start = frame.plot.y + frame.plot.height;
  frame.y.end = frame.plot.y;
  limen_frame_set_y_ticks (&frame, style, 2 * em, y_unit);
  if (frame.y_ticks->len <= 1) /* a single number is no scale */
    refine_y_ticks (&frame, style, y_unit, INFINITY);
  double left = frame.y_ticks->len > 0 ? ceil (widest_label (style, frame.y_ticks) + em) : 0;
  frame.plot.x = outer->x + left;
  frame.plot.width = fmax (floor (outer->width - left), 1);
  frame.x.start = frame.plot.x;
  frame.x.end = frame.plot.x + frame.plot.width;
  limen_frame_set_x_ticks (&frame, style, 1.8 * em, outer->x, outer->x + outer->width);
  return frame;
}

void
limen_frame_clear (LimenFrame *frame)
{
  g_clear_pointer (&frame->x_ticks, g_array_unref);
  g_clear_pointer (&frame->y_ticks, g_array_unref);
}

/* The middle of the pixel: a line of one pixel is one pixel then, not two grey ones. */
static double
crisp (double pixel)
{
  return floor (pixel) + 0.5;
}

void
limen_frame_draw_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *plot = &frame->plot;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < frame->y_ticks->len; i++) {
    double y = crisp (g_array_index (frame->y_ticks, LimenTick, i).pixel);
    limen_chart_line (cr, plot->x, y, plot->x + plot->width, y);
  }
  cairo_stroke (cr);
}

void
limen_frame_draw_upright_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *plot = &frame->plot;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  for (guint i = 0; i < frame->x_ticks->len; i++) {
    double x = crisp (g_array_index (frame->x_ticks, LimenTick, i).pixel);
    limen_chart_line (cr, x, plot->y, x, plot->y + plot->height);
  }
  cairo_stroke (cr);
}

void
limen_frame_draw_labels (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *plot = &frame->plot;
  double em = style->font_size, base = plot->y + plot->height;
  LimenText text = tick_text;
  text.align_x = 0.5;
  for (guint i = 0; i < frame->x_ticks->len; i++) {
    const LimenTick *tick = &g_array_index (frame->x_ticks, LimenTick, i);
    limen_text_draw (cr, style, &text, tick->label, tick->pixel, base + 0.55 * em);
  }
  text.align_x = 1;
  text.align_y = 0.5;
  for (guint i = 0; i < frame->y_ticks->len; i++) {
    const LimenTick *tick = &g_array_index (frame->y_ticks, LimenTick, i);
    limen_text_draw (cr, style, &text, tick->label, plot->x - 0.9 * em, tick->pixel);
  }
}

void
limen_frame_draw_axes (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *plot = &frame->plot;
  double base = plot->y + plot->height;
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  limen_chart_line (cr, plot->x, crisp (base), plot->x + plot->width, crisp (base));
  for (guint i = 0; i < frame->x_ticks->len; i++) {
    double x = crisp (g_array_index (frame->x_ticks, LimenTick, i).pixel);
    limen_chart_line (cr, x, base, x, base + 0.4 * style->font_size);
  }
  cairo_stroke (cr);
  limen_frame_draw_labels (frame, cr, style);
}

/* --- What the user holds --- */

static void
fill_disc (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
  cairo_fill (cr);
}

void
limen_chart_draw_handle (cairo_t *cr, const LimenChartStyle *style, double x, double y,
                         LimenHold hold)
{
  double radius =
      style->font_size * (hold & (LIMEN_HOLD_HOVERED | LIMEN_HOLD_GRABBED) ? 0.8 : 0.66);
  if (hold & LIMEN_HOLD_GRABBED) {
    LimenRgba hand = limen_palette_colour (style->scheme, LIMEN_COLOUR_HAND);
    cairo_set_source_rgba (cr, hand.red, hand.green, hand.blue, 0.2);
    fill_disc (cr, x, y, radius * 2.2);
  }
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_PAPER);
  fill_disc (cr, x, y, radius + 2.5);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  fill_disc (cr, x, y, radius);
  if (hold & LIMEN_HOLD_FOCUSED) {
    cairo_set_line_width (cr, 2.5);
    cairo_arc (cr, x, y, radius + 5.5, 0, 2 * G_PI);
    cairo_stroke (cr);
  }
}

static const LimenText pill_text = {
    .colour = LIMEN_COLOUR_ON_HAND, .bold = TRUE, .size = 1.08, .align_x = 0.5, .align_y = 0.5};

LimenRect
limen_chart_pill_rect (const LimenChartStyle *style, const char *string, double x, double y,
                       const LimenRect *inside)
{
  LimenRect text = limen_text_rect (style, &pill_text, string, x, y);
  double em = style->font_size, width = ceil (text.width + 2.2 * em), height = round (2.15 * em);
  LimenRect pill = {x - width / 2, y - height / 2, width, height};
  if (inside) {
    pill.x = fmin (pill.x, inside->x + inside->width - width);
    pill.x = fmax (pill.x, inside->x);
  }
  return pill;
}

void
limen_chart_draw_pill (cairo_t *cr, const LimenChartStyle *style, const char *string,
                       const LimenRect *pill)
{
  double radius = pill->height / 2, y = pill->y + radius;
  cairo_new_path (cr);
  cairo_arc (cr, pill->x + radius, y, radius, G_PI / 2, 3 * G_PI / 2);
  cairo_arc (cr, pill->x + pill->width - radius, y, radius, -G_PI / 2, G_PI / 2);
  cairo_close_path (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_fill (cr);
  limen_text_draw (cr, style, &pill_text, string, pill->x + pill->width / 2, y);
}

const char *
limen_chart_fitting (const LimenChartStyle *style, const LimenText *text,
                     const char *const *variants, double width)
{
  for (; *variants; variants++)
    if (limen_text_rect (style, text, *variants, 0, 0).width <= width)
      return *variants;
  return NULL;
}
