#include "viz/kit/plane-plot-private.h"

#include <math.h>

/* Masses within one and two standard deviations of a normal distribution on the plane: 39 %, 86 %.
 */
static const double contour_mass[2] = {0.3934693402873666, 0.8646647167633873};

/* --- Where things are --- */

gboolean
limen_plane_has_foot (const LimenPlanePlot *plot, const LimenChartStyle *style, double height)
{
  return plot->foot && height > 12 * style->font_size;
}

LimenChartHeader
limen_plane_header (const LimenPlanePlot *plot, const LimenChartStyle *style, double width,
                    double height)
{
  LimenChartHeader header =
      limen_chart_header (style, plot->title, plot->note, NULL, width, height);
  header.note_right = TRUE;
  return header;
}

/* As much of the plane as @area holds around what is to be seen, one unit as long on both axes. */
static void
fit_axes (const double least[2], const double most[2], const LimenRect *area, LimenAxis axis[2])
{
  const double pixels[2] = {area->width, area->height};
  double low[2], high[2], unit = 0;
  for (int i = 0; i < 2; i++) {
    gboolean usable = isfinite (least[i]) && isfinite (most[i]) && least[i] < most[i];
    low[i] = usable ? least[i] : -1;
    high[i] = usable ? most[i] : 1;
    unit = fmax (unit, (high[i] - low[i]) / pixels[i]);
  }
  for (int i = 0; i < 2; i++) {
    double middle = low[i] + (high[i] - low[i]) / 2;
    axis[i] = (LimenAxis){&limen_scale_linear, .low = middle - unit * pixels[i] / 2,
                          .high = middle + unit * pixels[i] / 2};
  }
}

static double
step_of (const GArray *ticks)
{
  return ticks->len < 2 ? 0
                        : g_array_index (ticks, LimenTick, 1).value -
                              g_array_index (ticks, LimenTick, 0).value;
}

/* Whether both axes have two numbers or more: a single one is no scale. */
static gboolean
has_scale (const LimenFrame *frame)
{
  return step_of (frame->x_ticks) > 0 && step_of (frame->y_ticks) > 0;
}

/* Returns: whether both axes got the same step, or one of them none. */
static gboolean
try_ticks (LimenFrame *frame, const LimenChartStyle *style, double spacing, double right)
{
  limen_frame_set_x_ticks (frame, style, spacing / 3, 2, right);
  limen_frame_set_y_ticks (frame, style, spacing / 3, NULL);
  double x = step_of (frame->x_ticks), y = step_of (frame->y_ticks);
  return x == 0 || y == 0 || fabs (x - y) < 0.01 * x;
}

/* Squares: both axes get the same step, the first that fits both. A small plane has closer lines.
 */
static void
set_ticks (LimenFrame *frame, const LimenChartStyle *style, double right)
{
  double em = style->font_size;
  double spacing = fmax (5 * em, fmax (frame->plot.width, frame->plot.height) / 8);
  for (int tries = 0; tries < 8 && !try_ticks (frame, style, spacing, right); tries++)
    spacing *= 1.25;
  if (has_scale (frame))
    return;
  for (double close = 4 * em; close > 1.5 * em; close *= 0.8)
    if (try_ticks (frame, style, close, right) && has_scale (frame))
      return;
  try_ticks (frame, style, spacing, right);
}

static LimenFrame
layout_plane (const LimenChartStyle *style, const LimenRect *outer, const double low[2],
              const double high[2], double right)
{
  LimenAxis axis[2];
  fit_axes (low, high, outer, axis);
  /* labels take room, and which ones there are depends on the room that is left */
  for (int round = 0;; round++) {
    LimenFrame frame = limen_frame_layout (style, outer, &axis[0], &axis[1], NULL);
    fit_axes (low, high, &frame.plot, axis);
    if (round < 2) {
      limen_frame_clear (&frame);
      continue;
    }
    frame.x.low = axis[0].low;
    frame.x.high = axis[0].high;
    frame.y.low = axis[1].low;
    frame.y.high = axis[1].high;
    set_ticks (&frame, style, right);
    return frame;
  }
}

