/* What a triangle is coloured by: linear functions of the point, or the largest of several. */
#include "viz/simplex-plot-private.h"

#include <math.h>

#define DEEPEST   0.5 /* opacity of the map where the most is earned */
#define MOST_EDGE 8   /* of a triangle cut by the lines between three replies */

double
limen_simplex_most (const LimenPayoff *payoff)
{
  double most = 0;
  for (guint i = 0; i < payoff->rows * payoff->columns; i++)
    most = fmax (most, fabs (payoff->m[i]));
  return most > 0 && isfinite (most) ? most : 1;
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

void
limen_simplex_draw_map (const LimenSimplexPlot *plot, const LimenSimplexFrame *frame, cairo_t *cr,
                        const LimenChartStyle *style)
{
  double points[3], most = limen_simplex_most (plot->payoff);
  cairo_save (cr);
  if (plot->map == LIMEN_MAP_EXPLOITABILITY)
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
