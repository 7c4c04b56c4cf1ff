/* What a triangle is coloured by: linear functions of the point, or the largest of several. */
#include "viz/kit/dot-stamps.h"
#include "viz/game/simplex-plot-private.h"

#include <math.h>

#define DEEPEST   0.45 /* opacity of the map where the most is earned */
#define SHADES    512  /* of each colour */
#define MOST_EDGE 8    /* of a triangle cut by the lines between three replies */

double
limen_simplex_most (const LimenPayoff *payoff)
{
  double most = limen_payoff_largest (payoff);
  return most > 0 ? most : 1;
}

void
limen_simplex_points (const LimenSimplexPlot *plot, double *points)
{
  double all[LIMEN_GAME_MOST];
  if (plot->is_b)
    limen_payoff_for_b (plot->payoff, plot->other, all);
  else
    limen_payoff_of_a (plot->payoff, plot->other, all);
  for (int i = 0; i < 3; i++)
    points[i] = all[i];
}

/* --- Gradients --- */

static double
at (const double *values, const double *p)
{
  return p[0] * values[0] + p[1] * values[1] + p[2] * values[2];
}

static void
add_stop (cairo_pattern_t *pattern, const LimenChartStyle *style, LimenColour colour, double offset,
          double depth)
{
  LimenRgba c = limen_palette_colour (style->scheme, colour);
  cairo_pattern_add_color_stop_rgba (pattern, offset, c.red, c.green, c.blue,
                                     DEEPEST * fmin (fabs (depth), 1));
}

/* The linear function that is @values at the corners, from its lowest to its highest: blue below 0,
 * orange above; nothing where it is nothing everywhere. @values: in units of the deepest. */
static cairo_pattern_t *
gradient (const LimenSimplexFrame *frame, const LimenChartStyle *style, const double *values)
{
  double side = frame->corner[2][0] - frame->corner[1][0];
  double height = frame->corner[1][1] - frame->corner[0][1];
  double gx = (values[2] - values[1]) / side;
  double gy = ((values[1] + values[2]) / 2 - values[0]) / height, square = gx * gx + gy * gy;
  double low = fmin (values[0], fmin (values[1], values[2]));
  double high = fmax (values[0], fmax (values[1], values[2]));
  if (high - low < 1e-4) {
    LimenRgba c = limen_palette_colour (style->scheme,
                                        high + low < 0 ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_SECOND);
    return cairo_pattern_create_rgba (c.red, c.green, c.blue, DEEPEST * fabs (high + low) / 2);
  }
  double to_low = (low - values[1]) / square, to_high = (high - values[1]) / square;
  const double *from = frame->corner[1];
  cairo_pattern_t *pattern = cairo_pattern_create_linear (
      from[0] + to_low * gx, from[1] + to_low * gy, from[0] + to_high * gx, from[1] + to_high * gy);
  double zero = low / (low - high);
  add_stop (pattern, style, low < 0 ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_SECOND, 0, low);
  if (zero > 0 && zero < 1) {
    add_stop (pattern, style, LIMEN_COLOUR_FIRST, zero, 0);
    add_stop (pattern, style, LIMEN_COLOUR_SECOND, zero, 0);
  }
  add_stop (pattern, style, high < 0 ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_SECOND, 1, high);
  return pattern;
}

/* --- The other's replies --- */

/**
 * Replies: of the other player to the points of a triangle
 * @gain: (3, 3): what reply j gains the other at corner i: gain[j][i]
 * @cell: (n_edges[j], 3): where j is the best reply: a convex part of the triangle
 * @least: what the best reply gains at least: minimax, the value of the game for the other. It is
 * taken at a corner of a cell, for the largest of linear functions is convex and linear in each
 */
typedef struct {
  double gain[3][3];
  double cell[3][MOST_EDGE][3];
  int n_edges[3];
  double least, most;
} Replies;

/* The part of @cell where the linear function that is @values at the corners is ≥ 0 (Sutherland and
 * Hodgman, 1974). Returns: its edges */
