#include "viz/kit/heat-map.h"

#include <math.h>

#define GAP       0.6  /* em, between the picture and the scale */
#define BAR       0.9  /* em, of the scale's height */
#define LABELS    2.9  /* em, of numbers and unit below it */
#define WIDEST    30   /* em, of the scale */
#define LEAST     1.0  /* em, of a picture's side */
#define SEEN_FROM 0.35 /* share of the scale from which on colours have their full opacity */
#define STEPS     256  /* of the scale as it is drawn */

/* -- colours -- */

/* "Plasma" of matplotlib (van der Walt and Smith, 2015; CC0), at even distances: its lightness
 * rises all the way, so that it is read without hue, too. */
static const guint32 plasma[] = {0x0d0887, 0x41049d, 0x6a00a8, 0x8f0da4, 0xb12a90, 0xcc4778,
                                 0xe16462, 0xf2844b, 0xfca636, 0xfcce25, 0xf0f921};

static LimenRgba
mix (guint32 a, guint32 b, double t)
{
  double part[3];
  for (guint k = 0; k < 3; k++) {
    guint shift = 16 - 8 * k;
    part[k] = ((1 - t) * (a >> shift & 255) + t * (b >> shift & 255)) / 255;
  }
  return (LimenRgba){part[0], part[1], part[2], 1};
}

/* @t: 0 to 1 */
static LimenRgba
rising (double t)
{
  double at = t * (G_N_ELEMENTS (plasma) - 1);
  guint i = MIN ((guint)at, G_N_ELEMENTS (plasma) - 2);
  return mix (plasma[i], plasma[i + 1], at - i);
}

static LimenAxis
scale_axis (const LimenHeatMap *map, double start, double end)
{
  const LimenScale *scale = map->scale ? map->scale : &limen_scale_linear;
  return (LimenAxis){scale, 0, 1, map->low, map->high, start, end};
}

LimenRgba
limen_heat_map_colour (const LimenHeatMap *map, LimenScheme scheme, double value)
{
  LimenAxis axis = scale_axis (map, 0, 1);
  LimenRgba colour;
  double t;
  if (isnan (value) || !(map->high > map->low))
    return (LimenRgba){0, 0, 0, 0};
  if (map->both_ways) {
    double end = fmax (fabs (map->low), fabs (map->high));
    t = CLAMP (value / end, -1, 1);
    colour = limen_palette_colour (scheme, t < 0 ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_SECOND);
    colour.alpha = map->opacity * fabs (t);
    return colour;
  }
  t = limen_axis_to_pixel (&axis, CLAMP (value, map->low, map->high));
  colour = rising (t);
  colour.alpha = map->opacity * fmin (t / SEEN_FROM, 1);
  return colour;
}

/* -- places -- */

static double
side (const LimenHeatMap *map, gboolean vertical)
{
  if (map->picture)
    return vertical ? cairo_image_surface_get_height (map->picture)
                    : cairo_image_surface_get_width (map->picture);
  return fmax (vertical ? map->rows : map->columns, 1);
}

double
limen_heat_map_scale_height (const LimenHeatMap *map, const LimenChartStyle *style)
{
  g_return_val_if_fail (map != NULL && style != NULL, 0);
  return map->value || map->keeps_room ? (GAP + BAR + LABELS) * style->font_size : 0;
}

LimenRect
limen_heat_map_picture (const LimenHeatMap *map, const LimenChartStyle *style, double width,
                        double height)
{
  double w = side (map, FALSE), h = side (map, TRUE), least = LEAST * style->font_size;
  double room = fmax (height - limen_heat_map_scale_height (map, style), least);
  double scale = fmin (fmax (width, least) / w, room / h);
  LimenRect rect = {0, 0, fmax (round (w * scale), 1), fmax (round (h * scale), 1)};
  rect.x = floor ((width - rect.width) / 2);
  return rect;
}