/* How far the labels of the vertical axis stick out of @outer. */
static double
left_out (const LimenFrame *frame, const LimenChartStyle *style, const LimenRect *outer)
{
  const LimenText text = {.size = 1};
  double widest = 0;
  for (guint i = 0; i < frame->y_ticks->len; i++) {
    const char *label = g_array_index (frame->y_ticks, LimenTick, i).label;
    widest = fmax (widest, limen_text_rect (style, &text, label, 0, 0).width);
  }
  return ceil (outer->x - (frame->plot.x - 0.9 * style->font_size - widest));
}

LimenFrame
limen_plane_frame (const LimenChartStyle *style, const LimenRect *outer, const double low[2],
                   const double high[2], double right)
{
  LimenFrame frame = layout_plane (style, outer, low, high, right);
  double out = left_out (&frame, style, outer);
  if (out <= 1)
    return frame;
  limen_frame_clear (&frame);
  LimenRect inner = {outer->x + out, outer->y, fmax (outer->width - out, 1), outer->height};
  return layout_plane (style, &inner, low, high, right);
}

LimenFrame
limen_plane_plot_frame (const LimenPlanePlot *plot, const LimenChartStyle *style, double width,
                        double height)
{
  double em = style->font_size, top = limen_plane_header (plot, style, width, height).bottom;
  double foot = limen_plane_has_foot (plot, style, height) ? 1.6 * em : 0;
  LimenRect outer = {em, top, fmax (width - 2.2 * em, 1), fmax (height - top - foot - 0.5 * em, 1)};
  return limen_plane_frame (style, &outer, plot->low, plot->high, width - 2);
}

gboolean
limen_plane_ellipse_axes (const LimenFrame *frame, const LimenGaussian *gaussian, double radius,
                          double centre[2], double half[2][2])
{
  if (gaussian->dimension != 2 ||
      !limen_line_place (frame, gaussian->mean[0], gaussian->mean[1], &centre[0], &centre[1]))
    return FALSE;
  double across = (frame->x.end - frame->x.start) / (frame->x.high - frame->x.low);
  double up = (frame->y.end - frame->y.start) / (frame->y.high - frame->y.low);
  for (int i = 0; i < 2; i++) {
    half[i][0] = radius * across * gaussian->factor[i];
    half[i][1] = radius * up * gaussian->factor[2 + i];
  }
  double size = fabs (half[0][0]) + fabs (half[0][1]) + fabs (half[1][0]) + fabs (half[1][1]);
  return size < 1e5 && fabs (centre[0]) + fabs (centre[1]) < 1e5;
}

LimenPointScale
limen_plane_point_scale (const LimenPlanePoints *points, const LimenFrame *frame,
                         const LimenChartStyle *style)
{
  double largest = 0, sum = 0, em = style->font_size;
  if (!points->weight)
    return (LimenPointScale){1, 0.24 * em};
  for (guint i = 0; i < points->n; i++)
    if (points->weight[i] > 0 && isfinite (points->weight[i])) {
      largest = fmax (largest, points->weight[i]);
      sum += points->weight[i];
    }
  if (largest == 0)
    return (LimenPointScale){1, 0.2 * em};
  double room = 0.035 * frame->plot.width * frame->plot.height;
  double radius = sqrt (room / (G_PI * sum / largest));
  return (LimenPointScale){largest, CLAMP (radius, 0.2 * em, 0.66 * em)};
}

double
limen_plane_point_radius (const LimenPlanePoints *points, const LimenPointScale *scale, guint index)
{
  double weight = points->weight ? points->weight[index] / scale->largest : 1;
  /* a sample of no weight is still a sample */
  return fmax (scale->radius * sqrt (weight > 0 ? fmin (weight, 1) : 0), 0.9);
}

LimenPlaneLayout *
limen_plane_layout_new (const LimenPlanePlot *plot, const LimenChartStyle *style, double width,
                        double height)
{
  LimenPlaneLayout *layout = g_new0 (LimenPlaneLayout, 1);
  layout->plot = plot;
  layout->style = style;
  layout->width = width;
  layout->height = height;
  layout->frame = limen_plane_plot_frame (plot, style, width, height);
  for (int i = 0; i < 2 && plot->contours; i++)
    layout->contours[i] =
        limen_plane_contours (plot->contours, limen_plane_level (plot->contours, contour_mass[i]));
  layout->places = limen_places_new (style, width, height);
  limen_plane_layout_place_words (layout);
  return layout;
}