static int
cut (double (*cell)[3], int n, const double *values)
{
  double out[MOST_EDGE][3];
  int count = 0;
  for (int i = 0; i < n; i++) {
    const double *p = cell[i], *q = cell[(i + 1) % n];
    double u = at (values, p), v = at (values, q);
    if (u >= 0 && count < MOST_EDGE) {
      for (int c = 0; c < 3; c++)
        out[count][c] = p[c];
      count++;
    }
    if ((u > 0) != (v > 0) && u != 0 && v != 0 && count < MOST_EDGE) {
      for (int c = 0; c < 3; c++)
        out[count][c] = p[c] + u / (u - v) * (q[c] - p[c]);
      count++;
    }
  }
  for (int i = 0; i < count; i++)
    for (int c = 0; c < 3; c++)
      cell[i][c] = out[i][c];
  return count;
}

static Replies
find_replies (const LimenSimplexPlot *plot)
{
  Replies r = {.least = INFINITY, .most = -INFINITY};
  const double *m = plot->payoff->m;
  for (int j = 0; j < 3; j++)
    for (int i = 0; i < 3; i++) {
      r.gain[j][i] = plot->is_b ? -m[3 * j + i] : m[3 * i + j];
      r.most = fmax (r.most, r.gain[j][i]);
    }
  for (int j = 0; j < 3; j++) {
    r.n_edges[j] = 3;
    for (int i = 0; i < 3; i++)
      r.cell[j][i][i] = 1;
    for (int k = 0; k < 3; k++) {
      double ahead[3] = {r.gain[j][0] - r.gain[k][0], r.gain[j][1] - r.gain[k][1],
                         r.gain[j][2] - r.gain[k][2]};
      if (k != j)
        r.n_edges[j] = cut (r.cell[j], r.n_edges[j], ahead);
    }
    for (int i = 0; i < r.n_edges[j]; i++)
      r.least = fmin (r.least, at (r.gain[j], r.cell[j][i]));
  }
  return r;
}

/* --- The map --- */

double
limen_simplex_map_value (const LimenSimplexPlot *plot, const double *p)
{
  double points[3];
  if (plot->map == LIMEN_MAP_PAYOFF) {
    limen_simplex_points (plot, points);
    return at (points, p);
  }
  Replies r = find_replies (plot);
  return fmax (at (r.gain[0], p), fmax (at (r.gain[1], p), at (r.gain[2], p))) - r.least;
}