static LimenRect
place_of_map (const LimenHeatMap *map, const LimenRect *picture)
{
  if (map->place.width <= 0 || map->place.height <= 0)
    return *picture;
  return (LimenRect){picture->x + map->place.x * picture->width,
                     picture->y + map->place.y * picture->height, map->place.width * picture->width,
                     map->place.height * picture->height};
}

gboolean
limen_heat_map_at (const LimenHeatMap *map, const LimenChartStyle *style, double width,
                   double height, double x, double y, guint *column, guint *row)
{
  LimenRect picture = limen_heat_map_picture (map, style, width, height);
  LimenRect place = place_of_map (map, &picture);
  double u = (x - place.x) / place.width, v = (y - place.y) / place.height;
  if (!map->value || !(u >= 0 && u < 1 && v >= 0 && v < 1))
    return FALSE;
  *column = MIN ((guint)(u * map->columns), map->columns - 1);
  *row = MIN ((guint)(v * map->rows), map->rows - 1);
  return TRUE;
}

/* -- picture and map -- */

static void
paint_surface (cairo_t *cr, cairo_surface_t *surface, const LimenRect *rect, gboolean smooth)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  gboolean shrunk = rect->width < width || rect->height < height;
  cairo_save (cr);
  cairo_rectangle (cr, rect->x, rect->y, rect->width, rect->height);
  cairo_clip (cr);
  cairo_translate (cr, rect->x, rect->y);
  cairo_scale (cr, rect->width / width, rect->height / height);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_t *pattern = cairo_get_source (cr);
  cairo_pattern_set_filter (pattern, shrunk   ? CAIRO_FILTER_GOOD
                                     : smooth ? CAIRO_FILTER_BILINEAR
                                              : CAIRO_FILTER_NEAREST);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
}

static guint32
premultiplied (LimenRgba c)
{
  guint32 alpha = (guint32)lround (255 * c.alpha);
  guint32 red = (guint32)lround (255 * c.red * c.alpha);
  guint32 green = (guint32)lround (255 * c.green * c.alpha);
  guint32 blue = (guint32)lround (255 * c.blue * c.alpha);
  return alpha << 24 | red << 16 | green << 8 | blue;
}

static cairo_surface_t *
surface_of (const LimenHeatMap *map, LimenScheme scheme)
{
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)map->columns, (int)map->rows);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint y = 0; y < map->rows; y++) {
    guint32 *row = (guint32 *)(gpointer)(data + (gsize)y * (gsize)stride);
    for (guint x = 0; x < map->columns; x++)
      row[x] = premultiplied (
          limen_heat_map_colour (map, scheme, map->value[(gsize)y * map->columns + x]));
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_map (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style,
          const LimenRect *picture)
{
  LimenRect place = place_of_map (map, picture);
  cairo_surface_t *surface = surface_of (map, style->scheme);
  paint_surface (cr, surface, &place, map->smooth);
  cairo_surface_destroy (surface);
}

/* White pictures on white paper end somewhere, too. */
static void
draw_border (cairo_t *cr, const LimenChartStyle *style, const LimenRect *picture)
{
  cairo_save (cr);
  cairo_rectangle (cr, picture->x - 0.5, picture->y - 0.5, picture->width + 1, picture->height + 1);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_GRID);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
  cairo_restore (cr);
}

/* -- the scale -- */

static const LimenText number_text = {.colour = LIMEN_COLOUR_DIM, .size = 1, .align_x = 0.5};

static double
measure_number (const char *label, gpointer style)
{
  return limen_text_rect (style, &number_text, label, 0, 0).width;
}