void
limen_plane_layout_free (LimenPlaneLayout *layout)
{
  if (!layout)
    return;
  limen_frame_clear (&layout->frame);
  for (int i = 0; i < 2; i++)
    g_clear_pointer (&layout->contours[i], g_array_unref);
  limen_places_free (layout->places);
  g_free (layout);
}

/* --- Shade --- */

static gboolean
is_dark (const LimenChartStyle *style)
{
  return style->scheme == LIMEN_SCHEME_DARK || style->scheme == LIMEN_SCHEME_DARK_CONTRAST;
}

/* The density as opacity of a colour, a node to a pixel. A little more of it for the tails: the eye
 * is to see where there is any mass at all. */
static cairo_surface_t *
shade_surface (const LimenPlane *plane, const LimenChartStyle *style, LimenColour colour)
{
  const double *log_density = plane->log_density;
  gsize n = (gsize)plane->columns * plane->rows;
  double top = -INFINITY, most = is_dark (style) ? 0.6 : 0.5;
  LimenRgba c = limen_palette_colour (style->scheme, colour);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int)plane->columns, (int)plane->rows);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  for (gsize i = 0; i < n; i++)
    if (log_density[i] > top && log_density[i] < INFINITY)
      top = log_density[i];
  guchar *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  for (guint r = 0; r < plane->rows; r++) {
    guint32 *pixel = (guint32 *)(data + (gsize)r * stride);
    for (guint i = 0; i < plane->columns; i++) {
      double depth = log_density[(gsize)r * plane->columns + i] - top;
      double alpha = depth > -12 ? 255 * most * exp (0.75 * fmin (depth, 0)) : 0;
      pixel[i] = (guint32)(alpha + 0.5) << 24 | (guint32)(alpha * c.red + 0.5) << 16 |
                 (guint32)(alpha * c.green + 0.5) << 8 | (guint32)(alpha * c.blue + 0.5);
    }
  }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
draw_shade (const LimenPlaneLayout *layout, cairo_t *cr)
{
  const LimenPlane *plane = layout->plot->shade;
  const LimenFrame *frame = &layout->frame;
  if (!plane || plane->columns < 2 || plane->rows < 1)
    return;
  /* the middle of the first and the last pixel of the surface are the first and the last node */
  gboolean line = plane->rows == 1;
  double left = limen_axis_to_pixel (&frame->x, plane->low[0]);
  double right = limen_axis_to_pixel (&frame->x, plane->high[0]);
  double low = line ? frame->y.start : limen_axis_to_pixel (&frame->y, plane->low[1]);
  double high = line ? frame->y.end : limen_axis_to_pixel (&frame->y, plane->high[1]);
  double sx = (right - left) / (plane->columns - 1);
  double sy = (high - low) / (line ? 1 : plane->rows - 1);
  if (!(sx > 0) || !(sy < 0) || !isfinite (sx) || !isfinite (sy))
    return;
  cairo_surface_t *surface = shade_surface (plane, layout->style, layout->plot->shade_colour);
  cairo_save (cr);
  cairo_rectangle (cr, left, high, right - left, low - high);
  cairo_clip (cr);
  cairo_translate (cr, left - 0.5 * sx, line ? low : low - 0.5 * sy);
  cairo_scale (cr, sx, sy);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_surface_destroy (surface);
}

/* --- Contours --- */

/* The points of a contour in pixels, without those that lie within two pixels of another: squares
 * that a line just touches give points that are all but one. */
static guint
contour_pixels (const LimenFrame *frame, const LimenContour *line, double *out)
{
  guint n = 0;
  for (guint i = 0; i < line->n; i++) {
    double x = limen_axis_to_pixel (&frame->x, line->z[2 * i]);
    double y = limen_axis_to_pixel (&frame->y, line->z[2 * i + 1]);
    gboolean near = n > 0 && hypot (x - out[2 * n - 2], y - out[2 * n - 1]) < 2;
    gboolean at_start = line->closed && n > 0 && hypot (x - out[0], y - out[1]) < 2;
    if ((near || at_start) && (line->closed || i + 1 < line->n))
      continue;
    out[2 * n] = x;
    out[2 * n + 1] = y;
    n++;
  }
  return n;
}