static void
fill_with (cairo_t *cr, cairo_pattern_t *pattern)
{
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

/* Cells share their edges: without antialiasing each pixel belongs to one, and no seam is seen. */
static void
draw_exploitability (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
                     const LimenChartStyle *style)
{
  Replies r = find_replies (plot);
  double unit = r.most > r.least ? r.most - r.least : 1, x, y;
  double sign = plot->is_b ? -1 : 1; /* blue is what A could gain */
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  for (int j = 0; j < 3; j++) {
    double depth[3];
    for (int i = 0; i < 3; i++)
      depth[i] = sign * (r.gain[j][i] - r.least) / unit;
    cairo_new_path (cr);
    for (int i = 0; i < r.n_edges[j]; i++) {
      limen_simplex_to_pixel (frame, r.cell[j][i], &x, &y);
      cairo_line_to (cr, x, y);
    }
    if (r.n_edges[j] > 2)
      fill_with (cr, gradient (frame, style, depth));
  }
  cairo_new_path (cr);
}

/* --- As pixels --- */

/**
 * Planes: the map as the largest of linear functions of pixels: value = c + x·dx + y·dy
 * @shade: (2 · SHADES + 1): premultiplied, from −1 to 1
 */
typedef struct {
  double c[3], dx[3], dy[3];
  int n;
  guint32 shade[2 * SHADES + 1];
} Planes;

static void
add_plane (Planes *planes, const LimenSimplexFrame *frame, double scale, const double *origin,
           const double *values)
{
  double value[3], p[3];
  for (int i = 0; i < 3; i++) { /* at three pixels */
    limen_simplex_barycentric (frame, ((i == 1) + 0.5 - origin[0]) / scale,
                               ((i == 2) + 0.5 - origin[1]) / scale, p);
    value[i] = at (values, p);
  }
  planes->c[planes->n] = value[0];
  planes->dx[planes->n] = value[1] - value[0];
  planes->dy[planes->n++] = value[2] - value[0];
}

static guint32
premultiplied (LimenRgba c, double alpha)
{
  guint32 a = (guint32)lround (255 * alpha), r = (guint32)lround (255 * alpha * c.red);
  guint32 g = (guint32)lround (255 * alpha * c.green), b = (guint32)lround (255 * alpha * c.blue);
  return a << 24 | r << 16 | g << 8 | b;
}

static void
fill_shades (Planes *planes, const LimenChartStyle *style, double sign)
{
  for (int i = -SHADES; i <= SHADES; i++) {
    LimenColour colour = sign * i < 0 ? LIMEN_COLOUR_FIRST : LIMEN_COLOUR_SECOND;
    LimenRgba c = limen_palette_colour (style->scheme, colour);
    planes->shade[i + SHADES] = premultiplied (c, DEEPEST * abs (i) / SHADES);
  }
}

/* The same as the gradients, four times as fast. @left, @top: pixels of the target */
static void
fill_pixels (const Planes *planes, cairo_surface_t *surface, int left, int top)
{
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  guchar *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  for (int y = 0; y < height && data; y++) {
    guint32 *row = (guint32 *)(void *)(data + (gsize)y * stride);
    double v[3];
    for (int j = 0; j < 3; j++) {
      int from = MIN (j, planes->n - 1);
      v[j] = planes->c[from] + left * planes->dx[from] + (top + y) * planes->dy[from];
    }
    const double *d = planes->dx;
    double d1 = d[MIN (1, planes->n - 1)], d2 = d[MIN (2, planes->n - 1)];
    for (int x = 0; x < width; x++) {
      double value = MAX (MAX (v[0], v[1]), v[2]);
      row[x] = planes->shade[(int)(CLAMP (value, -1, 1) * SHADES + SHADES + 0.5)];
      v[0] += d[0];
      v[1] += d1;
      v[2] += d2;
    }
  }
  cairo_surface_mark_dirty (surface);
}

static void
draw_pixels (const Planes *planes, const LimenSimplexFrame *frame, cairo_t *cr, double scale,
             const double *origin)
{
  int left = (int)floor (frame->corner[1][0] * scale + origin[0]);
  int top = (int)floor (frame->corner[0][1] * scale + origin[1]);
  int right = (int)ceil (frame->corner[2][0] * scale + origin[0]);
  int bottom = (int)ceil (frame->corner[1][1] * scale + origin[1]);
  cairo_surface_t *surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, right - left, bottom - top);
  fill_pixels (planes, surface, left, top);
  cairo_surface_set_device_scale (surface, scale, scale);
  limen_simplex_trace (frame, cr);
  cairo_set_source_surface (cr, surface, (left - origin[0]) / scale, (top - origin[1]) / scale);
  cairo_fill (cr);
  cairo_surface_destroy (surface);
}

static void
draw_map_pixels (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
                 const LimenChartStyle *style, double scale, const double *origin)
{
  Planes planes = {.n = 0};
  double values[3], sign = 1;
  if (plot->map == LIMEN_MAP_EXPLOITABILITY) {
    Replies r = find_replies (plot);
    double unit = r.most > r.least ? r.most - r.least : 1;
    sign = plot->is_b ? -1 : 1;
    for (int j = 0; j < 3; j++) {
      for (int i = 0; i < 3; i++)
        values[i] = (r.gain[j][i] - r.least) / unit;
      add_plane (&planes, frame, scale, origin, values);
    }
  } else {
    limen_simplex_points (plot, values);
    for (int i = 0; i < 3; i++)
      values[i] /= limen_simplex_most (plot->payoff);
    add_plane (&planes, frame, scale, origin, values);
  }
  fill_shades (&planes, style, sign);
  draw_pixels (&planes, frame, cr, scale, origin);
}

void
limen_simplex_draw_map (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
                        const LimenChartStyle *style)
{
  double points[3], most = limen_simplex_most (plot->payoff), origin[2] = {0, 0};
  double scale = limen_pixels_of (cr, origin);
  cairo_save (cr);
  if (scale > 0)
    draw_map_pixels (plot, frame, cr, style, scale, origin);
  else if (plot->map == LIMEN_MAP_EXPLOITABILITY)
    draw_exploitability (plot, frame, cr, style);
  else {
    limen_simplex_points (plot, points);
    for (int i = 0; i < 3; i++)
      points[i] /= most;
    limen_simplex_trace (frame, cr);
    fill_with (cr, gradient (frame, style, points));
  }
  cairo_restore (cr);
}
