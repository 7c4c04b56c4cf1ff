#include "model/bound/polygon.h"

#include <math.h>

/* A corner that lies so near a line, in parts of the polygon's reach across it, lies on it. */
#define ON_LINE 1e-12

LimenPolygon
limen_polygon_box (guint dimension, double half)
{
  if (dimension == 1)
    return (LimenPolygon){2, {{-half, 0}, {half, 0}}};
  return (LimenPolygon){4, {{-half, -half}, {half, -half}, {half, half}, {-half, half}}};
}

void
limen_polygon_middle (const LimenPolygon *polygon, double middle[2])
{
  middle[0] = middle[1] = 0;
  for (guint i = 0; i < polygon->n; i++)
    for (guint j = 0; j < 2; j++)
      middle[j] += polygon->x[i][j] / polygon->n;
}

/* -- cutting -- */

static void
add_corner (LimenPolygon *polygon, const double x[2])
{
  polygon->x[polygon->n][0] = x[0];
  polygon->x[polygon->n++][1] = x[1];
}

static void
add_crossing (LimenPolygon *below, LimenPolygon *above, const double a[2], double height_a,
              const double b[2], double height_b)
{
  double t = height_a / (height_a - height_b);
  double x[] = {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])};
  add_corner (below, x);
  add_corner (above, x);
}

/* @height: of each corner over the line, 0 where it lies on it */
static void
divide (LimenPolygon *polygon, const double *height, LimenPolygon *above)
{
  LimenPolygon below = {0};
  guint n = polygon->n;
  above->n = 0;
  for (guint i = 0; i < n; i++) {
    guint next = (i + 1) % n;
    if (height[i] <= 0)
      add_corner (&below, polygon->x[i]);
    if (height[i] >= 0)
      add_corner (above, polygon->x[i]);
    if (height[i] * height[next] < 0 && (n > 2 || i == 0)) /* a segment has one side only */
      add_crossing (&below, above, polygon->x[i], height[i], polygon->x[next], height[next]);
  }
  *polygon = below;
}

gboolean
limen_polygon_cut (LimenPolygon *polygon, const double weight[2], double bias, LimenPolygon *above)
{
  double height[LIMEN_POLYGON_MOST], low = 0, high = 0, reach = 0;
  for (guint i = 0; i < polygon->n; i++) {
    height[i] = weight[0] * polygon->x[i][0] + weight[1] * polygon->x[i][1] + bias;
    reach = fmax (reach, fabs (height[i]));
  }
  for (guint i = 0; i < polygon->n; i++) {
    height[i] = fabs (height[i]) <= ON_LINE * reach ? 0 : height[i];
    low = fmin (low, height[i]);
    high = fmax (high, height[i]);
  }
  if (!(low < 0 && high > 0) || polygon->n + 2 > LIMEN_POLYGON_MOST)
    return FALSE;
  divide (polygon, height, above);
  return TRUE;
}

LimenPolygon
limen_polygon_halve (LimenPolygon *polygon)
{
  LimenPolygon other = {0};
  double most = -1, weight[2] = {1, 0}, bias = 0;
  for (guint i = 0; i < polygon->n; i++)
    for (guint j = 0; j < i; j++) {
      const double *a = polygon->x[i], *b = polygon->x[j];
      double d[] = {a[0] - b[0], a[1] - b[1]}, squares = d[0] * d[0] + d[1] * d[1];
      if (squares <= most)
        continue;
      most = squares;
      weight[0] = d[0];
      weight[1] = d[1];
      bias = -0.5 * (d[0] * (a[0] + b[0]) + d[1] * (a[1] + b[1]));
    }
  limen_polygon_cut (polygon, weight, bias, &other);
  return other;
}

/* -- rules -- */

/* On [0, 1]: nodes and weights of Gauss and Legendre */
static const double *
rule (guint order, const double **weight)
{
  static const double x2[] = {0.21132486540518712, 0.78867513459481288},
                      x3[] = {0.11270166537925831, 0.5, 0.88729833462074169},
                      x5[] = {0.046910077030668004, 0.23076534494715845, 0.5, 0.76923465505284155,
                              0.953089922969332},
                      x7[] = {0.025446043828620738, 0.12923440720030278, 0.29707742431130142, 0.5,
                              0.70292257568869858,  0.87076559279969722, 0.97455395617137926},
                      w2[] = {0.5, 0.5},
                      w3[] = {0.27777777777777778, 0.44444444444444444, 0.27777777777777778},
                      w5[] = {0.11846344252809454, 0.23931433524968324, 0.28444444444444444,
                              0.23931433524968324, 0.11846344252809454},
                      w7[] = {0.064742483084434847, 0.13985269574463834, 0.19091502525255947,
                              0.20897959183673469,  0.19091502525255947, 0.13985269574463834,
                              0.064742483084434847};
  *weight = order == 2 ? w2 : order == 3 ? w3 : order == 5 ? w5 : w7;
  return order == 2 ? x2 : order == 3 ? x3 : order == 5 ? x5 : x7;
}

/* Quadrangles that share the first corner; the last may be a triangle. */
static guint
n_patches (const LimenPolygon *polygon)
{
  return (polygon->n - 1) / 2;
}

gsize
limen_polygon_n_nodes (const LimenPolygon *polygon, guint order)
{
  return polygon->n == 2 ? order : (gsize)n_patches (polygon) * order * order;
}

static void
segment_nodes (const LimenPolygon *polygon, guint order, double (*x)[2], double *weight)
{
  const double *w, *at = rule (order, &w);
  double from = polygon->x[0][0], length = polygon->x[1][0] - from;
  for (guint i = 0; i < order; i++) {
    x[i][0] = from + at[i] * length;
    x[i][1] = 0;
    weight[i] = w[i] * fabs (length);
  }
}

/* x(s, t) = p₀ + s·(p₁ − p₀) + t·(p₃ − p₀) + s·t·(p₀ − p₁ + p₂ − p₃): of a triangle, p₃ = p₀. Its
 * Jacobian is that of a convex quadrangle: of one sign. */
static void
patch_nodes (const double *p0, const double *p1, const double *p2, const double *p3, guint order,
             double (*x)[2], double *weight)
{
  const double *w, *at = rule (order, &w);
  for (guint i = 0; i < order; i++)
    for (guint j = 0; j < order; j++) {
      double s = at[i], t = at[j], ds[2], dt[2];
      for (guint d = 0; d < 2; d++) {
        double mixed = p0[d] - p1[d] + p2[d] - p3[d];
        ds[d] = p1[d] - p0[d] + t * mixed;
        dt[d] = p3[d] - p0[d] + s * mixed;
        x[i * order + j][d] = p0[d] + s * (p1[d] - p0[d]) + t * dt[d];
      }
      weight[i * order + j] = w[i] * w[j] * fabs (ds[0] * dt[1] - ds[1] * dt[0]);
    }
}

void
limen_polygon_nodes (const LimenPolygon *polygon, guint order, double (*x)[2], double *weight)
{
  if (polygon->n == 2) {
    segment_nodes (polygon, order, x, weight);
    return;
  }
  for (guint patch = 0; patch < n_patches (polygon); patch++) {
    guint second = 2 * patch + 1, last = second + 2;
    gsize at = (gsize)patch * order * order;
    patch_nodes (polygon->x[0], polygon->x[second], polygon->x[second + 1],
                 polygon->x[last < polygon->n ? last : 0], order, x + at, weight + at);
  }
}