/* A smooth line through the points (Catmull and Rom, 1974). */
static void
add_contour (const LimenFrame *frame, const LimenContour *line, cairo_t *cr)
{
  g_autofree double *p = g_new (double, 2 * (gsize)line->n + 2);
  int n = (int)contour_pixels (frame, line, p);
  if (n < 2)
    return;
  cairo_move_to (cr, p[0], p[1]);
  for (int i = 0; i < (line->closed ? n : n - 1); i++) {
    int at[4]; /* the points before, at both ends, and after */
    for (int k = 0; k < 4; k++)
      at[k] = line->closed ? (i + k - 1 + n) % n : CLAMP (i + k - 1, 0, n - 1);
    const double *a = &p[2 * at[0]], *b = &p[2 * at[1]], *c = &p[2 * at[2]], *d = &p[2 * at[3]];
    cairo_curve_to (cr, b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6,
                    c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6, c[0], c[1]);
  }
  if (line->closed)
    cairo_close_path (cr);
}

static void
draw_contours (const LimenPlaneLayout *layout, cairo_t *cr)
{
  limen_palette_set (cr, layout->style->scheme, LIMEN_COLOUR_DIM);
  limen_line_stroke_style (cr, layout->style, LIMEN_LINE_THIN);
  cairo_set_line_width (cr, 1.2);
  for (int i = 0; i < 2 && layout->contours[i]; i++)
    for (guint k = 0; k < layout->contours[i]->len; k++)
      add_contour (&layout->frame, &g_array_index (layout->contours[i], LimenContour, k), cr);
  cairo_stroke (cr);
}

/* --- Ellipses --- */

/* Four Bézier curves, as for a circle. */
void
limen_ellipse_path (cairo_t *cr, const double centre[2], double half[2][2])
{
  const double k = 0.5522847498307936; /* 4/3 (√2 − 1) */
  cairo_move_to (cr, centre[0] + half[0][0], centre[1] + half[0][1]);
  for (int i = 0; i < 4; i++) {
    /* from the end of one half axis to that of the next */
    const double *from = half[i % 2], *to = half[(i + 1) % 2];
    double s = i < 2 ? 1 : -1, t = i == 0 || i == 3 ? 1 : -1;
    cairo_curve_to (
        cr, centre[0] + s * from[0] + k * t * to[0], centre[1] + s * from[1] + k * t * to[1],
        centre[0] + k * s * from[0] + t * to[0], centre[1] + k * s * from[1] + t * to[1],
        centre[0] + t * to[0], centre[1] + t * to[1]);
  }
  cairo_close_path (cr);
}

static void
add_cross (cairo_t *cr, double x, double y, double arm)
{
  limen_chart_line (cr, x - arm, y - arm, x + arm, y + arm);
  limen_chart_line (cr, x - arm, y + arm, x + arm, y - arm);
}

/* On a latent line: where the interval ends. */
static void
add_interval (const LimenFrame *frame, const LimenPlaneEllipse *ellipse, cairo_t *cr)
{
  double half = ellipse->radius * ellipse->gaussian->factor[0];
  for (int side = -1; side <= 1; side += 2) {
    double x = limen_axis_to_pixel (&frame->x, ellipse->gaussian->mean[0] + side * half);
    if (!(fabs (x) < 1e5))
      continue;
    limen_chart_line (cr, x, frame->y.start, x, frame->y.end);
  }
}

static void
draw_ellipse (const LimenPlaneLayout *layout, const LimenPlaneEllipse *ellipse, cairo_t *cr)
{
  double centre[2], half[2][2];
  limen_palette_set (cr, layout->style->scheme, ellipse->colour);
  limen_line_stroke_style (cr, layout->style, ellipse->kind);
  if (ellipse->gaussian->dimension == 1)
    add_interval (&layout->frame, ellipse, cr);
  else if (!limen_plane_ellipse_axes (&layout->frame, ellipse->gaussian, ellipse->radius, centre,
                                      half))
    return;
  else if (ellipse->radius > 0)
    limen_ellipse_path (cr, centre, half);
  else
    add_cross (cr, centre[0], centre[1], 0.33 * layout->style->font_size);
  cairo_stroke (cr);
}