/* Over the grey in the middle of black and white, since pictures are between these. */
static void
draw_colours (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style,
              const LimenRect *bar)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (bar->x, 0, bar->x + bar->width, 0);
  LimenAxis axis = scale_axis (map, 0, 1);
  for (guint i = 0; i <= STEPS; i++) {
    double t = (double)i / STEPS;
    LimenRgba c = limen_heat_map_colour (map, style->scheme, limen_axis_from_pixel (&axis, t));
    cairo_pattern_add_color_stop_rgba (pattern, t, c.red, c.green, c.blue, c.alpha);
  }
  cairo_save (cr);
  cairo_clip_preserve (cr);
  cairo_set_source_rgb (cr, 0.5, 0.5, 0.5);
  cairo_fill_preserve (cr);
  cairo_set_source (cr, pattern);
  cairo_fill_preserve (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/* Whether values lie beyond the ends */
static void
look_beyond (const LimenHeatMap *map, gboolean *below, gboolean *above)
{
  *below = *above = FALSE;
  for (gsize i = 0; i < (gsize)map->columns * map->rows; i++) {
    *below = *below || map->value[i] < (float)map->low;
    *above = *above || map->value[i] > (float)map->high;
  }
}

/* With a point at an end beyond which there are values */
static void
scale_path (const LimenHeatMap *map, cairo_t *cr, const LimenRect *bar)
{
  gboolean below, above;
  double point = 0.7 * bar->height, middle = bar->y + bar->height / 2;
  double right = bar->x + bar->width, bottom = bar->y + bar->height;
  look_beyond (map, &below, &above);
  cairo_new_path (cr);
  cairo_move_to (cr, bar->x, bar->y);
  cairo_line_to (cr, right, bar->y);
  if (above)
    cairo_line_to (cr, right + point, middle);
  cairo_line_to (cr, right, bottom);
  cairo_line_to (cr, bar->x, bottom);
  if (below)
    cairo_line_to (cr, bar->x - point, middle);
  cairo_close_path (cr);
}

static void
draw_numbers (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style,
              const LimenRect *bar, double width)
{
  double em = style->font_size, top = bar->y + bar->height + 0.4 * em;
  LimenAxis axis = scale_axis (map, bar->x, bar->x + bar->width);
  g_autoptr (GArray) ticks =
      limen_axis_ticks (&axis, 1.2 * em, NULL, measure_number, (gpointer)style);
  for (guint i = 0; i < ticks->len; i++) {
    const LimenTick *tick = &g_array_index (ticks, LimenTick, i);
    double half = measure_number (tick->label, (gpointer)style) / 2, x = round (tick->pixel);
    limen_chart_line (cr, x + 0.5, bar->y + bar->height, x + 0.5, bar->y + bar->height + 0.3 * em);
    limen_palette_set (cr, style->scheme, LIMEN_COLOUR_AXIS);
    cairo_stroke (cr);
    if (x - half >= 0 && x + half <= width)
      limen_text_draw (cr, style, &number_text, tick->label, x, top);
  }
  if (map->unit) {
    LimenText text = number_text;
    text.max_width = width;
    limen_text_draw (cr, style, &text, map->unit, width / 2, top + 1.3 * em);
  }
}

/* @top: where the picture ends */
static void
draw_scale (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style, double width,
            double top)
{
  double em = style->font_size, wide = fmin (width - 4 * em, WIDEST * em);
  if (wide < 3 * em || !(map->high > map->low))
    return;
  LimenRect bar = {floor ((width - wide) / 2) + 0.5, floor (top + GAP * em) + 0.5, floor (wide),
                   floor (BAR * em)};
  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  scale_path (map, cr, &bar);
  draw_colours (map, cr, style, &bar);
  draw_numbers (map, cr, style, &bar, width);
  cairo_restore (cr);
}

void
limen_heat_map_draw (const LimenHeatMap *map, cairo_t *cr, const LimenChartStyle *style,
                     double width, double height)
{
  g_return_if_fail (map != NULL && cr != NULL && style != NULL);
  LimenRect picture = limen_heat_map_picture (map, style, width, height);
  cairo_new_path (cr);
  if (map->picture)
    paint_surface (cr, map->picture, &picture, FALSE);
  if (map->value)
    draw_map (map, cr, style, &picture);
  draw_border (cr, style, &picture);
  if (!map->value)
    return;
  draw_scale (map, cr, style, width, picture.y + picture.height);
}