/* --- Points --- */

static void
draw_points (const LimenPlaneLayout *layout, const LimenPlanePoints *points, cairo_t *cr)
{
  LimenPointScale scale = limen_plane_point_scale (points, &layout->frame, layout->style);
  double x, y;
  limen_chart_set_translucent (cr, layout->style, points->colour, 0.5);
  for (guint i = 0; i < points->n; i++) {
    if (!limen_line_place (&layout->frame, points->z[2 * i], points->z[2 * i + 1], &x, &y) ||
        fabs (x) + fabs (y) > 1e5)
      continue;
    limen_dot_path (cr, points->shape, x, y, limen_plane_point_radius (points, &scale, i));
    cairo_fill (cr);
  }
}

/* --- The picture --- */

void
limen_plane_draw_grid (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style)
{
  const LimenRect *area = &frame->plot;
  limen_frame_draw_grid (frame, cr, style);
  for (guint i = 0; i < frame->x_ticks->len; i++) {
    double x = floor (g_array_index (frame->x_ticks, LimenTick, i).pixel) + 0.5;
    limen_chart_line (cr, x, area->y, x, area->y + area->height);
  }
  cairo_stroke (cr);
}

void
limen_plane_plot_draw (const LimenPlanePlot *plot, cairo_t *cr, const LimenChartStyle *style,
                       double width, double height)
{
  g_autoptr (LimenPlaneLayout) layout = limen_plane_layout_new (plot, style, width, height);
  const LimenRect *area = &layout->frame.plot;
  limen_chart_begin (cr, style, width, height);
  cairo_save (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  limen_plane_draw_grid (&layout->frame, cr, style);
  draw_shade (layout, cr);
  draw_contours (layout, cr);
  for (guint i = 0; i < plot->n_points; i++)
    draw_points (layout, &plot->points[i], cr);
  for (guint i = plot->n_ellipses; i-- > 0;)
    draw_ellipse (layout, &plot->ellipse[i], cr);
  cairo_restore (cr);
  limen_frame_draw_labels (&layout->frame, cr, style);
  limen_places_draw (layout->places, cr);
  cairo_restore (cr);
}

/* --- The hand --- */

static void
draw_half_axes (const LimenFrame *frame, cairo_t *cr, const LimenEllipseHandles *handles)
{
  for (int i = 0; i < 2; i++)
    limen_chart_line (cr, limen_axis_to_pixel (&frame->x, handles->mean[0]),
                      limen_axis_to_pixel (&frame->y, handles->mean[1]),
                      limen_axis_to_pixel (&frame->x, handles->end[i][0]),
                      limen_axis_to_pixel (&frame->y, handles->end[i][1]));
}

void
limen_plane_draw_hand (const LimenFrame *frame, cairo_t *cr, const LimenChartStyle *style,
                       const LimenGaussian *gaussian, double radius,
                       const LimenEllipseHandles *handles, const LimenHold hold[3])
{
  const LimenRect *area = &frame->plot;
  double centre[2], half[2][2], reach = style->font_size;
  if (!limen_plane_ellipse_axes (frame, gaussian, radius, centre, half))
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_rectangle (cr, area->x, area->y, area->width, area->height);
  cairo_clip (cr);
  limen_palette_set (cr, style->scheme, LIMEN_COLOUR_HAND);
  cairo_set_line_width (cr, 1);
  draw_half_axes (frame, cr, handles);
  cairo_stroke (cr);
  cairo_set_line_width (cr, 2.5);
  limen_ellipse_path (cr, centre, half);
  cairo_stroke (cr);
  cairo_restore (cr);
  for (int i = 3; i-- > 0;) {
    const double *z = i == 0 ? handles->mean : handles->end[i - 1];
    double x = limen_axis_to_pixel (&frame->x, z[0]), y = limen_axis_to_pixel (&frame->y, z[1]);
    if (x > area->x - reach && x < area->x + area->width + reach && y > area->y - reach &&
        y < area->y + area->height + reach)
      limen_chart_draw_handle (cr, style, x, y, hold[i]);
  }
}
